import { gzipSync } from 'node:zlib';
import type { Browser, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, shiftOf, startAssay } from './assay.ts';
import { ask, axeFaults, expectReadable, makeMember, makeOwner, overflow, signIn } from './studio-people.ts';

let assay: Assay;
let browser: Browser;

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

describe('the studio', () => {
  it('opens for the first owner, and for whoever signs in again, at the page that they wanted', () =>
    journey(browser, 'about:blank', 'studio', async (page) => {
      const scripts: Response[] = [];
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script') scripts.push(response);
      });
      const owner = await makeOwner(page, assay);
      await page.getByRole('heading', { level: 1, name: 'Northfield Polytechnic' }).waitFor();
      await page.getByText('Nothing waits for you.').waitFor();
      await expect.poll(() => page.title()).toBe('Northfield Polytechnic · Home · Assay');
      await page.getByText('Test instance.').waitFor();
      await page.waitForLoadState('networkidle');
      const bodies = await Promise.all(scripts.map((response) => response.body()));
      const size = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThan(250_000);
      await expectReadable(page);

      await page.evaluate(() => sessionStorage.setItem('assay.kept.grid.x', '"Ana Torres"'));
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL(`${assay.url}/sign-in`);
      await page.goto(`${assay.url}/studio/northfield?from=letter`);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      // What one person typed is not there for the next.
      expect(await page.evaluate(() => sessionStorage.getItem('assay.kept.grid.x'))).toBeNull();
      await signIn(page, owner);
      await page.waitForURL(`${assay.url}/studio/northfield?from=letter`);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(`${assay.url}/studio/northfield`);
        await page.getByText('Nothing waits for you.').waitFor();
        expect(await shiftOf(page), `home at ${width} px`).toBe(0);
        await page.goto(`${assay.url}/studio/northfield/credentials`);
        await page.getByText('Your credentials will stand here.').waitFor();
        expect(await shiftOf(page), `credentials at ${width} px`).toBe(0);
      }
    }));

  it('asks whose session ended while the page was open to sign in again', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${assay.url}/studio`);
    await signIn(page, { name: 'Ada Ek', email: 'ada@example.edu' });
    await page.getByText('Nothing waits for you.').waitFor();
    // The page is there, and by the time that it asks, the session is not.
    await page.route('**/api/me', async (route) => {
      await context.clearCookies();
      await route.fulfill({ status: 401, json: { code: 'not-signed-in' } });
    });
    await page.reload();
    await page.waitForURL(`${assay.url}/sign-in?next=${encodeURIComponent('/studio/northfield')}`);
    await context.close();
  });

  it('speaks Spanish, keeps that, and lets people choose between issuers by keyboard', () =>
    journey(browser, `${assay.url}/studio`, 'studio-choose', async (page) => {
      await signIn(page, { name: 'Ada Ek', email: 'ada@example.edu' });
      await page.waitForURL(`${assay.url}/studio/northfield`);
      for (const [slug, name] of [
        ['north-school', 'North School'],
        ['south-school', 'Sur <b>Escuela</b>'],
      ])
        await ask(page.context(), assay, 'POST', '/api/issuers/northfield/units', { slug, profile: { name } });
      await page.goto(`${assay.url}/studio`);
      await page.getByRole('link', { name: 'Change issuer' }).waitFor();
      await page.getByRole('radio', { name: 'Español' }).click();
      await page.getByRole('heading', { level: 2, name: 'Lo que le espera' }).waitFor();
      expect(await page.getAttribute('html', 'lang')).toBe('es');
      // The choice holds on the receiver's page and on the server's, and one that is made there holds here.
      await page.goto(`${assay.url}/verify`);
      await page.locator('html[lang=es]').waitFor();
      await page.goto(`${assay.url}/framework`);
      expect(await page.getAttribute('html', 'lang')).toBe('es');
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL('**lang=en');
      await page.goto(`${assay.url}/studio`);
      await page.getByRole('heading', { level: 2, name: 'What waits for you' }).waitFor();
      await page.goto(`${assay.url}/verify?lang=es`);
      await page.locator('html[lang=es]').waitFor();
      await page.goto(`${assay.url}/studio`);
      await page.getByRole('heading', { level: 2, name: 'Lo que le espera' }).waitFor();

      // By keyboard alone: skip link, then the links of the bar; the focus goes to the heading of each page.
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Ir al contenido');
      await page.getByRole('link', { name: 'Cambiar de emisor' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: '¿Dónde trabaja hoy?' }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
      await expectReadable(page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${assay.url}/studio/north-school`);
      await page.getByRole('heading', { level: 1, name: 'North School' }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
      await page.goto(`${assay.url}/studio`);
      await page.waitForURL(`${assay.url}/studio/north-school`);
      // Also when a page, with words of its own, comes after the words of the studio.
      await page.route('**/assets/HomePage-*.js', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 700));
        await route.continue();
      });
      await page.goto(`${assay.url}/studio/south-school`);
      await page.getByRole('heading', { level: 1, name: 'Sur <b>Escuela</b>' }).waitFor();
      await page.getByRole('heading', { level: 2, name: 'Lo que le espera' }).waitFor();
    }));

  it('tells strangers nothing, and each role what it may do', () =>
    journey(browser, `${assay.url}/studio`, 'studio-roles', async (page) => {
      await signIn(page, { name: 'Ada Ek', email: 'ada@example.edu' });
      await page.getByRole('link', { name: 'North School' }).waitFor();
      const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
      const other = await context.newPage();
      const member = { name: 'Bo Lind', email: 'bo@example.edu', role: 'viewer', issuer: 'north-school' };
      await makeMember(page.context(), other, assay, member);
      await other.getByRole('heading', { level: 1, name: 'North School' }).waitFor();
      expect(await other.getByRole('link', { name: 'Change issuer' }).count()).toBe(0);
      for (const elsewhere of ['south-school', 'northfield', 'never-was']) {
        await other.goto(`${assay.url}/studio/${elsewhere}`);
        await other.getByRole('heading', { level: 1, name: 'There is no such issuer' }).waitFor();
        expect(await axeFaults(other)).toEqual([]);
      }
      await other.goto(`${assay.url}/studio/north-school/nothing/here`);
      await other.getByRole('heading', { level: 1, name: 'There is nothing at this address.' }).waitFor();
      expect(await axeFaults(other)).toEqual([]);
      expect(await overflow(other)).toBeLessThanOrEqual(0);
      await context.close();
    }));

  it('says when there is no network, or the service fails, and recovers', () =>
    journey(browser, `${assay.url}/studio`, 'studio-failed', async (page) => {
      await signIn(page, { name: 'Ada Ek', email: 'ada@example.edu' });
      await page.getByRole('link', { name: 'North School' }).waitFor();
      await page.route('**/overview', (route) => route.fulfill({ status: 502, json: { code: 'unavailable' } }));
      await page.goto(`${assay.url}/studio/northfield`);
      await page.getByText('Another system that was needed did not answer.').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.unroute('**/overview');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('Nothing waits for you.').waitFor();
      await page.context().setOffline(true);
      await page.getByText('You are offline.').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.context().setOffline(false);
      await page.getByText('You are offline.').waitFor({ state: 'detached' });
    }));
});
