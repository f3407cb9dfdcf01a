import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../src/web/studio/pages.ts';
import { texts } from '../../src/web/studio/texts/en.ts';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';
import { choose, giveFile, pressOn, tick, typeInto } from './keyboard.ts';
import { ask, axeFaults, makeMember, makeOwner, overflow } from './studio-people.ts';

const at = '/api/issuers/northfield';
let assay: Assay;
let browser: Browser;
/** Of the owner, and of somebody who may only read. */
let ada: BrowserContext;
let bo: BrowserContext;
/** A day with neither results nor skills, and an achievement with both. */
let foodDay = '';
let foodSafety = '';

const api = <Answer>(method: 'GET' | 'POST' | 'PUT', path: string, data?: unknown) =>
  ask<Answer>(ada, assay, method, `${at}${path}`, data);

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  [ada, bo] = await Promise.all([browser.newContext(), browser.newContext()]);
  await makeOwner(await ada.newPage(), assay);
  const member = { name: 'Bo Lind', email: 'bo@example.edu', role: 'viewer' };
  await makeMember(ada, await bo.newPage(), assay, member);
  const change = { deliver: 'none', learnerName: 'clear', gate: 'off' };
  await api('PUT', '/policy', { change, reason: 'no letters' });
  const approve = async (achievement: object) => {
    const { id } = await api<{ id: string }>('POST', '/achievements', achievement);
    for (const step of ['submit', 'approve']) await api('POST', `/achievements/${id}/${step}`, {});
    return id;
  };
  const criteria = { narrative: 'Attend all of it.' };
  foodDay = await approve({ type: ['Achievement'], name: 'Food day', description: 'A day about food.', criteria });
  foodSafety = await approve(JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8')));
});
afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

/** At a page of the studio, as the owner unless somebody else is named. */
const inStudio = async (
  path: string,
  name: string,
  walk: (page: Page) => Promise<void>,
  { who = ada, refusals, ...options }: BrowserContextOptions & { who?: BrowserContext; refusals?: number[] } = {},
) =>
  journey(
    browser,
    `${assay.url}/studio/northfield${path}`,
    name,
    walk,
    { storageState: await who.storageState(), ...options },
    refusals,
  );

