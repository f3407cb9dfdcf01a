import type { Language } from '../../../core/catalogue/language.ts';
import { loadSpeech } from '../../page/language.ts';
import { makeSheet, type Sheet } from './sheet.ts';

export interface SheetTask {
  language: Language;
  sheet: Sheet;
}

/** Sheets, one after the other, in a thread of their own. */
export default async function makeSheets(tasks: SheetTask[]): Promise<Uint8Array[]> {
  const sheets: Uint8Array[] = [];
  for (const { language, sheet } of tasks) sheets.push(await makeSheet(await loadSpeech(language), sheet));
  return sheets;
}
