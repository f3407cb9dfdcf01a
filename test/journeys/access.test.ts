import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';

let assay: Assay;
let browser: Browser;
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

/** Ids of the rules that axe finds broken, with the places. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'));
  return page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

const openAll = (page: Page) =>
  page.locator('details').evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '');
  });
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('everyone can read the page', () => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 390])
      it(`has no fault that axe finds, ${colorScheme}, ${width} px`, () =>
        journey(
          browser,
          assay.url,
          `axe-${colorScheme}-${width}`,
          async (page) => {
            await page.locator('.samples button').first().waitFor();
            expect(await faults(page)).toEqual([]);
            for (const [sample, verdict] of ['verified', 'not-verified', 'cannot-tell'].entries()) {
              await page.locator('.samples button').nth(sample).click();
              await page.locator('[role=status]').filter({ hasText: 'checked' }).waitFor();
              await page.locator(`[data-verdict=${verdict}]`).waitFor();
              await openAll(page);
              expect(await faults(page)).toEqual([]);
              expect(await overflow(page)).toBeLessThanOrEqual(0);
            }
            await page.locator('input[type=file]').setInputFiles(join(root, 'fixtures/trusted/clr.json'));
            await page.locator('.tree').waitFor();
            await openAll(page);
            expect(await faults(page)).toEqual([]);
            expect(await overflow(page)).toBeLessThanOrEqual(0);
          },
          { colorScheme, viewport: { width, height: 900 } },
        ));

  it('needs no sideways scrolling at 200 % zoom', () =>
    // A browser at 200 % lays out half as many CSS pixels, each twice as large.
    journey(
      browser,
      assay.url,
      'zoom',
      async (page) => {
        await page.locator('.samples button').first().click();
        await page.locator('[data-verdict]').waitFor();
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      },
      { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    ));

  it('answers without motion and in forced colours', () =>
    journey(
      browser,
      assay.url,
      'forced-colours',
      async (page) => {
        await page.locator('.samples button').first().click();
        await page.locator('[data-verdict=verified]').waitFor();
      },
      { reducedMotion: 'reduce', forcedColors: 'active' },
    ));

  it('loads little before anybody acts, and what a check needs when it is first needed', () =>
    // From an empty page, so that nothing is loaded before somebody counts.
    journey(browser, 'about:blank', 'first-load', async (page) => {
      const scripts: Response[] = [];
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script') scripts.push(response);
      });
      const loaded = async () => {
        await page.waitForLoadState('networkidle');
        const bodies = await Promise.all(scripts.map((response) => response.body()));
        return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
      };
      await page.goto(assay.url);
      await page.locator('.samples button').first().waitFor();
      const ready = await loaded();
      expect(ready).toBeGreaterThan(0);
      expect(ready).toBeLessThan(100_000);
      await page.locator('.samples button').first().click();
      await page.locator('[data-verdict=verified]').waitFor();
      const checked = await loaded();
      expect(checked).toBeGreaterThan(ready);
      expect(checked).toBeLessThan(250_000);
    }));
});
