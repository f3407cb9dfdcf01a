import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Assay } from './assay.ts';

const password = 'correct horse battery';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface Owner {
  email: string;
  name: string;
}

/** Fill fields by their labels. */
export async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text);
}

/** Go through the link that was printed at the start: makes the owner of Northfield Polytechnic, who is signed in then. */
export async function makeOwner(page: Page, assay: Assay): Promise<Owner> {
  const [link = ''] = /http:\S+\/setup\?token=\S+/.exec(assay.output()) ?? [];
  await page.goto(link);
  const owner = { name: 'Ada Ek', email: 'ada@example.edu' };
  await fill(page, {
    'Your name': owner.name,
    'E-mail address': owner.email,
    Password: password,
    'Name of your organization': 'Northfield Polytechnic',
    'Its short name': 'northfield',
  });
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.waitForURL(`${assay.url}/studio/northfield`);
  return owner;
}

/** Sign in on the page that asks for it, by password. */
export async function signIn(page: Page, { email }: Owner): Promise<void> {
  await fill(page, { 'E-mail address': email, Password: password });
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A member of an issuer, invited by whoever the first context belongs to; the page is one of their own, and signed in then. */
export async function makeMember(
  owner: BrowserContext,
  page: Page,
  assay: Assay,
  { issuer = 'northfield', role, email, name }: Owner & { issuer?: string; role: string },
): Promise<Owner> {
  await ask(owner, assay, 'POST', `/api/issuers/${issuer}/invitations`, { email, role });
  await page.goto(await linkOf(assay, email, /http:\S+\/invitations\/\S+/));
  await fill(page, { 'Your name': name, Password: password });
  await page.getByRole('button', { name: 'Make an account and accept' }).click();
  await page.waitForURL(`${assay.url}/studio/**`);
  return { email, name };
}

/** The newest link of a kind in the letters to somebody, which lie in the outbox. */
export async function linkOf({ data }: Assay, email: string, kind: RegExp): Promise<string> {
  const outbox = join(data, 'outbox');
  for (let tries = 0; tries < 300; tries++) {
    const files = existsSync(outbox) ? readdirSync(outbox) : [];
    // While it is written a letter has another name.
    for (const file of files
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .reverse()) {
      const { to, text } = await simpleParser(readFileSync(join(outbox, file)));
      const [link] = kind.exec(text ?? '') ?? [];
      if (link !== undefined && JSON.stringify(to).includes(email)) return link;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no letter to ${email}`);
}

/** Ask the API as the person whose browser it is. */
export async function ask<Answer>(
  context: BrowserContext,
  { url }: Assay,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  data?: unknown,
): Promise<Answer> {
  const answer = await context.request.fetch(`${url}${path}`, {
    method,
    headers: { origin: url },
    ...(data === undefined ? {} : { data }),
  });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

/** What axe finds broken: ids of rules, with the places. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'));
  return page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

/** By how many pixels the page has to be scrolled sideways. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Light and wide, dark and 390 px: nothing that axe finds, and nothing to scroll sideways, also at 320 px and from right to left. */
export async function expectReadable(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ] as const) {
    // Without motion: half-way from one colour to the other, contrast says nothing.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    expect(await axeFaults(page), `${page.url()} ${colorScheme} ${width}`).toEqual([]);
    expect(await overflow(page), `${page.url()} ${width}`).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  // A narrow phone, which is 640 px at 200 % zoom; and what is written from the right.
  await page.setViewportSize({ width: 320, height: 700 });
  for (const direction of ['rtl', 'ltr']) {
    await page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), direction);
    expect(await overflow(page), `${page.url()} 320 ${direction}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(size);
}
