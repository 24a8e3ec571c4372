// One exchange through the desk in a real Chromium: from a file of prisoners to a bulletin that withholds its number.
//
// Aronia's officers sit at browsers, each in a context of their own. Belmar and the neutral send the same forms without one.
// Pictures of every page stay in test-output/screenshots.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './lib/chromium.mjs';
import { held, people, secrets, sought, terms } from './lib/lists.mjs';
import { Officer, newLink, signInAll, startNodes, twoOfficers, until } from './lib/nodes.mjs';
import { Watch, faults, overflow } from './lib/watch.mjs';

const REPOSITORY = new URL('../..', import.meta.url).pathname;
const PICTURES = join(REPOSITORY, 'test-output/screenshots');
const PEOPLE = 24;
const PLACES = 8;
const ROUNDS = [{ no: 1, planned: '2025-06-09', places: PLACES }, { no: 2, planned: '2025-06-16', places: PLACES }];
const START = Date.UTC(2025, 5, 6, 8);
const CROSSING = Date.UTC(2025, 5, 9, 8);
const HOUR = 3_600_000;

let folder, nodes, browser, watch, pictures = 0;
let aronia, belmar, calder; // officers without a browser
const desk = {}; // Aronia's officers at their browsers: role -> page

before(async () => {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'homeward-browser-'));
  nodes = await startNodes(folder, START);
  watch = new Watch(Object.values(nodes).flatMap((node) => [node.desk, node.public]));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  for (const node of Object.values(nodes ?? {})) node.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function context(options = {}) {
  const made = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options });
  await watch.over(made);
  return made;
}

/** Signs an officer of Aronia in at a browser: the link, the button. */
async function sitDown(role, link) {
  const page = await (await context()).newPage();
  await page.goto(link);
  await picture(page, `sign-in-${role}`, role === 'administrator');
  await submit(page, new URL(link).pathname);
  assert.equal(new URL(page.url()).pathname, '/', `${role} is signed in`);
  desk[role] = page;
  return page;
}

/** Presses the button of the form that posts to `action`, and waits for the page that follows. It must be no refusal. */
async function submit(page, action, fill = async () => {}) {
  const form = page.locator(`form[action="${action}"]`).first();
  await form.waitFor({ timeout: 5_000 });
  await fill(form);
  await press(page, form.locator('button').first(), action);
}

/** Presses a button that posts to `action`, and waits for the page that follows. It must be no refusal. */
async function press(page, button, action) {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    button.click({ timeout: 5_000 }),
  ]);
  await page.waitForLoadState();
  assert.ok(answer.status() < 400, `POST ${action}: ${answer.status()} ${await main(page)}`);
}

async function open(page, node, path) {
  const answer = await page.goto(new URL(path, node.desk).href);
  assert.equal(answer.status(), 200, `GET ${path}: ${await main(page)}`);
}

async function main(page) {
  return (await page.locator('main').innerText()).slice(0, 400);
}

async function picture(page, name, keep = true) {
  if (!keep) return;
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  pictures += 1;
}

const round = (officers) => officers.negotiator.get('/rounds/1');
const bothSee = (what, ready) => until(what, async () => {
  const views = await Promise.all([round(aronia), round(belmar)]);
  return views.every(ready) && views;
});
const own = (view, ...states) => view.items.filter((one) => one.holder === 'mine' && states.includes(one.state));
const theirs = (view, ...states) => view.items.filter((one) => one.holder === 'theirs' && states.includes(one.state));

/** The approver at the browser carries out the draft that waits. */
async function approve(what) {
  const page = desk.approver;
  await open(page, nodes.aronia, '/drafts');
  await picture(page, `drafts-${what}`);
  const forms = page.locator('form[action^="/drafts/"][action$="/approve"]');
  assert.equal(await forms.count(), 1, 'one draft waits');
  await submit(page, await forms.first().getAttribute('action'));
}

