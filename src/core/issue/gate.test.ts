import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Change, changed } from '../framework/changed-fixture.ts';
import { defaultPack } from '../framework/default-pack.ts';
import type { JsonObject } from '../json/json.ts';
import { judgeGate } from './gate.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject;
const achievement = '/credentialSubject/achievement';
const documents: Record<string, [string, Change?]> = {
  application: ['application'],
  knowledge: ['knowledge'],
  recognition: ['recognition'],
  none: ['recognition', { set: { [`${achievement}/criteria`]: {} } }],
  blocked: ['application', { set: { '/credentialSubject/result/0/status': 'InProgress' } }],
  outside: ['application', { set: { [`${achievement}/achievementType`]: 'BachelorDegree' } }],
};
const classes = ['recognition', 'knowledge', 'application'] as const;

/** For each document: what is said where recognition, knowledge and application are asked; null passes. */
const truth: Record<string, (string | null)[]> = {
  application: [null, null, null],
  knowledge: [null, null, 'gate-below-class'],
  recognition: [null, 'gate-below-class', 'gate-below-class'],
  none: ['gate-no-class', 'gate-no-class', 'gate-no-class'],
  blocked: ['gate-not-completed', 'gate-not-completed', 'gate-not-completed'],
  outside: ['gate-outside-framework', 'gate-outside-framework', 'gate-outside-framework'],
};

const judge = (document: JsonObject, wanted: string) =>
  judgeGate(document, { pack: defaultPack, wanted, refuses: true, listOrderProtected: false });

describe('judgeGate', () => {
  it.each(Object.entries(truth))('%s', (name, expected) => {
    const [file, change = {}] = documents[name] as [string, Change?];
    const document = changed(read(file), change);
    const said = classes.map((wanted) => judge(document, wanted)?.findings.map(({ code }) => code) ?? [null]);
    expect(said).toEqual(expected.map((code) => [code]));
  });

  it('names what the wanted class lacks, and what is supported', () => {
    const outcome = judge(changed(read('application'), { remove: ['/evidence'] }), 'application');
    expect(outcome).toMatchObject({ wanted: 'application', supported: 'recognition', missing: ['evidence'] });
    expect(outcome?.findings[0]?.params?.missing).not.toBe('–');
  });

  it('says the same when it remembers, and forgets nothing that matters', () => {
    const known = new Map();
    const gate = { pack: defaultPack, wanted: 'application', refuses: true, listOrderProtected: false };
    const application = read('application');
    const subject = application.credentialSubject as JsonObject;
    const identifier = (identityHash: string) => [
      { type: 'IdentityObject', hashed: false, identityHash, identityType: 'name' },
    ];
    const to = (who: string): JsonObject => ({
      ...application,
      id: `urn:x:${who}`,
      credentialSubject: { ...subject, identifier: identifier(who) },
    });
    const changes: Change[] = [
      {},
      { remove: ['/evidence'] },
      { set: { '/credentialSubject/result/0/status': 'InProgress' } },
      { remove: ['/awardedDate'] },
      { remove: ['/credentialSubject/identifier'] },
    ];
    for (const who of ['ana', 'ben'])
      for (const change of changes) {
        const document = changed(to(who), change);
        expect(judgeGate(document, { ...gate, known })).toEqual(judgeGate(document, gate));
      }
    expect(known.size).toBe(changes.length);
  });

  it('tells when a class cannot be told apart from a class that is not there', () => {
    const document = read('application');
    const contexts = (document['@context'] as string[]).map((context) =>
      typeof context === 'string' && context.includes('accred') ? 'https://unknown.example/context' : context,
    );
    expect(judge({ ...document, '@context': contexts }, 'recognition')?.findings[0]?.code).toBe('gate-cannot-tell');
  });

  it('counts a class that is claimed and not supported, even where the wanted one is reached', () => {
    const document = read('application-missing-declared-contradicts');
    const outcome = judge(document, 'recognition');
    expect(outcome?.findings.map(({ code }) => code)).toEqual(['gate-declared-not-supported']);
  });
});
