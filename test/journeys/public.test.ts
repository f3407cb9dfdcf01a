import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, root, shiftOf, startAssay } from './assay.ts';
import { choose, pressOn, typeInto } from './keyboard.ts';
import { faults } from './receiver-page.ts';

let assay: Assay;
let browser: Browser;
let key = '';
/** The address of each page that anybody can open, without the host. */
const pages: Record<string, string> = {};
/** What the learner of a credential got: its claim link, without the host. */
const claims: Record<string, string> = {};
const ids: Record<string, string> = {};
const at = '/api/issuers/northfield';
const nastyAt = '/api/issuers/nasty';
const hostile = `"><script>window.hacked=1</script><img src="https://evil.example/x" onerror="window.hacked=1"> \u202e${'W'.repeat(90)}`;
const markdown = `# ${hostile}\n\n[press](javascript:window.hacked=1) ![x](https://evil.example/y)\n\n- <svg onload=window.hacked=1>\n- <iframe src=https://evil.example>`;
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="window.hacked=1"><script>window.hacked=1</script><rect width="9" height="9"/><image href="https://evil.example/z"/></svg>`;
const fixture = JSON.parse(readFileSync(join(root, 'fixtures/trusted/application.json'), 'utf8'));

async function call(
  path: string,
  body?: unknown,
  type = 'application/json',
  method = body === undefined ? 'GET' : 'POST',
) {
  const answer = await fetch(`${assay.url}${path}`, {
    method,
    headers: {
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.ok, `${path}: ${answer.status} ${text}`).toBe(true);
  return text === '' ? null : JSON.parse(text);
}

async function approve(issuer: string, achievement: object): Promise<string> {
  const { id } = await call(`${issuer}/achievements`, achievement);
  for (const step of ['submit', 'approve']) await call(`${issuer}/achievements/${id}/${step}`, {});
  return id;
}

async function issue(name: string, achievement: string, learner: object, issuer = at): Promise<void> {
  const issued = await call(`${issuer}/credentials`, {
    achievement,
    learner: { name: 'Ana Torres', email: `${name}@example.edu`, ...learner },
  });
  remember(name, issued);
}

function remember(name: string, issued: { id: string; claimUrl: string }): void {
  const { pathname, search } = new URL(issued.claimUrl);
  ids[name] = issued.id;
  claims[name] = pathname + search;
}

async function accept(name: string): Promise<void> {
  const opened = await fetch(assay.url + claims[name], { redirect: 'manual', headers: { accept: 'text/html' } });
  const [cookie = ''] = String(opened.headers.get('set-cookie')).split(';');
  const headers = { cookie, origin: assay.url };
  const url = `${assay.url}/credentials/${ids[name]}/accept`;
  expect((await fetch(url, { method: 'POST', redirect: 'manual', headers })).status).toBe(303);
  pages[name] = `/credentials/${ids[name]}`;
}

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  const [, token] = /\/api\/setup\), once: (\S+)/.exec(assay.output()) ?? [];
  const { id: _, ...given } = fixture.issuer;
  key = (await call('/api/setup', { token, issuer: { slug: 'northfield', profile: given } })).apiKey;
  await call(`${at}/units`, { slug: 'nasty', profile: { ...given, name: hostile, description: markdown } });
  const clear = { change: { learnerName: 'clear' }, reason: 'to have the name on the page' };
  await call(`${nastyAt}/policy`, clear, 'application/json', 'PUT');
  await call(`${at}/keys`, { reason: 'yearly' });
  const picture = await call(`${at}/images`, drawing, 'image/svg+xml');
  const { id: _id, image: _image, ...content } = fixture.credentialSubject.achievement;
  const image = { id: picture.url ?? picture.id, type: 'Image', caption: hostile };
  const plain = await approve(at, { ...content, image: { ...image, caption: 'A square' } });
  const nasty = await approve(nastyAt, {
    ...content,
    image,
    name: hostile,
    description: markdown,
    criteria: { narrative: markdown, id: `https://x.example/'onmouseover='window.hacked=1` },
  });
  const file = await call(`${at}/evidence?name=report.txt`, 'What Ana wrote', 'text/plain');
  const { result } = fixture.credentialSubject;
  await issue('good', plain, { result, evidence: [{ file: file.id, name: 'Report of the field study' }] });
  const work = { type: ['Evidence'], id: 'https://evil.example/w', name: hostile };
  await issue('nasty', nasty, { result, name: hostile, evidence: [work] }, nastyAt);
  for (const name of ['revoked', 'suspended', 'replaced', 'hidden', 'waiting']) await issue(name, plain, { result });
  const [also, learner] = [
    await approve(nastyAt, { ...content, name: hostile }),
    { email: 'nasty@example.edu', name: hostile },
  ];
  const { id: ended } = await call(`${nastyAt}/credentials`, { achievement: also, learner: { ...learner, result } });
  remember('record', await call(`${nastyAt}/clrs`, { learner, description: markdown }));
  await call(`${nastyAt}/credentials/${ended}/revoke`, { reason: 'issued twice' });
  for (const name of ['good', 'nasty', 'record', 'revoked', 'suspended', 'replaced', 'hidden']) await accept(name);
  await call(`${at}/credentials/${ids.revoked}/revoke`, { reason: 'issued to the wrong person' });
  await call(`${at}/credentials/${ids.suspended}/suspend`, { reason: 'under review' });
  await call(`${at}/credentials/${ids.replaced}/reissue`, { reason: 'a date was wrong' });
  await call(`${at}/credentials/${ids.hidden}/hide`, { reason: 'asked' });
  Object.assign(pages, {
    home: '/',
    guide: '/framework',
    'another pack': '/framework/open-skill-alignment-0.1',
    issuer: '/issuers/northfield',
    unit: '/issuers/nasty',
    achievement: `/achievements/${plain}`,
    'nasty achievement': `/achievements/${nasty}`,
    frame: `/credentials/${ids.good}/embed`,
    'nasty frame': `/credentials/${ids.nasty}/embed`,
    waiting: `/credentials/${ids.waiting}`,
    nothing: '/issuers/nobody',
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

/** Pages whose form another one has already: what they run and ask is watched, and axe, which is slow, looks at the other. */
const likeOthers = ['suspended', 'another pack', 'unit', 'nasty frame', 'waiting'];
/** Pages that say that there is nothing, or nothing any more. */
const absent = ['waiting', 'nothing', 'hidden', 'frame'];
const show = async (page: Page, path: string) => {
  await page.goto(assay.url + path);
  await page.locator('main').waitFor();
  // The application in the home draws itself.
  if (path.startsWith('/?') || path === '/') await page.locator('.samples button').first().waitFor();
};

/** Visit pages, and fail on anything that runs, asks or complains. */
async function visit(
  name: string,
  options: BrowserContextOptions,
  walk: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('dialog', (dialog) => wrong.push(`a dialog: ${dialog.message()}`));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(assay.url) && !request.url().startsWith('data:')) wrong.push(`asks ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (404|410)/.test(message.text())) wrong.push(message.text());
  });
  try {
    for (const [title, path] of Object.entries(pages)) {
      await show(page, path);
      await walk(page, title);
      expect(await page.evaluate(() => 'hacked' in window), title).toBe(false);
      expect(wrong, title).toEqual([]);
    }
  } catch (error) {
    await page.screenshot({ path: join(root, `test-results/public-${name}.png`), fullPage: true });
    throw error;
  } finally {
    await context.close();
  }
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const openAll = (page: Page) =>
  page.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });

describe('the public pages', () => {
  for (const [colorScheme, width, language] of [
    ['light', 1280, 'en-GB'],
    ['dark', 390, 'es-MX'],
  ] as const)
    it(`have no fault that axe finds, run nothing and ask nobody, ${colorScheme}, ${width} px, ${language}`, () =>
      visit(colorScheme, { colorScheme, locale: language, viewport: { width, height: 844 } }, async (page, title) => {
        expect(await page.locator('html').getAttribute('lang'), title).toBe(language.slice(0, 2));
        await openAll(page);
        if (!likeOthers.includes(title)) expect(await faults(page), title).toEqual([]);
        expect(await page.locator('[style]').count(), title).toBe(0);
      }));

  it('fit on 320 px, and from right to left', () =>
    visit('small', { viewport: { width: 320, height: 700 } }, async (page, title) => {
      await openAll(page);
      expect(await sideways(page), title).toBeLessThanOrEqual(0);
      await page.evaluate(() => {
        document.documentElement.dir = 'rtl';
      });
      expect(await sideways(page), `${title}, rtl`).toBeLessThanOrEqual(0);
      const outside = await page.locator('main *, header *').evaluateAll((all) =>
        all
          .filter((one) => one.checkVisibility() && one.closest('.scroll, nav, .vh, svg, textarea') === null)
          .map((one) => ({ name: one.outerHTML.slice(0, 120), box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
          .map(({ name }) => name),
      );
      expect(outside, title).toEqual([]);
    }));

  it('have no dead link, in either language', async () => {
    const seen = new Map<string, string>();
    const queue = Object.entries(pages).flatMap(([name, path]) =>
      absent.includes(name) ? [] : [path, `${path}${path.includes('?') ? '&' : '?'}lang=es`],
    );
    const anchors: [from: string, to: string][] = [];
    const load = async (path: string): Promise<string> => {
      const known = seen.get(path);
      if (known !== undefined) return known;
      const answer = await fetch(assay.url + path, { headers: { accept: 'text/html' }, redirect: 'follow' });
      expect(answer.status, path).toBeLessThan(400);
      const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
      const body = isPage ? await answer.text() : '';
      if (!isPage) await answer.body?.cancel();
      seen.set(path, body);
      return body;
    };
    for (const path of queue) await load(path);
    for (const [path, body] of seen) {
      for (const [, attribute, value = ''] of body.matchAll(/ (href|src)="([^"]*)"/g)) {
        const url = new URL(value.replaceAll('&amp;', '&').replaceAll('&#39;', "'"), assay.url + path);
        expect(url.protocol, `${path}: ${value}`).toMatch(/^(https?|mailto):$/);
        if (url.origin !== assay.url || attribute === 'src') continue;
        const target = url.pathname + url.search;
        if (target.startsWith('/#') && value.startsWith('#')) anchors.push([path, path + value]);
        else if (value.startsWith('#')) anchors.push([path, value]);
        // Where the public pages end: people sign in there, and the application draws the rest.
        else if (!/^\/(studio|sign-in|account)/.test(target)) await load(target);
        else expect((await fetch(assay.url + target)).status, target).toBeLessThan(400);
      }
    }
    for (const [path, anchor] of anchors) {
      const id = anchor.slice(anchor.indexOf('#') + 1);
      expect(seen.get(path), `${path} ${anchor}`).toMatch(new RegExp(`id="${id}"`));
    }
    expect(seen.size).toBeGreaterThan(40);
  });

  it('say in words that there is nothing, or nothing any more, and nobody learns which credential waits', async () => {
    const get = async (path: string) => {
      const answer = await fetch(assay.url + path, { headers: { accept: 'text/html' } });
      return { status: answer.status, body: await answer.text() };
    };
    const waiting = await get(pages.waiting as string);
    expect(waiting.status).toBe(404);
    expect(waiting.body).toBe((await get(`/credentials/${'A'.repeat(22)}`)).body);
    expect((await get('/no/such/page')).body).toContain('There is nothing to see at this address');
    const hidden = await get(pages.hidden as string);
    expect([hidden.status, hidden.body.includes('Ana Torres')]).toEqual([410, false]);
    const replaced = await get(pages.replaced as string);
    expect(replaced.body).toContain('a date was wrong');
    expect(replaced.body).toContain('Open the newer edition');
  });
});

describe('a credential', () => {
  it('answers above the fold of a phone, without script, in less than 100 kB', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    const page = await context.newPage();
    const responses: Response[] = [];
    page.on('response', (response) => responses.push(response));
    await page.goto(assay.url + pages.good, { waitUntil: 'networkidle' });
    const bodies = await Promise.all(responses.map((response) => response.body()));
    const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
    const kinds = new Set(responses.map((response) => response.request().resourceType()));
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(100_000);
    expect(kinds.has('script')).toBe(false);
    for (const part of ['h1', '.awarded', '.answer .say', '.gist .hm', '.gist p']) {
      const box = await page.locator(part).first().boundingBox();
      expect((box?.y ?? 9999) + (box?.height ?? 0), part).toBeLessThanOrEqual(844);
    }
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').first().isVisible()).toBe(false);
    expect(await page.locator('.hallmark').isVisible()).toBe(true);
    await context.close();
  });

  it('is verified again by whoever asks, in their own browser', () =>
    journey(browser, assay.url + pages.good, 'verify-yourself', async (page) => {
      await page.getByRole('link', { name: 'Verify it yourself' }).click();
      await page.locator('[data-verdict=verified]').waitFor();
      expect(
        await page.locator('.hallmark .stamp').evaluateAll((all) => all.map((one) => one.getAttribute('data-state'))),
      ).toEqual(['passed', 'passed', 'cannot-tell', 'passed', 'passed']);
    }));

  it('stands in a frame on another site, and its own page does not', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const { html } = await (
      await fetch(`${assay.url}/oembed?url=${encodeURIComponent(assay.url + pages.good)}`)
    ).json();
    const frames = `<!doctype html>${html}<iframe id="whole" src="${assay.url}${pages.good}"></iframe>`;
    const elsewhere = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(frames));
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`);
    await page.frameLocator('iframe').first().getByText('Verified: genuine and in force.').waitFor();
    const whole = await page.locator('#whole').elementHandle();
    expect(await (await whole?.contentFrame())?.locator('.answer').count()).toBe(0);
    await context.close();
    elsewhere.close();
  });
});

