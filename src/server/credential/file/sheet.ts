import PDFDocument from 'pdfkit';
import { create } from 'qrcode';
import { formatDate } from '../../../core/catalogue/language.ts';
import { type Speech, say } from '../../page/language.ts';
import type { Description } from '../describe.ts';
import { loadFonts, splitByFont } from './fonts.ts';

const ink = '#15201d';
const grey = '#44514d';
/** Of A4, in points. */
const margin = 56;
const width = 595 - 2 * margin;

export interface Sheet extends Description {
  /** Where it can be checked. */
  url: string;
  checkedAt: Date;
  /** Said loudly above everything else. */
  warnings: string[];
  /** What was signed, to go along. */
  attachment: { name: string; mediaType: string; content: string };
}

/** One sheet to print (PDF), with what was signed attached: the paper points to the proof and is none itself. */
export function makeSheet(speech: Speech, sheet: Sheet): Promise<Buffer> {
  const { language } = speech.words;
  const { texts } = speech.page;
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    lang: language,
    displayTitle: true,
    info: { Title: sheet.title, Creator: 'Assay', CreationDate: sheet.checkedAt },
  });
  for (const { name, bytes } of loadFonts()) doc.registerFont(name, bytes);
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  let unprintable = false;
  const write = (text: string, size: number, color = ink, space = 0.3) => {
    // Endless text is for the screen.
    const runs = splitByFont(text.slice(0, 3000).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
    unprintable ||= runs.some(({ printable }) => !printable);
    doc.fontSize(size).fillColor(color);
    for (const [index, run] of runs.entries())
      doc.font(run.font).text(run.text, { width: width - 4, continued: index < runs.length - 1 });
    doc.moveDown(space);
  };
  const heading = (text: string) => {
    doc.moveDown(0.4);
    write(text.toLocaleUpperCase(language), 9, grey, 0.1);
  };
  for (const warning of sheet.warnings) write(warning, 13, '#a1241b');
  write(sheet.title, 26);
  if (sheet.learner !== null) write(say(speech, 'awardedTo', { learner: sheet.learner }), 15);
  doc.moveDown(0.3);
  write(sheet.answer, 15, ink, 0.1);
  for (const detail of sheet.details) write(detail, 10.5, grey, 0.1);
  write(say(speech, 'sheetChecked', { date: formatDate(sheet.checkedAt.toISOString(), language) }), 10.5, grey);
  if (sheet.about !== null) {
    heading(texts.about);
    write(sheet.about.slice(0, 700), 11);
  }
  heading(texts.hallmark);
  for (const { name, word, say, why } of sheet.stamps)
    write(`${name}: ${word.toLowerCase()}. ${say}. ${why}`, 10.5, ink, 0.1);
  if (sheet.levels.length > 0) heading(texts.howWell);
  for (const level of sheet.levels.slice(0, 12)) write(level, 10.5, ink, 0.1);
  if (sheet.inside.length > 0) heading(speech.page.record.inside);
  for (const { title, answer } of sheet.inside) write(`${title}: ${answer}`, 10.5, ink, 0.1);
  heading(texts.facts);
  for (const [label, value] of sheet.facts) write(`${label}: ${value}`, 10.5, ink, 0.1);
  drawCode(doc, sheet.url, texts.sheetProof);
  if (unprintable) write(texts.sheetBoxes, 9, grey);
  doc.file(Buffer.from(sheet.attachment.content), {
    name: sheet.attachment.name,
    type: sheet.attachment.mediaType,
    description: texts.sheetAttached,
    creationDate: sheet.checkedAt,
    modifiedDate: sheet.checkedAt,
  });
  doc.end();
  return whole;
}

function drawCode(doc: PDFKit.PDFDocument, url: string, proof: string): void {
  const side = 92;
  doc.moveDown(1);
  if (doc.y + side > 842 - margin) doc.addPage();
  const { modules } = create(url, { errorCorrectionLevel: 'M' });
  const module = side / modules.size;
  const top = doc.y;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column))
        doc.rect(margin + column * module, top + row * module, module + 0.05, module + 0.05);
  doc.fill('#000000');
  const [first] = loadFonts();
  doc
    .font(first?.name ?? '')
    .fontSize(10.5)
    .fillColor(ink);
  doc.text(`${proof}\n${url}`, margin + side + 16, top + 6, { width: width - side - 16, link: undefined });
  doc.x = margin;
  doc.y = Math.max(doc.y, top + side + 10);
}
