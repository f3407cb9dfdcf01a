/** An element as it stands in the source; offsets are in UTF-16 code units. */
export interface XmlElement {
  /** Local name. */
  name: string;
  namespace: string;
  attributes: ReadonlyMap<string, string>;
  start: number;
  startTagEnd: number;
  /** After the end tag. */
  end: number;
  selfClosing: boolean;
  /** Own text and CDATA, joined. */
  text: string;
}

interface Open {
  element: XmlElement;
  qualified: string;
  namespaces: ReadonlyMap<string, string>;
}

const maximumElements = 200_000;
const maximumDepth = 1000;
/** In scope at one place; an element that declares one copies those around it. */
const maximumNamespaces = 64;
const nameShape = /[A-Za-z_:\u0080-\uffff][\w:.\u0080-\uffff-]*/y;
const attributeShape = /\s+([A-Za-z_:\u0080-\uffff][\w:.\u0080-\uffff-]*)\s*=\s*("[^"<]*"|'[^'<]*')/y;

/**
 * Scan XML for its elements without expanding anything: a DOCTYPE is skipped, its entities stay unknown text, nothing is
 * fetched. Bounded in elements and depth. `ok: false` with the offset where the text is no XML.
 */
export function scanXml(source: string): { ok: true; elements: XmlElement[] } | { ok: false; at: number } {
  const elements: XmlElement[] = [];
  const open: Open[] = [];
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let closedRoot = false;
  while (at < source.length) {
    const next = source.indexOf('<', at);
    const textEnd = next < 0 ? source.length : next;
    const top = open.at(-1);
    if (top !== undefined) top.element.text += decodeEntities(source.slice(at, textEnd));
    else if (source.slice(at, textEnd).trim() !== '') return { ok: false, at };
    if (next < 0) break;
    at = next;
    const skipped = skipMarkup(source, at);
    if (skipped === null) return { ok: false, at };
    if (skipped > at) {
      if (top !== undefined && source.startsWith('<![CDATA[', at))
        top.element.text += source.slice(at + 9, skipped - 3);
      at = skipped;
      continue;
    }
    if (source[at + 1] === '/') {
      const end = source.indexOf('>', at);
      if (end < 0 || top === undefined || source.slice(at + 2, end).trim() !== top.qualified) return { ok: false, at };
      top.element.end = end + 1;
      open.pop();
      closedRoot = open.length === 0;
      at = end + 1;
      continue;
    }
    if (closedRoot || elements.length >= maximumElements || open.length >= maximumDepth) return { ok: false, at };
    const started = startTag(source, at, top?.namespaces ?? new Map());
    if (started === null) return { ok: false, at };
    elements.push(started.element);
    if (!started.element.selfClosing) open.push(started);
    else closedRoot = open.length === 0;
    at = started.element.startTagEnd;
  }
  return open.length === 0 && elements.length > 0 ? { ok: true, elements } : { ok: false, at: source.length };
}

/** The offset after a comment, CDATA section, processing instruction or DOCTYPE; `at` when there is none; null when it does not end. */
export function skipMarkup(source: string, at: number): number | null {
  for (const [start, end] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const)
    if (source.startsWith(start, at)) {
      const found = source.indexOf(end, at + start.length);
      return found < 0 ? null : found + end.length;
    }
  if (!source.startsWith('<!', at)) return at;
  let depth = 0;
  for (let index = at; index < source.length; index++) {
    const character = source[index];
    if (character === '[') depth += 1;
    else if (character === ']') depth -= 1;
    else if (character === '"' || character === "'") {
      const close = source.indexOf(character, index + 1);
      if (close < 0) return null;
      index = close;
    } else if (character === '>' && depth <= 0) return index + 1;
  }
  return null;
}

function startTag(source: string, at: number, outer: ReadonlyMap<string, string>): Open | null {
  nameShape.lastIndex = at + 1;
  const qualified = nameShape.exec(source)?.[0];
  if (qualified === undefined) return null;
  let end = nameShape.lastIndex;
  const attributes = new Map<string, string>();
  let namespaces = outer;
  const declare = (prefix: string, value: string) => {
    namespaces = new Map(namespaces).set(prefix, decodeEntities(value));
  };
  for (;;) {
    attributeShape.lastIndex = end;
    const match = attributeShape.exec(source);
    if (match === null) break;
    const [, name = '', quoted = ''] = match;
    if (attributes.has(name)) return null;
    const value = quoted.slice(1, -1);
    attributes.set(name, value);
    if (name === 'xmlns') declare('', value);
    else if (name.startsWith('xmlns:')) declare(name.slice(6), value);
    if (namespaces.size > maximumNamespaces) return null;
    end = attributeShape.lastIndex;
  }
  const close = /\s*(\/?)>/y;
  close.lastIndex = end;
  const closing = close.exec(source);
  if (closing === null) return null;
  const [prefix, local] = qualified.includes(':') ? (qualified.split(':', 2) as [string, string]) : ['', qualified];
  const selfClosing = closing[1] === '/';
  return {
    qualified,
    namespaces,
    element: {
      name: local,
      namespace: namespaces.get(prefix) ?? '',
      attributes,
      start: at,
      startTagEnd: close.lastIndex,
      end: close.lastIndex,
      selfClosing,
      text: '',
    },
  };
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML and character references; others stay as they are, since no DTD is read. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
        ? String.fromCodePoint(point)
        : whole;
    },
  );
}
