import type { Sentence } from '../sentence.ts';

const askIssuer = 'Ask the issuer for the badge’s address, or for a newer kind of badge.';

export const openBadges2 = {
  'hosted-unavailable': {
    say: 'The issuer’s address {url} did not answer ({reason}). This says nothing about the learner.',
    todo: 'Try again later. This older kind of badge is proven by its address alone.',
  },
  'hosted-declares-another-id': { say: 'The address serves a badge whose own address is {url}.' },
  'hosted-redirected': {
    say: 'The address {url} sends to another site, {answered}, which answered in its place.',
    todo: 'Make sure that you trust {answered}.',
  },
  'hosted-outside-scope': {
    say: 'The address {url} may not speak for the issuer; allowed is {allowed}.',
    todo: 'Treat it as not issued by the issuer it names; ask them.',
  },
  'scope-prefix-open': { say: 'The issuer’s rule for addresses, {prefix}, does not end at a slash.' },
  'issuer-not-https': { say: 'The issuer’s address {url} is not protected (https).' },
  'badge-part-missing': { say: 'The badge does not say what it was awarded for, or by whom.', todo: askIssuer },
  'badge-issuer-another-id': { say: 'The address {url} serves a profile with another id.', todo: askIssuer },
  'badge-member-malformed': { say: '"{name}" of the badge is missing or malformed.', todo: askIssuer },
  'badge-signature-missing': {
    say: 'The badge says that it is signed, but only its text was given.',
    todo: 'Give the signed token, or the picture that carries it.',
  },
  'badge-not-hosted': { say: 'The badge has neither an address nor a signature.', todo: askIssuer },
  'badge-key-not-linked': { say: 'The issuer’s profile does not name the key that signed.', todo: askIssuer },
  'badge-key-unusable': { say: 'The key at {url} cannot be used, or belongs to somebody else.', todo: askIssuer },
} satisfies Record<string, Sentence>;
