import type { Finding } from '../finding.ts';
import { toPointer } from '../json/pointer.ts';
import { compilePath, type Select } from './json-path.ts';
import type { Pack, PackPlace, PackRule } from './pack-file.ts';
import type { PatternEngine } from './pattern-engine.ts';
import type { ClassId, FrameworkReport, Provenance } from './report.ts';
import { placeholdersIn } from './rule-sentence.ts';
import { type Check, SchemaCompiler } from './schema.ts';

export interface CompiledPlace {
  place: PackPlace;
  select: Select;
  schema: Check;
}

export interface CompiledRule {
  rule: PackRule;
  /** Names in braces that the `receiver` texts use. */
  placeholders: { met: ReadonlySet<string>; missing: ReadonlySet<string> };
  mark: Provenance;
  when: Select[];
  places: CompiledPlace[];
  mistakes: { say: string; select: Select }[];
}

export interface CompiledPack {
  /** What every report says of its pack. */
  head: FrameworkReport['pack'];
  appliesTo: Check;
  /** Which rules each class requires, by their places in the list. */
  required: ReadonlyMap<ClassId, readonly number[]>;
  declared: Map<string, { select: Select; schema: Check }>;
  rules: CompiledRule[];
}

const compiledPacks = new WeakMap<Pack, CompiledPack>();

/** The compiled form of a pack that `readPack` made. @throws TypeError for anything else. */
export function compiledPack(pack: Pack): CompiledPack {
  const known = compiledPacks.get(pack);
  if (known === undefined) throw new TypeError('Not a pack made by parsePack');
  return known;
}

/** Compile every path, schema and pattern of a pack once; what does not compile is a finding with its place in the file. */
export function compilePack(pack: Pack, patterns: PatternEngine): { compiled: CompiledPack; findings: Finding[] } {
  const findings: Finding[] = [];
  const schemas = new SchemaCompiler(patterns, pack.$defs);
  const path = (text: string, tokens: (string | number)[]): Select => {
    const select = compilePath(text, patterns);
    if (select === undefined)
      findings.push({ code: 'pack-path', severity: 'error', pointer: toPointer(tokens), params: { path: text } });
    return select ?? (() => []);
  };
  const { id, version, title, status, notice } = pack;
  const compiled: CompiledPack = {
    head: { id, version, title, status, notice, classes: pack.classes.map(({ id, label }) => ({ id, label })) },
    appliesTo: schemas.compile(pack.appliesTo.schema, ['appliesTo', 'schema']),
    required: new Map(
      pack.classes.map(({ id }) => [
        id,
        pack.rules.flatMap(({ expects }, index) => (expects[id] === 'required' ? [index] : [])),
      ]),
    ),
    declared: new Map(
      pack.classes.flatMap(({ id, declared }, index) => {
        if (declared === undefined) return [];
        const at = ['classes', index, 'declared'];
        const select = path(declared.path, [...at, 'path']);
        return [[id, { select, schema: schemas.compile(declared.schema, [...at, 'schema']) }] as const];
      }),
    ),
    rules: pack.rules.map((rule, index) => ({
      rule,
      placeholders: { met: placeholdersIn(rule.receiver.met), missing: placeholdersIn(rule.receiver.missing) },
      mark: weaker(rule.provenance.field, rule.provenance.level),
      when: (rule.when ?? []).map((text, position) => path(text, ['rules', index, 'when', position])),
      places: (rule.places ?? []).map((place, position) => {
        const at = ['rules', index, 'places', position];
        const select = path(place.path, [...at, 'path']);
        return { place, select, schema: schemas.compile(place.schema, [...at, 'schema']) };
      }),
      mistakes: (rule.mistakes ?? []).map((mistake, position) => ({
        say: mistake.say,
        select: path(mistake.path, ['rules', index, 'mistakes', position, 'path']),
      })),
    })),
  };
  for (const fault of schemas.faults) findings.push({ ...fault, severity: 'error' });
  if (findings.length === 0) compiledPacks.set(pack, compiled);
  return { compiled, findings };
}

const strength: Provenance[] = ['stated', 'peer', 'inferred'];

/** The mark of a rule is the weaker of two: how its field is known, and how its level. */
export function weaker(left: Provenance, right: Provenance): Provenance {
  return strength.indexOf(left) > strength.indexOf(right) ? left : right;
}
