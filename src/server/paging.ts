import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { ApiError } from './problem.ts';

/** What a list that begins with the newest is asked for. */
export const page = z.object({
  after: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Of a row in a list that is sorted by time and id. */
export interface Place {
  at: Date;
  id: string;
}

/** The place that "next" of an earlier page named; null at the beginning. */
export function readPlace(after: string | undefined): Place | null {
  if (after === undefined) return null;
  const [, time, id] = /^(\d{1,15})\.([A-Za-z0-9_-]{22,36})$/.exec(after) ?? [];
  if (time === undefined || id === undefined)
    throw new ApiError('malformed-request', '"after" is not what "next" of an earlier page said.');
  return { at: new Date(Number(time)), id };
}

export const writePlace = ({ at, id }: Place): string => `${at.getTime()}.${id}`;

/** Where the next page begins; null on the last. */
export function nextPlace<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => Place): string | null {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return last === undefined ? null : writePlace(placeOf(last));
}

/** Rows behind a place, newest first, where `column` is the time. */
export function isBehind(column: string, { at, id }: Place): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)}, id) < (${at}::timestamptz, ${id}::text)`;
}
