import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addProof, encodeMultikey, toDidKey } from '../../src/core/index.ts';
import { nodeCryptography } from '../../src/node/cryptography.ts';
import { type Assay, journey, launchBrowser, startAssay } from './assay.ts';
import { pressOn, tabTo, typeInto } from './keyboard.ts';
import { ask, axeFaults, expectReadable, fill, makeMember, makeOwner } from './studio-people.ts';

let assay: Assay;
let browser: Browser;
/** Of the owner, an author and an approver, who are signed in. */
let owner: BrowserContext;
let ines: BrowserContext;
let ruth: BrowserContext;

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  owner = await browser.newContext();
  await makeOwner(await owner.newPage(), assay);
  [ines, ruth] = await Promise.all([browser.newContext(), browser.newContext()]);
  const people = [
    [ines, 'Inês Varga', 'author'],
    [ruth, 'Ruth Adeyemi', 'approver'],
  ] as const;
  for (const [context, name, role] of people) {
    const page = await context.newPage();
    await makeMember(owner, page, assay, { name, role, email: `${role}@example.edu` });
    await page.close();
  }
});
afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

const studio = () => `${assay.url}/studio/northfield`;
const storageOf = async (context: BrowserContext) => ({ storageState: await context.storageState() });
const ready = (page: Page) => page.getByText(/^(Application|Knowledge|Recognition): \d+ of \d+$/).first();
const skill = 'https://case.example.edu/ims/case/v1p0/CFItems/11111111-1111-4111-8111-111111111111';

/** An endorsement that an employer council signed with a key of its own. */
async function endorse(about: string): Promise<unknown> {
  const key = await nodeCryptography.generateKey('Ed25519');
  const did = toDidKey(key.publicKey);
  const endorsement = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'urn:uuid:71b3c2aa-6d0f-4d4e-a5b8-3f0e9c2d1e99',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Endorsement',
    issuer: { id: did, type: ['Profile'], name: 'Employer council' },
    validFrom: '2026-01-15T00:00:00Z',
    credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'We hire for this.' },
  };
  const verificationMethod = `${did}#${encodeMultikey(key.publicKey)}`;
  const options = { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod, created: '2026-01-15T00:00:00Z' } as const;
  const made = await addProof(endorsement, options, { cryptography: nodeCryptography });
  return made.ok ? made.document : made.finding;
}

