import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';
import { refreshService, renewable, sign, writeReceiverFiles } from './receiver-files.ts';
import { choose } from './receiver-page.ts';

let assay: Assay;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'assay-language-'));
const at = (name: string) => join(folder, name);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  await writeReceiverFiles(assay.url, folder);
});

afterAll(async () => {
  await browser?.close();
  await assay?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const small = { viewport: { width: 390, height: 844 } };
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const openAll = (page: Page) =>
  page.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
const show = async (page: Page, sample: number) => {
  await page.locator('.samples button').nth(sample).click();
  await page.locator(`[data-verdict=${['verified', 'not-verified', 'cannot-tell'][sample]}]`).waitFor();
};
const spoken = async (page: Page) => {
  await page.locator('h1').waitFor();
  return page.locator('html').getAttribute('lang');
};
/** What Assay says, without what issuers and registers say in their own words. */
const ownWords = (page: Page) =>
  page.locator('main').evaluate((main) => {
    const copy = main.cloneNode(true) as HTMLElement;
    for (const quoted of copy.querySelectorAll('bdi, code, .prose, .skill, dd .muted, dd p[dir=auto]')) quoted.remove();
    return copy.textContent;
  });
/** What only an English sentence of ours holds, and what a text holds that was not filled in. */
const english = /\b(the|is not|was|issuer|learner|of the|Passed|checked|this|Show|Open|Not read)\b|\{\w/;
const answer = (page: Page) => page.locator('[data-verdict] h2').textContent();

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { run } = Reflect.get(window, 'axe') as { run(): Promise<{ violations: { id: string }[] }> };
    return (await run()).violations.map(({ id }) => id);
  });
}

