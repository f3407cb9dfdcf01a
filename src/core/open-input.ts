import { unbakeCredential } from './baking/bake.ts';
import { isPng } from './baking/png.ts';
import { isSvg } from './baking/svg.ts';
import { isPdf, readPdfFiles } from './container/pdf.ts';
import { isZip } from './container/zip.ts';
import type { OpenedInput } from './credential/types.ts';
import type { Finding, FindingCode } from './finding.ts';
import { isJsonObject } from './json/json.ts';
import { parseJson } from './json/parse-json.ts';

export type OpenResult = { ok: true; input: OpenedInput } | { ok: false; finding: Finding };

const maximumBytes = 20_000_000;
const jws = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;

/**
 * Recognise what a person handed over by its content: a JSON credential, a compact JWS, a baked PNG or SVG (OB 3.0 §7), a
 * PDF with a credential attached, or an address. What is none of these is a finding that says what it is and what to do.
 */
export async function openInput(given: Uint8Array | string): Promise<OpenResult> {
  const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
  if (bytes.length > maximumBytes) return refuse('input-too-large', { limit: maximumBytes });
  if (bytes.length === 0) return refuse('input-empty');
  if (isPng(bytes) || isSvg(bytes)) return openImage(bytes);
  if (isPdf(bytes)) return openPdf(bytes);
  if (isZip(bytes)) return refuse('input-is-zip');
  const other = recognise(bytes);
  if (other !== null) return refuse(other);
  const text = new TextDecoder().decode(bytes).trim();
  const bare = text.replace(/^"([\s\S]*)"$/, '$1').trim();
  if (jws.test(bare)) return { ok: true, input: { form: 'jwt', text: bare, findings: [] } };
  if (/^https?:\/\/\S+$/.test(bare)) return { ok: true, input: { form: 'url', text: bare, findings: [] } };
  if (/^<(!doctype html|html|head|body)/i.test(text)) return refuse('input-is-html');
  if (!/^[{[]/.test(text)) return refuse('input-unknown');
  const parsed = parseJson(bytes);
  return parsed.ok ? { ok: true, input: { form: 'json', text, json: parsed.value, findings: [] } } : parsed;
}

async function openImage(bytes: Uint8Array): Promise<OpenResult> {
  const unbaked = await unbakeCredential(bytes);
  if (!unbaked.ok) return unbaked;
  const inner = await openText(unbaked.text.trim());
  if (!inner.ok) return inner;
  const form = inner.input.form === 'url' ? 'url' : isPng(bytes) ? 'png' : 'svg';
  return { ok: true, input: { ...inner.input, form, baked: unbaked.kind, findings: unbaked.findings } };
}

/** The first attached credential; there is seldom more than one, and whoever wants all asks `readPdfCredentials`. */
async function openPdf(bytes: Uint8Array): Promise<OpenResult> {
  const { credentials, encrypted } = await readPdfCredentials(bytes);
  const [first] = credentials;
  if (first === undefined) return refuse(encrypted ? 'pdf-encrypted' : 'input-is-pdf');
  const opened = await openInput(first);
  return opened.ok ? { ok: true, input: { ...opened.input, form: 'pdf' } } : opened;
}

/** The files attached to a PDF that are credentials: JSON, signed tokens, and pictures with a credential inside. */
export async function readPdfCredentials(
  bytes: Uint8Array,
): Promise<{ credentials: Uint8Array[]; encrypted: boolean }> {
  const { files, encrypted } = await readPdfFiles(bytes);
  const credentials: Uint8Array[] = [];
  for (const file of files) {
    // A PDF in a PDF is not opened, and an address that it holds is not followed.
    const opened = isPdf(file) ? null : await openInput(file);
    if (!opened?.ok || opened.input.form === 'url') continue;
    const { json } = opened.input;
    if (json === undefined || (isJsonObject(json) && (json['@context'] !== undefined || json.type !== undefined)))
      credentials.push(file);
  }
  return { credentials, encrypted };
}

/** What stands in an image is text: it is never opened as an image again. */
async function openText(text: string): Promise<OpenResult> {
  if (jws.test(text)) return { ok: true, input: { form: 'jwt', text, findings: [] } };
  if (/^https?:\/\/\S+$/.test(text)) return { ok: true, input: { form: 'url', text, findings: [] } };
  const parsed = parseJson(text);
  return parsed.ok ? { ok: true, input: { form: 'json', text, json: parsed.value, findings: [] } } : parsed;
}

/** Files that people mistake for a credential. */
function recognise(bytes: Uint8Array): 'input-is-picture' | null {
  const starts = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46) || starts(0x52, 0x49, 0x46, 0x46)) return 'input-is-picture';
  return null;
}

function refuse(code: FindingCode, params?: Finding['params']): OpenResult {
  return { ok: false, finding: { code, severity: 'error', ...(params ? { params } : {}) } };
}
