const shape = /^(-?\d{4,})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds of an xsd:dateTimeStamp, checked against the calendar; null for anything else. Date.parse alone would take
 * 30 February for 2 March.
 */
export function parseDateTimeStamp(value: unknown): number | null {
  const match = typeof value === 'string' ? shape.exec(value) : null;
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, , zone] = match.map((part) => part ?? '');
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const midnight = h === 24 && mi === 0 && s === 0;
  if (mo < 1 || mo > 12 || d < 1 || d > new Date(Date.UTC(2000 + (y % 400), mo, 0)).getUTCDate()) return null;
  if ((h > 23 && !midnight) || mi > 59 || s > 59) return null;
  if (zone !== 'Z') {
    const [zoneHour, zoneMinute] = (zone as string).slice(1).split(':').map(Number) as [number, number];
    if (zoneHour > 14 || zoneMinute > 59) return null;
  }
  const time = Date.parse(value as string);
  return Number.isNaN(time) ? null : time;
}
