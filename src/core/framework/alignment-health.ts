import type { CredentialView } from '../credential/types.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { readUrl } from '../read-url.ts';
import { objectsIn, textOf } from './mastery-reading.ts';
import { identifyFramework } from './skill-frameworks.ts';

type Tokens = (string | number)[];

interface AlignmentList {
  tokens: Tokens;
  alignments: { value: JsonObject; index: number }[];
}

/**
 * Health of every alignment of a credential in canonical form (framework.md §8): severity error makes the fact
 * `alignment.healthy` false, a warning never changes an outcome. Nothing is fetched. Pointers are those of the canonical form.
 */
export function checkAlignments(credential: CredentialView): Finding[] {
  const achievement = achievementOf(credential);
  const own = [
    textOf(achievement.id),
    isJsonObject(achievement.criteria) ? textOf(achievement.criteria.id) : undefined,
  ];
  const lists = alignmentLists(credential);
  const findings = lists.flatMap((list) => checkList(list, own));
  const urls = lists.flatMap(({ alignments }) => alignments.flatMap(({ value }) => textOf(value.targetUrl) ?? []));
  const issuer = isJsonObject(credential.issuer) ? credential.issuer : {};
  const site = hostOf(textOf(issuer.url) ?? textOf(issuer.id) ?? '');
  if (site !== undefined && urls.length > 0 && urls.every((url) => hostOf(url) === site)) {
    const first = lists.find(({ alignments }) => alignments.length > 0);
    findings.push({ code: 'alignment-own-site-only', severity: 'warning', pointer: toPointer(first?.tokens ?? []) });
  }
  return findings;
}

/** Every list of alignments: of the achievement, its result descriptions, their levels, and the results. */
export function alignmentLists(credential: CredentialView): AlignmentList[] {
  const lists: AlignmentList[] = [];
  const add = (holder: JsonObject, tokens: Tokens) => {
    const alignments = objectsIn(holder.alignment);
    if (alignments.length > 0) lists.push({ tokens: [...tokens, 'alignment'], alignments });
  };
  const subject = isJsonObject(credential.credentialSubject) ? credential.credentialSubject : {};
  const achievement = achievementOf(credential);
  const at = ['credentialSubject', 'achievement'];
  add(achievement, at);
  for (const { value, index } of objectsIn(achievement.resultDescription)) {
    const here = [...at, 'resultDescription', index];
    add(value, here);
    for (const level of objectsIn(value.rubricCriterionLevel))
      add(level.value, [...here, 'rubricCriterionLevel', level.index]);
  }
  for (const { value, index } of objectsIn(subject.result)) add(value, ['credentialSubject', 'result', index]);
  return lists;
}

function achievementOf(credential: CredentialView): JsonObject {
  const subject = credential.credentialSubject;
  return isJsonObject(subject) && isJsonObject(subject.achievement) ? subject.achievement : {};
}

function checkList({ tokens, alignments }: AlignmentList, own: (string | undefined)[]): Finding[] {
  const names = new Map<string, string>();
  return alignments.flatMap(({ value, index }) => {
    const found = checkAlignment(value, own);
    const [url, name] = [textOf(value.targetUrl), textOf(value.targetName)];
    if (url !== undefined && name !== undefined) {
      if (names.has(url) && names.get(url) !== name) found.push(error('alignment-two-names'));
      names.set(url, name);
    }
    return found.map((finding) => ({ ...finding, pointer: toPointer([...tokens, index]) }));
  });
}

function error(code: FindingCode, params: Record<string, string> = {}): Finding {
  return { code, severity: 'error', params };
}

function warning(code: FindingCode, params: Record<string, string> = {}): Finding {
  return { code, severity: 'warning', params };
}

/** One alignment by itself. `own` are addresses that may not be a target: the achievement's and its criteria's. */
export function checkAlignment(alignment: JsonObject, own: (string | undefined)[] = []): Finding[] {
  const findings: Finding[] = [];
  const url = textOf(alignment.targetUrl) ?? '';
  const targetType = textOf(alignment.targetType);
  if (hostOf(url) === undefined) findings.push(error('alignment-url-not-web'));
  else if (isSiteRoot(url)) findings.push(error('alignment-site-root'));
  else if (own.includes(url)) findings.push(error('alignment-own-page'));
  findings.push(...checkFramework(url, targetType));
  if (targetType?.startsWith('ext:') && !/^ext:[A-Za-z0-9._-]+$/.test(targetType))
    findings.push(error('alignment-ext-malformed', { targetType }));
  if (targetType === undefined) findings.push(warning('alignment-no-target-type'));
  if (textOf(alignment.targetFramework) === undefined) findings.push(warning('alignment-no-framework'));
  const name = textOf(alignment.targetName);
  if (name !== undefined && name === textOf(alignment.targetCode)) findings.push(warning('alignment-name-is-code'));
  return findings;
}

function checkFramework(url: string, targetType: string | undefined): Finding[] {
  const framework = identifyFramework(url);
  if (framework === undefined) return [];
  const findings: Finding[] = [];
  const rewrite = framework.rewrite?.(url) ?? '';
  const canonical = framework.canonical.test(url);
  switch (framework.id) {
    case 'CASE':
      if (/\/CFDocuments\//.test(url)) findings.push(error('alignment-case-document'));
      else if (url.startsWith('http:')) findings.push(warning('alignment-case-http'));
      else if (!canonical) findings.push(warning('alignment-case-identifier'));
      break;
    case 'CTDL':
      if (/^https?:\/\/sandbox\./.test(url)) findings.push(error('alignment-ctdl-sandbox'));
      else if (/credentialfinder\.org/.test(hostOf(url) ?? ''))
        findings.push(warning('alignment-ctdl-finder', { rewrite }));
      break;
    case 'ESCO':
      if (url.startsWith('https:')) findings.push(warning('alignment-esco-https', { rewrite }));
      if (/\/esco\/(occupation|isco)\//i.test(url)) findings.push(warning('alignment-occupation'));
      break;
    case 'O*NET':
      findings.push(warning('alignment-occupation'));
      break;
    case 'Lightcast':
      findings.push(warning('alignment-licence-terms'));
      break;
    case 'EQF':
      if (targetType !== 'ext:EQFLevel') findings.push(warning('alignment-level-of-learning'));
      break;
  }
  if (targetType !== undefined && !framework.targetTypes.includes(targetType))
    findings.push(
      warning('alignment-type-mismatch', {
        targetType,
        framework: framework.label,
        expected: framework.targetTypes[0],
      }),
    );
  return findings;
}

function isSiteRoot(url: string): boolean {
  // Anything behind the first slash of an ordinary path: dots could still lead back to the root.
  if (/^https?:\/\/[A-Za-z0-9.-]+\/[a-zA-Z0-9][^\s\\]*$/.test(url) && !url.includes('..') && !/%2e/i.test(url))
    return false;
  const parsed = new URL(url);
  return parsed.pathname === '/' && parsed.search === '' && parsed.hash === '';
}

/** Addresses whose host stands there as a URL parser would write it: no port, no number, nothing encoded. */
const plainAddress = /^https?:\/\/((?:(?!xn--)[a-z0-9-]+\.)+[a-z]+)(?:[/?#]|$)/;

/** The host of an http or https address, undefined for anything else. */
export function hostOf(url: string): string | undefined {
  const plain = plainAddress.exec(url);
  if (plain !== null) return plain[1];
  return /^https?:\/\//i.test(url) ? readUrl(url)?.host : undefined;
}

/** Whether there are any alignments. */
export function hasAlignments(credential: CredentialView): boolean {
  return alignmentLists(credential).length > 0;
}
