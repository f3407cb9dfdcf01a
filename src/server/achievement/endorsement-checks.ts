import type { Finding } from '../../core/finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import type { Verdict, VerificationReport } from '../../core/verify/report.ts';
import { withPatience } from '../credential/with-patience.ts';
import { sha256Hex } from '../digest.ts';
import { type Deps, endorsementsOf, reasonsOf, verifyEndorsement } from './endorsements.ts';

/** What a page says of an endorsement. */
export interface CheckedEndorsement {
  verdict: Verdict;
  /** The domain or key that signed it; null where that is not proven. */
  proven: string | null;
  /** Who it says that it comes from. */
  claimed: { id: string | null; name: string | null };
  comment: string | null;
  validFrom: string | null;
  /** What keeps it from being verified. */
  reasons: Finding[];
}

/** As long as others may keep the page; in milliseconds. */
const trustedFor = 60_000;
const maximumKept = 500;

/**
 * The endorsements of published achievements, checked anew once a minute: one that was valid when it was kept may be withdrawn
 * since, and whoever loads a page again and again makes this service ask nobody as often.
 */
export class EndorsementChecks {
  private readonly deps: Deps;
  private readonly known = new Map<string, { at: number; checked: Promise<CheckedEndorsement> }>();

  constructor(deps: Deps) {
    this.deps = deps;
  }

  of(achievement: JsonObject): Promise<CheckedEndorsement[]> {
    return Promise.all(endorsementsOf(achievement).map(([, given]) => this.check(given)));
  }

  private check(given: JsonValue): Promise<CheckedEndorsement> {
    const key = sha256Hex(JSON.stringify(given));
    const at = this.deps.now().getTime();
    const known = this.known.get(key);
    if (known !== undefined && at - known.at < trustedFor) return known.checked;
    const network = withPatience(this.deps.network, this.deps.publicUrl);
    const checked = verifyEndorsement(given, { ...this.deps, network }).then(summaryOf);
    this.known.delete(key);
    if (this.known.size >= maximumKept) this.known.delete(this.known.keys().next().value as string);
    this.known.set(key, { at, checked });
    checked.catch(() => this.known.delete(key));
    return checked;
  }
}

/** No more than a page shows is kept of it. */
function summaryOf(report: VerificationReport): CheckedEndorsement {
  const { verdict, issuer, credential } = report;
  const [subject] = toList(credential?.credentialSubject);
  const words = (value: JsonValue | undefined, length: number) =>
    typeof value === 'string' && value.trim() !== '' ? value.slice(0, length) : null;
  return {
    verdict,
    proven: words(issuer.verifiedAs?.value, 2000),
    claimed: { id: words(issuer.id ?? undefined, 2000), name: words(issuer.name ?? undefined, 200) },
    comment: isJsonObject(subject) ? words(subject.endorsementComment, 20_000) : null,
    validFrom: words(credential?.validFrom, 10),
    reasons: reasonsOf(report).slice(0, 10),
  };
}
