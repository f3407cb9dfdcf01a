import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';
import { choose, pick, pressOn, tabTo, typeInto } from './keyboard.ts';
import { check } from './receiver-page.ts';
import { ask, axeFaults, expectReadable, makeMember, makeOwner, signIn } from './studio-people.ts';

let assay: Assay;
let browser: Browser;
let owner: BrowserContext;

const ada = { name: 'Ada Ek', email: 'ada@example.edu' };
const api = '/api/issuers/northfield';
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const inDialog = (page: Page) => page.getByRole('dialog');

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  owner = await browser.newContext();
  await makeOwner(await owner.newPage(), assay);
  for (const [slug, name] of [
    ['health', 'School of Health'],
    ['law', 'School of Law'],
  ])
    await ask(owner, assay, 'POST', `${api}/units`, { slug, profile: { name } });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

/** Ada goes to a page of Northfield's studio. */
const adaAt = (path: string, name: string, walk: (page: Page) => Promise<void>) =>
  journey(browser, `${assay.url}/studio/northfield${path}`, name, async (page) => {
    await signIn(page, ada);
    await page.waitForURL(`${assay.url}/studio/northfield${path}`);
    await walk(page);
  });

/** What a stranger's browser says of a credential's file. */
async function strangerReads(credential: object): Promise<(string | null)[]> {
  const file = join(assay.data, 'credential.json');
  writeFileSync(file, JSON.stringify(credential));
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(assay.url);
  const verdicts = await check(page, file);
  await context.close();
  return verdicts;
}

