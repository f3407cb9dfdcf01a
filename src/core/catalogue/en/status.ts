import type { Sentence } from '../sentence.ts';

const askIssuer = 'Ask the issuer whether the credential is in force.';

export const status = {
  revoked: {
    say: 'The issuer has revoked it.',
    todo: 'Ask the learner whether a newer one replaced it, or ask the issuer.',
  },
  suspended: {
    say: 'The issuer has suspended it for the time being.',
    todo: 'Ask the issuer, or check it again later.',
  },
  'status-refresh': {
    say: 'The issuer says that a newer edition can be had.',
    todo: 'Ask the learner for the newer one.',
  },
  'status-message': { say: 'The issuer’s list says about it ({purpose}): {message}.' },
  'status-type-unknown': { say: 'The status is kept in a way that is not known here: {type}.', todo: askIssuer },
  'status-entry-malformed': { say: 'The reference to the status list is malformed at "{name}".', todo: askIssuer },
  'status-list-unavailable': {
    say: 'The status list at {url} did not answer ({reason}). This says nothing about the learner.',
    todo: 'Try again later, or ask the issuer.',
  },
  'status-list-not-valid': {
    say: 'The status list at {url} is not valid itself, so it shows nothing.',
    todo: askIssuer,
  },
  'status-list-wrong-type': { say: 'What {url} serves is no status list of the kind named.', todo: askIssuer },
  'status-list-another-id': { say: 'The list that {url} serves is another one.', todo: askIssuer },
  'status-list-another-issuer': {
    say: 'The status list at {url} is kept by {issuer}, not by the issuer.',
    todo: askIssuer,
  },
  'status-purpose-mismatch': { say: 'The status list at {url} does not speak of "{purpose}".', todo: askIssuer },
  'status-list-too-short': { say: 'The status list at {url} is shorter than the rules ask for.', todo: askIssuer },
  'status-index-outside': { say: 'Place {index} is outside the status list.', todo: askIssuer },
  'refresh-unavailable': { say: 'The refresh service at {url} did not answer ({reason}).' },
  'refresh-another-credential': { say: 'The refresh service served another credential.' },
} satisfies Record<string, Sentence>;
