import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetchDoor } from '../node/fetch-door.ts';
import { translatorOf } from './answer-faults.ts';
import { createApp } from './app.ts';
import { internalProblem, phrase, problems, write } from './problem.ts';
import { problemSentences } from './texts/es/problems.ts';

const text = /'(?:[^'\\]|\\.)*'/;
const template = /`(?:[^`\\]|\\.)*`/;

/** Where the service says in its own words why it does not answer: literals after `ApiError(code,`, phrases, and picture faults. */
function sentencesIn(source: string): string[] {
  const plain = new RegExp(`(?:new ApiError\\(\\s*[^,()]+,\\s*|refuse\\(|fault: |return )(${text.source})`, 'g');
  const filled = new RegExp(`phrase(${template.source})`, 'g');
  return [
    ...[...source.matchAll(plain)].map(([, literal]) => literal?.slice(1, -1).replaceAll("\\'", "'") ?? ''),
    ...[...source.matchAll(filled)].map(([, literal]) => {
      let place = 0;
      return literal?.slice(1, -1).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, () => `{${place++}}`) ?? '';
    }),
  ].filter((sentence) => /[.:}]$/.test(sentence) && /\s/.test(sentence));
}

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|texts|migrations/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
const said = sources
  .filter((source) => /ApiError|phrase`|fault/.test(source))
  .flatMap(sentencesIn)
  .concat(
    Object.values(problems).map(({ title }) => title),
    [internalProblem.title, internalProblem.detail],
  );
const placesOf = (sentence: string) => [...sentence.matchAll(/\{\d\}/g)].map(String).toSorted();

describe('the sentences of problems', () => {
  it('are found in the sources, also those with places', () => {
    expect(said.length).toBeGreaterThan(150);
    expect(said).toEqual(
      expect.arrayContaining([
        'There is no such roster.',
        'This roster is {0}; {1} is not possible.',
        'It has no size.',
      ]),
    );
    // A plain template would be said in English to everybody.
    for (const source of sources) expect(source).not.toMatch(/new ApiError\(\s*[^,()]+,\s*`/);
  });

  it('are all translated, each with its places', () => {
    expect(said.filter((sentence) => !Object.hasOwn(problemSentences, sentence))).toEqual([]);
    for (const sentence of said) expect(placesOf(problemSentences[sentence] ?? '')).toEqual(placesOf(sentence));
  });

  it('are all said by somebody', () => {
    const known = new Set(said);
    const unsaid = Object.keys(problemSentences).filter((sentence) => /[.]$/.test(sentence) && !known.has(sentence));
    expect(unsaid.filter((sentence) => !sources.some((source) => source.includes(sentence)))).toEqual([]);
  });
});

describe('a phrase', () => {
  it('is said with its own words translated, and what it quotes as it is', async () => {
    const translate = await translatorOf('es');
    expect(write(phrase`This roster is ${'running'}; ${'cancel'} is not possible.`, translate)).toBe(
      'Esta lista está en curso; no es posible cancelar.',
    );
    // Somebody may be called like one of our words, or write one.
    expect(write(phrase`There is an issuer with the name "${'active'}" already.`, translate)).toBe(
      'Ya hay un emisor con el nombre «active».',
    );
    expect(write(phrase`"${'{0}$&'}" is no date. Write it as 2026-05-18 or 2026-05-18T09:00:00Z.`, translate)).toBe(
      '«{0}$&» no es una fecha. Escríbala como 2026-05-18 o 2026-05-18T09:00:00Z.',
    );
  });
});

describe('a problem', () => {
  let app: Awaited<ReturnType<typeof createApp>>;
  beforeAll(async () => {
    app = await createApp({
      version: '0',
      network: createFetchDoor({}),
      samples: { samples: [], published: new Map(), trustSource: { name: 'none', date: '2026-01-01', issuers: [] } },
      trustSources: [],
      web: null,
      vcApi: null,
      issuing: null,
      https: true,
      logLevel: 'silent',
    });
  });
  afterAll(() => app.close());

  it.each([
    [{}, 'Send {"url": "https://…", "purpose": "controller"}.'],
    [{ 'accept-language': 'es-MX,es;q=0.9,en;q=0.8' }, 'Envíe {"url": "https://…", "purpose": "controller"}.'],
    [{ 'accept-language': 'fr' }, 'Send {"url": "https://…", "purpose": "controller"}.'],
    [{ 'accept-language': 'en', cookie: 'language=es' }, 'Envíe {"url": "https://…", "purpose": "controller"}.'],
  ])('is said in the language of whoever asks: %j', async (headers, detail) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/fetch',
      headers: { ...headers, 'sec-fetch-site': 'same-origin' },
      payload: {},
    });
    expect(answer.json()).toMatchObject({ status: 400, code: 'malformed-request', detail });
  });
});