test('officers sign in by one-time links', async () => {
  const page = await sitDown('administrator', nodes.aronia.link);
  await open(page, nodes.aronia, '/officers');
  await submit(page, '/officers/registrar-1/link');
  const link = (await page.locator('.govuk-inset-text .hw-code').innerText()).trim();
  await picture(page, 'officers-new-link');
  await sitDown('registrar', link);
  const again = await (await context()).newPage();
  await again.goto(link);
  const answer = await Promise.all([
    again.waitForResponse((response) => response.request().method() === 'POST'),
    again.locator('main form button').first().click(),
  ]);
  assert.equal(answer[0].status(), 403, 'a link is good once');
  await again.context().close();

  // The same officers without a browser, for what stands beside the journey. The administrator's link was used above.
  const [session] = await page.context().cookies();
  const administrator = new Officer(nodes.aronia, 'administrator');
  administrator.cookie = `${session.name}=${session.value}`;
  aronia = await signInAll(nodes.aronia, administrator);
  for (const role of ['physician', 'negotiator', 'approver', 'escort', 'family-liaison', 'press-officer', 'auditor']) {
    await sitDown(role, await newLink(administrator, role));
  }
  const others = [nodes.belmar, nodes.calder].map(async (node) => signInAll(node, await Officer.signIn(node, 'administrator', node.link)));
  [belmar, calder] = await Promise.all(others);
});

test('a registrar imports who is held', async () => {
  const [ours, others] = [people(0, PEOPLE), people(1, PEOPLE)];
  const file = join(folder, 'held.csv');
  writeFileSync(file, held(others, 0).replace('OR-3', 'OR-99'));
  const page = desk.registrar;
  await open(page, nodes.aronia, '/import');
  await picture(page, 'import-empty');
  const fill = async (form) => {
    await form.locator('input[name=list][value=held]').check();
    await form.locator('input[name=file]').setInputFiles(file);
    await form.locator('input[name=name]').fill('Mill camp, June');
    await form.locator('select[name=map]').selectOption('held');
  };
  await submit(page, '/import', fill);
  await picture(page, 'import-refused-row');
  assert.match(await page.locator('main').innerText(), /rank/i, 'the refusal names the column');
  writeFileSync(file, held(others, 0));
  await open(page, nodes.aronia, '/import');
  await submit(page, '/import', fill);
  await picture(page, 'import-preview');
  const confirm = page.locator('form[action$="/confirm"]');
  await submit(page, await confirm.getAttribute('action'));

  const bring = async (officers, list, csv) => {
    const preview = await officers.registrar.upload('/import', [['list', list], ['map', list], ['name', list]], csv);
    assert.deepEqual([preview.accepted, preview.refused], [PEOPLE, []]);
    await officers.registrar.post(`/import/${preview.import}/confirm`);
  };
  await bring(aronia, 'sought', sought(ours, 0));
  await bring(belmar, 'held', held(ours, 1));
  await bring(belmar, 'sought', sought(others, 1));
});

test('a dossier is opened for a purpose, and the reading is on record', async () => {
  const page = desk.registrar;
  await open(page, nodes.aronia, '/people?list=held');
  await picture(page, 'people-held');
  await page.locator('main table tbody a').first().click();
  await page.waitForLoadState();
  await picture(page, 'dossier-asks-purpose');
  await submit(page, '/purpose', async (form) => {
    const radio = form.locator('input[name=purpose][value=registration]');
    if (await radio.count()) await radio.check();
    else await form.locator('select[name=purpose]').selectOption('registration');
  });
  await picture(page, 'dossier');
  const { id } = (await aronia.registrar.get('/people?list=held')).people[0];
  const { reads } = await aronia.registrar.get(`/people/${id}`);
  assert.ok(reads.length >= 1, 'who read it, and for what');
});

test('the agreement is put forward by two officers and accepted by the other side', async () => {
  const example = readFileSync(join(REPOSITORY, 'examples/agreements/istanbul-shaped.toml'), 'utf8');
  const page = desk.negotiator;
  await open(page, nodes.aronia, '/agreement');
  await picture(page, 'agreement-none');
  await submit(page, '/agreement', (form) => form.locator('textarea[name=terms]').fill(terms(example, 10, ROUNDS)));
  await approve('agreement');
  await until('the text at belmar', async () => (await belmar.negotiator.get('/agreement')).state === 'put-forward');
  await twoOfficers(belmar, '/agreement/accept', [], 'accept-agreement');
  await until('the agreement in force', async () => (await aronia.negotiator.get('/agreement')).state === 'in-force');
  await open(page, nodes.aronia, '/agreement');
  await picture(page, 'agreement-in-force');
});

