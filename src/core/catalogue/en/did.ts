import type { Sentence } from '../sentence.ts';

const askIssuer = 'Ask the issuer which key it signs with.';

export const did = {
  'key-private-members': {
    say: 'The published key contains its secret part, so anybody could have signed with it.',
    todo: askIssuer,
  },
  'key-type-unsupported': { say: 'The key is of a kind that is not known here.', todo: askIssuer },
  'key-malformed': { say: 'The key is malformed.', todo: askIssuer },
  'method-malformed': { say: 'The address of the key, {url}, cannot be read.', todo: askIssuer },
  'method-unknown': { say: 'Keys at addresses of the kind {url} are not known here.', todo: askIssuer },
  'method-not-listed': {
    say: 'The issuer’s document does not list the key {url} for this purpose.',
    todo: askIssuer,
  },
  'method-not-found': { say: 'The document at {url} does not hold the key.', todo: askIssuer },
  'method-retired': { say: 'The issuer took this key out of use on {date}.', todo: askIssuer },
  'method-relative-id': { say: 'The issuer’s document names its key in short form.' },
  'method-not-bound': {
    say: 'The key belongs to {controller}, and nothing shows that this is the issuer.',
    todo: askIssuer,
  },
  'controller-not-issuer': {
    say: 'The key belongs to {controller}, who is not the issuer.',
    todo: 'Treat it as signed by somebody else; ask the issuer.',
  },
  'controller-document-invalid': { say: 'The document at {url} is not about {subject}.', todo: askIssuer },
  'controller-unavailable': {
    say: 'The issuer’s key document at {url} did not answer ({reason}). This says nothing about the learner.',
    todo: 'Try again later.',
  },
  'key-in-fragment-not-published': {
    say: 'The key stands only in its own address, and the issuer’s document does not publish it.',
    todo: 'Ask the issuer to publish its key at {url}.',
  },
} satisfies Record<string, Sentence>;
