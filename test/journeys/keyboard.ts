import type { Page } from 'playwright-core';

/** Press Tab until the focus is on what begins with that name, and is of that kind if one is asked. */
export async function tabTo(page: Page, name: string, kind = '*'): Promise<void> {
  for (let presses = 0; presses < 250; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(isOn, [name, kind] as const)) return;
  }
  throw new Error(`Tab never comes to “${name}”`);
}

/** Runs in the page: is the focus on such an element, by the name that a screen reader says? */
function isOn([name, kind]: readonly [string, string]): boolean {
  const it = document.activeElement;
  if (it === null || !it.matches(kind)) return false;
  const isField =
    it instanceof HTMLInputElement || it instanceof HTMLTextAreaElement || it instanceof HTMLSelectElement;
  const label = isField ? it.labels?.[0]?.textContent : it.textContent;
  return (it.getAttribute('aria-label') ?? label ?? '').trim().startsWith(name);
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
