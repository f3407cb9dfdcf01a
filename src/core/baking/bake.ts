import type { Finding } from '../finding.ts';
import { toList } from '../json/json.ts';
import { bakePng, isPng, unbakePng } from './png.ts';
import { bakeSvg, isSvg, unbakeSvg } from './svg.ts';

/** The PNG keyword of a baking standard; each has its SVG namespace too. `openbadges` is Open Badges 2.0, which is only read. */
export type BakingKind = 'openbadgecredential' | 'clrcredential' | 'openbadges';

export type Baked =
  | { ok: true; bytes: Uint8Array; mediaType: 'image/png' | 'image/svg+xml' }
  | { ok: false; finding: Finding };
export type Unbaked =
  | { ok: true; text: string; kind: BakingKind; findings: Finding[] }
  | { ok: false; finding: Finding };

/** OB 3.0 first, then CLR, then Open Badges 2.0: one image can carry more than one generation. */
export const bakingKinds: readonly BakingKind[] = ['openbadgecredential', 'clrcredential', 'openbadges'];

/**
 * Put a credential (JSON text or compact JWS) into a PNG or SVG (OB 3.0 §7). A credential that the image carried before is
 * replaced; every other byte stays as it was.
 */
export function bakeCredential(image: Uint8Array, text: string, kind: Exclude<BakingKind, 'openbadges'>): Baked {
  if (isPng(image)) return bakePng(image, text, kind);
  if (isSvg(image)) return bakeSvg(image, text, kind);
  return { ok: false, finding: { code: 'image-neither-png-nor-svg', severity: 'error' } };
}

/** A CLR goes under its own keyword and namespace, everything else under the Open Badges one. */
export function bakingKindOf(credential: unknown): Exclude<BakingKind, 'openbadges'> {
  const type = (credential as { type?: unknown } | null)?.type;
  return toList(type).includes('ClrCredential') ? 'clrcredential' : 'openbadgecredential';
}

/** Take the credential out of a PNG or SVG. */
export async function unbakeCredential(image: Uint8Array): Promise<Unbaked> {
  if (isPng(image)) return unbakePng(image);
  if (isSvg(image)) return unbakeSvg(image);
  return { ok: false, finding: { code: 'image-neither-png-nor-svg', severity: 'error' } };
}