describe('an admin', () => {
  it('changes to a new key, and old credentials still verify; marks it as in other hands, and reads what follows before', () =>
    adaAt('/keys', 'admin-keys', async (page) => {
      const achievement = JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8'));
      const { id } = await ask<{ id: string }>(owner, assay, 'POST', `${api}/achievements`, achievement);
      for (const step of ['submit', 'approve'])
        await ask(owner, assay, 'POST', `${api}/achievements/${id}/${step}`, {});
      const issue = (email: string) =>
        ask<{ credential: object }>(owner, assay, 'POST', `${api}/credentials`, {
          achievement: id,
          learner: { email },
        });
      const { credential: old } = await issue('ana@example.edu');
      await expectReadable(page);

      await pressOn(page, 'Change to a new key');
      await pressOn(page, 'Make a new key');
      await inDialog(page).getByText('Write a reason.').waitFor();
      // The focus is on what is missing.
      await page.keyboard.insertText('Once a year');
      expect(await axeFaults(page)).toEqual([]);
      // A reload closes the question, and keeps what was typed for it.
      await page.reload();
      await pressOn(page, 'Change to a new key');
      expect(await inDialog(page).getByLabel('Reason').inputValue()).toBe('Once a year');
      await pressOn(page, 'Make a new key');
      await page.getByText('A new key signs from now on.').waitFor();
      await page.getByRole('row').filter({ hasText: 'Followed by another, still verifies' }).waitFor();
      const { credential: young } = await issue('bea@example.edu');
      for (const credential of [old, young]) expect(await strangerReads(credential)).toEqual(['verified']);

      // Two keys of one day are told apart, also by ear.
      const ends = page.getByRole('link', { name: /^Take out of use: the key of .+ that ends in \w{4}$/ });
      expect(await ends.count()).toBe(2);
      expect(new Set(await ends.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).size).toBe(2);
      // The newest stands first.
      await tabTo(page, 'Take out of use');
      await pressOn(page, 'Take out of use');
      await heading(page, 'Take a key out of use');
      const follows = page.getByRole('region', { name: 'What will happen' });
      await follows.getByText('are answered with “Cannot tell” elsewhere').waitFor();
      await pressOn(page, 'Mark the key as in other hands', 'button');
      await page.getByText('2 fields need a look.').waitFor();
      await pressOn(page, 'From which day');
      await page.keyboard.type('01012020');
      await typeInto(page, 'What happened, in your words', 'A backup was lost.');
      await page.reload();
      expect(await page.getByLabel('What happened, in your words').inputValue()).toBe('A backup was lost.');
      await follows.getByText('lose their answer here too').waitFor();
      expect(await follows.locator('b.num').allTextContents()).toEqual(['1', '0', '1', '1', '1']);
      await expectReadable(page);
      await pressOn(page, 'Mark the key as in other hands', 'button');
      await inDialog(page).getByText('1 credential is concerned').waitFor();
      await pressOn(page, 'Leave it as it is');
      // The focus came back to the button that asked.
      await page.keyboard.press('Enter');
      await inDialog(page).waitFor();
      await pressOn(page, 'Mark the key as in other hands', 'button');
      await heading(page, 'Keys');
      await page.getByText('In other hands from 1 January 2020').waitFor();
      expect(await strangerReads(old)).toEqual(['cannot-tell']);
      expect(await strangerReads(young)).toEqual(['verified']);
    }));

  it('sees people and invites them; one issuer’s people see nothing of another’s', () =>
    adaAt('/people', 'admin-people', async (page) => {
      await pressOn(page, 'Invite somebody');
      await pressOn(page, 'Send the invitation');
      await inDialog(page).getByText('Write an address').waitFor();
      await page.keyboard.insertText('cy@example.edu');
      await choose(page, 'Registrar');
      await pressOn(page, 'Send the invitation');
      await page.getByText('The invitation to cy@example.edu is on its way.').waitFor();
      await page.getByText(/registrar, until/).waitFor();
      await expectReadable(page);
      await pressOn(page, 'Withdraw the invitation to cy@example.edu');
      await typeInto(page, 'Reason', 'wrong address');
      await pressOn(page, 'Withdraw', 'button');
      await page.getByText('No invitation waits for an answer.').waitFor();

      const theirs = await browser.newContext();
      const other = await theirs.newPage();
      const bo = { name: 'Bo Lind', email: 'bo@example.edu', role: 'admin', issuer: 'health' };
      await makeMember(owner, other, assay, bo);
      await other.goto(`${assay.url}/studio/health/people`);
      const above = other.getByRole('row').filter({ hasText: 'Ada Ek' });
      await above.getByText('comes from Northfield Polytechnic').waitFor();
      expect(await above.getByRole('button').count()).toBe(0);
      for (const page of ['law', 'law/keys', 'northfield/people']) {
        await other.goto(`${assay.url}/studio/${page}`);
        await heading(other, 'There is no such issuer');
        expect(await other.textContent('body')).not.toContain('School of Law');
      }
      const { apiKey } = await ask<{ apiKey: string }>(theirs, assay, 'POST', '/api/issuers/health/api-keys', {
        name: 'Bo’s script',
        scopes: ['read'],
      });
      const keyWorks = async () =>
        (await fetch(`${assay.url}/api/issuers/health`, { headers: { authorization: `Bearer ${apiKey}` } })).status;
      expect(await keyWorks()).toBe(200);

      await page.goto(`${assay.url}/studio/health/people`);
      await pressOn(page, 'Change role of Bo Lind');
      await choose(page, 'Viewer');
      await typeInto(page, 'Reason', 'another post');
      await pressOn(page, 'Give the role');
      await page.getByRole('row').filter({ hasText: 'Bo Lind' }).getByText('viewer').waitFor();
      await other.goto(`${assay.url}/studio/health/people`);
      await heading(other, 'Only owners and admins can do this.');
      expect(await axeFaults(other)).toEqual([]);

      await pressOn(page, 'Remove Bo Lind');
      await inDialog(page).getByText('Bo’s script').waitFor();
      await typeInto(page, 'Reason', 'left');
      expect(await axeFaults(page)).toEqual([]);
      await pressOn(page, 'Remove Bo Lind');
      await page.getByText('Bo Lind has no role here any more.').waitFor();
      expect(await keyWorks()).toBe(401);
      await other.goto(`${assay.url}/studio`);
      await other.getByText('You have no role yet.').first().waitFor();
      await theirs.close();
    }));

  it('makes an API key, which is shown once and works until it is revoked', () =>
    adaAt('/api-keys', 'admin-api-keys', async (page) => {
      await page.getByText('API keys will stand here.').waitFor();
      await expectReadable(page);
      await pressOn(page, 'Make an API key', 'button');
      await typeInto(page, 'What is it for?', 'registry');
      await page.keyboard.press('Enter');
      const shown = page.getByLabel('API key of “registry”');
      const apiKey = await shown.inputValue();
      expect(apiKey).toMatch(/^assay_/);
      expect(await axeFaults(page)).toEqual([]);
      const works = async () =>
        (await fetch(`${assay.url}${api}`, { headers: { authorization: `Bearer ${apiKey}` } })).status;
      expect(await works()).toBe(200);
      await pressOn(page, 'I have kept it');
      expect(await page.content()).not.toContain(apiKey);
      await page.getByRole('row').filter({ hasText: 'registry' }).getByText('by Ada Ek').waitFor();
      await pressOn(page, 'Revoke: registry');
      await typeInto(page, 'Reason', 'a test');
      await pressOn(page, 'Revoke');
      await inDialog(page).waitFor({ state: 'detached' });
      // The button is gone: the focus is on its row, and comes back there when the message is dismissed.
      await pressOn(page, 'Dismiss');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^registry.*Revoked \d/);
      expect(await works()).toBe(401);
      await expectReadable(page);
    }));

  it('makes a unit, decides for it, and sees what comes from above and what a decision means', () =>
    adaAt('/units', 'admin-policy', async (page) => {
      await pressOn(page, 'Make a unit');
      await typeInto(page, 'Name', 'Facultad de Música');
      expect(await page.getByLabel('Short name').inputValue()).toBe('facultad-de-musica');
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Facultad de Música' }).waitFor();
      await expectReadable(page);
      await pressOn(page, 'Policy');
      await heading(page, 'Policy');
      await pressOn(page, 'Change: Letters');
      await typeInto(page, 'What holds', '0');
      await typeInto(page, 'Reason', 'as the board decided');
      await pressOn(page, 'Decide');
      await inDialog(page).getByText('Write a number of days').waitFor();
      // The focus is on what is wrong.
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText('30');
      await inDialog(page).getByText('Here it becomes 30 days, and was 90 days.').waitFor();
      await inDialog(page).getByText('3 units below follow.').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await pressOn(page, 'Decide');
      await page.getByText('It is decided.').waitFor();
      await page.getByText('Without it: 90 days, as Assay comes').waitFor();
      await expectReadable(page);
      await page.goto(`${assay.url}/studio/health/policy`);
      await page.getByText('from Northfield Polytechnic').waitFor();
      await pressOn(page, 'Change: Class of the gate');
      await pick(page, 'What holds', 'Application');
      await inDialog(page).getByText('There is no approved achievement yet.').waitFor();
    }));

  it('says who accredits it, with a logo, and loses nothing over a reload', () =>
    adaAt('/settings', 'admin-settings', async (page) => {
      await typeInto(page, 'Website', 'northfield');
      await pressOn(page, 'Add an accreditor');
      await pressOn(page, 'Save');
      await page.getByText('3 fields need a look.').waitFor();
      await pressOn(page, 'Website', 'a');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText('https://northfield.example');
      await typeInto(page, 'Name of the accreditor', 'Council <i>for</i> Polytechnics');
      await typeInto(page, 'How to check it', 'Register entry 41');
      await page.locator('input[type=file]').setInputFiles({
        name: 'logo.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)"><circle r="4"/></svg>',
        ),
      });
      await page.getByAltText('The logo as receivers see it').waitFor();
      await page.getByText('Not saved yet.').waitFor();
      await page.reload();
      expect(await page.getByLabel('How to check it').inputValue()).toBe('Register entry 41');
      await pressOn(page, 'Discard the changes');
      await page.getByText('What was typed is gone.').waitFor();
      expect(await page.getByLabel('How to check it').count()).toBe(0);
      await page.keyboard.press('F6');
      await page.keyboard.press('Enter');
      expect(await page.getByLabel('How to check it').inputValue()).toBe('Register entry 41');
      await expectReadable(page);
      await pressOn(page, 'Save');
      await typeInto(page, 'Reason', 'accredited');
      await pressOn(page, 'Save');
      await page.getByText('The profile is saved.').waitFor();
      await page.getByText('Not saved yet.').waitFor({ state: 'detached' });
      await page.reload();
      expect(await page.getByLabel('Name of the accreditor').inputValue()).toBe('Council <i>for</i> Polytechnics');
      const { profile } = await ask<{ profile: Record<string, unknown> }>(owner, assay, 'GET', api);
      expect(profile).toMatchObject({
        type: ['Profile', 'IssuerAccreditationProfile'],
        accreditations: [{ contactInstructions: 'Register entry 41', type: ['Profile', 'AccreditationProfile'] }],
      });
    }));

  it('reads the log, filtered, and finds its chain whole', () =>
    adaAt('/audit', 'admin-audit', async (page) => {
      await page.getByRole('row').filter({ hasText: 'Changed the profile' }).getByText('accredited').waitFor();
      await pick(page, 'About', 'Signing keys');
      await pressOn(page, 'Filter');
      await page.waitForURL(/kind=key/);
      // Both stood in the list before it was filtered.
      await page.getByText('Changed the profile').waitFor({ state: 'detached' });
      await page.getByText('Marked a signing key as in other hands').waitFor();
      expect(await page.getByText('Changed the profile').count()).toBe(0);
      await page.reload();
      await page.getByText('Marked a signing key as in other hands').waitFor();
      await pressOn(page, 'Check the chain');
      await page.getByText('The log is whole').waitFor();
      await page.getByText('The ledger agrees with it').waitFor();
      await expectReadable(page);
      const [file] = await Promise.all([page.waitForEvent('download'), pressOn(page, 'Save the whole log as CSV')]);
      expect(readFileSync(await file.path(), 'utf8')).toContain('key.compromise');
      await pick(page, 'About', 'Letters');
      await pressOn(page, 'Filter');
      await page.getByText('Nothing matches.').waitFor();
    }));
});
