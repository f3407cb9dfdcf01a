import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const choose = (page: Page, ...paths: string[]) =>
  page.locator('form.drop input[type=file]').setInputFiles(paths);
export const finished = (page: Page) =>
  page.locator('.results-h').filter({ hasText: 'checked' }).waitFor({ timeout: 90_000 });
export const verdicts = (page: Page) =>
  page.locator('.result[data-verdict]').evaluateAll((all) => all.map((one) => one.getAttribute('data-verdict')));
/** Hand files over, and read the verdict of each. */
export async function check(page: Page, ...paths: string[]): Promise<(string | null)[]> {
  await choose(page, ...paths);
  await finished(page);
  await page.locator('.result').first().waitFor();
  return verdicts(page);
}

/** What axe finds broken, and how far the page scrolls sideways. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { run } = Reflect.get(window, 'axe') as {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await run();
    const { scrollWidth, clientWidth } = document.documentElement;
    const sideways = scrollWidth > clientWidth ? [`scrolls sideways by ${scrollWidth - clientWidth}`] : [];
    return [
      ...sideways,
      ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ];
  });
}
