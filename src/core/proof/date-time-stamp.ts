const shape = /^(-?\d{4,})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds of an xsd:dateTimeStamp, checked against the calendar; null for anything else. Date.parse alone would take
 * 30 February for 2 March.
 */
export function parseDateTimeStamp(value: unknown): number | null {
  const match = typeof value === 'string' ? shape.exec(value) : null;
  if (match === null) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Number(match[6]);
  const zone = match[8] as string;
  const midnight = hour === 24 && minute === 0 && second === 0;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if ((hour > 23 && !midnight) || minute > 59 || second > 59) return null;
  if (zone !== 'Z' && (Number(zone.slice(1, 3)) > 14 || Number(zone.slice(4)) > 59)) return null;
  const time = Date.parse(value as string);
  return Number.isNaN(time) ? null : time;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