test('pools are committed to and rolls nominated by two officers', async () => {
  const page = desk.negotiator;
  await open(page, nodes.aronia, '/rounds/1');
  await picture(page, 'round-planned');
  await open(page, nodes.aronia, '/rounds/1/pool');
  await picture(page, 'pool-before-commit');
  await submit(page, '/rounds/1/commit');
  await belmar.negotiator.post('/rounds/1/commit');
  await bothSee('both seeds', (view) => view.mine.revealed && view.theirs.revealed && view.theirs.pool);
  await open(page, nodes.aronia, '/rounds/1');
  await submit(page, '/rounds/1/nominate');
  await picture(page, 'round-nomination-drafted');
  await approve('nominate');
  await twoOfficers(belmar, '/rounds/1/nominate', [], 'nominate');
  const views = await bothSee('both nominations', (view) => view.mine.nominated && view.theirs.nominated);
  assert.deepEqual(views.map((view) => view.check.of_theirs), ['ok', 'ok'], 'each side ran the selection of the other again');
  await open(page, nodes.aronia, '/rounds/1/roll');
  await picture(page, 'roll');
  await page.locator('main table tbody a').first().click();
  await page.waitForLoadState();
  await picture(page, 'reason-sheet');
});

test('openings are linked to the own side\'s dossiers', async () => {
  const page = desk.registrar;
  await open(page, nodes.aronia, '/links?round=1');
  await picture(page, 'links');
  const all = page.locator('form[action="/links/accept"]').filter({ has: page.locator('input[name=all][value=strong]') });
  if (await all.count()) {
    await all.first().locator('button').first().click();
    await page.waitForLoadState();
  }
  for (const officers of [aronia, belmar]) await linkRest(officers);
});

test('a registrar says what two dossiers are, and takes it back', async () => {
  const page = desk.registrar;
  const path = await pair();
  await open(page, nodes.aronia, path);
  await picture(page, 'candidates-pair');
  await submit(page, path); // the first button: one person
  assert.equal((await aronia.registrar.get(path)).said.verdict, 'one', 'both claim the same, so one officer suffices');
  await picture(page, 'candidates-linked');
  await press(page, page.locator(`button[formaction="${path}/undo"]`), `${path}/undo`);
  assert.equal((await aronia.registrar.get(path)).said, null, 'as before');
  await open(page, nodes.aronia, '/candidates');
});

/** The page of two dossiers that claim the same. */
async function pair() {
  const { people } = await aronia.registrar.get('/people?list=sought');
  for (const one of people.slice(1)) {
    const path = `/people/${people[0].id}/candidates/${one.id}`;
    if (!(await aronia.registrar.get(path)).takes_two) return path;
  }
  throw new Error('no two dossiers claim the same');
}

async function linkRest(officers) {
  const open = async () => (await officers.registrar.get('/links?round=1')).lines.filter((line) => !line.accepted);
  if ((await open()).length) await officers.registrar.post('/links/accept', [['round', '1'], ['all', 'strong']]);
  for (const [target, known] of [['/links/accept', true], ['/links/create', false]]) {
    const items = (await open()).filter((line) => Boolean(line.candidate) === known).map((line) => ['item', line.item]);
    if (items.length) await officers.registrar.post(target, [['round', '1'], ...items]);
  }
  assert.equal((await open()).length, 0, `${officers.registrar.label}: every opening has a dossier`);
}

test('the list is proposed by two officers and accepted by the other side', async () => {
  const page = desk.negotiator;
  await open(page, nodes.aronia, '/rounds/1');
  await submit(page, '/rounds/1/list');
  await approve('list');
  const proposal = await until('the proposal at belmar', async () => (await round(belmar)).proposals.find((one) => !one.mine));
  assert.deepEqual(proposal.flagged, []);
  await twoOfficers(belmar, '/rounds/1/accept', [['entry', proposal.entry]], 'accept');
  await bothSee('the list in force', (view) => view.list?.version === 1);
  await open(page, nodes.aronia, '/rounds/1');
  await picture(page, 'round-listed');
});

