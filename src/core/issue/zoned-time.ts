const hour = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A local date and time (`2026-05-18T09:00`, seconds if given) of a time zone, as the same words with their offset. An hour
 * that clocks skip is read with the offset before it, so it comes out an hour later; of an hour that comes twice the first one
 * is meant (RFC 5545 §3.3.5). Undefined when it is no date.
 */
export function inTimeZone(local: string, timeZone: string): string | undefined {
  const read = Date.parse(`${local}Z`);
  if (Number.isNaN(read)) return undefined;
  const before = offsetAt(read - 24 * hour, timeZone);
  const possible = [before, offsetAt(read + 24 * hour, timeZone)]
    .filter((offset) => offsetAt(read - offset, timeZone) === offset)
    .map((offset) => read - offset);
  const moment = possible.length > 0 ? Math.min(...possible) : read - before;
  const offset = offsetAt(moment, timeZone);
  // Local mean times of long ago have offsets with seconds, which no date can carry.
  if (offset === 0 || offset % 60_000 !== 0) return written(moment, 'Z');
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(value).padStart(2, '0');
  return written(moment + offset, `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
}

function written(time: number, zone: string): string {
  const text = new Date(time).toISOString();
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, -1)}${zone}`;
}

/** How far local time is ahead of UTC, in milliseconds. */
function offsetAt(time: number, timeZone: string): number {
  const whole = Math.floor(time / 1000) * 1000;
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = parts;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  return local.setUTCHours(hours, minute, second) - whole;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
