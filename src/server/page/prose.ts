import { type Html, html } from './html.ts';

const bullet = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;

/**
 * Markdown that people wrote, as paragraphs and lists. All else stays the text that it is: no links, pictures or markup come of
 * it.
 */
export function prose(text: string): Html {
  const blocks: { kind: 'p' | 'ul' | 'ol'; lines: string[] }[] = [];
  let open = false;
  for (const line of text.slice(0, 20_000).split(/\r\n?|\n/)) {
    const last = blocks.at(-1);
    if (line.trim() === '') open = false;
    else if (bullet.test(line)) {
      const kind = /^\s*\d/.test(line) ? 'ol' : 'ul';
      const item = line.replace(bullet, '');
      // A list goes on over empty lines.
      if (last?.kind === kind) last.lines.push(item);
      else blocks.push({ kind, lines: [item] });
      open = true;
    } else if (open && last !== undefined) last.lines.push(`${last.lines.pop()} ${line.trim()}`);
    else {
      blocks.push({ kind: 'p', lines: [line.trim().replace(/^#{1,6}\s+/, '')] });
      open = true;
    }
  }
  return html`<div class="prose">${blocks.map(({ kind, lines }) => {
    if (kind === 'p') return html`<p>${lines.join(' ')}</p>`;
    const items = lines.map((line) => html`<li>${line}</li>`);
    return kind === 'ul' ? html`<ul>${items}</ul>` : html`<ol>${items}</ol>`;
  })}</div>`;
}
