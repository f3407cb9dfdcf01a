import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spanish } from '../catalogue/es/index.ts';
import { isJsonObject } from '../json/json.ts';
import { checkCredential } from './check-credential.ts';
import { spanishPacks } from './packs/es.ts';
import { bundledPacks, defaultPack } from './packs.ts';
import type { FrameworkReport, RuleResult } from './report.ts';
import { translateReport } from './translate-report.ts';
import { missingIn, parseTranslation, translatePack } from './translation.ts';

const folder = 'fixtures/trusted';
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'expected.json');
const reports = fixtures.flatMap((name) => {
  const document = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  if (!isJsonObject(document)) return [];
  return bundledPacks.map((pack) => ({ name, pack, report: checkCredential(document, { pack }) }));
});

/** A report without its words. */
const withoutWords = (report: FrameworkReport): unknown =>
  JSON.parse(
    JSON.stringify(report, (key, value) =>
      ['sentence', 'field', 'errors', 'title', 'notice', 'label', 'note', 'say'].includes(key) ? undefined : value,
    ),
  );

describe('the Spanish packs', () => {
  it.each(bundledPacks.map((pack) => [pack.id, pack] as const))('%s is whole and sound', (_, pack) => {
    const own = spanishPacks.find((entry) => entry.pack === `${pack.id}@${pack.version}`);
    expect(own).toBeDefined();
    if (own === undefined) return;
    expect(parseTranslation(own, pack)).toMatchObject({ ok: true });
    expect(missingIn(own, pack)).toEqual([]);
  });

  it('say everything of the guide in Spanish', () => {
    const shown = translatePack(defaultPack, spanishPacks, 'es');
    expect(shown.rules.map(({ id }) => id)).toEqual(defaultPack.rules.map(({ id }) => id));
    for (const [index, rule] of shown.rules.entries()) {
      expect(rule.purpose).not.toBe(defaultPack.rules[index]?.purpose);
      expect(rule.expects).toEqual(defaultPack.rules[index]?.expects);
    }
    expect(translatePack(defaultPack, [], 'es')).toBe(defaultPack);
  });
});

describe('a translated report', () => {
  it('differs in its words alone, and leaves no name in braces', () => {
    expect(reports.length).toBeGreaterThan(20);
    for (const { report } of reports) {
      const translated = translateReport(report, spanish, spanishPacks);
      expect(withoutWords(translated)).toEqual(withoutWords(report));
      expect(JSON.stringify(translated)).not.toMatch(/\{(n|value|name|frameworks|terms|field|class)\b/);
    }
  });

  it('says the class line, the rules and the levels in Spanish', () => {
    const rules = (report: FrameworkReport, id: string): RuleResult | undefined =>
      report.rules.find((rule) => rule.id === id);
    const given = reports.find(({ name, pack }) => name === 'application.json' && pack === defaultPack)?.report;
    expect(given).toBeDefined();
    if (given === undefined) return;
    const report = translateReport(given, spanish, spanishPacks);
    expect(report.classes.sentence).toBe('Respalda Aplicación: se cumplen todas las expectativas.');
    expect(rules(report, 'award-date')?.sentence).toBe('Otorgada el 18 de mayo de 2026.');
    expect(rules(report, 'effort')?.sentence).toMatch(/^Alrededor de \d+ horas de aprendizaje\.$/);
    expect(report.mastery.statements[0]?.sentence).toContain('Alcanza el mínimo para aprobar del emisor');
    expect(report.pack.classes.map(({ label }) => label)).toEqual(['Aplicación', 'Conocimiento', 'Reconocimiento']);
  });

  it('keeps the texts of a pack that nobody translated, and says the rest in Spanish', () => {
    const [first] = reports;
    if (first === undefined) throw new Error('no fixture');
    const { report } = first;
    const translated = translateReport(report, spanish, []);
    expect(translated.rules.map(({ sentence }) => sentence)).toEqual(report.rules.map(({ sentence }) => sentence));
    expect(translated.classes.sentence).not.toBe(report.classes.sentence);
  });
});

describe('plurals of a pack', () => {
  it.each([
    [1, 'Names 1 skill.', 'Nombra 1 competencia.'],
    [2, 'Names 2 skills.', 'Nombra 2 competencias.'],
  ])('%i', (count, inEnglish, inSpanish) => {
    const document = JSON.parse(readFileSync(join(folder, 'application.json'), 'utf8'));
    const { achievement } = document.credentialSubject;
    delete document.credentialSubject.result;
    achievement.resultDescription = [];
    achievement.alignment = Array.from({ length: count }, (_, index) => ({
      type: ['Alignment'],
      targetName: `Skill ${index}`,
      targetUrl: `https://credentialengineregistry.org/resources/ce-0000000${index}-0000-4000-8000-000000000000`,
      targetType: 'ceterms:Competency',
    }));
    const report = checkCredential(document, { pack: defaultPack });
    const sentence = (from: FrameworkReport) => from.rules.find(({ id }) => id === 'skills')?.sentence;
    expect(sentence(report)).toBe(inEnglish);
    expect(sentence(translateReport(report, spanish, spanishPacks))).toBe(inSpanish);
  });
});

describe('a translation that somebody brings', () => {
  const given = () => structuredClone(spanishPacks[0]) as NonNullable<(typeof spanishPacks)[0]>;
  const codes = (value: unknown) => {
    const result = parseTranslation(value, defaultPack);
    return result.ok ? [] : result.findings.map(({ code, pointer }) => `${code} ${pointer}`);
  };

  it('may leave rules out', () => {
    expect(codes({ ...given(), rules: {}, phrases: {}, classes: {} })).toEqual([]);
  });

  it('is refused with what its pack does not have', () => {
    const { rules, phrases, ...rest } = given();
    const name = rules.name as NonNullable<(typeof rules)['name']>;
    expect(codes({ ...rest, phrases, rules: { nom: name } })).toEqual(['translation-unknown /rules/nom']);
    expect(codes({ ...rest, rules, phrases: { x: 'y' } })).toEqual(['translation-unknown /phrases/x']);
    expect(codes({ ...given(), pack: 'other@1.0' })).toEqual(['translation-other-pack /pack']);
    const wrong = { ...name, receiver: { ...name.receiver, met: 'Se llama {name}.' } };
    expect(codes({ ...rest, phrases, rules: { name: wrong } })).toEqual([
      'translation-parameter /rules/name/receiver/met',
    ]);
    expect(codes({ ...given(), titulo: 'x' })).toEqual(['pack-value ']);
    expect(codes(null)).toEqual(['pack-value ']);
  });
});
