import type { Finding } from '../../core/finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { sharingCryptography } from '../../node/cryptography.ts';
import type { Checking } from '../credential/deliver.ts';
import { ledgerOf } from '../credential/ledger.ts';
import { inWords } from '../in-words.ts';
import { didOf } from '../issuer/did.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError, phrase } from '../problem.ts';
import { addressOf } from './store.ts';

export const maximumEndorsements = 20;

/** What was given is something else. */
export const noEndorsement = (findings: readonly Finding[] = []) =>
  new ApiError('refused', 'This is no endorsement: it must be a signed EndorsementCredential.', {
    ...(findings.length > 0 && { findings: inWords(findings) }),
  });

export type Deps = Pick<IssuingDeps, 'db' | 'publicUrl' | 'now'> & Pick<Checking, 'network'>;
type Member = 'endorsement' | 'endorsementJwt';

/**
 * Where a signed endorsement of an achievement stands in it: an EndorsementCredential, or one as a compact JWS. Refused is what
 * is none, speaks of something else, is the issuer's own, or is not valid: whoever reads a credential takes it for somebody's word.
 */
export async function checkEndorsement(
  given: JsonValue,
  about: { id: string; issuerSlug: string },
  deps: Deps,
): Promise<Member> {
  const { publicUrl } = deps;
  const report = await verifyEndorsement(given, deps);
  const isSigned = report.securedBy.includes(typeof given === 'string' ? 'jwt' : 'data-integrity');
  if (report.kind !== 'EndorsementCredential' || !isSigned) throw noEndorsement();
  const [subject] = toList(report.credential?.credentialSubject);
  const subjectId = isJsonObject(subject) && typeof subject.id === 'string' ? subject.id : '–';
  const address = addressOf(publicUrl, about.id);
  if (subjectId !== address)
    throw new ApiError('refused', phrase`This endorses "${subjectId}", not this achievement, "${address}".`);
  if (report.issuer.id === didOf(publicUrl, about.issuerSlug))
    throw new ApiError('refused', 'An endorsement comes from somebody else. This one is from the issuer itself.');
  if (report.verdict === 'verified') return typeof given === 'string' ? 'endorsementJwt' : 'endorsement';
  throw new ApiError(
    'refused',
    report.verdict === 'cannot-tell'
      ? 'It cannot be told now whether this endorsement is valid.'
      : 'This endorsement is not valid.',
    { findings: inWords(reasonsOf(report)) },
  );
}

/** What others say of the endorser is not asked: whoever wrote the endorsement would choose how many hosts that takes. */
export function verifyEndorsement(given: JsonValue, deps: Deps): Promise<VerificationReport> {
  const { network, now } = deps;
  const options = { cryptography: sharingCryptography, network, ledger: ledgerOf(deps), now: now(), ownWordOnly: true };
  return verifyCredential(given, options);
}

/** What keeps an endorsement from being verified. */
export const reasonsOf = ({ steps }: VerificationReport) =>
  Object.values(steps).flatMap(({ outcome, findings }) =>
    outcome === 'failed' || outcome === 'cannot-tell' ? findings.filter(({ severity }) => severity === 'error') : [],
  );

/** Check every endorsement of an achievement that the version before it does not have. */
export async function checkNewEndorsements(
  document: JsonObject,
  before: JsonObject,
  about: { id: string; issuerSlug: string },
  deps: Deps,
): Promise<void> {
  const all = endorsementsOf(document);
  if (all.length > maximumEndorsements)
    throw new ApiError('refused', phrase`An achievement has at most ${maximumEndorsements} endorsements.`);
  const known = new Set(endorsementsOf(before).map((one) => JSON.stringify(one)));
  for (const [member, given] of all) {
    if (known.has(JSON.stringify([member, given]))) continue;
    if ((await checkEndorsement(given, about, deps)) !== member) throw noEndorsement();
  }
}

/** What is made now has no address yet that somebody could have endorsed. */
export function refuseEndorsements(document: JsonObject): void {
  if (endorsementsOf(document).length > 0)
    throw new ApiError('refused', 'Nobody can have endorsed this yet: it gets its address when it is made.');
}

export const endorsementsOf = (document: JsonObject): [Member, JsonValue][] =>
  (['endorsement', 'endorsementJwt'] as const).flatMap((member) =>
    toList(document[member]).map((given): [Member, JsonValue] => [member, given]),
  );