/** Give a list to the service, which reads it and issues nothing. */
async function bringList(achievement: string, lines: readonly string[]): Promise<string> {
  const answer = await ada.request.post(`${assay.url}${at}/rosters?achievement=${achievement}`, {
    headers: { origin: assay.url, 'content-type': 'text/csv' },
    data: lines.join('\n'),
    // Thousands of rows are tried before it answers, on a machine that others may load.
    timeout: 110_000,
  });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** Issue a list that was brought, to the end. */
async function issueList(id: string): Promise<void> {
  await api('POST', `/rosters/${id}/start`, {});
  await expect
    .poll(async () => (await api<{ state: string }>('GET', `/rosters/${id}`)).state, { timeout: 30_000 })
    .toBe('done');
}

/** The credentials of a list: whose they are, and how they stand. */
async function credentialsOf(list: string) {
  const path = `/credentials?roster=${list}&limit=200`;
  const { items } = await api<{ items: { id: string; state: string; learner: { name: string } }[] }>('GET', path);
  return items;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const inDialog = (page: Page) => page.getByRole('dialog');

describe('a registrar', () => {
  it('pauses a list, goes on and stops it by keyboard alone, and finds it again after a reload', async () => {
    // Too many for them to be issued before somebody presses a key.
    const count = 5000;
    const emails = Array.from({ length: count }, (_, index) => `l${index}@example.edu`);
    const list = await bringList(foodDay, ['email', ...emails]);
    await inStudio(`/issue/${list}`, 'acts-job', async (page) => {
      await pressOn(page, 'Issue 5,000 credentials');
      await heading(page, /^Issuing: [\d,]+ of 5,000$/).waitFor();
      await page.reload();
      await heading(page, /^Issuing: [\d,]+ of 5,000$/).waitFor();
      await page.getByText('Safe to close this page').waitFor();
      await pressOn(page, 'Pause');
      await heading(page, /^Paused: [\d,]+ of 5,000 issued$/).waitFor();
      // What was answered holds: nothing is issued after it.
      const { issued } = await api<{ issued: number }>('GET', `/rosters/${list}`);
      expect(issued).toBeLessThan(count);
      await page.reload();
      await heading(page, `Paused: ${issued.toLocaleString('en')} of 5,000 issued`).waitFor();
      await pressOn(page, 'Go on');
      await heading(page, /^Issuing: /).waitFor();
      await pressOn(page, 'Stop and keep what is issued');
      await inDialog(page)
        .getByText(/ that (is|are) issued stays?\./)
        .waitFor();
      await pressOn(page, 'Stop it');
      await heading(page, /^Stopped: [\d,]+ of 5,000 issued$/).waitFor();
      const stopped = await api<{ issued: number; state: string }>('GET', `/rosters/${list}`);
      expect(stopped.state).toBe('cancelled');
      expect(stopped.issued).toBeGreaterThanOrEqual(issued);
      expect(stopped.issued).toBeLessThan(count);
      await heading(page, `Stopped: ${stopped.issued.toLocaleString('en')} of 5,000 issued`).waitFor();
      await inDialog(page).waitFor({ state: 'detached' });
      for (const name of ['Go on', 'Pause']) expect(await page.getByRole('button', { name }).count()).toBe(0);
    });
  });

  it('reads why a row failed, and tries it again once nothing stands in its way', async () => {
    const list = await bringList(foodDay, ['name,email', 'Ida Moe,ida@example.edu', 'Jo Poe,jo@example.edu']);
    const other = { achievement: foodDay, learner: { name: 'Jo Poe', email: 'jo@example.edu' } };
    const { id } = await api<{ id: string }>('POST', '/credentials', other);
    await issueList(list);
    await inStudio(`/issue/${list}`, 'acts-retry', async (page) => {
      await heading(page, 'Issued: 1 of 2').waitFor();
      const row = page.getByRole('row').filter({ hasText: 'Jo Poe' });
      await row.getByText('This learner holds a credential of this achievement already.').waitFor();
      await api('POST', `/credentials/${id}/revoke`, { reason: 'It was issued by hand.' });
      await pressOn(page, 'Try 1 again');
      await heading(page, 'Issued: 2 of 2').waitFor();
      expect(await row.count()).toBe(0);
    });
  });

  it('answers by name for what the gate refuses, and everybody can read that', async () => {
    await api('PUT', '/policy', { change: { gate: 'block', gateClass: 'knowledge' }, reason: 'a test' });
    const list = await bringList(foodDay, ['name,email', 'Kim Roe,kim@example.edu']);
    await inStudio(`/issue/${list}`, 'acts-waiver', async (page) => {
      await heading(page, 'Dry run: 0 of 1 row is ready').waitFor();
      await page.getByText('need your decision').waitFor();
      await tick(page, 'Issue also the 1 row that falls short of the policy');
      await pressOn(page, 'Issue 1 credential');
      await page.getByText('Write a reason.').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await typeInto(page, 'Why are they issued all the same?', 'The pilot of this year has no examination.');
      await pressOn(page, 'Issue 1 credential');
      await heading(page, 'Issued: 1 of 1').waitFor();
      await page.getByText('Waived by Ada Ek: “The pilot of this year has no examination.”').waitFor();
      await pressOn(page, 'See its credentials');
      await pressOn(page, 'Kim Roe');
      await page.getByText('It was issued although it falls short of the policy.').waitFor();
      await pressOn(page, 'Show the link');
      await page.goto(await page.getByLabel('The learner’s link').inputValue());
      await pressOn(page, 'Accept this credential');
      await page.getByText('You accepted this credential').waitFor();
      const address = page.url();
      // As a stranger.
      await page.context().clearCookies();
      await page.goto(address);
      await page.getByText('Ada Ek answers for issuing it').waitFor();
      await page.getByText('The pilot of this year has no examination.').waitFor();
    });
    await api('PUT', '/policy', { change: { gate: 'off', gateClass: null }, reason: 'a test' });
  });

  it('corrects a whole list by a better one, and sees first what would change', async () => {
    const head = 'name,email,result:Examination';
    const list = await bringList(foodSafety, [
      head,
      'Lea Ode,lea@x.edu,40',
      'Max Pim,max@x.edu,41',
      'Nil Qua,nil@x.edu,42',
    ]);
    await issueList(list);
    await inStudio(`/issue/${list}`, 'acts-correct', async (page) => {
      await pressOn(page, 'Correct by a list');
      const better = [head, 'Lea Ode,lea@x.edu,40', 'Max Pim,max@x.edu,48'].join('\n');
      const file = { name: 'better.csv', mimeType: 'text/csv', buffer: Buffer.from(better) };
      await giveFile(page, 'Choose a file', file);
      await page.getByLabel('What the column result:Examination means').waitFor();
      await choose(page, 'Loses the credential');
      await pressOn(page, 'Compare the lists');
      await page.getByText('Write a reason.').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await typeInto(page, 'Reason', 'The second marking.');
      await pressOn(page, 'Compare the lists');
      await heading(page, 'This would change 2 credentials').waitFor();
      const acts = page.getByRole('row').filter({ hasText: 'Waiting' });
      await acts.filter({ hasText: 'Issue anew' }).waitFor();
      await acts.filter({ hasText: 'Revoke' }).waitFor();
      expect((await credentialsOf(list)).map(({ state }) => state)).toEqual(['active', 'active', 'active']);
      await pressOn(page, 'Change 2 credentials');
      await heading(page, 'Done: 2 of 3').waitFor();
      const after = (await credentialsOf(list)).map(({ learner, state }) => `${learner.name} ${state}`);
      expect(after.sort()).toEqual(['Lea Ode active', 'Max Pim active', 'Max Pim superseded', 'Nil Qua revoked']);
      // Its record names who did it, why, and the entry of the log.
      await page.getByRole('row').filter({ hasText: 'Revoke' }).getByRole('link').click();
      const told = page.getByRole('listitem').filter({ hasText: 'The second marking.' });
      await told.getByText(/Ada Ek: “The second marking\.”\. Entry \d+$/).waitFor();
    });
  });

  it('attaches evidence, lets somebody read it, answers its learner, and erases both', async () => {
    const walk = async (page: Page) => {
      await page.getByLabel('Name, ').first().fill('Ola Rey');
      await page.getByLabel('E-mail address, ').first().fill('ola@example.edu');
      const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('What Ola cooked.') };
      await page.locator('input[type=file]').first().setInputFiles(notes);
      await page.getByRole('button', { name: 'Take notes.txt out' }).waitFor();
      await press(page, 'Issue 1 credential');
      await page.getByRole('link', { name: 'See its credentials' }).click();
      await page.getByRole('link', { name: 'Ola Rey' }).click();

      // Leave to read it, with an end.
      await press(page, 'Let somebody read it for 14 days');
      await page.getByText(/^Somebody may read it until /).waitFor();
      const link = await page.getByLabel('Link to the file').inputValue();
      expect(await (await fetch(link)).text()).toBe('What Ola cooked.');
      expect(await axeFaults(page)).toEqual([]);
      await press(page, 'Take back');
      await inDialog(page).getByText('What was read cannot be taken back.').waitFor();
      await inDialog(page).getByLabel('Reason').fill('They have read it.');
      await inDialog(page).getByRole('button', { name: 'Take back' }).click();
      await page.getByText(/^Leave to read it was taken back on /).waitFor();
      expect((await fetch(link)).ok).toBe(false);

      // The learner reports a mistake, and reads the answer on their page.
      await press(page, 'Show the link');
      const learner = await browser.newContext();
      const hers = await learner.newPage();
      await hers.goto(await page.getByLabel('The learner’s link').inputValue());
      await press(hers, 'Accept this credential');
      await hers.getByText('Something in it is wrong').click();
      await hers.getByLabel('My name').check();
      await hers.getByLabel('Tell them in your words').fill('It is Olá, with an accent.');
      await press(hers, 'Send it to the issuer');
      await hers.getByText('Waiting for an answer').waitFor();
      await page.goto(`${assay.url}/studio/northfield/credentials`);
      const reports = page.getByRole('region', { name: 'Learners report mistakes' });
      await reports.getByText('It is Olá, with an accent.').waitFor();
      await reports.getByRole('link').first().click();
      await page.getByText('The learner reports a mistake in the name.').waitFor();
      await press(page, 'Answer the learner');
      await inDialog(page).getByLabel('Your answer').fill('You get a corrected one tomorrow.');
      await inDialog(page).getByRole('button', { name: 'Answer', exact: true }).click();
      await page.getByText('it was answered.').waitFor();
      await hers.reload();
      await hers.getByText('You get a corrected one tomorrow.').waitFor();
      await press(page, 'Settle it');
      await inDialog(page).getByLabel('Reason').fill('The new one is issued.');
      await inDialog(page).getByRole('button', { name: 'Settle it' }).click();
      await page.getByText('it is settled.').waitFor();

      // Everything that is kept of the learner goes, and a copy that somebody holds still verifies.
      const id = page.url().split('/').at(-1);
      const copy = await api<object>('GET', `/credentials/${id}/document`);
      await press(page, 'Erase the learner’s data');
      await inDialog(page).getByText('1 signed credential goes, with names and addresses').waitFor();
      await inDialog(page).getByText('1 file of evidence goes').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await inDialog(page).getByLabel('Reason').fill('The learner asked for it.');
      await press(page, 'Erase for ever');
      await heading(page, /^The learner’s data was erased on /).waitFor();
      expect(await page.textContent('main')).not.toContain('Ola Rey');
      expect((await hers.reload())?.status()).toBe(410);
      const answer = await ada.request.post(`${assay.url}/api/verify`, { data: copy });
      expect((await answer.json()).verification.verdict).toBe('verified');
      await learner.close();
    };
    // What is erased is asked for once more, and is gone.
    await inStudio(`/issue/grid?achievement=${foodDay}`, 'acts-learner', walk, { refusals: [404, 410] });
  });
});

describe('an admin', () => {
  it('decides that letters are kept for ever, whatever is decided above', () =>
    inStudio('/policy', 'acts-never', async (page) => {
      await pressOn(page, 'Change: Letters');
      await choose(page, 'Decide here: never');
      await inDialog(page).getByText('Here it becomes Never, and was 90 days.').waitFor();
      await typeInto(page, 'Reason', 'The board wants it.');
      await pressOn(page, 'Decide');
      const letters = page.getByRole('listitem').filter({ hasText: 'so many days after they were written' });
      await letters.getByText('Without it: 90 days, as Assay comes').waitFor();
      await letters.getByText('Never').waitFor();
    }));
});

/** Every page of the studio, at an address where there is something to see, with the right that it needs. */
async function addresses() {
  const first = async (path: string) => {
    const { items } = await api<{ items: { id: string }[] }>('GET', path);
    if (items[0] === undefined) throw new Error(`nothing is there at ${path}`);
    return items[0].id;
  };
  const [key, roster, change, credential] = await Promise.all([
    first('/keys'),
    first('/rosters'),
    first('/corrections'),
    first(`/credentials?achievement=${foodSafety}`),
  ]);
  const draft = { type: ['Achievement'], name: 'Draft', description: 'x', criteria: { narrative: 'x' } };
  const { id: review } = await api<{ id: string }>('POST', '/achievements', draft);
  await api('POST', `/achievements/${review}/submit`, {});
  return pages.map(({ path, needs }) => ({
    needs,
    path: path
      .replace('/keys/$id', `/keys/${key}`)
      .replace('/review/$id', `/review/${review}`)
      .replace('$id', foodSafety)
      .replace('$from', '1')
      .replace('$to', '1')
      .replace('$roster', roster)
      .replace('$change', change)
      .replace('$credential', credential),
  }));
}

/** Go to a page as a link would, and wait until all is there that it shows. */
async function settle(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    document.querySelector('h1')?.setAttribute('data-left', '');
    history.pushState(null, '', address);
  }, `/studio/northfield${path}`);
  await page.waitForFunction(
    () => document.querySelector('h1:not([data-left])') !== null && document.querySelector('[aria-busy=true]') === null,
  );
}

