/** The earliest and latest instant that a date may mean, in milliseconds. */
export interface DateRange {
  earliest: number;
  latest: number;
}

const hour = 3_600_000;

/**
 * Read a date or date and time. Without a time it is the whole day, without a zone it may be that of any zone (UTC+14 to
 * UTC-12): nobody can tell more. Undefined when it is no date.
 */
export function readDateRange(text: unknown): DateRange | undefined {
  if (typeof text !== 'string') return undefined;
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  if (parts === null) return undefined;
  const [, day, time, zone] = parts;
  const midnight = new Date(`${day}T00:00:00Z`);
  // Date.parse turns 31 February into 3 March.
  if (midnight.getUTCDate() !== Number(day?.slice(8))) return undefined;
  const start = time === undefined ? midnight.getTime() : Date.parse(`${day}T${time}${zone ?? 'Z'}`);
  if (Number.isNaN(start)) return undefined;
  if (zone !== undefined) return { earliest: start, latest: start };
  return { earliest: start - 14 * hour, latest: start + 12 * hour + (time === undefined ? 24 * hour - 1 : 0) };
}
