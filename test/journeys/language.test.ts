import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';

let assay: Assay;
let browser: Browser;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await assay?.stop();
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
  await page.locator('[data-verdict]').waitFor();
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
      `${assay.url}/?lang=es`,
      'spanish',
      async (page) => {
        expect(await spoken(page)).toBe('es');
        expect(await page.title()).toBe('Verificar una credencial · Assay');
        for (const sample of [0, 1, 2]) {
          await show(page, sample);
          await openAll(page);
          expect(await faults(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
          const text = await ownWords(page);
          expect(text).not.toMatch(/\b(the|is not|was|issuer|learner|of the|Passed|checked)\b/);
          expect(text).not.toMatch(/\{\w/);
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
      assay.url,
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

  it('costs nobody who reads English anything', () =>
    journey(browser, assay.url, 'english', async (page) => {
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
      assay.url,
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