describe('an achievement', () => {
  it('is written by keyboard alone, returned with comments, mended, approved, and public', async () => {
    let address = '';
    await journey(
      browser,
      `${studio()}`,
      'author-writes',
      async (page) => {
        await page.getByRole('heading', { level: 1, name: 'Northfield Polytechnic' }).waitFor();
        await pressOn(page, 'Achievements');
        await page.getByText('Here will be what learners can earn.').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await pressOn(page, 'Describe an achievement');

        // What did the learner do? The class follows, with the framework's reason.
        await page.getByText('Aims at Application.').waitFor();
        await tabTo(page, 'Applied it to real work');
        await page.keyboard.press('ArrowDown');
        await page.getByText('Aims at Knowledge.').waitFor();
        await page.keyboard.press('ArrowUp');
        await page.getByText('demonstrating the ability to apply a specific set of knowledge').waitFor();
        await pressOn(page, 'Make the draft');
        await page.getByText('3 fields need a look.').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await typeInto(page, 'Name', 'Watershed Field Analysis');
        await typeInto(page, 'What it covers', 'Plan and run a field study of water quality.');
        await page.reload();
        expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Watershed Field Analysis');
        await typeInto(page, 'What a learner must do to earn it', 'A field study of six sites, with a report.');
        await pressOn(page, 'Make the draft');

        // The list says what is missing, and leads to the field.
        await page.getByText('Application: 13 of 17').first().waitFor();
        address = page.url();
        await pressOn(page, 'Go to the field: Learning outcomes');
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('add-skill');
        await page.keyboard.insertText(skill);
        await page.keyboard.press('Enter');
        await page.getByLabel('Name of the skill').waitFor();
        await page.keyboard.insertText('Design a sampling plan');
        await typeInto(page, 'The outcome, in one sentence', 'Designs a plan for sampling a watershed.');
        await typeInto(page, 'Framework', 'Open Water Skills');
        await page.getByText('Application: 16 of 17').first().waitFor();

        // Levels, lowest first; one moves by keyboard; the lowest that passes is marked.
        await typeInto(page, 'How is it assessed, and when?', 'Two visits to the river, over a term.');
        await typeInto(page, 'What is handed in or shown', 'A report of 15 pages');
        await typeInto(page, 'How it is judged', 'By two assessors, with the rubric below');
        await typeInto(page, 'What level 1 looks like', 'Follows a plan');
        await typeInto(page, 'What level 2 looks like', 'Works alone');
        await typeInto(page, 'What level 3 looks like', 'Plans with some help');
        await page.keyboard.press('Alt+ArrowUp');
        await page.getByText('“Expert” is now level 2 of 3.').waitFor();
        await tabTo(page, 'No pass mark');
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('ArrowUp');
        await page.getByRole('img', { name: 'Expert, 2 of 3, pass mark Expert' }).waitFor();

        // Nothing of it is saved yet, and a reload keeps it.
        await page.getByText('with changes that are not saved').waitFor();
        await page.reload();
        await ready(page).waitFor();
        expect(await page.getByLabel('What level 2 looks like').inputValue()).toBe('Plans with some help');
        await page.keyboard.press('ControlOrMeta+S');
        await page.getByText('Draft saved.').waitFor();
        await page.reload();
        await page.getByText('Application: 16 of 17').first().waitFor();
        await expectReadable(page);
        // Another pack may judge it, which changes nothing of what issuing asks.
        const packs = page.getByLabel('Rules it is checked by');
        await packs.selectOption({ index: 2 });
        await page
          .getByText(/^Open Skill Alignment: \d+ of \d+$/)
          .first()
          .waitFor();
        await page.getByText('To look at only').waitFor();
        await packs.selectOption({ index: 0 });
        await page.getByText('Application: 16 of 17').first().waitFor();

        await page.getByText('The policy asks that credentials support at least Recognition.').waitFor();
        await page.getByText('Credentials of this draft support it').waitFor();
        await pressOn(page, 'Submit for review');
        await page.getByText('1 required part of Application is missing.').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await pressOn(page, 'Submit for review');
        await page.getByText('This version is in review.').waitFor();
        expect(await page.getByLabel('What it covers').isDisabled()).toBe(true);
      },
      await storageOf(ines),
    );

    const id = address.split('/').at(-1);
    await journey(
      browser,
      `${studio()}/review`,
      'author-returned',
      async (page) => {
        await page.getByRole('link', { name: 'Watershed Field Analysis' }).waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await pressOn(page, 'Watershed Field Analysis');
        await page.getByRole('heading', { level: 1, name: 'What a receiver would read' }).waitFor();
        await page.getByText('16 of 17 required parts of Application.').waitFor();
        await pressOn(page, 'Comment on this: What a learner must do');
        // The focus is in the field that took the place of the button.
        await page.getByLabel('Comment on “What a learner must do to earn it”').waitFor();
        await page.keyboard.insertText('How many visits?');
        await page.reload();
        await page.getByRole('button', { name: 'Return with 1 comment' }).waitFor();
        await typeInto(page, 'Comment to the author', 'Nearly there.');
        await pressOn(page, 'Return with 2 comments');
        await page.getByText('Nothing waits for review.').waitFor();
      },
      await storageOf(ruth),
    );

    await journey(
      browser,
      address,
      'author-mends',
      async (page) => {
        await page.getByRole('heading', { name: 'Sent back: 2 comments' }).waitFor();
        await pressOn(page, 'Go to the field: What a learner must do to earn it');
        const field = page.getByRole('textbox', {
          name: 'What a learner must do to earn it',
          description: /How many visits/,
        });
        expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
        await page.keyboard.press('ControlOrMeta+End');
        await page.keyboard.insertText(' Three visits.');
        await page.keyboard.press('ControlOrMeta+S');
        await page.getByText('Draft saved.').waitFor();
        await pressOn(page, 'See it as a receiver');
        await page.getByText('Not signed.').first().waitFor();
        await page.getByText('Three visits.').waitFor();
        const shown = (await page.locator('.result').textContent()) ?? '';
        expect(shown).toContain('This is a preview, which is not signed yet. It is signed when it is issued.');
        expect(shown).not.toContain(': failed');
        await expectReadable(page);
        await pressOn(page, 'Back to the page');
        await ready(page).waitFor();
        await pressOn(page, 'Submit for review');
        await pressOn(page, 'Submit for review');
        await page.getByText('This version is in review.').waitFor();
      },
      await storageOf(ines),
    );

    await journey(
      browser,
      `${studio()}/review/${id}`,
      'author-approved',
      async (page) => {
        await page.getByText('How many visits?').waitFor();
        await pressOn(page, 'Approve version 1');
        await page.getByText('cannot be edited, only followed by version 2').waitFor();
        await pressOn(page, 'Approve version 1');
        await page.getByText('Approved. Credentials of it can be issued.').waitFor();
      },
      await storageOf(ruth),
    );
    await journey(browser, `${assay.url}/achievements/${id}`, 'author-public', async (page) => {
      await page.getByRole('heading', { level: 1, name: 'Watershed Field Analysis' }).waitFor();
      await page.getByText('A field study of six sites, with a report. Three visits.').waitFor();
    });
  });

  it('shows what changed in the next version, word by word', async () => {
    const list = await ask<{ items: { id: string }[] }>(ines, assay, 'GET', '/api/issuers/northfield/achievements');
    const at = `/api/issuers/northfield/achievements/${list.items[0]?.id}`;
    const { versions } = await ask<{ versions: { achievement: Record<string, unknown> }[] }>(ines, assay, 'GET', at);
    const before = versions[0]?.achievement as { resultDescription: Record<string, unknown>[] };
    const [scale] = before.resultDescription as [{ rubricCriterionLevel: { id: string }[] }];
    await ask(ines, assay, 'PUT', at, {
      achievement: {
        ...before,
        criteria: { narrative: 'A field study of eight sites, with a report. Three visits.' },
        resultDescription: [{ ...scale, requiredLevel: scale.rubricCriterionLevel[2]?.id }],
      },
      evidence: { minimum: 2 },
    });
    await ask(ines, assay, 'POST', `${at}/submit`, {});
    await journey(
      browser,
      `${studio()}/review/${list.items[0]?.id}`,
      'author-diff',
      async (page) => {
        await page.getByText('3 changes. 3 change what the credential means.').waitFor();
        expect(await page.locator('del').allTextContents()).toEqual(['six', 'Expert', '1', 'piece']);
        expect(await page.locator('ins').allTextContents()).toEqual(['eight', 'Competent', '2', 'pieces']);
        await page.getByRole('img', { name: 'Competent, 3 of 3, pass mark Competent' }).waitFor();
        await expectReadable(page);
      },
      await storageOf(ruth),
    );
  });
});