describe('every page of the studio', () => {
  it('tells somebody who may only read what they may not do, and fails nowhere', () =>
    inStudio(
      '/keys',
      'acts-viewer',
      async (page) => {
        const faults: string[] = [];
        for (const { path, needs } of await addresses()) {
          await settle(page, path);
          const title = await page.getByRole('heading', { level: 1 }).textContent();
          const refuses = (Object.values(texts.noPermission) as (string | null)[]).includes(title);
          if (needs === 'read' ? refuses : title !== texts.noPermission[needs]) faults.push(`${path} says “${title}”`);
          if ((await page.getByRole('alert').count()) > 0) faults.push(`${path} fails`);
        }
        expect(faults).toEqual([]);
        await settle(page, '/people');
        await page.getByText('You are here as viewer.').waitFor();
      },
      { who: bo },
    ));

  it('can be used at 200 % zoom, without motion, and in the colours of the system', () =>
    inStudio(
      '/keys',
      'acts-forced-colours',
      async (page) => {
        const faults: string[] = [];
        for (const { path } of await addresses()) {
          await settle(page, path);
          // The browser shows the focus once somebody uses the keyboard.
          await page.keyboard.press('Tab');
          const found = [...(await page.evaluate(listInvisible)), ...(await page.evaluate(listWithoutFocus))];
          faults.push(...found.map((fault) => `${path}: ${fault}`));
          if ((await overflow(page)) > 0) faults.push(`${path} is too wide`);
        }
        expect(faults).toEqual([]);
      },
      // A browser at 200 % lays out half as many CSS pixels, each twice as large.
      {
        viewport: { width: 640, height: 450 },
        deviceScaleFactor: 2,
        forcedColors: 'active',
        reducedMotion: 'reduce',
      },
    ));
});

