import type { Finding, FindingCode } from '../finding.ts';
import { type Baked, type BakingKind, bakingKinds, type Unbaked } from './bake.ts';
import { decodeEntities, scanXml, skipMarkup, type XmlElement } from './scan-xml.ts';

const namespaces: Record<BakingKind, { namespace: string; element: string; prefix: string }> = {
  openbadgecredential: { namespace: 'https://purl.imsglobal.org/ob/v3p0', element: 'credential', prefix: 'openbadges' },
  clrcredential: { namespace: 'https://purl.imsglobal.org/clr/v2p0', element: 'credential', prefix: 'clr' },
  openbadges: { namespace: 'http://openbadges.org', element: 'assertion', prefix: 'openbadges' },
};
const svgNamespace = 'http://www.w3.org/2000/svg';

const fault = (code: FindingCode, params?: Finding['params']) => ({
  ok: false as const,
  finding: { code, severity: 'error' as const, ...(params ? { params } : {}) },
});

/** Is there an `<svg` before any other element? One pass, since a pattern for this can be made to backtrack for hours. */
export function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536));
  let at = 0;
  for (;;) {
    while (/\s/.test(start[at] ?? '')) at += 1;
    const next = skipMarkup(start, at);
    if (next === null) return false;
    if (next === at) break;
    at = next;
  }
  return /^<([\w.-]{1,100}:)?svg[\s/>]/.test(start.slice(at, at + 200));
}

function read(
  image: Uint8Array,
): { ok: true; source: string; elements: XmlElement[]; root: XmlElement } | { ok: false; finding: Finding } {
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(image);
  } catch {
    return fault('svg-malformed', { offset: 0 });
  }
  const scanned = scanXml(source);
  if (!scanned.ok) return fault('svg-malformed', { offset: scanned.at });
  const [root] = scanned.elements;
  if (root?.name !== 'svg' || (root.namespace !== svgNamespace && root.namespace !== ''))
    return fault('svg-malformed', { offset: 0 });
  return { ok: true, source, elements: scanned.elements, root };
}

const isOf = (element: XmlElement, kind: BakingKind) =>
  element.namespace === namespaces[kind].namespace && element.name === namespaces[kind].element;

/** Bake into one element right after the root's start tag (OB 3.0 §7.2); the rest of the file stays byte for byte. */
export function bakeSvg(image: Uint8Array, text: string, kind: Exclude<BakingKind, 'openbadges'>): Baked {
  const opened = read(image);
  if (!opened.ok) return opened;
  const { root, elements } = opened;
  if (root.selfClosing) return fault('svg-malformed', { offset: root.start });
  const { source } = opened;
  const outermost: XmlElement[] = [];
  for (const element of elements)
    if (
      (isOf(element, 'openbadgecredential') || isOf(element, 'clrcredential')) &&
      element.start >= (outermost.at(-1)?.end ?? 0)
    )
      outermost.push(element);
  const { namespace, prefix } = namespaces[kind];
  const isJson = text.trimStart().startsWith('{');
  // The declaration stands on the element itself, so that the root, and a prefix of the same name on it, stay untouched.
  const declared = `xmlns:${prefix}="${namespace}"`;
  const element = isJson
    ? `<${prefix}:credential ${declared}><![CDATA[${text.replaceAll(']]>', ']]\\u003e')}]]></${prefix}:credential>`
    : `<${prefix}:credential ${declared} verify="${text.trim().replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"></${prefix}:credential>`;
  const parts = [source.slice(0, root.startTagEnd), element];
  let at = root.startTagEnd;
  for (const old of outermost) {
    parts.push(source.slice(at, old.start));
    at = old.end;
  }
  parts.push(source.slice(at));
  return { ok: true, bytes: new TextEncoder().encode(parts.join('')), mediaType: 'image/svg+xml' };
}

/** Take the credential out of an SVG, by namespace and local name whatever the prefix. DTDs are never followed. */
export function unbakeSvg(image: Uint8Array): Unbaked {
  const opened = read(image);
  if (!opened.ok) return opened;
  for (const kind of bakingKinds) {
    const found = opened.elements.filter((element) => isOf(element, kind));
    const [first] = found;
    if (first === undefined) continue;
    const verify = decodeEntities(first.attributes.get('verify') ?? '').trim();
    // Open Badges 2.0: a body beside an address is the badge, beside a token it is only a copy of what the token signs.
    const bodyFirst = kind === 'openbadges' && first.text.trim() !== '' && !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(verify);
    const text = verify === '' || bodyFirst ? first.text.trim() : verify;
    if (text === '') return fault('svg-credential-empty');
    const findings: Finding[] =
      found.length > 1 ? [{ code: 'baked-twice', severity: 'warning', params: { count: found.length } }] : [];
    return { ok: true, text, kind, findings };
  }
  return fault('image-without-credential');
}