describe('the author page', () => {
  const narrative = { narrative: 'Attend all of it.' };
  const make = (name: string) =>
    ask<{ id: string }>(ines, assay, 'POST', '/api/issuers/northfield/achievements', {
      type: ['Achievement'],
      name,
      description: 'A day about food.',
      criteria: narrative,
    });

  it('loses nothing when two people write at once', async () => {
    const { id } = await make('Food day');
    await journey(
      browser,
      `${studio()}/achievements/${id}`,
      'author-conflict',
      async (page) => {
        await ready(page).waitFor();
        await page.getByLabel('What it covers').fill('Mine.');
        const achievement = { type: ['Achievement'], name: 'Food day', description: 'Theirs.', criteria: narrative };
        await ask(ruth, assay, 'PUT', `/api/issuers/northfield/achievements/${id}`, achievement);
        await page.getByRole('button', { name: 'Save draft' }).click();

        await page.getByText('Somebody else saved this achievement while you were writing.').waitFor();
        expect(await page.getByLabel('What it covers').inputValue()).toBe('Mine.');
        expect(await page.getByRole('alert').getByRole('listitem').allTextContents()).toEqual(['What it covers']);
        expect(await axeFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Go on with mine' }).click();
        await page.getByRole('button', { name: 'Save draft' }).click();
        await page.getByText('Draft saved.').waitFor();
        await page.reload();
        await ready(page).waitFor();
        expect(await page.getByLabel('What it covers').inputValue()).toBe('Mine.');
      },
      await storageOf(ines),
      [409],
    );
  });

  it('leads from the list to fields that are folded away, and takes in what others signed', async () => {
    const { id } = await make('Sampling by boat');
    await journey(
      browser,
      `${studio()}/achievements/${id}`,
      'author-more',
      async (page) => {
        await ready(page).waitFor();
        expect(await page.getByLabel('Your code').isVisible()).toBe(false);
        await page.getByRole('button', { name: /^Yes, add it.*Endorsement/ }).click();
        const field = page.getByLabel('A signed endorsement');
        expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
        const about = (await page.locator('fieldset:has(> legend:text-is("Endorsements")) .path').textContent()) ?? '';
        await field.fill(JSON.stringify(await endorse('https://other.example/achievements/1')));
        await page.getByRole('button', { name: 'Check and add' }).click();
        await page.getByRole('alert').getByText('This endorses "https://other.example').waitFor();
        await field.fill(JSON.stringify(await endorse(about)));
        await page.getByRole('button', { name: 'Check and add' }).click();
        await page.getByRole('button', { name: 'Remove the endorsement of Employer council' }).waitFor();

        await page.getByRole('button', { name: 'Add an identifier' }).click();
        await page.keyboard.insertText('WQ-41');
        await fill(page, { 'Who designed it, if not you': 'Employer council', 'Their address': 'https://c.example' });
        await page.getByLabel('Level of learning (EQF)').selectOption('EQF 5');
        await page.getByRole('button', { name: 'Add an assessment' }).click();
        await page.getByText('Published definition of level 1', { exact: true }).click();
        await page.getByRole('textbox', { name: 'Address of a definition' }).fill('https://case.example.edu/levels/1');
        await page.keyboard.press('Enter');
        await page.getByRole('textbox', { name: 'Name of the skill' }).fill('Begins to sample');
        await expectReadable(page);
        await page.getByRole('button', { name: 'Save draft' }).click();
        await page.getByText('Draft saved.').waitFor();
      },
      await storageOf(ines),
      [422],
    );
    const at = `/api/issuers/northfield/achievements/${id}`;
    const { versions } = await ask<{ versions: { achievement: unknown }[] }>(ines, assay, 'GET', at);
    expect(versions[0]?.achievement).toMatchObject({
      endorsement: [{ name: 'Endorsement', proof: {} }],
      otherIdentifier: [{ type: 'IdentifierEntry', identifier: 'WQ-41', identifierType: 'identifier' }],
      creator: { id: 'https://c.example', type: ['Profile'], name: 'Employer council', url: 'https://c.example' },
      alignment: [{ targetUrl: 'http://data.europa.eu/snb/eqf/5', targetType: 'ext:EQFLevel' }],
      resultDescription: [{ rubricCriterionLevel: [{ alignment: [{ targetName: 'Begins to sample' }] }, {}, {}] }],
    });
  });

  it('saves nothing of which no credential can be built, and says where', async () => {
    const { id } = await make('Another <b>food</b> day');
    await journey(
      browser,
      `${studio()}/achievements/${id}`,
      'author-faults',
      async (page) => {
        await page.getByRole('heading', { level: 1, name: 'Another <b>food</b> day' }).waitFor();
        await ready(page).waitFor();
        await page.getByText('More about this achievement').click();
        await fill(page, { 'What it covers': '', 'A page with the same': 'not an address' });
        await page.getByRole('button', { name: 'Save draft' }).click();
        await page.getByText('2 fields need a look.').waitFor();
        expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('2 fields need a look.');
        expect(await page.getByLabel('What it covers').getAttribute('aria-invalid')).toBe('true');
        expect(await axeFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Discard changes' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click();
        expect(await page.getByLabel('What it covers').inputValue()).toBe('A day about food.');

        // A fault that only those read who issue has words here, too: as if the issuer had no name.
        await page.route('**/api/issuers/northfield', async (route) => {
          const answer = await (await route.fetch()).json();
          await route.fulfill({ json: { ...answer, profile: { ...answer.profile, name: undefined } } });
        });
        await page.reload();
        const instead = page.getByRole('complementary', { name: 'Framework checklist' });
        await instead.getByText('No credential can be built of this yet').waitFor();
        await instead.getByText('The issuer has no name.').waitFor();
        await page.getByLabel('What it covers').fill('A day about soup.');
        await page.getByRole('button', { name: 'Save draft' }).click();
        await page.getByRole('alert').getByText('The issuer has no name.').waitFor();
        await page.getByRole('radio', { name: 'Español' }).click();
        await page.getByRole('alert').getByText('El emisor no tiene nombre.').waitFor();
      },
      await storageOf(ines),
    );
  });

  it('finds skills in an imported framework, and draws a badge that reads small and aloud', async () => {
    const { id } = await make('Sampling');
    await journey(
      browser,
      `${studio()}/achievements/frameworks`,
      'author-frameworks',
      async (page) => {
        const bring = async (text: string) => {
          const chosen = page.waitForEvent('filechooser');
          await page.getByRole('button', { name: 'Choose a file' }).click();
          const file = { name: 'water.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
          await (await chosen).setFiles(file);
          await page.getByRole('button', { name: 'Import', exact: true }).click();
        };
        await page.getByText('Here will be the frameworks').waitFor();
        await fill(page, { Name: 'Open Water Skills' });
        await bring('code,statement,uri\nWQ.1,,https://water.example/1\n');
        await page.getByText('Line 2, column 2:').waitFor();
        await bring('code,statement,uri\nWQ.1,Design a sampling plan,https://water.example/1\n');
        await page.getByText('“Open Water Skills” is here, with 1 skill.').waitFor();
        await expectReadable(page);
      },
      await storageOf(owner),
      [422],
    );
    await journey(
      browser,
      `${studio()}/achievements/${id}`,
      'author-badge',
      async (page) => {
        await ready(page).waitFor();
        await page.getByLabel('Add a skill').fill('sampl');
        await page.getByRole('button', { name: /^Add.*Design a sampling plan/ }).click();
        await page.getByRole('button', { name: 'Remove Design a sampling plan' }).waitFor();
        await page.getByRole('link', { name: 'Design a badge' }).click();
        await page.getByRole('radio', { name: 'Leaf' }).check();
        await page.getByRole('radio', { name: 'Drop' }).check();
        await page.getByRole('radio', { name: 'Mist' }).check();
        await page.getByLabel('On the badge').fill('A & B');
        await page.getByText('The word is hard to read: 4.1 to 1.').waitFor();
        await expectReadable(page);
        await page.getByRole('button', { name: /^Use #/ }).click();
        await page.getByText('The word is hard to read').waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Use this image' }).click();
        const badge = page.getByRole('img', { name: 'Drop on a shape called Leaf, with the word A & B' });
        await badge.waitFor();
        expect(
          await badge.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
        ).not.toBe(0);
        await page.getByRole('button', { name: 'Save draft' }).click();
        await page.getByText('Draft saved.').waitFor();
      },
      await storageOf(ines),
    );
  });
});