/** Runs in the page, in forced colours: what is nothing but an area of a colour of ours, and has no edge; and what moves. */
function listInvisible(): string[] {
  const isClear = (colour: string) => /^rgba\(.*, 0\)$/.test(colour);
  const groundOf = (element: Element): string => {
    for (let behind = element.parentElement; behind !== null; behind = behind.parentElement) {
      const { backgroundColor } = getComputedStyle(behind);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const isDrawn = (element: Element): boolean => {
    const { backgroundColor, borderTopWidth, boxShadow, outlineStyle } = getComputedStyle(element);
    const isArea = !isClear(backgroundColor) && backgroundColor !== groundOf(element);
    return isArea || boxShadow !== 'none' || borderTopWidth !== '0px' || outlineStyle !== 'none';
  };
  const areas = [...document.querySelectorAll('header *, main *')].filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    const isEmpty = element.childElementCount === 0 && element.textContent === '';
    return isEmpty && width > 3 && height > 3 && !element.matches('svg *') && element.checkVisibility();
  });
  // As we would draw it ourselves.
  document.documentElement.style.setProperty('forced-color-adjust', 'none');
  const drawn = areas.filter(isDrawn);
  document.documentElement.style.removeProperty('forced-color-adjust');
  // A choice or a link of the navigation, where only its edge or its ground tells whether it is the chosen one.
  const looks = (element: Element) => {
    const { backgroundColor, borderBlockEndColor, boxShadow } = getComputedStyle(element);
    return `${backgroundColor} ${borderBlockEndColor} ${boxShadow}`;
  };
  const chosen = [...document.querySelectorAll('nav a, label')].filter((element) =>
    element.matches('[aria-current], :has(> input:checked)'),
  );
  const likeChosen = chosen.filter((element) => {
    const input = element.querySelector('input');
    if (input !== null && getComputedStyle(input).opacity !== '0') return false;
    const others =
      element.parentElement?.querySelectorAll(':scope > :not([aria-current], :has(> input:checked))') ?? [];
    return [...others].some((other) => looks(other) === looks(element));
  });
  return [
    ...likeChosen.map((element) => `looks like the others: ${element.outerHTML.slice(0, 120)}`),
    ...drawn.filter((element) => !isDrawn(element)).map((element) => `not seen: ${element.outerHTML.slice(0, 120)}`),
    ...document.getAnimations().map(() => 'something moves'),
  ];
}

/** Runs in the page, after a key was pressed: what can have the focus and does not show it. */
function listWithoutFocus(): string[] {
  const hasRing = (element: Element | null) =>
    element !== null &&
    getComputedStyle(element).outlineStyle !== 'none' &&
    Number.parseFloat(getComputedStyle(element).outlineWidth) > 0;
  return [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
  ]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => {
      element.focus();
      return document.activeElement === element && !hasRing(element) && !hasRing(element.closest('label, td'));
    })
    .map((element) => `no focus: ${element.outerHTML.slice(0, 120)}`);
}
