import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { languages } from '../../core/catalogue/language.ts';
import { loadWords } from '../../core/catalogue/load-words.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import type { Words } from '../../core/catalogue/words.ts';
import { csvLine } from '../../node/csv/csv-line.ts';
import { authorize, isAllowed } from '../access/authorize.ts';
import { claimUrl } from '../claim/claim.ts';
import { findClaims } from '../credential/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { slug, typed } from '../typed.ts';
import { type OpenLine, openRow } from './sealed-row.ts';
import {
  countFaults,
  countLetters,
  countRefused,
  findRoster,
  listLines,
  type RosterLine,
  type RosterRow,
} from './store.ts';

const inRoster = z.object({ slug, id: z.uuid() });
const results = z.object({
  state: z.enum(['waiting', 'faulty', 'issued', 'failed']).optional(),
  /** Of the faults in words. */
  lang: z.enum(languages).default('en'),
});

/** What stands in the way of a roster, and what became of its letters. */
export interface RosterSummary {
  faults: { code: string; column: number | null; name: string | null; count: number }[];
  /** Rows that a waiver would issue. */
  refused: number;
  letters: { waiting: number; sent: number; failed: number };
}

/** What came of the rows of a roster, all together. */
export function rosterResultRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl } = deps;
  const find = async (issuerId: string, id: string): Promise<RosterRow> => {
    const roster = await findRoster(db, issuerId, id);
    if (roster === undefined || roster.state === 'reading') throw new ApiError('not-found', 'There is no such roster.');
    return roster;
  };

  typed(app).get(
    '/api/issuers/:slug/rosters/:id/summary',
    { schema: { summary: 'How often each fault stands in a roster, and how its letters stand', params: inRoster } },
    async (request): Promise<RosterSummary> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const roster = await find(issuer.id, request.params.id);
      const header = JSON.parse(roster.header) as string[];
      const faults = await countFaults(db, roster.id);
      return {
        faults: faults.map(({ column, ...fault }) => ({
          ...fault,
          column,
          name: column === null ? null : (header[column - 1] ?? null),
        })),
        refused: await countRefused(db, roster.id),
        letters: await countLetters(db, roster.id),
      };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/rosters/:id/results.csv',
    {
      schema: {
        summary: 'What came of every row; claim links for who may issue',
        params: inRoster,
        querystring: results,
      },
    },
    async (request, reply) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const roster = await find(issuer.id, request.params.id);
      const { state, lang } = request.query;
      const words = await loadWords(lang);
      // Who holds a claim link can accept in the learner's place.
      const mayHandOver = await isAllowed(deps, request, request.params.slug, 'issue');
      async function* content() {
        yield csvLine([
          'line',
          'name',
          'outcome',
          'credential',
          'column',
          'fault',
          'what to do',
          'claim',
          'claim link',
        ]);
        const header = JSON.parse(roster.header) as string[];
        for (let after = 0; ; ) {
          const found = await listLines(db, roster.id, after, 1000, { state });
          const claims = await findClaims(
            db,
            found.flatMap(({ credential_id }) => credential_id ?? []),
          );
          const claimCells = ({ credential_id }: RosterLine) => {
            const claim = claims.get(credential_id ?? '');
            return claim === undefined
              ? ['', '']
              : [claim.claim_state, mayHandOver && claim.claim_state !== 'accepted' ? claimUrl(deps, claim) : ''];
          };
          yield found
            .map((line) =>
              resultLines({ ...line, ...openRow(masterKey, line) }, header, words, publicUrl, claimCells(line)),
            )
            .join('');
          if (found.length < 1000) return;
          after = found.at(-1)?.line ?? 0;
        }
      }
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="results.csv"')
        .send(Readable.from(content()));
    },
  );
}

function resultLines(
  line: OpenLine,
  header: readonly string[],
  words: Words,
  publicUrl: string,
  claim: readonly string[],
): string {
  const outcome = { waiting: 'waiting', faulty: 'not issued', failed: 'not issued', issued: 'issued' }[line.state];
  const credential = line.credential_id === null ? '' : `${publicUrl}/credentials/${line.credential_id}`;
  const { faults } = line;
  if (faults.length === 0) return csvLine([line.line, line.name, outcome, credential, '', '', '', ...claim]);
  return faults
    .map(({ column, finding }) => {
      const { say, todo = '' } = renderFinding(finding, words);
      const name = column === null ? '' : (header[column - 1] ?? '');
      return csvLine([line.line, line.name, outcome, credential, name, say, todo, ...claim]);
    })
    .join('');
}
