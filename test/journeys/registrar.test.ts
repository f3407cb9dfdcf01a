import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';
import { giveFile, pick, pressOn, tabTo, tick, typeInto } from './keyboard.ts';
import { ask, expectReadable, linkOf, makeOwner, type Owner, signIn } from './studio-people.ts';

let assay: Assay;
let browser: Browser;
let owner: Owner;
const at = '/api/issuers/northfield';

const list = [
  'Student;E-mail address;Examination;Kitchen practical;Group',
  'Ana Torres;ana@example.edu;43;Advanced;B',
  'Bo Lind;bo@example.edu;38;Competent;B',
  '<b>Cy</b> Roe;cy@example.edu;40;Competent;B',
  'Di Sax;di@example;41;Competent;B',
  'Ed Poe;ed@example.edu;510;Compotent;B',
].join('\n');

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  const page = await (await browser.newContext()).newPage();
  owner = await makeOwner(page, assay);
  const achievement = JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8'));
  const { id } = await ask<{ id: string }>(page.context(), assay, 'POST', `${at}/achievements`, achievement);
  for (const step of ['submit', 'approve'])
    await ask(page.context(), assay, 'POST', `${at}/achievements/${id}/${step}`, {});
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

/** At a page of the studio, as the owner. */
const inStudio = (path: string, name: string, walk: (page: Page) => Promise<void>) =>
  journey(browser, `${assay.url}/studio/northfield${path}`, name, async (page) => {
    await signIn(page, owner);
    await page.waitForURL(`${assay.url}/studio/northfield${path}`);
    await walk(page);
  });

