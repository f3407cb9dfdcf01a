import { describe, expect, it } from 'vitest';
import { parseLearner, readMoment } from './learner.ts';
import { inTimeZone } from './zoned-time.ts';

describe('inTimeZone', () => {
  it.each([
    ['2026-01-18T00:00', 'Europe/Madrid', '2026-01-18T00:00:00+01:00'],
    ['2026-05-18T09:00', 'Europe/Madrid', '2026-05-18T09:00:00+02:00'],
    ['2026-05-18T09:00:30.25', 'America/New_York', '2026-05-18T09:00:30.250-04:00'],
    ['2026-05-18T09:00', 'Asia/Kathmandu', '2026-05-18T09:00:00+05:45'],
    ['2026-01-18T09:00', 'Europe/London', '2026-01-18T09:00:00Z'],
    ['2026-05-18T09:00', 'UTC', '2026-05-18T09:00:00Z'],
    // The hour from 2 to 3 is skipped: an hour later.
    ['2026-03-29T02:30', 'Europe/Madrid', '2026-03-29T03:30:00+02:00'],
    ['2026-03-29T01:59', 'Europe/Madrid', '2026-03-29T01:59:00+01:00'],
    ['2026-03-29T03:00', 'Europe/Madrid', '2026-03-29T03:00:00+02:00'],
    // The hour from 2 to 3 comes twice: the first one.
    ['2026-10-25T02:30', 'Europe/Madrid', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T03:00', 'Europe/Madrid', '2026-10-25T03:00:00+01:00'],
    // A day that begins at one o'clock.
    ['2022-03-27T00:00', 'Asia/Beirut', '2022-03-27T01:00:00+03:00'],
    // Half an hour.
    ['2026-10-04T02:10', 'Australia/Lord_Howe', '2026-10-04T02:40:00+11:00'],
    // A day that an island left out when it changed sides of the date line.
    ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-31T12:00:00+14:00'],
    ['1850-01-01T00:00', 'Europe/Madrid', '1850-01-01T00:14:44Z'],
  ])('%s in %s is %s', (local, zone, expected) => {
    expect(inTimeZone(local, zone)).toBe(expected);
  });
});

describe('dates without a zone', () => {
  it('are read in the zone that is given, and others stay as they are', () => {
    const zone = 'America/New_York';
    expect(readMoment('2026-05-18', zone)).toBe('2026-05-18T00:00:00-04:00');
    expect(readMoment('2026-05-18T09:00:00Z', zone)).toBe('2026-05-18T09:00:00Z');
    expect(readMoment('2026-05-18')).toBe('2026-05-18T00:00:00Z');
    expect(readMoment('2026-05-18T09:00')).toBeUndefined();
    for (const wrong of ['2026-02-31', '2026-02-31T10:00', '2026-05-18T25:00', '18/05/2026'])
      expect(readMoment(wrong, zone), wrong).toBeUndefined();
    const learner = { name: 'Ana', validUntil: '2027-01-01', awardedDate: '2026-07-01T08:30' };
    expect(parseLearner(learner, { timeZone: zone })).toMatchObject({
      ok: true,
      learner: { validUntil: '2027-01-01T00:00:00-05:00', awardedDate: '2026-07-01T08:30:00-04:00' },
    });
    expect(parseLearner(learner)).toMatchObject({ ok: false, findings: [{ code: 'issue-date-wrong' }] });
  });
});
