import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, startAssay } from './assay.ts';
import { refreshService, renewable, sign, writeReceiverFiles } from './receiver-files.ts';
import { check, choose, faults, finished, verdicts } from './receiver-page.ts';

let assay: Assay;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'assay-receive-'));
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  await writeReceiverFiles(assay.url, folder);
});

afterAll(async () => {
  await browser?.close();
  await assay?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('one result', () => {
  it('says whether it was issued to this person, and sends nothing', () =>
    journey(browser, assay.url, 'person', async (page) => {
      expect(await check(page, at('addressed.json'))).toEqual(['verified']);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const compare = async (text: string) => {
        await page.getByLabel('E-mail address').fill(text);
        await page.getByRole('button', { name: 'Compare' }).click();
        await page.locator('.said').waitFor();
        return page.locator('.said svg').getAttribute('class');
      };
      expect(await compare(' Robin@Example.org')).toBe('passed');
      expect(await compare('kim@example.org')).toBe('failed');
      expect(await faults(page)).toEqual([]);
      expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
    }));

  it('shows the newer edition of one that was replaced', () =>
    journey(browser, assay.url, 'newer', async (page) => {
      const newer = JSON.stringify(await sign(renewable('2026-06-20T00:00:00Z')));
      await page.route('**/api/fetch', (route) =>
        route.fulfill({ json: { url: refreshService, status: 200, contentType: 'application/vc', text: newer } }),
      );
      expect(await check(page, at('old.json'))).toEqual(['not-verified']);
      const section = page.locator('.newer').first();
      expect(await section.locator('.v svg').getAttribute('class')).toBe('passed');
      expect(await section.locator('.hallmark').count()).toBe(1);
      expect(await faults(page)).toEqual([]);
    }));

  it('asks the lists that the viewer chose, at once and after a reload', () =>
    journey(browser, assay.url, 'lists', async (page) => {
      const issuer = (state: string) =>
        page.locator(`.stamp[data-stamp=issuer][data-state=${state}]`).first().waitFor();
      await check(page, at('good.json'));
      await issuer('passed');
      await page.locator('.trust summary').click();
      await page.locator('.sources input').first().uncheck();
      await issuer('cannot-tell');
      expect(await verdicts(page)).toEqual(['verified']);
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add a list' }).click();
      await (await chooser).setFiles(at('list.json'));
      await page.getByText('My own list').first().waitFor();
      expect(await faults(page)).toEqual([]);
      await page.reload();
      await check(page, at('good.json'));
      await issuer('cannot-tell');
      await page.locator('.trust summary').click();
      await page.locator('.sources input').nth(1).waitFor();
      expect(
        await page.locator('.sources input').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked)),
      ).toEqual([false, true]);
      await page.getByRole('button', { name: 'Take off' }).click();
      expect(await page.locator('.sources li').count()).toBe(1);
      await page.getByRole('button', { name: 'Put it back' }).click();
      await page.locator('.sources li').nth(1).waitFor();
      const refused = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add a list' }).click();
      await (await refused).setFiles(at('good.json'));
      await page.locator('.trust .err').first().waitFor();
    }));

  it('gives a receipt that says when, of what, by which rules and lists', () =>
    journey(browser, assay.url, 'receipt', async (page) => {
      await check(page, at('good.json'));
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save the receipt' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe('good.json.receipt.json');
      const { receipt, assessment } = JSON.parse(readFileSync(await file.path(), 'utf8'));
      const digest = Buffer.from(await crypto.subtle.digest('SHA-256', readFileSync(at('good.json')))).toString('hex');
      expect(receipt.given).toEqual({ name: 'good.json', sha256: digest });
      expect(receipt.trustSources).toHaveLength(1);
      expect(receipt.pack.id).toBe('trusted-microcredential');
      expect(assessment.verification.checkedAt).toBe(receipt.checkedAt);
    }));

  it('prints one check with everything unfolded, and nothing to press', () =>
    journey(browser, assay.url, 'print', async (page) => {
      await check(page, at('good.json'), at('cannot-tell.json'));
      await page.evaluate(() => {
        // The dialog of the system is the edge; the page sees what it always sees around it.
        window.print = () => window.dispatchEvent(new Event('beforeprint'));
      });
      await page.getByRole('button', { name: 'Print this check' }).last().click();
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.result:visible').count()).toBe(1);
      expect(await page.locator('.result:visible details:not([open])').count()).toBe(0);
      expect(await page.locator('button:visible, form:visible').count()).toBe(0);
      await page.emulateMedia({ media: 'screen' });
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
      expect(await page.locator('.result:visible').count()).toBe(2);
      expect(await page.locator('details[open]').count()).toBe(0);
    }));
});

describe('every state', () => {
  it('loads what is heavy when it is first needed', () =>
    journey(browser, 'about:blank', 'light', async (page) => {
      const scripts: string[] = [];
      page.on('response', (response) => scripts.push(response.url()));
      await page.goto(assay.url);
      await page.locator('.samples button').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(scripts.filter((url) => url.includes('verify-here'))).toEqual([]);
      await check(page, at('good.json'));
      expect(scripts.filter((url) => url.includes('verify-here'))).toHaveLength(1);
    }));

  it('says when the server does not answer, and still checks what needs no server', () =>
    journey(browser, assay.url, 'no-server', async (page) => {
      await page.route('**/api/**', (route) => route.fulfill({ status: 502, body: '' }));
      await page.reload();
      expect(await check(page, at('addressed.json'))).toEqual(['verified']);
      await page.locator('.trust summary').click();
      await page.locator('.trust').getByText('This server did not answer').waitFor();
      await page.getByRole('textbox').first().fill('https://issuer.example/credential.json');
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.locator('.result[data-verdict=unanswered]').waitFor();
      expect(await faults(page)).toEqual([]);
    }));

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 390])
      it(`has no fault that axe finds, ${colorScheme}, ${width} px`, () =>
        journey(
          browser,
          assay.url,
          `receive-axe-${colorScheme}-${width}`,
          async (page) => {
            await page.locator('.trust summary').click();
            await page.locator('.sources li').first().waitFor();
            await page.getByRole('button', { name: 'Verify' }).click();
            expect(await faults(page)).toEqual([]);
            await check(page, at('three.zip'));
            expect(await faults(page)).toEqual([]);
            await choose(page, at('three.zip'), at('cannot-tell.json'), at('two.pdf'), at('plain.pdf'));
            await finished(page);
            await page.locator('.batch .op button').nth(6).waitFor();
            expect(await faults(page)).toEqual([]);
            for (const row of [0, 3, 6]) await page.locator('.batch .op button').nth(row).click();
            await page.locator('.opened .result').nth(2).waitFor();
            expect(await faults(page)).toEqual([]);
            await page.setViewportSize({ width: width === 390 ? 320 : width, height: 900 });
            expect(await faults(page)).toEqual([]);
          },
          { colorScheme, viewport: { width, height: 900 } },
        ));
});
