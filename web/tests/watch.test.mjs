// The watch over the desk's pages is not blind: a page that does everything wrong is found out, point by point.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from './lib/chromium.mjs';
import { Watch, faults, overflow } from './lib/watch.mjs';

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const BAD = `<!doctype html><html><head><title>Bad</title><style>p { width: 2000px }</style></head>
<body><p style="width: 2000px">wide</p><img src="/x.png"><button></button><input>
<img src="http://elsewhere.example/spy.png" alt="spy"><script>document.title = 'ran'</script></body></html>`;
const WIDE = '<!doctype html><html lang="en"><head><title>Wide</title><style>p { width: 900px }</style></head><body><main><h1>Wide</h1><p>wide</p></main></body></html>';

let server, browser, origin;

before(async () => {
  server = http.createServer((request, answer) => {
    const strict = request.url === '/bad' ? { 'content-security-policy': POLICY } : {};
    answer.writeHead(200, { 'content-type': 'text/html', ...strict });
    answer.end(request.url === '/wide' ? WIDE : BAD);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function visit(path, allowed) {
  const watch = new Watch(allowed);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  await watch.over(context);
  const page = await context.newPage();
  await page.goto(origin + path);
  await page.waitForTimeout(200);
  return { watch, page };
}

test('a violation of the content policy is found', async () => {
  const { watch } = await visit('/bad', [origin]);
  for (const what of ['style-src', 'img-src', 'script-src']) {
    assert.ok(watch.found.some((line) => line.includes(what)), `${what} in ${watch.found.join('\n')}`);
  }
  assert.throws(() => watch.check());
});

test('a request to another host is found', async () => {
  const { watch } = await visit('/without-policy', [origin]);
  assert.ok(watch.found.some((line) => line.includes('elsewhere.example')), watch.found.join('\n'));
  const { watch: stranger } = await visit('/wide', []);
  assert.ok(stranger.found.some((line) => line.includes(origin)), stranger.found.join('\n'));
});

test('faults for people with disabilities are found', async () => {
  const { page } = await visit('/bad', [origin]);
  const found = await faults(page);
  for (const what of ['button-name', 'image-alt', 'html-has-lang']) {
    assert.ok(found.some((line) => line.startsWith(what)), `${what} in ${found.join('\n')}`);
  }
});

test('a page wider than its window is found', async () => {
  const { page } = await visit('/wide', [origin]);
  assert.match(await overflow(page), /^\d+ px: P\./);
});
