import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { resolvePointer } from '../json/pointer.ts';
import { listForAuthor } from './author-list.ts';
import { changed } from './changed-fixture.ts';
import { checkCredential } from './check-credential.ts';
import { defaultPack } from './packs.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject;
const check = (document: JsonObject) => checkCredential(document, { pack: defaultPack });
const outcomes = (document: JsonObject) => check(document).rules.map(({ id, outcome }) => [id, outcome]);

/** Every list of one entry as the entry itself, as JSON-LD compaction writes it. */
function compacted<T>(value: T): T {
  if (Array.isArray(value)) return (value.length === 1 ? compacted(value[0]) : value.map(compacted)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, compacted(member)])) as T;
}

describe('checkCredential', () => {
  it('reads a compacted document as it reads the canonical one, with pointers into what was given', () => {
    for (const name of ['application', 'knowledge', 'recognition', 'application-missing-terms']) {
      const document = compacted(read(name));
      expect(outcomes(document)).toEqual(outcomes(read(name)));
      for (const { found } of check(document).rules)
        for (const pointer of found) expect(resolvePointer(document, pointer), pointer).toBeDefined();
    }
    expect(check(compacted(read('application'))).rules.find(({ id }) => id === 'issuer-authority')?.found).toEqual([
      '/issuer/accreditations',
    ]);
  });

  it('reads a VCDM 1.1 credential', () => {
    const { validFrom, validUntil, ...rest } = read('application');
    const [, openBadges, ...contexts] = rest['@context'] as string[];
    const older = {
      ...rest,
      '@context': ['https://www.w3.org/2018/credentials/v1', openBadges!, ...contexts],
      issuanceDate: validFrom!,
      expirationDate: validUntil!,
    };
    const rule = check(older).rules.find(({ id }) => id === 'expiry');
    expect(rule).toMatchObject({ outcome: 'met', found: ['/expirationDate'] });
  });

  it('lists near misses with what is wrong', () => {
    const document = changed(read('application'), { set: { '/issuer/accreditations/0/contactInstructions': ' ' } });
    const rule = check(document).rules.find(({ id }) => id === 'issuer-authority');
    expect(rule).toMatchObject({ outcome: 'missing', nearMisses: [{ pointer: '/issuer/accreditations/0' }] });
    expect(rule?.nearMisses[0]?.errors).toHaveLength(1);
  });

  it('says weak with the note of its place, and with the fact that made it so', () => {
    const noted = check(changed(read('knowledge'), { remove: ['/awardedDate'] })).rules.find(
      ({ id }) => id === 'award-date',
    );
    expect(noted).toMatchObject({
      outcome: 'weak',
      place: { kind: 'fallback', note: 'date of this edition, not of the award' },
    });
    const reversed = check(changed(read('knowledge'), { set: { '/awardedDate': '2027-01-01T00:00:00Z' } }));
    expect(reversed.facts['dates.consistent']).toBe(false);
    expect(reversed.rules.find(({ id }) => id === 'award-date')).toMatchObject({
      outcome: 'weak',
      reason: 'dates.consistent',
    });
    const shuffled = changed(read('application'), {
      set: { '/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/points': '9' },
    });
    expect(check(shuffled).rules.find(({ id }) => id === 'rubric')).toMatchObject({
      outcome: 'weak',
      reason: 'mastery.rubric-ordered',
    });
  });

  it('keeps the unknown context of an endorsement to the endorsement', () => {
    const document = changed(read('application'), {
      set: { '/endorsement/0/@context/1': 'https://unknown.example/context' },
      remove: ['/@context/3'],
    });
    const { rules, facts } = check(document);
    expect(rules.find(({ id }) => id === 'issuer-authority')).toMatchObject({
      outcome: 'missing',
      reason: 'undefined-terms',
    });
    expect(facts['terms.all-defined']).toBe('unknown');
  });

  it('puts text of the credential into sentences as it stands', () => {
    const document = changed(read('application'), { set: { '/issuer/name': '{missing} <b>' } });
    expect(check(document).rules.find(({ id }) => id === 'issuer-identity')?.sentence).toContain('{missing} <b>');
  });

  it('carries the notice of its pack', () => {
    expect(check(read('recognition')).pack).toMatchObject({
      id: defaultPack.id,
      version: defaultPack.version,
      status: 'reconstruction',
      notice: defaultPack.notice,
    });
  });

  it('never says certified', () => {
    for (const name of ['application', 'knowledge', 'recognition', 'clr']) {
      const { pack: _, ...report } = check(read(name));
      const sentences = [report, ...(report.inner ?? [])].flatMap((one) => [
        one?.classes.sentence,
        ...(one?.rules.map(({ sentence }) => sentence) ?? []),
      ]);
      expect(sentences.join(' ')).not.toMatch(/certified|approved|compliant/i);
    }
  });
});

describe('listForAuthor', () => {
  it('puts what is required and missing first', () => {
    const list = listForAuthor(check(read('recognition')), defaultPack, 'application');
    const order = ['required', 'weak', 'recommended', 'if-available', 'done'];
    expect(list.map(({ section }) => section)).toEqual(
      list.map(({ section }) => section).toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
    );
    expect(list[0]).toMatchObject({ section: 'required', outcome: 'missing', path: '$.issuer.accreditations[*]' });
    expect(list.find(({ rule }) => rule.id === 'assessment-type-scored')).toMatchObject({
      outcome: 'inapplicable',
      section: 'done',
    });
    expect(list).toHaveLength(defaultPack.rules.length);
  });
});
