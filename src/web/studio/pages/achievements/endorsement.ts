import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';
import { decodeBase64url } from '../../../../core/proof/multibase.ts';

export type EndorsementMember = 'endorsement' | 'endorsementJwt';

/** An endorsement of the achievement, as far as people read it. The server has verified it. */
export interface Endorsement {
  member: EndorsementMember;
  index: number;
  value: JsonValue;
  /** Who signed it, by what they call themselves. */
  by: string;
  comment: string;
}

/** The endorsements of an achievement: embedded credentials first, then tokens. */
export const endorsementsOf = (achievement: JsonObject): Endorsement[] =>
  (['endorsement', 'endorsementJwt'] as const).flatMap((member) =>
    toList(achievement[member]).map((value, index) => ({ member, index, value, ...read(contentOf(value)) })),
  );

function read({ issuer, credentialSubject }: JsonObject) {
  const [subject] = toList(credentialSubject);
  const comment = isJsonObject(subject) ? subject.endorsementComment : undefined;
  const by = isJsonObject(issuer) ? (issuer.name ?? issuer.id) : issuer;
  return { by: typeof by === 'string' ? by : '–', comment: typeof comment === 'string' ? comment : '' };
}

function contentOf(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  try {
    const bytes = decodeBase64url(String(value).split('.')[1] ?? '') ?? new Uint8Array();
    const payload: JsonValue = JSON.parse(new TextDecoder().decode(bytes));
    if (!isJsonObject(payload)) return {};
    return isJsonObject(payload.vc) ? payload.vc : payload;
  } catch {
    return {};
  }
}
