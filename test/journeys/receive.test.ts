import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, startAssay } from './assay.ts';
import { writeReceiverFiles } from './receiver-files.ts';
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

describe('what can be handed over', () => {
  it('opens a ZIP archive, and one inside it, each file with its own answer', () =>
    journey(browser, assay.url, 'zip', async (page) => {
      expect(await check(page, at('three.zip'))).toEqual(['not-verified', 'not-read', 'verified']);
      expect(await page.locator('.result').nth(1).textContent()).toContain('letter.txt');
      await choose(page, at('nested.zip'));
      await page.locator('.results-h').filter({ hasText: '3 files checked; 1 file could not be read' }).waitFor();
      await page.locator('.result').nth(3).waitFor();
      expect((await verdicts(page)).sort()).toEqual(['not-read', 'not-verified', 'not-verified', 'verified']);
      expect(await check(page, at('cut.zip'))).toEqual(['not-read']);
      expect(await page.locator('.results-h').textContent()).toBe(
        'Nothing was checked; 1 file could not be read as a credential',
      );
      expect(await page.locator('.todo').count()).toBe(1);
    }));

  it('reads a PDF with a credential attached, as JSON and as a token, and says when there is none', () =>
    journey(browser, assay.url, 'pdf', async (page) => {
      expect(await check(page, at('certificate.pdf'))).toEqual(['verified']);
      expect(await check(page, at('token.pdf'))).toEqual(['verified']);
      expect(await check(page, at('two.pdf'))).toEqual(['not-verified', 'verified']);
      expect(await check(page, at('plain.pdf'))).toEqual(['not-read']);
    }));

  it('reads a baked PNG and a signed token, several files at once', () =>
    journey(browser, assay.url, 'several', async (page) => {
      expect(await check(page, at('badge.png'), at('token.jwt'))).toEqual(['verified', 'verified']);
    }));

  it('reads a folder, and leaves out what the system keeps there', () =>
    journey(browser, assay.url, 'folder', async (page) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Choose a folder' }).click();
      await (await chooser).setFiles(at('folder'));
      await finished(page);
      await page.locator('.result').nth(1).waitFor();
      expect(await verdicts(page)).toEqual(['not-verified', 'verified']);
    }));

  it('takes a file that is let go anywhere on the page', () =>
    journey(browser, assay.url, 'anywhere', async (page) => {
      const transfer = await page.evaluateHandle(
        (text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'good.json'));
          return data;
        },
        readFileSync(at('good.json'), 'utf8'),
      );
      // The title is there before the application, which listens.
      await page.locator('form.drop').waitFor();
      await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer });
      await page.locator('form.drop[data-over=true]').waitFor();
      await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
      await finished(page);
      expect(await page.locator('form.drop').getAttribute('data-over')).toBe(null);
      await page.locator('.result[data-verdict=verified]').waitFor();
    }));

  it('says that this browser reads no QR code, and what to do', () =>
    journey(browser, assay.url, 'no-qr', async (page) => {
      await page.getByRole('button', { name: 'Scan a QR code' }).click();
      await page.locator('.scanner .note').waitFor();
      expect(await faults(page)).toEqual([]);
      await page.locator('.scanner button').click();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Scan a QR code');
    }));

  it('reads a QR code through the camera, where the browser can', async () => {
    const withCamera = await launchBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
    try {
      await journey(withCamera, assay.url, 'qr', async (page) => {
        await page.evaluate(
          (text) => {
            // Chromium has a detector on some systems only: the edge that is put in is the code that it would see.
            const seen = class {
              static getSupportedFormats = async () => ['qr_code'];
              detect = async (video: HTMLVideoElement) => (video.videoWidth > 0 ? [{ rawValue: text }] : []);
            };
            Reflect.set(window, 'BarcodeDetector', seen);
          },
          readFileSync(at('token.jwt'), 'utf8'),
        );
        await page.getByRole('button', { name: 'Scan a QR code' }).click();
        await finished(page);
        await page.locator('.result[data-verdict=verified]').waitFor();
        expect(await page.locator('video').count()).toBe(0);
      });
    } finally {
      await withCamera.close();
    }
  });
});

describe('a pile of credentials', () => {
  it('shows what needs a look first, filters by group, and opens each where it stands', () =>
    journey(browser, assay.url, 'pile', async (page) => {
      await choose(page, at('many.zip'));
      await finished(page);
      const rows = page.locator('.batch tbody tr:not(.opened)');
      await page.locator('.chip').nth(2).waitFor();
      expect(await page.locator('.chip .num').allTextContents()).toEqual(['150', '15', '135']);
      expect(await rows.count()).toBe(100);
      const order = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-group')));
      expect(order.slice(0, 16)).toEqual([...Array(15).fill('not-verified'), 'verified']);
      await page.getByRole('button', { name: 'Show 50 more' }).click();
      expect(await rows.count()).toBe(150);
      // With the keyboard alone: the filter, then the first of the group.
      await page.locator('.chip').nth(1).focus();
      await page.keyboard.press('Space');
      expect(await rows.count()).toBe(15);
      for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
      const open = await page.evaluate(() => document.activeElement?.closest('tr')?.rowIndex ?? 0);
      if (open === 0) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('.opened .result[data-verdict=not-verified]').waitFor();
      await page.keyboard.press('Enter');
      expect(await page.locator('.opened').count()).toBe(0);
    }));

  it('does not draw the whole list anew for each that arrives', () =>
    journey(browser, assay.url, 'quick', async (page) => {
      await page.evaluate(() => {
        const counts = { rounds: 0, since: performance.now() };
        Reflect.set(window, 'drawn', counts);
        new MutationObserver(() => {
          counts.rounds += 1;
        }).observe(document.body, { childList: true, subtree: true });
      });
      await choose(page, at('many.zip'));
      await page.locator('.batch tbody tr').first().waitFor();
      const marked = await page.locator('.batch tbody tr').first().elementHandle();
      await finished(page);
      // A row that was there is the same element at the end.
      expect(await marked?.evaluate((row) => row.isConnected)).toBe(true);
      const { rounds, time } = await page.evaluate(() => {
        const counts = Reflect.get(window, 'drawn') as { rounds: number; since: number };
        return { rounds: counts.rounds, time: performance.now() - counts.since };
      });
      // A slow machine draws for longer, and no more often.
      expect(rounds).toBeLessThan(30 + time / 50);
    }));

  it('stops, and keeps what is checked', () =>
    journey(browser, assay.url, 'stop', async (page) => {
      // So many that some are left whenever somebody stops it.
      await choose(page, at('more.zip'));
      await page.getByRole('button', { name: 'Stop, and keep' }).click();
      await finished(page);
      const shown = Number(/\d+/.exec((await page.locator('.results-h').textContent()) ?? '')?.[0] ?? 0);
      expect(shown).toBeLessThan(900);
      expect(await page.locator('.results > p').first().textContent()).toContain(String(900 - shown));
    }));

  it('asks again what could not be told', () =>
    journey(browser, assay.url, 'again', async (page) => {
      expect(await check(page, at('cannot-tell.json'), at('good.json'))).toEqual(['cannot-tell', 'verified']);
      const asked = page.waitForRequest((request) => request.url().endsWith('/api/fetch'));
      await page.getByRole('button', { name: 'Try the open one again' }).click();
      await asked;
      await finished(page);
      await page.locator('.result[data-verdict=cannot-tell]').waitFor();
      expect(await verdicts(page)).toEqual(['cannot-tell', 'verified']);
    }));
});
