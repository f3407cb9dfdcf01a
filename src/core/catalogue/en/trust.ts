import type { Sentence } from '../sentence.ts';

export const trust = {
  'trust-source-unknown-member': {
    say: 'The trust source has a member that its format does not know: {name}.',
    todo: 'Take it out, or check its spelling.',
  },
  'trust-source-bad-date': {
    say: 'The date in "{name}" of the trust source cannot be read.',
    todo: 'Write it as 2026-05-18 or 2026-05-18T09:00:00Z.',
  },
  'trust-source-bad-identifier': {
    say: 'An issuer in the trust source has no usable id.',
    todo: 'Give a DID, a domain such as example.edu, or an https address of the issuer’s profile.',
  },
  'trust-source-bad-member': {
    say: 'In the trust source, "{name}" is missing or not of the right kind.',
    todo: 'A trust source has a name, a date, and a list of issuers with id and name.',
  },
} satisfies Record<string, Sentence>;
