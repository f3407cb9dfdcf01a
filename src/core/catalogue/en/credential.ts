import type { Sentence } from '../sentence.ts';

const original = 'Ask the issuer to correct it and issue it again.';

export const credential = {
  'credential-not-object': {
    say: 'This is JSON, but not a credential.',
    todo: 'Give the credential file as the issuer gave it.',
  },
  'jwt-without-credential': {
    say: 'The token is signed, but holds no credential.',
    todo: 'Give the credential’s own token.',
  },
  'envelope-malformed': { say: 'The envelope around the credential is malformed.', todo: original },
  'envelope-unsupported': {
    say: 'The envelope holds a kind of token that is not known here.',
    todo: 'Ask for the credential as JSON or JWT.',
  },
  'context-missing': { say: 'The document does not list the vocabularies that it uses (@context).', todo: original },
  'context-misplaced': { say: 'At position {position} of @context, {expected} is expected.', todo: original },
  'context-older': { say: 'It uses an older edition of the Open Badges vocabulary; the current one is {expected}.' },
  'context-twice': { say: 'A vocabulary is listed twice in @context.', todo: original },
  'data-model-older': { say: 'It follows the older version 1.1 of the credential data model.' },
  'member-missing': { say: '"{name}" is missing.', todo: original },
  'member-wrong-type': { say: '"{name}" is not of the kind that it must be.', todo: original },
  'member-unknown': { say: '"{name}" has no place here.', todo: original },
  'not-a-url': { say: '"{name}" is not a full address (URL).', todo: original },
  'id-not-url': { say: 'The id is not one full address (URL).', todo: original },
  'not-a-date-time': {
    say: '"{name}" is not a date and time with a zone, such as 2026-05-18T00:00:00Z.',
    todo: original,
  },
  'not-in-list': { say: '"{name}" is not one of the values that the specification lists.', todo: original },
  'not-a-language': { say: '"{name}" is not a language code, such as en-GB.', todo: original },
  'not-a-jws': { say: '"{name}" is not a signed token.', todo: original },
  'not-a-country-code': { say: '"{name}" is not a country code of two capital letters.', todo: original },
  'not-a-text': { say: '"{name}" is neither a text nor a text with its language.', todo: original },
  'type-missing': { say: '"{name}" does not name the type that belongs here.', todo: original },
  'list-empty': { say: 'The list "{name}" is empty.', todo: original },
  'list-expected': { say: '"{name}" must be a list, even of one.', todo: original },
  'compacted-form': { say: '"{name}" is a single value where a list is usual.' },
  'issuer-malformed': { say: 'The issuer is not given as it must be: with an id, and as a profile.', todo: original },
  'issuer-bare': {
    say: 'The issuer is only an address, without a name.',
    todo: 'Issuer: embed the profile with id, type and name.',
  },
  'holder-malformed': { say: 'The holder is not given by an address.', todo: 'Ask for a new presentation.' },
  'subject-malformed': { say: 'What the credential is about is not given as it must be.', todo: original },
  'subject-empty': { say: 'The credential says nothing about its subject.', todo: original },
  'subject-unidentified': {
    say: 'Nobody is named as learner: neither an id nor an identifier is given.',
    todo: original,
  },
  'criteria-empty': { say: 'The criteria are empty: neither a text nor an address is given.', todo: original },
  'keyword-for-alias': { say: '{name} stands where {alias} belongs.', todo: original },
  'related-resource-twice': { say: 'A related resource is listed twice.', todo: original },
  'related-resource-without-digest': { say: 'A related resource has no digest to compare it with.', todo: original },
  'presentation-credential-malformed': {
    say: 'A credential in the presentation is not given as an object.',
    todo: 'Ask for a new presentation.',
  },
  'association-leads-nowhere': { say: 'A link between achievements leads to {id}, which the record does not hold.' },
  'association-loop': { say: 'The links between achievements go round in a circle through {id}.' },
} satisfies Record<string, Sentence>;