test('everyone is asked twice, crosses and is received', async () => {
  for (const officers of [aronia, belmar, calder]) {
    await officers.administrator.post('/rehearsal/clock', [['to', String(CROSSING)]]);
  }
  await open(desk.physician, nodes.aronia, '/rounds/1/wills');
  await submit(desk.physician, '/rounds/1/wills', checkAll('will.', 'willing'));
  await picture(desk.physician, 'wills');
  await belmar.physician.post('/rounds/1/wills', own(await round(belmar), 'listed').map((one) => [`will.${one.item}`, 'willing']));
  await open(desk.escort, nodes.aronia, '/rounds/1/crossing');
  await picture(desk.escort, 'crossing-before');
  await submit(desk.escort, '/rounds/1/crossing', checkAll('will.', 'willing'));
  await open(desk.escort, nodes.aronia, '/rounds/1/crossing');
  const ready = own(await round(aronia), 'willed-twice');
  assert.equal(ready.length, PLACES, 'everyone was asked twice');
  await aronia.escort.post('/rounds/1/crossing', ready.map((one) => ['release', one.item]));
  await belmar.escort.post('/rounds/1/crossing', own(await round(belmar), 'willed-once').map((one) => [`will.${one.item}`, 'willing']));
  await belmar.escort.post('/rounds/1/crossing', own(await round(belmar), 'willed-twice').map((one) => ['release', one.item]));
  await bothSee('the releases', (view) => theirs(view, 'in-transit').length === PLACES);
  await open(desk.escort, nodes.aronia, '/rounds/1/crossing');
  await picture(desk.escort, 'crossing-arrivals');
  await submit(desk.escort, '/rounds/1/arrivals', checkAll('arrival.', 'received'));
  await belmar.escort.post('/rounds/1/arrivals', theirs(await round(belmar), 'in-transit').map((one) => [`arrival.${one.item}`, 'received']));
  await bothSee('every receipt', (view) => own(view, 'received').length === PLACES && theirs(view, 'received').length === PLACES);
});

/** Gives everybody on a sheet the same answer. */
function checkAll(prefix, value) {
  return async (form) => {
    const radios = form.locator(`input[type=radio][name^="${prefix}"][value="${value}"]`);
    assert.ok(await radios.count() > 0, 'the sheet has lines');
    for (const radio of await radios.all()) await radio.check();
  };
}

test('families are called before the press', async () => {
  const page = desk['family-liaison'];
  await open(page, nodes.aronia, '/calls?round=1');
  await picture(page, 'calls');
  const { calls } = await aronia['family-liaison'].get('/calls?round=1');
  assert.equal(calls.length, PLACES);
  for (const call of calls) await aronia['family-liaison'].post(`/calls/${call.id}`, [['outcome', 'reached'], ['who', 'kin']]);
  for (const call of (await belmar['family-liaison'].get('/calls?round=1')).calls) {
    await belmar['family-liaison'].post(`/calls/${call.id}`, [['outcome', 'reached'], ['who', 'kin']]);
  }
  for (const officers of [aronia, belmar, calder]) {
    await officers.administrator.post('/rehearsal/clock', [['to', String(CROSSING + 6 * HOUR)]]);
  }
});

test('both sides close and book; the ledgers are equal', async () => {
  const page = desk.negotiator;
  await open(page, nodes.aronia, '/rounds/1');
  await submit(page, '/rounds/1/close');
  await belmar.negotiator.post('/rounds/1/close', [['outside', '0']]);
  await bothSee('both closes', (view) => view.mine.closed && view.theirs.closed);
  await open(page, nodes.aronia, '/ledger');
  await picture(page, 'ledger');
  await until('equal ledgers', async () => {
    const [a, b] = await Promise.all([aronia, belmar].map((officers) => officers.negotiator.get('/ledger')));
    return a.digest === b.digest;
  });
});

