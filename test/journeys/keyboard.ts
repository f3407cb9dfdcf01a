import type { Page } from 'playwright-core';

/** What the focus is on, as a screen reader would name it. */
const named = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const it = document.activeElement;
    const labels =
      it instanceof HTMLInputElement || it instanceof HTMLTextAreaElement || it instanceof HTMLSelectElement;
    const label = labels ? (it.labels?.[0]?.textContent ?? '') : '';
    return (it?.getAttribute('aria-label') ?? (label || it?.textContent) ?? '').trim();
  });

/** Press Tab until the focus is on what begins with that name, and is of that kind if one is asked. */
export async function tabTo(page: Page, name: string, kind = '*'): Promise<void> {
  for (let presses = 0; presses < 250; presses++) {
    await page.keyboard.press('Tab');
    const isKind = await page.evaluate((kind) => document.activeElement?.matches(kind) === true, kind);
    if (isKind && (await named(page)).startsWith(name)) return;
  }
  throw new Error(`Tab never comes to “${name}”`);
}

/** Go to a field by Tab and type, over what stands there. */
export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name, 'input, textarea');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

/** Go to a button or link by Tab and press it. */
export async function pressOn(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}
