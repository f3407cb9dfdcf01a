import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Press Tab until the focus is on what begins with that name, and is of that kind if one is asked; Shift+Tab where it stands
 * before. It must be seen there.
 */
export async function tabTo(page: Page, name: string, kind = '*'): Promise<void> {
  await goOnTo(page, [name, kind]);
}

/** Go to a field by Tab and type, over what stands there. */
export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name, 'input, textarea');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

/** Go to a button or link by Tab and press it. */
export async function pressOn(page: Page, name: string, kind?: string): Promise<void> {
  await tabTo(page, name, kind);
  await page.keyboard.press('Enter');
}

/** Go to a box by Tab and tick it, or take the tick away. */
export async function tick(page: Page, name: string): Promise<void> {
  await tabTo(page, name, 'input[type=checkbox]');
  await page.keyboard.press('Space');
}

/** Go to a group by Tab, which comes to its chosen one or its first, and by arrows to one of it. */
export async function choose(page: Page, name: string): Promise<void> {
  await goOnTo(page, [name, 'input[type=radio]', 'group']);
  if (!(await page.evaluate(find, [name, 'input[type=radio]'])).isHere) await goOnTo(page, [name, '*'], 'ArrowDown');
  // Where nothing is chosen yet, the first one has the focus only.
  await page.keyboard.press('Space');
}

/** Go to a list by Tab and choose from it, by arrows: of letters a browser forgets those that came a second ago. */
export async function pick(page: Page, name: string, option: string): Promise<void> {
  await tabTo(page, name, 'select');
  const steps = await page.evaluate((wanted) => {
    const { options, selectedIndex } = document.activeElement as HTMLSelectElement;
    return [...options].findIndex(({ text }) => text === wanted) - selectedIndex;
  }, option);
  for (let step = 0; step < Math.abs(steps); step++) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
  const chosen = await page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.text);
  expect(chosen).toBe(option);
}

/** Press a button that asks for a file, and give it. */
export async function giveFile(page: Page, name: string, file: Content): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await pressOn(page, name);
  await (await asked).setFiles(file);
}

export interface Content {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

type Wanted = readonly [name: string, kind: string, whole?: 'group'];

async function goOnTo(page: Page, wanted: Wanted, arrow?: string): Promise<void> {
  const [name] = wanted;
  await expect
    .poll(async () => (await page.evaluate(find, wanted)).isThere, { message: `“${name}” is there` })
    .toBe(true);
  await expect.poll(() => page.evaluate(hasFocus), { message: `the focus is somewhere, before “${name}”` }).toBe(true);
  const key = arrow ?? ((await page.evaluate(find, wanted)).isBefore ? 'Shift+Tab' : 'Tab');
  for (let presses = 0; presses < 250; presses++) {
    await page.keyboard.press(key);
    if (!(await page.evaluate(find, wanted)).isHere) continue;
    // A page that scrolls to it, or a table that comes, takes a moment; a message that covers it stays for ten seconds.
    await expect.poll(() => page.evaluate(whyUnseen), { message: `the focus on “${name}”`, timeout: 9000 }).toBe('');
    return;
  }
  throw new Error(`${key} never comes to “${name}”`);
}

/** Runs in the page: once a key was pressed in it, something has the focus, or a key pressed next would begin anywhere. */
function hasFocus(): boolean {
  const isNew = !('wasTabbed' in window);
  Reflect.set(window, 'wasTabbed', true);
  return isNew || (document.activeElement !== null && document.activeElement !== document.body);
}

/**
 * Runs in the page: is there such an element, by the name that a screen reader says; is the focus on it, or in its group; or
 * is there one before it alone?
 */
function find([name, kind, whole]: Wanted): { isThere: boolean; isHere: boolean; isBefore: boolean } {
  const here = document.activeElement;
  const nameOf = (one: Element) => {
    const isField =
      one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement;
    const label = isField ? one.labels?.[0]?.textContent : one.textContent;
    return (one.getAttribute('aria-label') ?? label ?? '').trim();
  };
  const fits = (one: Element) => {
    if (!one.matches(kind)) return false;
    const all = whole === undefined ? [one] : [...document.getElementsByName((one as HTMLInputElement).name)];
    return all.some((other) => nameOf(other).startsWith(name));
  };
  if (here === null) return { isThere: false, isHere: false, isBefore: false };
  if (fits(here)) return { isThere: true, isHere: true, isBefore: false };
  const within = document.querySelector('dialog[open]') ?? document;
  const all = [...within.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(fits);
  const follows = (one: Element) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  return { isThere: all.length > 0, isHere: false, isBefore: all.length > 0 && !all.some(follows) };
}

/** Runs in the page: why somebody who looks at it would not see where the focus is; '' when they would. */
function whyUnseen(): string {
  const it = document.activeElement as Element;
  const around = it.closest('label');
  const hasRing = (one: Element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  };
  const marked = [it, around].find((one) => one !== null && hasRing(one));
  if (marked == null) return 'no ring is drawn';
  const [box] = marked.getClientRects();
  if (box === undefined) return 'it is not drawn';
  const { left, right, top, bottom } = box;
  const [x, y] = [
    (Math.max(0, left) + Math.min(innerWidth, right)) / 2,
    (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2,
  ];
  if (x < 0 || x >= innerWidth || y < 0 || y >= innerHeight) return 'it is out of view';
  const there = document.elementFromPoint(x, y);
  return marked.contains(there) ? '' : `it is behind ${there?.outerHTML.slice(0, 120)}`;
}
