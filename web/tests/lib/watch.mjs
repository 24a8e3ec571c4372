// What every page is held to while an officer uses it: no request to any other host, no violation of the content policy, no
// failed script, no serious fault for those who cannot see or hold a mouse, no sideways scrolling on a narrow screen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Collects what a browser context does that it must not. */
export class Watch {
  /** `allowed`: the addresses of the nodes, without paths. */
  constructor(allowed) {
    this.allowed = new Set(allowed);
    this.requests = 0;
    this.found = [];
  }

  /** Watches every page that a context opens. */
  async over(context) {
    await context.exposeBinding('policyViolation', ({ page }, what) => {
      this.found.push(`policy violation on ${page.url()}: ${what}`);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.policyViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    context.on('request', (request) => {
      this.requests += 1;
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && !this.allowed.has(origin)) this.found.push(`request to ${request.url()}`);
    });
    context.on('page', (page) => {
      page.on('console', (message) => {
        const text = message.text();
        if (/Content.Security.Policy|Trusted ?Type|Refused to/i.test(text)) this.found.push(`console on ${page.url()}: ${text}`);
      });
      page.on('pageerror', (error) => this.found.push(`script on ${page.url()}: ${error.message}`));
    });
  }

  check() {
    assert.deepEqual(this.found, [], 'nothing but our own pages, within their policy');
  }
}

/** Faults of the page for people with disabilities, as one line each; those called serious or critical. */
export async function faults(page) {
  // The page's own policy lets no script in, so the checker is evaluated by the browser's debugger, not by the page.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }));
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.help} (${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')})`);
}

/** By how many pixels the document is wider than the window, and what sticks out. */
export function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return '';
    const edge = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > edge + 1 && !one.closest('.hw-scroll'));
    return `${wide} px: ${out.slice(0, 3).map((one) => `${one.tagName}.${one.className}`).join(', ')}`;
  });
}