test('a notice is given by two officers and answered by the other side', async () => {
  const page = desk.negotiator;
  await open(page, nodes.aronia, '/notices');
  await picture(page, 'notices-none');
  await submit(page, '/notices', async (form) => {
    await form.locator('select[name=clause]').selectOption('8');
    await form.locator('textarea[name=text]').fill('A number was published on 9 June.');
  });
  await picture(page, 'notice-drafted');
  await approve('notice');
  await until('the notice at belmar', async () => (await belmar.negotiator.get('/notices')).threads[0]?.state === 'open');
  await twoOfficers(belmar, '/notices/1/reply', [['text', 'We look into it.']], 'reply');
  await until('the reply at aronia', async () => (await aronia.negotiator.get('/notices')).threads[0].state === 'replied');
  await open(page, nodes.aronia, '/notices/1');
  await picture(page, 'notice-replied');
});

test('a bulletin is drafted, looked at, released by a second officer and public', async () => {
  const page = desk['press-officer'];
  await open(page, nodes.aronia, '/bulletins');
  const say = { uk: 'Наші люди вдома.', ru: 'Наши люди дома.', en: 'Our people are home.' };
  await submit(page, '/bulletins', async (form) => {
    const rounds = form.locator('select[name=round]');
    if (await rounds.count()) await rounds.selectOption('1');
    else if (await form.locator('input[type=radio][name=round]').count()) await form.locator('input[name=round][value="1"]').check();
    else await form.locator('input[name=round]').fill('1');
    for (const category of ['ill-wounded', 'under-25']) await form.locator(`input[name=category][value="${category}"]`).check();
    await form.locator('input[name=capture_years]').check();
    for (const [lang, text] of Object.entries(say)) await form.locator(`[name=statement_${lang}]`).fill(text);
  });
  const draft = (await aronia['press-officer'].get('/bulletins')).bulletins.find((one) => one.state === 'draft');
  await open(page, nodes.aronia, `/bulletins/${draft.id}`);
  await picture(page, 'bulletin-preview');
  const release = `/bulletins/${draft.id}/release`;
  const alone = await aronia['press-officer'].ask('POST', release, '');
  assert.ok([403, 409].includes(alone.status), 'not by the officer who drafted it');
  await open(desk.approver, nodes.aronia, `/bulletins/${draft.id}`);
  await submit(desk.approver, release);
  await picture(desk.approver, 'bulletin-released');

  const reader = await (await context()).newPage();
  await reader.goto(`${nodes.aronia.public}/`);
  assert.match(await reader.locator('main').innerText(), /Our people are home|Aronia/);
  for (const [lang, text] of Object.entries(say)) {
    await reader.goto(`${nodes.aronia.public}/bulletin/${draft.id}?lang=${lang}`);
    const shown = await reader.locator('main').innerText();
    assert.ok(shown.includes(text), `${lang}: ${shown}`);
    const numbers = shown.replace(/\b20\d\d\b/g, '').match(/\d+/g) ?? [];
    assert.ok(!numbers.includes(String(PLACES)) && !numbers.includes(String(2 * PLACES)), `${lang}: no number of the round in ${shown}`);
  }
  assert.deepEqual(await reader.context().cookies(), [], 'readers get no cookie');
});

test('every page in three languages, wide and narrow', { timeout: 900_000 }, async () => {
  const found = [];
  let seen = 0;
  for (const [name, role, path, status = 200] of await pages()) {
    const page = desk[role] ?? (desk[role] = await (await context()).newPage());
    const origin = role === 'reader' ? nodes.aronia.public : nodes.aronia.desk;
    for (const lang of ['uk', 'ru', 'en']) {
      await page.context().addCookies([{ name: 'homeward-language', value: lang, url: origin }]);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
        const answer = await page.goto(new URL(path.replace('LANG', lang), origin).href);
        assert.equal(answer.status(), status, path);
        await picture(page, `${name}-${lang}-${width}`);
        const wide = await overflow(page);
        if (wide && width === 360) found.push(`${name} ${lang} ${width}: wider than the window by ${wide}`);
        assert.equal(await page.locator('html').getAttribute('lang'), lang, `${path} says which language it is in`);
        if (lang !== 'ru') found.push(...(await faults(page)).map((fault) => `${name} ${lang} ${width}: ${fault}`));
        seen += 1;
      }
    }
  }
  console.log(`browser: ${seen} views of ${(await pages()).length} pages, ${pictures} pictures, ${watch.requests} requests, all to our own nodes`);
  assert.deepEqual(found, [], 'every page can be used');
});