describe('a learner with a phone, without script and without an account', () => {
  const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false, locale: 'es-MX' };

  it('says what is wrong, reads the answer, and accepts in two steps, in Spanish', async () => {
    await issue('claim', (await call(`${at}/achievements`)).items[0].id, { result: fixture.credentialSubject.result });
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await page.goto(assay.url + claims.claim);
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await pressOn(page, 'Algo en ella está mal', 'summary');
    await typeInto(page, 'Dígalo con sus palabras', 'Me llamo Anna Torres');
    await pressOn(page, 'Enviarlo al emisor');
    // It says what is missing, and keeps what was written.
    await page.getByText('Elija qué está mal.').waitFor();
    expect(await page.getByLabel('Dígalo con sus palabras').inputValue()).toBe('Me llamo Anna Torres');
    await choose(page, 'Mi nombre');
    await pressOn(page, 'Enviarlo al emisor');
    await page.getByText('A la espera de respuesta').waitFor();
    const { items } = await call(`${at}/disputes?state=open`);
    expect(items).toMatchObject([{ about: 'name', words: 'Me llamo Anna Torres', credential: ids.claim }]);
    await call(`${at}/disputes/${items[0].id}/answer`, { answer: 'Lo corregimos esta semana.' });
    await page.goto(assay.url + claims.claim);
    await page.getByText('Lo corregimos esta semana.').waitFor();
    await pressOn(page, 'Aceptar esta credencial');
    await page.getByRole('heading', { name: 'Suya, para conservarla y compartirla' }).waitFor();
    expect((await fetch(`${assay.url}/credentials/${ids.claim}`)).status).toBe(200);
    await context.close();
  });

  it('opens their work to somebody, and ends that again', async () => {
    const context = await browser.newContext({ ...phone, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(assay.url + claims.good);
    await pressOn(page, 'Make a link');
    const link = await page.getByLabel(/^Link to/).inputValue();
    const read = await fetch(link);
    expect([read.status, await read.text()]).toEqual([200, 'What Ana wrote']);
    await pressOn(page, 'End this link');
    await page.getByRole('button', { name: 'End this link' }).waitFor({ state: 'detached' });
    expect((await fetch(link)).status).toBe(403);
    await context.close();
  });
});

describe('the home', () => {
  it('verifies a file at once, in the language of the page', () =>
    journey(browser, 'about:blank', 'home', async (page) => {
      const file = await fetch(`${assay.url}/samples/verified.json`);
      const content = {
        name: 'given.json',
        mimeType: 'application/json',
        buffer: Buffer.from(await file.arrayBuffer()),
      };
      await page.goto(`${assay.url}/?lang=es`);
      await page.locator('input[type=file]').setInputFiles(content);
      await page.locator('[data-verdict=verified]').waitFor();
      expect(await page.locator('[data-verdict] h2').textContent()).toBe('Verificada: auténtica y vigente.');
    }));

  it('moves nothing while the application comes', () =>
    journey(browser, 'about:blank', 'home-shift', async (page) => {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(assay.url);
        await page.locator('.samples button').first().waitFor();
        expect(await shiftOf(page), `${width} px`).toBe(0);
      }
    }));

  it('can be read without script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(assay.url);
    expect(await page.locator('main').innerText()).toContain('Five stamps, always in this order');
    await page.getByRole('link', { name: 'Read the framework guide' }).click();
    await page.getByRole('heading', { name: 'What a credential must tell a stranger' }).waitFor();
    await context.close();
  });
});

describe('the drawings', () => {
  it('are the same on the server’s pages as in the application', () =>
    journey(browser, `${assay.url}/verify`, 'drawings', async (page) => {
      const application = await page
        .locator('svg.sprite symbol')
        .evaluateAll((all) => Object.fromEntries(all.map((one) => [one.id, one.innerHTML])));
      expect(Object.keys(application).length).toBeGreaterThan(20);
      const shown = await page.evaluate(
        (markup) => {
          const box = document.createElement('div');
          box.innerHTML = markup;
          return Object.fromEntries([...box.querySelectorAll('symbol')].map((one) => [one.id, one.innerHTML]));
        },
        readFileSync(join(root, 'src/server/page/symbols.svg'), 'utf8'),
      );
      const plain = (markup: string) =>
        markup
          .replaceAll(/><\/\w+>/g, '>')
          .replaceAll(/(\.\d*?)0+(?=\D)/g, '$1')
          .replaceAll(/\s+/g, ' ');
      for (const [id, markup] of Object.entries(application)) expect(plain(shown[id] ?? ''), id).toBe(plain(markup));
    }));
});
