import type { ParsedCredential } from '../credential/types.ts';
import type { Finding, Outcome, Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import type { VerifyOptions } from './options.ts';
import type { CheckedProofs } from './proofs.ts';
import type { EndorsementReport, VerificationReport } from './report.ts';
import { type Place, verifyCredential } from './verify-credential.ts';

/** Bounds on what one document can make us do: nested credentials and endorsements together, and how deep they stand. */
export const limits = { 'too-many-parts': 2000, 'nested-too-deep': 4 } as const;

interface Found {
  tokens: (string | number)[];
  carrier: JsonObject;
  value: JsonValue;
}

/**
 * Verify every endorsement in the document (OB 3.0 §5 step 6): on the credential, the achievement, the issuer, creator,
 * source, parentOrg and anywhere else, as JSON or as compact JWS. Credentials nested in a CLR bring their own.
 */
export async function verifyEndorsements(
  parsed: ParsedCredential,
  options: VerifyOptions,
  place: Place,
): Promise<EndorsementReport[]> {
  if (place.inside === 'status-list') return [];
  const found: Found[] = [];
  collectEndorsements(parsed.document, [], found);
  const reports: EndorsementReport[] = [];
  for (const { tokens, carrier, value } of found) {
    const inner = enter(place, tokens, 'endorsed');
    if (inner === null) break;
    const report = await verifyCredential(value, options, inner);
    reports.push({ pointer: toPointer(tokens), aboutCarrier: aboutCarrier(report, carrier), report });
  }
  return reports;
}

function collectEndorsements(value: JsonValue, tokens: (string | number)[], found: Found[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectInside(item, index, tokens, found);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === '@context' || key === 'proof' || key === 'verifiableCredential') continue;
    if (key === 'endorsement' || key === 'endorsementJwt')
      for (const [index, item] of toList(member).entries())
        found.push({
          tokens: [...tokens, key, ...(Array.isArray(member) ? [index] : [])],
          carrier: value,
          value: item,
        });
    else collectInside(member, key, tokens, found);
  }
}

function collectInside(value: JsonValue, token: string | number, tokens: (string | number)[], found: Found[]): void {
  if (typeof value !== 'object') return;
  tokens.push(token);
  collectEndorsements(value, tokens, found);
  tokens.pop();
}

function aboutCarrier(report: VerificationReport, carrier: JsonObject): Outcome {
  const [subject] = toList(report.credential?.credentialSubject);
  const about = isJsonObject(subject) ? subject.id : undefined;
  if (typeof about !== 'string') return 'failed';
  if (typeof carrier.id !== 'string') return 'cannot-tell';
  return about === carrier.id ? 'passed' : 'failed';
}

/** Verify each credential of a CLR, each with its own report (CLR 2.0 §6). An unsigned one is an unsigned inclusion. */
export async function verifyNestedCredentials(
  parsed: ParsedCredential,
  options: VerifyOptions,
  place: Place,
  outer: CheckedProofs,
): Promise<VerificationReport[]> {
  if (parsed.kind !== 'ClrCredential' || place.inside === 'status-list') return [];
  const subjects = parsed.document.credentialSubject;
  const reports: VerificationReport[] = [];
  for (const [position, subject] of toList(subjects).entries()) {
    if (!isJsonObject(subject)) continue;
    const member = subject.verifiableCredential;
    for (const [index, item] of toList(member).entries()) {
      const tokens = [
        'credentialSubject',
        ...(Array.isArray(subjects) ? [position] : []),
        'verifiableCredential',
        ...(Array.isArray(member) ? [index] : []),
      ];
      const inner = enter(place, tokens, 'record');
      if (inner === null) return reports;
      reports.push(withSubject(withBinding(await verifyCredential(item, options, inner), outer), subject));
    }
  }
  return reports;
}

/**
 * The RDF form of a CLR merges nested credentials about one subject, so an RDF proof around it does not bind a result to
 * its credential. Without a valid proof of its own, the nested credential's report says so.
 */
function withBinding(report: VerificationReport, outer: CheckedProofs): VerificationReport {
  if (!outer.rdfBased || report.steps.proof.outcome === 'passed') return report;
  const finding: Finding = { code: 'binding-not-protected', severity: 'warning', pointer: report.pointer };
  const { proof } = report.steps;
  return { ...report, steps: { ...report.steps, proof: { ...proof, findings: [...proof.findings, finding] } } };
}

/** Anybody may put anybody's signed credentials into a record of their own: whose they are is told, where both say so (CLR 2.0 §3). */
function withSubject(report: VerificationReport, { id: whose }: JsonObject): VerificationReport {
  const [subject] = toList(report.credential?.credentialSubject);
  const about = isJsonObject(subject) ? subject.id : undefined;
  if (!isLasting(whose) || !isLasting(about) || whose === about) return report;
  const finding: Finding = {
    code: 'credential-about-another',
    severity: 'warning',
    pointer: report.pointer,
    params: { subject: about },
  };
  const { document } = report.steps;
  return {
    ...report,
    steps: { ...report.steps, document: { ...document, findings: [...document.findings, finding] } },
  };
}

/** A random UUID is most often made up for one credential alone. */
const isLasting = (id: JsonValue | undefined): id is string => typeof id === 'string' && !id.startsWith('urn:uuid:');

/** One part further in; null when the bounds of one verification are reached. */
function enter(place: Place, tokens: (string | number)[], inside: Place['inside']): Place | null {
  const { budget } = place;
  if (budget.parts >= limits['too-many-parts']) budget.exceeded = 'too-many-parts';
  else if (place.depth >= limits['nested-too-deep']) budget.exceeded = 'nested-too-deep';
  if (budget.parts >= limits['too-many-parts'] || place.depth >= limits['nested-too-deep']) return null;
  budget.parts += 1;
  const pointer: Pointer = `${place.pointer}${toPointer(tokens)}`;
  return { pointer, depth: place.depth + 1, inside, budget: place.budget };
}
