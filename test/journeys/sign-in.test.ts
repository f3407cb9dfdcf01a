import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/server/database.ts';
import { openLetter } from '../../src/server/mail/queue.ts';
import { MasterKey } from '../../src/server/master-key.ts';
import { type PostgresServer, startPostgresServer } from '../../src/server/test-databases.ts';
import { totp } from '../../src/server/test-people.ts';
import { type Assay, launchBrowser, startAssay } from './assay.ts';

let postgres: PostgresServer;
let db: Database;
let assay: Assay;
let browser: Browser;
const secret = randomBytes(32);

beforeAll(async () => {
  postgres = await startPostgresServer();
  const url = await postgres.createDatabase();
  [assay, browser] = await Promise.all([
    startAssay({ DATABASE_URL: url, ASSAY_MASTER_KEY: secret.toString('base64url') }),
    launchBrowser(),
  ]);
  db = await openDatabase({ url });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await assay?.stop();
  await db?.destroy();
  await postgres?.stop();
});

const password = 'correct horse battery';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A browser of one person. The pages must do without script, so most go without. */
async function person(javaScriptEnabled: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled });
  return { context, page: await context.newPage() };
}

async function letterTo(email: string): Promise<string> {
  const rows = await db.selectFrom('mail').selectAll().orderBy('created_at', 'desc').execute();
  const letters = rows.map((row) => openLetter(new MasterKey(secret), row));
  return letters.find(({ to }) => to === email)?.text ?? '';
}

const fill = async (page: Page, fields: Record<string, string>) => {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text);
};
const press = async (page: Page, name: string) => {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).click()]);
};

describe('people at their browsers', () => {
  it('go from the first run over an invitation to a member, without script', async () => {
    const [link = ''] = /http:\S+\/setup\?token=\S+/.exec(assay.output()) ?? [];
    const owner = await person(false);
    await owner.page.goto(link);
    const fields = {
      'Your name': 'Ada Ek',
      'E-mail address': 'ada@example.edu',
      Password: password,
      'Name of your organization': 'Northfield Polytechnic',
    };
    await fill(owner.page, { ...fields, 'Its short name': 'North Field' });
    await press(owner.page, 'Set up');
    expect(await owner.page.locator('#slug-fault').textContent()).toContain('lower-case');
    expect(await owner.page.getByLabel('Your name').inputValue()).toBe('Ada Ek');
    expect(await owner.page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    await fill(owner.page, { Password: password, 'Its short name': 'northfield' });
    await press(owner.page, 'Set up');
    expect(new URL(owner.page.url()).pathname).toBe('/studio');
    expect(await owner.page.textContent('main')).toContain('Northfield Polytechnic');

    const invited = await owner.context.request.post(`${assay.url}/api/issuers/northfield/invitations`, {
      headers: { origin: assay.url },
      data: { email: 'bo@example.edu', role: 'author' },
    });
    expect(invited.status()).toBe(201);
    const [invitation = ''] = /http:\S+\/invitations\/\S+/.exec(await letterTo('bo@example.edu')) ?? [];
    const member = await person(false);
    await member.page.goto(invitation);
    await fill(member.page, { 'Your name': 'Bo Lind', Password: password });
    await press(member.page, 'Make an account and accept');
    expect(await member.page.textContent('main')).toContain('author');

    await press(member.page, 'Sign out');
    await fill(member.page, { 'E-mail address': 'bo@example.edu' });
    await press(member.page, 'Send me a link instead');
    const [letter = ''] = /http:\S+\/sign-in\/link\?token=\S+/.exec(await letterTo('bo@example.edu')) ?? [];
    await member.page.goto(letter);
    await press(member.page, 'Sign in now');
    expect(new URL(member.page.url()).pathname).toBe('/studio');
    for (const { context } of [owner, member]) await context.close();
  });

  it('turn the second factor on, and need it then', async () => {
    const { context, page } = await person(false);
    await page.goto(`${assay.url}/account`);
    await fill(page, { 'E-mail address': 'bo@example.edu', Password: password });
    await press(page, 'Sign in');
    expect(new URL(page.url()).pathname).toBe('/account');
    await fill(page, { 'Your password, to confirm': password });
    await press(page, 'Set up');
    const key = (await page.locator('#totp-key').textContent()) ?? '';
    expect((await page.locator('img.qr').boundingBox())?.width).toBeGreaterThan(100);
    await fill(page, { Code: totp(key) });
    await press(page, 'Turn on');
    await press(page, 'Sign out here');
    await fill(page, { 'E-mail address': 'bo@example.edu', Password: password });
    await press(page, 'Sign in');
    expect(new URL(page.url()).pathname).toBe('/sign-in/code');
    await page.goto(`${assay.url}/studio`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.goto(`${assay.url}/sign-in/code`);
    await fill(page, { Code: totp(key) });
    await press(page, 'Sign in');
    expect(new URL(page.url()).pathname).toBe('/studio');
    await context.close();
  });

  it('sign in with a passkey, made on their account', async () => {
    const { context, page } = await person(true);
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${assay.url}/account`);
    await fill(page, { 'E-mail address': 'ada@example.edu', Password: password });
    await press(page, 'Sign in');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove Passkey of Linux' }).waitFor();
    await press(page, 'Sign out here');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(`${assay.url}/studio/northfield`);

    await page.goto(`${assay.url}/account`);
    await press(page, 'Remove Passkey of Linux');
    expect(await page.getByText(/Passkey of Linux/).count()).toBe(0);
    await press(page, 'Sign out here');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.locator('#passkey-fault').waitFor();
    await context.close();
  });

  it('can read the pages: no fault that axe finds, and no sideways scrolling', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme });
      const page = await context.newPage();
      const inspect = async (path: string) => {
        await page.goto(`${assay.url}${path}`);
        await page.locator('h1').waitFor();
        // As a script of the page: the policy of the pages allows no other.
        await page.evaluate(readFileSync(axePath, 'utf8'));
        const faults = await page.evaluate(async () => {
          const axe = Reflect.get(window, 'axe') as { run(): Promise<{ violations: { id: string }[] }> };
          return (await axe.run()).violations.map(({ id }) => id);
        });
        expect(faults, path).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBeLessThanOrEqual(0);
      };
      for (const path of ['/sign-in', '/sign-in/code', '/forgot', '/reset?token=x', '/sign-up', '/sign-in?error=x'])
        await inspect(path);
      await fill(page, { 'E-mail address': 'ada@example.edu', Password: password });
      await press(page, 'Sign in');
      for (const path of ['/studio', '/account']) await inspect(path);
      // In Spanish from here on: the choice is kept.
      await inspect('/account?lang=es');
      await page.getByRole('heading', { level: 1, name: 'Su cuenta' }).waitFor();
      await press(page, 'Cerrar sesión aquí');
      await fill(page, { 'Correo electrónico': 'ada@example.edu', Contraseña: 'another than that' });
      await press(page, 'Iniciar sesión');
      expect(await page.getByRole('alert').first().textContent()).toContain('no es correcta');
      expect(await page.getAttribute('html', 'lang')).toBe('es');
      await fill(page, { Contraseña: password });
      await press(page, 'Iniciar sesión');
      await page.getByRole('link', { name: 'Cuenta', exact: true }).waitFor();
      await context.close();
    }
  });
});
