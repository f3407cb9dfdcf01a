import { fromPointer, toPointer } from '../../core/json/pointer.ts';

/** Lines and columns count from 1; columns in UTF-16 code units, as SARIF's default. */
export interface Region {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

/**
 * Where the values stand in a JSON text that parses: a function from JSON Pointer to the region of that value, or of the
 * nearest one around it when there is none (something missing is shown where it would stand).
 */
export function locateInJson(text: string): (pointer: string) => Region {
  const spans = scan(text);
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  const place = (offset: number) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return (pointer) => {
    const tokens = fromPointer(pointer) ?? [];
    while (tokens.length > 0 && !spans.has(toPointer(tokens))) tokens.pop();
    const [from, to] = spans.get(toPointer(tokens)) ?? [0, text.length];
    const [start, end] = [place(from), place(to)];
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  };
}

/** Start and end offset of each value, by pointer. Without recursion, so that depth cannot exhaust the stack. */
function scan(text: string): Map<string, [number, number]> {
  const spans = new Map<string, [number, number]>();
  const open: { pointer: string; start: number; index: number | null; key: string }[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
  let expectKey = false;
  const pointerHere = () => {
    const parent = open.at(-1);
    return parent === undefined ? '' : parent.pointer + toPointer([parent.index ?? parent.key]);
  };
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [symbol] = match;
    const parent = open.at(-1);
    if (symbol === '{' || symbol === '[') {
      open.push({ pointer: pointerHere(), start: match.index, index: symbol === '[' ? 0 : null, key: '' });
      expectKey = symbol === '{';
    } else if (symbol === '}' || symbol === ']') {
      open.pop();
      if (parent !== undefined) spans.set(parent.pointer, [parent.start, token.lastIndex]);
    } else if (symbol === ',') {
      if (parent !== undefined && parent.index !== null) parent.index++;
      expectKey = parent?.index === null;
    } else if (symbol === ':') expectKey = false;
    else if (expectKey && parent !== undefined) {
      parent.key = String(JSON.parse(symbol));
    } else spans.set(pointerHere(), [match.index, token.lastIndex]);
  }
  return spans;
}
