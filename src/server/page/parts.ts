import { isJsonObject, type JsonValue } from '../../core/json/json.ts';
import { type Html, html } from './html.ts';
import type { Speech } from './language.ts';

/** Text of a document that strangers may have written: plain, or with its language. Null for anything else. */
export function textOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  const text = isJsonObject(value) ? value['@value'] : value;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** A link, where it leads to the web; else the same as text. */
export function link(address: string, text = address): Html {
  return /^https?:\/\/[^\s/]/.test(address)
    ? html`<a href="${address}" rel="nofollow noopener noreferrer">${text}</a>`
    : html`${text}`;
}

/** Name and value, one below the other; what has no value is left out. */
export function facts(entries: readonly [string, Html | string | null][]): Html {
  const shown = entries.filter(([, value]) => value !== null);
  return html`<dl class="facts">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function section(title: string, body: Html | null): Html {
  return body === null ? html`` : html`<section class="sec stack"><h2>${title}</h2>${body}</section>`;
}

/** An Image (Open Badges 3.0) that this instance serves; those from elsewhere would tell others who looks, and are not fetched. */
export function picture(value: JsonValue | undefined, publicUrl: string, alt: string): Html {
  const id = isJsonObject(value) ? value.id : value;
  if (typeof id !== 'string' || !id.startsWith(`${publicUrl}/images/`)) return html``;
  const caption = isJsonObject(value) ? textOf(value.caption) : null;
  return html`<img class="picture" src="${id.slice(publicUrl.length)}" alt="${caption ?? alt}" width="120" height="120">`;
}

export const day = (date: Date) =>
  html`<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 10)}</time>`;

/** Fictional, as everything below an issuer of the sample data. */
export const sampleNote = (isSample: boolean, { page: { frame } }: Speech, more: Html | null = null) =>
  isSample ? html`<p class="note text"><strong>${frame.sample}</strong> ${frame.sampleWhy} ${more}</p>` : html``;

/** What has no https address is for trying only. */
export const testNote = (isTest: boolean, { page: { frame } }: Speech) =>
  isTest ? html`<p class="note text"><strong>${frame.test}</strong> ${frame.testWhy}</p>` : html``;
