import { isPng } from '../../core/baking/png.ts';
import { decodeEntities, scanXml, skipMarkup, type XmlElement } from '../../core/baking/scan-xml.ts';
import { type Phrase, phrase } from '../problem.ts';
import { checkJpeg, checkPng, isJpeg, type PixelBudget, pixelBudget } from './raster.ts';

const svg = 'http://www.w3.org/2000/svg';
const xlink = 'http://www.w3.org/1999/xlink';
const maximumElements = 20_000;
/** Elements that a viewer has to draw, with every `use` written out. */
const maximumDrawn = 200_000;
/** Of parts that use parts. */
const maximumDepth = 1000;

/** What draws and does nothing else: no script, no foreignObject, no animation (which can set any attribute), no link. */
const elements = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'style', 'switch', 'image'],
  ...['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan', 'textPath'],
  ...['linearGradient', 'radialGradient', 'stop', 'pattern', 'clipPath', 'mask', 'marker', 'filter'],
  ...['feBlend', 'feColorMatrix', 'feComponentTransfer', 'feComposite', 'feConvolveMatrix', 'feDiffuseLighting'],
  ...['feDisplacementMap', 'feDistantLight', 'feDropShadow', 'feFlood', 'feFuncA', 'feFuncB', 'feFuncG', 'feFuncR'],
  ...['feGaussianBlur', 'feMerge', 'feMergeNode', 'feMorphology', 'feOffset', 'fePointLight', 'feSpecularLighting'],
  ...['feSpotLight', 'feTile', 'feTurbulence'],
]);
const textElements = new Set(['title', 'desc', 'style', 'text', 'tspan', 'textPath']);

export type SanitisedSvg = { ok: true; text: string } | { ok: false; fault: string | Phrase };

/**
 * A drawing written anew from what only draws: anything else is left out, above all scripts, event handlers, foreignObject,
 * animation, and references that leave the file. DOCTYPE and entities are gone; text is escaped.
 */
export function sanitiseSvg(source: string): SanitisedSvg {
  const scanned = scanXml(source);
  if (!scanned.ok)
    return { ok: false, fault: phrase`This is no SVG: it cannot be read at character ${scanned.at + 1}.` };
  const [root] = scanned.elements;
  if (root === undefined || root.name !== 'svg' || root.namespace !== svg)
    return { ok: false, fault: phrase`This is no SVG: its root must be <svg xmlns="${svg}">.` };
  if (scanned.elements.length > maximumElements)
    return { ok: false, fault: phrase`It has more than ${maximumElements.toLocaleString('en')} elements.` };
  const tree = toTree(scanned.elements);
  if (tree === null || countDrawn(tree) > maximumDrawn)
    return { ok: false, fault: 'It uses its own parts so often that no viewer could draw it.' };
  return { ok: true, text: `${write(tree, source, pixelBudget(), true)}\n` };
}

interface Node {
  element: XmlElement;
  children: Node[];
}

/** Elements come in document order, so that a child stands behind its parent and ends before it. */
function toTree(list: readonly XmlElement[]): Node | null {
  const [first, ...rest] = list.map((element): Node => ({ element, children: [] }));
  if (first === undefined) return null;
  const open = [first];
  for (const node of rest) {
    while ((open.at(-1)?.element.end ?? Number.POSITIVE_INFINITY) <= node.element.start) open.pop();
    open.at(-1)?.children.push(node);
    open.push(node);
  }
  return first;
}

/** More than may be for a `use` that leads back to itself, too. */
function countDrawn(root: Node): number {
  const byId = new Map<string, Node>();
  const collect = (node: Node) => {
    const id = node.element.attributes.get('id');
    if (id !== undefined && !byId.has(id)) byId.set(id, node);
    node.children.forEach(collect);
  };
  collect(root);
  const known = new Map<Node, number>();
  const count = (node: Node, depth: number): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    if (depth > maximumDepth) return Number.POSITIVE_INFINITY;
    // Until it is counted: whoever comes back here goes round in a circle.
    known.set(node, Number.POSITIVE_INFINITY);
    const target = node.element.name === 'use' ? byId.get(hrefOf(node.element).slice(1)) : undefined;
    const drawn = [...node.children, ...(target === undefined ? [] : [target])].reduce(
      (sum, child) => sum + count(child, depth + 1),
      1,
    );
    known.set(node, drawn);
    return drawn;
  };
  return count(root, 0);
}

