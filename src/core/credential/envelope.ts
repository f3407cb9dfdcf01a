import type { Finding } from '../finding.ts';
import { type JsonObject, toList } from '../json/json.ts';

const mediaTypes = {
  EnvelopedVerifiableCredential: ['application/vc+jwt', 'application/vc-ld+jwt', 'application/jwt'],
  EnvelopedVerifiablePresentation: ['application/vp+jwt', 'application/vp-ld+jwt', 'application/jwt'],
} as const;

/** The compact JWS inside an enveloped credential or presentation (VCDM 2.0 §4.12). The envelope itself claims nothing. */
export function openEnvelope(
  envelope: JsonObject,
  type: keyof typeof mediaTypes,
): { ok: true; compact: string } | { ok: false; finding: Finding } {
  const refuse = (code: 'envelope-malformed' | 'envelope-unsupported', pointer: string) =>
    ({ ok: false, finding: { code, severity: 'error', pointer } }) as const;
  if (envelope['@context'] === undefined) return refuse('envelope-malformed', '/@context');
  if (toList(envelope.type).length !== 1) return refuse('envelope-malformed', '/type');
  const match = typeof envelope.id === 'string' ? /^data:([^,;]+)(;[^,]*)?,(\S+)$/.exec(envelope.id) : null;
  const [, mediaType = '', parameters = '', compact = ''] = match ?? [];
  if (match === null) return refuse('envelope-malformed', '/id');
  if (!(mediaTypes[type] as readonly string[]).includes(mediaType.toLowerCase()) || /;\s*base64/i.test(parameters))
    return refuse('envelope-unsupported', '/id');
  return { ok: true, compact };
}
