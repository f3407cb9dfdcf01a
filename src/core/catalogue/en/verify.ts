import type { Sentence } from '../sentence.ts';

export const verify = {
  'date-unreadable': {
    say: 'The date "{date}" cannot be read.',
    todo: 'Ask the issuer to issue it again with a full date and time, such as 2026-05-18T00:00:00Z.',
  },
  'not-yet-valid': {
    say: 'It is in force only from {date}.',
    todo: 'Check it again after that date, or ask the issuer.',
  },
  expired: {
    say: 'It was in force until {date}.',
    todo: 'Ask the learner whether there is a newer one. An expired credential was genuine in its time.',
  },
  'dates-reversed': {
    say: 'It ends before it begins.',
    todo: 'Ask the issuer to correct the dates and issue it again.',
  },
  'proof-missing': {
    say: 'Nobody has signed this document.',
    todo: 'Ask for the signed credential: the original file from the issuer, not a copy of its text.',
  },
  'proof-not-yet': {
    say: 'This is a preview, which is not signed yet. It is signed when it is issued.',
  },
  'proof-missing-in-record': {
    say: 'This credential inside the record is not signed by its own issuer; the publisher of the record vouches for it.',
    todo: 'Ask the issuer named in it if you need to be sure.',
  },
  'issuer-key-not-proven': {
    say: 'No valid signature shows whose key it is.',
  },
  'signed-by-another-too': {
    say: 'One more signature is by a key of somebody other than the issuer: {verificationMethod}.',
    todo: 'It adds nothing to this credential’s own signature; read it as a co-signature.',
  },
  'status-not-asked': {
    say: 'The status was not asked for, because the signature is not shown to be the issuer’s.',
  },
  'too-many-parts': {
    say: 'The document holds more than {limit} credentials and endorsements; the rest were not checked.',
    todo: 'Split the record into smaller ones.',
  },
  'nested-too-deep': {
    say: 'Credentials stand inside credentials more than {limit} deep; the inner ones were not checked.',
    todo: 'Verify the inner credential by itself.',
  },
  'binding-not-protected': {
    say: 'The signature around the record does not bind this credential’s results to it, and it has no valid signature of its own.',
    todo: 'Ask for a record in which each credential is signed.',
  },
  'credential-about-another': {
    say: 'This credential is about another learner than the record that holds it: {subject}.',
    todo: 'Ask whoever put the record together why it is in it.',
  },
  'endorsement-about-another': {
    say: 'The endorsement is about {subject}, not about what carries it.',
  },
  'refresh-newer-edition': {
    say: 'The issuer serves a newer edition of this credential, dated {date}.',
    todo: 'Use the newer edition.',
  },
  'refresh-not-better': {
    say: 'The issuer’s refresh service was asked and served nothing newer.',
  },
  'refresh-not-usable': {
    say: 'The issuer’s refresh service did not give a usable edition; this one was checked as it is.',
  },
  'refresh-type-unknown': {
    say: 'The refresh service is of a kind that is not known here: {type}.',
  },
  'input-not-fetched': {
    say: 'The address {url} did not give a document: {reason}.',
    todo: 'Check the address, or download the file and give that.',
  },
  'holder-not-issuer': {
    say: 'The presentation carries a credential that only its holder vouches for, but names another issuer.',
    todo: 'Ask for the credential signed by its issuer.',
  },
  'presentation-credential-not-verified': {
    say: 'A credential inside the presentation is not verified.',
    todo: 'Read its own report.',
  },
} satisfies Record<string, Sentence>;