const hrefOf = ({ attributes }: XmlElement) =>
  decodeEntities(attributes.get('href') ?? attributes.get('xlink:href') ?? '').trim();

function write({ element, children }: Node, source: string, budget: PixelBudget, isRoot = false): string {
  const { name, namespace, start, startTagEnd, end, selfClosing } = element;
  if (namespace !== svg || !elements.has(name)) return '';
  const attributes = [...element.attributes].flatMap(([attribute, value]) =>
    writeAttribute(name, attribute, value, budget),
  );
  const declared = isRoot ? [`xmlns="${svg}"`, `xmlns:xlink="${xlink}"`] : [];
  const head = [name, ...declared, ...attributes].join(' ');
  if (selfClosing || start === end) return `<${head}/>`;
  const closing = source.lastIndexOf('</', end - 1);
  const pieces: { text: string; markup: string }[] = [];
  let from = startTagEnd;
  for (const child of [...children, null]) {
    const text = textElements.has(name) ? textOf(source, from, child?.element.start ?? closing) : '';
    pieces.push({ text, markup: child === null ? '' : write(child, source, budget) });
    from = child?.element.end ?? closing;
  }
  if (name === 'style') {
    const css = pieces.map(({ text }) => text).join('');
    return isHarmlessStyle(css) ? `<style>${escapeText(css)}</style>` : '';
  }
  return `<${head}>${pieces.map(({ text, markup }) => escapeText(text) + markup).join('')}</${name}>`;
}

/** Own text between two places, without comments and the like. */
function textOf(source: string, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; ) {
    if (source[at] === '<') {
      const after = skipMarkup(source, at);
      if (after === null || after <= at) return text;
      if (source.startsWith('<![CDATA[', at)) text += source.slice(at + 9, after - 3);
      at = after;
    } else {
      const next = source.indexOf('<', at);
      const stop = next < 0 || next > to ? to : next;
      text += decodeEntities(source.slice(at, stop));
      at = stop;
    }
  }
  return text;
}

function writeAttribute(element: string, name: string, raw: string, budget: PixelBudget): string[] {
  const value = decodeEntities(raw);
  if (name === 'href' || name === 'xlink:href') {
    const target = value.trim();
    const isInside = /^#[\w:.-]+$/.test(target) && element !== 'image';
    const isPicture = element === 'image' && isHarmlessPicture(target, budget);
    return isInside || isPicture ? [`${name}="${escapeText(target)}"`] : [];
  }
  if (name === 'xml:space' || name === 'xml:lang') return [`${name}="${escapeText(value)}"`];
  if (!/^[A-Za-z][A-Za-z-]*\d?$/.test(name) || /^on/i.test(name) || /^(xmlns|src)$/i.test(name)) return [];
  return isHarmlessStyle(value) ? [`${name}="${escapeText(value)}"`] : [];
}

/** A picture inside the drawing is held to what pictures are held to. */
function isHarmlessPicture(address: string, budget: PixelBudget): boolean {
  const [, type, content] = /^data:image\/(png|jpeg);base64,([A-Za-z0-9+/=\s]*)$/.exec(address) ?? [];
  if (content === undefined) return false;
  const bytes = Buffer.from(content, 'base64');
  return type === 'png' ? isPng(bytes) && checkPng(bytes, budget).ok : isJpeg(bytes) && checkJpeg(bytes, budget).ok;
}

/** CSS, or a presentation attribute, that fetches nothing: references stay inside the file, and nothing hides in escapes. */
function isHarmlessStyle(css: string): boolean {
  if (/[\\<]|\/\*|@(?!media\b)|expression|javascript:|-moz-binding|behavior|image-set|\bsrc\b/i.test(css)) return false;
  const references = css.match(/url\s*\(/gi)?.length ?? 0;
  return references === (css.match(/url\(\s*(["']?)#[\w:.-]+\1\s*\)/gi)?.length ?? 0);
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeText(text: string): string {
  // XML has no way to write control characters.
  return text.replace(/[^\t\n\r\P{Cc}]|[\ufffe\uffff]/gu, '').replace(/[&<>"]/g, (c) => escapes[c] as string);
}
