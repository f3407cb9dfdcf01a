import { ApiError } from '../problem.ts';
import { type CredentialRow, signedForm } from './store.ts';

/** The forms in which a credential is delivered, each with its media type and the ending of its address. */
export const mediaTypes = {
  json: 'application/vc',
  jwt: 'text/plain; charset=utf-8',
  html: 'text/html; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
} as const;
export type Form = keyof typeof mediaTypes;

const names: Record<string, Form> = { json: 'json', jwt: 'jwt', jws: 'jwt', png: 'png', svg: 'svg', pdf: 'pdf' };

/** The credential that a last part of an address names, and the form that its ending asks for; null when none of ours. */
export function readName(name: string): { id: string; form: Form | null } | null {
  const [, id, ending] = /^([A-Za-z0-9_-]{22})(?:\.([a-z]{1,4}))?$/.exec(name) ?? [];
  if (id === undefined) return null;
  if (ending === undefined) return { id, form: null };
  const form = names[ending];
  return form === undefined ? null : { id, form };
}

/** What may stand in Accept (ob3.md §7; text/plain is what Open Badges says of a JWT). */
const accepted: Record<string, Form> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/vc': 'json',
  'application/vc+ld+json': 'json',
  'application/ld+json': 'json',
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'text/plain': 'jwt',
  'application/jwt': 'jwt',
  'application/vc+jwt': 'jwt',
  'image/png': 'png',
  'image/*': 'png',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
};

/** The form that a request likes best (RFC 9110 §12.5.1); JSON when it says nothing that can be had. */
export function chooseForm(accept: string | undefined, hasJwt: boolean): Form {
  if (accept === undefined || accept === '*/*') return 'json';
  let best: Form = 'json';
  let most = 0;
  for (const part of accept.slice(0, 1000).split(',')) {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const form = accepted[type];
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    if (form === undefined || (form === 'jwt' && !hasJwt) || !(quality > most)) continue;
    best = form;
    most = quality;
  }
  return best;
}

export interface Signed {
  content: string;
  digest: string;
  contentType: string;
}

/** What was signed, in the form that was asked for by its name. */
export function signedAs(credential: CredentialRow, form: 'json' | 'jwt'): Signed {
  const { jwt, jwt_digest } = credential;
  if (form === 'jwt' && jwt !== null) return { content: jwt, digest: jwt_digest ?? '', contentType: mediaTypes.jwt };
  const signed = signedForm(credential);
  // The text of a credential that was signed as a JWT alone proves nothing.
  if (form === 'jwt' || signed.content === jwt) throw new ApiError('not-found', 'This credential has no such form.');
  return signed;
}