/** Name, who looks, path, and the status of the answer where it is not 200. */
async function pages() {
  const person = (await aronia.registrar.get('/people?list=held')).people[0].id;
  const two = await pair();
  const roll = await aronia.negotiator.get('/rounds/1/roll');
  const { bulletins } = await aronia['press-officer'].get('/bulletins');
  return [
    ['overview', 'negotiator', '/'],
    ['agreement', 'negotiator', '/agreement'],
    ['drafts', 'approver', '/drafts'],
    ['people', 'registrar', '/people?list=held'],
    ['people-sought', 'registrar', '/people?list=sought'],
    ['dossier', 'registrar', `/people/${person}`],
    ['candidates', 'registrar', '/candidates'],
    ['candidates-of', 'registrar', two.slice(0, two.lastIndexOf('/'))],
    ['candidates-two', 'registrar', two],
    ['import', 'registrar', '/import'],
    ['links', 'registrar', '/links?round=1'],
    ['rounds', 'negotiator', '/rounds'],
    ['round-1', 'negotiator', '/rounds/1'],
    ['round-2', 'negotiator', '/rounds/2'],
    ['roll', 'negotiator', '/rounds/1/roll'],
    ['reason', 'negotiator', `/rounds/1/roll/${roll.mine[0].item}`],
    ['pool', 'negotiator', '/rounds/1/pool'],
    ['what-if', 'negotiator', '/rounds/1/what-if'],
    ['fairness', 'negotiator', '/rounds/1/fairness'],
    ['wills', 'physician', '/rounds/1/wills'],
    ['crossing', 'escort', '/rounds/1/crossing'],
    ['ledger', 'negotiator', '/ledger'],
    ['notices', 'negotiator', '/notices'],
    ['notice-1', 'negotiator', '/notices/1'],
    ['conditions', 'negotiator', '/conditions'],
    ['phases', 'escort', '/phases'],
    ['readings', 'negotiator', '/readings'],
    ['log', 'auditor', '/log'],
    ['calls', 'family-liaison', '/calls?round=1'],
    ['bulletins', 'press-officer', '/bulletins'],
    ['bulletin', 'press-officer', `/bulletins/${bulletins[0].id}`],
    ['officers', 'administrator', '/officers'],
    ['not-your-role', 'auditor', '/people', 403],
    ['not-found', 'auditor', '/no-such-page', 404],
    ['sign-in', 'nobody', '/sign-in'],
    ['public-front', 'reader', '/?lang=LANG'],
    ['public-bulletin', 'reader', `/bulletin/${bulletins[0].id}?lang=LANG`],
  ];
}

test('after the whole journey no name stands in any file of any node', () => {
  const words = secrets().flatMap((word) => [Buffer.from(word), Buffer.from(word.toLowerCase()), Buffer.from(word, 'utf16le')]);
  let bytes = 0;
  const search = () => Object.values(nodes).flatMap((node) => files(node.folder)).filter((file) => {
    const content = readFileSync(file);
    bytes += content.length;
    return words.some((word) => content.includes(word) || Buffer.from(file).includes(word));
  });
  assert.deepEqual(search(), []);
  console.log(`browser: ${words.length} words in ${bytes} bytes of three nodes: 0 hits`);
  const planted = join(nodes.belmar.folder, 'planted.txt');
  writeFileSync(planted, `a line about ${secrets()[2]}`);
  assert.deepEqual(search(), [planted], 'a planted name is found');
});

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

test('nothing but our own pages, within their policy', () => {
  watch.check();
  assert.ok(watch.requests > 200, `${watch.requests} requests were watched`);
});