describe('the language of the page', () => {
  it('is the one that the address asks for, in every part of a result', () =>
    journey(
      browser,
      `${assay.url}/verify?lang=es`,
      'spanish',
      async (page) => {
        expect(await spoken(page)).toBe('es');
        await expect.poll(() => page.title()).toBe('Verificar una credencial · Assay');
        for (const sample of [0, 1, 2]) {
          await show(page, sample);
          await openAll(page);
          expect(await faults(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          expect(await ownWords(page)).not.toMatch(english);
        }
        await page.locator('input[type=file]').setInputFiles(join(root, 'fixtures/trusted/clr.json'));
        await page.locator('.tree').waitFor();
        expect(await page.locator('.tree').innerText()).toContain('Ver esta credencial completa');
      },
      small,
    ));

  it('is the browser’s, can be switched by keyboard without losing a result, and is kept', () =>
    journey(
      browser,
      `${assay.url}/verify`,
      'switched',
      async (page) => {
        expect(await spoken(page)).toBe('es');
        await show(page, 0);
        expect(await answer(page)).toBe('Verificada: auténtica y vigente.');
        await page.getByRole('radio', { name: 'Español' }).focus();
        await page.keyboard.press('ArrowLeft');
        await page.locator('html[lang=en]').waitFor();
        expect(await answer(page)).toBe('Verified: genuine and in force.');
        await page.reload();
        expect(await spoken(page)).toBe('en');
        await show(page, 1);
        await page.getByText('Español').click();
        await page.locator('html[lang=es]').waitFor();
        expect(await answer(page)).toBe('No verificada: revocada por el emisor.');
      },
      { locale: 'es-MX' },
    ));

  it('is that of every way in, of lists, of many results, and of what was compared', () =>
    journey(
      browser,
      `${assay.url}/verify?lang=es`,
      'spanish-many',
      async (page) => {
        await page.getByRole('button', { name: 'Escanear un código QR' }).click();
        await page.locator('.scanner .note').waitFor();
        await page.locator('.trust summary').click();
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Añadir una lista' }).click();
        await (await chooser).setFiles(at('good.json'));
        await page.locator('.trust .err').first().waitFor();
        expect(await ownWords(page)).not.toMatch(english);
        await choose(page, at('three.zip'), at('cannot-tell.json'), at('cut.zip'), at('plain.pdf'));
        await page
          .locator('.results-h')
          .filter({ hasText: '3 archivos comprobados; 3 archivos no se pudieron leer' })
          .waitFor();
        await page.locator('.batch .op button').nth(5).waitFor();
        for (const row of [0, 2, 5]) await page.locator('.batch .op button').nth(row).click();
        await page.locator('.opened .result').nth(2).waitFor();
        await openAll(page);
        await page.getByRole('button', { name: 'Comparar' }).last().click();
        await page.locator('.said').waitFor();
        expect(await ownWords(page)).not.toMatch(english);
        expect(await faults(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        // The rest is said again without a check, and what was opened and compared stays.
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.getByText('English').click();
        await page.locator('html[lang=en]').waitFor();
        expect(await page.locator('.results-h').textContent()).toBe(
          '3 files checked; 3 files could not be read as a credential',
        );
        expect(await page.locator('.batch .state').first().textContent()).toContain('Not verified');
        expect(await page.locator('.opened .result').count()).toBe(3);
        expect(await page.locator('.said').textContent()).toBe('Nothing is written yet.');
        expect(await ownWords(page)).not.toMatch(/\b(el|los|emisor|estudiante|archivo|comprobación)\b/);
        expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
      },
      small,
    ));

  it('is that of the newer edition of a credential, and of pasted text', () =>
    journey(browser, `${assay.url}/verify?lang=es`, 'spanish-newer', async (page) => {
      const text = JSON.stringify(await sign(renewable('2026-06-20T00:00:00Z')));
      await page.route('**/api/fetch', (route) =>
        route.fulfill({ json: { url: refreshService, status: 200, contentType: 'application/vc', text } }),
      );
      await page
        .getByRole('textbox')
        .first()
        .fill(readFileSync(at('old.json'), 'utf8'));
      await page.getByRole('button', { name: 'Verificar' }).click();
      await page.locator('.newer').first().waitFor();
      await openAll(page);
      expect(await ownWords(page)).not.toMatch(english);
      expect(await page.locator('.result').textContent()).toContain('el texto pegado');
      await page.getByText('English').click();
      await page.locator('html[lang=en]').waitFor();
      expect(await page.locator('.result').textContent()).toContain('the pasted text');
    }));

  it('costs nobody who reads English anything', () =>
    journey(browser, `${assay.url}/verify`, 'english', async (page) => {
      const scripts: string[] = [];
      page.on('response', (response) => {
        if (response.url().endsWith('.js')) scripts.push(response.url());
      });
      await page.reload();
      await show(page, 0);
      expect(scripts.length).toBeGreaterThan(1);
      for (const url of scripts) expect(await (await fetch(url)).text()).not.toContain('No verificada');
    }));

  it('may be written from right to left, with longer words, on a phone', () =>
    journey(
      browser,
      `${assay.url}/verify`,
      'right-to-left',
      async (page) => {
        for (const sample of [0, 1]) {
          await show(page, sample);
          await openAll(page);
          await page.evaluate(() => {
            document.documentElement.dir = 'rtl';
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
              const given = node.nodeValue ?? '';
              // A third longer, as translations are, and in letters that are written from right to left.
              if (given.trim() !== '' && node.parentElement?.closest('code, textarea, style') === null)
                node.nodeValue = `${given.replaceAll(/[a-z]/g, 'ש')} ${'ארך '.repeat(Math.ceil(given.length / 12))}`;
            }
          });
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          const outside = await page.locator('main *').evaluateAll((all) =>
            all
              .filter((one) => one.checkVisibility() && one.getClientRects().length > 0)
              .map((one) => ({ name: one.outerHTML.slice(0, 120), box: one.getBoundingClientRect() }))
              .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
              .map(({ name }) => name),
          );
          expect(outside).toEqual([]);
          await page.reload();
        }
      },
      small,
    ));
});