/** What axe says and what does not fit; a picture of it, where one is wanted. */
async function look(page: Page, name: string): Promise<void> {
  await expectReadable(page);
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('a registrar', () => {
  it('brings a list, sees every fault, issues the rest, and comes back to the job', () =>
    inStudio('/issue', 'registrar-list', async (page) => {
      await page.getByText('Your lists will stand here.').waitFor();
      await look(page, 'issue');
      await pressOn(page, 'Import a CSV file');
      await giveFile(page, 'Choose a file', { name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
      // Guessed by their names; what is not known is left out.
      const means = (column: string) => page.getByLabel(`What the column ${column} means`);
      await means('Group').waitFor();
      expect(await means('Student').inputValue()).toBe('name');
      expect(await means('E-mail address').inputValue()).toBe('email');
      expect(await means('Examination').inputValue()).toBe('result:Examination');
      expect(await means('Group').inputValue()).toBe('');
      await look(page, 'issue-columns');
      await pick(page, 'What the column Examination means', 'Leave out');
      await pick(page, 'What the column Examination means', 'Result: Examination');
      await pressOn(page, 'Read the list');

      await page.getByRole('heading', { name: 'Dry run: 3 of 5 rows are ready' }).waitFor();
      await page.getByText('"di@example" is no e-mail address.').waitFor();
      expect(await page.getByRole('row').filter({ hasText: 'Ed Poe' }).getByRole('listitem').count()).toBe(2);
      await pressOn(page, 'E-mail address');
      await page.getByText('Ed Poe').waitFor({ state: 'detached' });
      await look(page, 'issue-dry-run');
      await pressOn(page, 'Issue 3 credentials');
      await page.getByRole('heading', { name: 'Issued: 3 of 3' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Issued: 3 of 3' }).waitFor();
      await look(page, 'issue-job');
    }));

  it('revokes what a learner accepted and a stranger verified, and the stranger sees it', () =>
    inStudio('/credentials', 'registrar-revoke', async (page) => {
      const link = await linkOf(assay, 'ana@example.edu', /http\S+claim=\S+/);
      await page.getByRole('link', { name: 'Ana Torres' }).waitFor();
      await look(page, 'credentials');
      const stranger = await browser.newContext();
      const other = await stranger.newPage();
      await other.goto(link);
      await pressOn(other, 'Accept this credential');
      await other.getByText('You accepted this credential').waitFor();
      const address = other.url();
      const verify = async (answer: string) => {
        await stranger.clearCookies();
        await other.goto(`${assay.url}/verify`);
        await typeInto(other, 'Or paste', address);
        await pressOn(other, 'Verify', 'button');
        await other.getByRole('heading', { name: answer }).waitFor();
      };
      await verify('Verified: genuine and in force.');

      await typeInto(page, 'Address of a credential, or e-mail address', 'ANA@example.edu');
      await pressOn(page, 'Look it up');
      await page.getByRole('heading', { level: 1, name: 'Ana Torres' }).waitFor();
      await page.getByRole('heading', { name: 'Verified: genuine and in force.' }).waitFor();
      await page.getByText('Accepted by the learner on').waitFor();
      await look(page, 'record');
      await pressOn(page, 'Revoke');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Not verified: revoked by the issuer.').waitFor();
      await look(page, 'record-revoke');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.keyboard.press('Enter');
      await pressOn(page, 'Revoke this credential');
      await dialog.getByText('Write a reason.').waitFor();
      // The focus is on what is missing.
      await page.keyboard.insertText('The second marking did not confirm the result.');
      await pressOn(page, 'Revoke this credential');
      await page.getByRole('heading', { name: 'Not verified: revoked by the issuer.' }).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'The second marking did not confirm' }).waitFor();
      await verify('Not verified: revoked by the issuer.');
      await stranger.close();
    }));

  it('writes a list by keyboard alone, mends it, and issues it', () =>
    inStudio('/issue/grid', 'registrar-grid', async (page) => {
      const cell = (column: string, row: number) => page.getByRole('row').nth(row).getByLabel(`${column}, `);
      await tabTo(page, 'Name, ', 'input');
      const type = async (...cells: string[]) => {
        for (const text of cells) {
          await page.keyboard.type(text);
          await page.keyboard.press('Tab');
        }
      };
      await type('Fay Ono', 'fay@example.edu', '', '44');
      // A digit stands for a level.
      await page.keyboard.press('3');
      expect(await cell('Kitchen practical', 1).inputValue()).toBe('Advanced');
      // Whoever types fast types in the row below, at once.
      const next = await page.evaluate(() => {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        return document.activeElement?.getAttribute('aria-label');
      });
      expect(next).toBe('Kitchen practical, row 2');
      // What a spreadsheet puts on the clipboard.
      for (let column = 1; column <= 4; column++) await page.keyboard.press('Shift+Tab');
      await page.evaluate(() => {
        const clipboardData = new DataTransfer();
        clipboardData.setData(
          'text/plain',
          'Gus Pak\tgus@example\t\t41\tCompetent\nHal Roy\thal@example.edu\t\t12\tCompetent\n',
        );
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      });
      await page.getByText('Pasted 2 rows and 5 columns.').waitFor();
      // One value down a column, and what the service will make of it; then all of it back.
      await tabTo(page, 'Fill a column', 'button');
      await page.keyboard.press('Enter');
      await pick(page, 'Column', 'Awarded on');
      await typeInto(page, 'Value for everybody', '2026-06-01');
      await page.keyboard.press('Enter');
      await page.getByText('Filled 3 rows.').waitFor();
      expect(await cell('Awarded on', 3).inputValue()).toBe('2026-06-01');
      const reads = page.getByRole('row').nth(1).locator('.reads');
      expect(await reads.innerText()).toContain('Kitchen practical: Advanced, 3 of');
      expect(await reads.innerText()).toContain('Awarded on: 1 June 2026 at 00:00 (UTC)');
      await reads.getByText('Recognition; pass mark met').waitFor();
      expect(await page.getByRole('row').nth(2).locator('.reads').innerText()).toBe('Mend the marked cell first.');
      await tabTo(page, 'Awarded on, Fay Ono', 'input');
      await page.keyboard.press('Control+z');
      expect(await cell('Awarded on', 3).inputValue()).toBe('');
      await tabTo(page, 'Kitchen practical, Fay Ono', 'input');
      await page.keyboard.press('Control+d');
      await page.getByText('Filled 2 rows.').waitFor();
      expect(await cell('Kitchen practical', 3).inputValue()).toBe('Advanced');
      // The message offers to undo it: one key away, after which the work goes on where it was.
      await page.keyboard.press('F6');
      await page.keyboard.press('F6');
      await page.keyboard.press('F6');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        'Kitchen practical, Fay Ono',
      );
      await page.getByRole('heading', { name: '2 rows to settle' }).waitFor();
      expect(await cell('E-mail address', 2).getAttribute('aria-invalid')).toBe('true');
      await page.keyboard.press('Control+z');
      await page.getByRole('heading', { name: '2 rows to settle' }).waitFor({ state: 'detached' });
      expect(await cell('Name', 2).inputValue()).toBe('');
      await tabTo(page, 'Name, row 2', 'input');
      await page.keyboard.type('Gus Pak');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('gus@example');
      await page.getByRole('heading', { name: '1 row to settle' }).waitFor();
      await look(page, 'grid');
      await page.reload();
      await page.getByRole('heading', { name: '1 row to settle' }).waitFor();
      expect(await cell('Name', 1).inputValue()).toBe('Fay Ono');
      await tabTo(page, 'Name, ', 'input');
      await page.keyboard.press('F8');
      await page.keyboard.press('End');
      await page.keyboard.type('.edu');
      await pressOn(page, 'Issue 2 credentials');
      await page.getByRole('heading', { name: 'Issued: 2 of 2' }).waitFor();
    }));

  it('suspends many as one act, and finds the letters', () =>
    inStudio('/credentials', 'registrar-bulk', async (page) => {
      for (const name of ['Fay Ono', 'Bo Lind', 'Ana Torres']) await tick(page, `Choose the credential of ${name}`);
      await tabTo(page, 'Suspend', 'button');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 stays as it is').waitFor();
      await typeInto(page, 'Reason', 'The marks are being looked at again.');
      await pressOn(page, 'Suspend 2 credentials');
      await page.getByRole('heading', { name: 'Done: 2 of 2' }).waitFor();
      await look(page, 'change');
      await page.goto(`${assay.url}/studio/northfield/outbox`);
      await page.getByText('bo@example.edu').waitFor();
      await look(page, 'outbox');
    }));
});
