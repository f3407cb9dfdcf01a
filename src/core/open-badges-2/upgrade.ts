import type { CredentialView } from '../credential/types.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson, toList } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import { readMoment } from './model.ts';

/**
 * An Open Badges 2.0 assertion as an OB 3.0 credential, for reading only: unsigned, with the original named as evidence
 * (mapping of the implementation guide). The original is what was verified.
 */
export function toUnsignedView(assertion: JsonObject, badge: JsonObject, issuer: JsonObject): CredentialView {
  const profile = compact({
    id: issuer.id,
    type: ['Profile'],
    name: issuer.name,
    url: issuer.url,
    description: issuer.description,
    email: issuer.email,
    phone: issuer.telephone,
    image: toImage(issuer.image),
  });
  const recipient = isJsonObject(assertion.recipient) ? assertion.recipient : {};
  const issuedOn = toInstant(assertion.issuedOn);
  return compact({
    '@context': [contextUrl.credentials2, contextUrl.openBadges303],
    id: assertion.id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: badge.name,
    issuer: profile,
    validFrom: issuedOn,
    awardedDate: issuedOn,
    validUntil: toInstant(assertion.expires),
    credentialSubject: compact({
      type: ['AchievementSubject'],
      ...toSubject(recipient),
      narrative: assertion.narrative,
      image: toImage(assertion.image),
      achievement: compact({
        id: badge.id,
        type: ['Achievement'],
        name: badge.name,
        description: badge.description,
        image: toImage(badge.image),
        criteria: typeof badge.criteria === 'string' ? { id: badge.criteria } : badge.criteria,
        tag: badge.tags === undefined ? undefined : [...toList(badge.tags)],
        alignment: toAlignments(badge.alignment),
        creator: profile,
      }),
    }),
    evidence: toEvidence(assertion),
  });
}

function compact(members: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;
}

function toInstant(value: JsonValue | undefined): string | undefined {
  const time = readMoment(value);
  return time === null ? undefined : new Date(time).toISOString();
}

function toImage(image: JsonValue | undefined): JsonObject | undefined {
  if (typeof image === 'string') return { id: image, type: 'Image' };
  if (!isJsonObject(image) || typeof image.id !== 'string') return undefined;
  return compact({ id: image.id, type: 'Image', caption: image.caption });
}

const identityTypes: Readonly<Record<string, string>> = {
  email: 'emailAddress',
  url: 'ext:url',
  telephone: 'ext:telephone',
};

function toSubject({ type, identity, hashed, salt }: JsonObject): JsonObject {
  const [kind] = toList(type);
  if (typeof identity !== 'string') return {};
  if (kind === 'id' && hashed !== true) return { id: identity };
  const identityType = identityTypes[showJson(kind)] ?? 'identifier';
  return {
    identifier: [
      compact({ type: 'IdentityObject', identityType, identityHash: identity, hashed: hashed === true, salt }),
    ],
  };
}

function toAlignments(alignment: JsonValue | undefined): JsonObject[] | undefined {
  const list = toList(alignment).filter(isJsonObject);
  if (list.length === 0) return undefined;
  return list.map((item) =>
    compact({
      type: ['Alignment'],
      targetName: item.targetName ?? item.name,
      targetUrl: item.targetUrl ?? item.url,
      targetDescription: item.targetDescription ?? item.description,
      targetFramework: item.targetFramework,
      targetCode: item.targetCode,
    }),
  );
}

function toEvidence(assertion: JsonObject): JsonObject[] {
  const given = toList(assertion.evidence).map((item) =>
    isJsonObject(item)
      ? compact({
          type: ['Evidence'],
          id: item.id,
          name: item.name,
          description: item.description,
          narrative: item.narrative,
          genre: item.genre,
          audience: item.audience,
        })
      : { type: ['Evidence'], id: item },
  );
  const original = compact({
    type: ['Evidence', 'https://w3id.org/openbadges#Assertion'],
    id: assertion.id,
    name: 'Open Badges 2.0',
  });
  return [...given, original];
}
