import type { Readable } from 'node:stream';

/** The lines of a UTF-8 stream without their ends (LF, CRLF or CR). A line beyond the limit is cut there, so memory stays bounded. */
export async function* readLines(source: Readable, limit: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let pendingCr = false;
  const take = function* (text: string): Generator<string> {
    let from = 0;
    if (pendingCr && text.startsWith('\n')) from = 1;
    if (text !== '') pendingCr = false;
    const ends = /\r\n|\n|\r/g;
    ends.lastIndex = from;
    for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
      yield (rest + text.slice(from, end.index)).slice(0, limit);
      rest = '';
      from = ends.lastIndex;
      pendingCr = end[0] === '\r' && from === text.length;
    }
    if (rest.length < limit) rest += text.slice(from);
  };
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    yield* take(decoder.decode(bytes, { stream: true }));
  }
  yield* take(decoder.decode());
  if (rest !== '') yield rest.slice(0, limit);
}
