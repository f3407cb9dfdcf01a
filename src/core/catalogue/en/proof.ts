import type { Sentence } from '../sentence.ts';

const original = 'Ask the learner for the original file, or the issuer for a new one.';

export const proof = {
  'proofs-too-many': { say: 'The document carries {count} signatures; up to {limit} are checked.', todo: original },
  'proof-malformed': { say: 'The signature block is not in a form that can be read.', todo: original },
  'proof-member-missing': { say: 'The signature block lacks "{name}".', todo: original },
  'proof-value-malformed': { say: 'The signature itself is not in a form that can be read.', todo: original },
  'proof-date-malformed': { say: 'The date "{name}" of the signature cannot be read.', todo: original },
  'proof-expired': {
    say: 'The signature was made to hold until {date}.',
    todo: 'Ask for the credential again, newly signed.',
  },
  'proof-purpose-mismatch': {
    say: 'The signature was made for another purpose ({found}) than it is used for ({expected}).',
    todo: original,
  },
  'proof-context-mismatch': {
    say: 'The vocabulary listed in the document is not the one that was signed.',
    todo: original,
  },
  'cryptosuite-unsupported': {
    say: 'The method of signing, {name}, is not known here.',
    todo: 'Use the issuer’s own page to check it, or ask the issuer for an Open Badges 3.0 signature.',
  },
  'key-does-not-fit': {
    say: 'The key is of a kind ({name}) that this method of signing does not use.',
    todo: original,
  },
  'signature-mismatch': {
    say: 'The signature does not match the text: something was changed after signing, or another key signed it.',
    todo: original,
  },
  'domain-mismatch': { say: 'The presentation was made for another receiver.', todo: 'Ask for a new presentation.' },
  'challenge-mismatch': { say: 'The presentation does not answer this request.', todo: 'Ask for a new presentation.' },
  'previous-proof-missing': {
    say: 'The signature builds on an earlier one, {name}, that the document does not carry.',
    todo: original,
  },
  'previous-proof-invalid': {
    say: 'The signature builds on an earlier one, {name}, that is not valid.',
    todo: original,
  },
  'previous-proof-loop': { say: 'Two signatures each build on the other ({name}).', todo: original },
  'skolem-name-used': {
    say: 'The document uses names that are reserved while it is signed for selective disclosure.',
    todo: 'Give identifiers that do not begin with urn:bnid:.',
  },
  'pointer-selects-nothing': {
    say: 'The pointer {pointer} leads to nothing in the document.',
    todo: 'Give pointers to parts that the credential has.',
  },
  'base-proof-missing': {
    say: 'There is no ecdsa-sd-2023 base signature to derive from.',
    todo: 'Derive from the credential as the issuer gave it.',
  },
  'base-proof-does-not-fit': { say: 'The base signature does not belong to this document.', todo: original },
  'base-proof-shown': {
    say: 'This is the holder’s full copy, which is not for showing: it can be turned into any part of itself.',
    todo: 'Derive a part to show, and give that.',
  },
  'nothing-selected': { say: 'Nothing was selected to reveal.', todo: 'Select at least one part.' },
  'label-map-does-not-fit': { say: 'The list of hidden names does not fit the revealed part.', todo: original },
  'signature-count-mismatch': {
    say: 'There are more or fewer statements than signatures: a part was added or left out.',
    todo: original,
  },
  'jws-malformed': { say: 'The text is no signed token (JWS) that can be read.', todo: original },
  'jws-algorithm-refused': {
    say: 'The token’s algorithm, {name}, proves nothing about who signed.',
    todo: 'Ask for a token signed with RS256, ES256, ES384 or EdDSA.',
  },
  'jws-algorithm-unsupported': { say: 'The token’s algorithm, {name}, is not known here.', todo: original },
  'jws-critical-unknown': { say: 'The token demands something that is not known here: {name}.', todo: original },
  'jws-key-missing': { say: 'The token does not say which key signed it.', todo: original },
  'jws-keys-disagree': { say: 'The token names one key and carries another.', todo: original },
  'jws-header-unexpected': { say: 'The token has a header that the Open Badges profile does not allow: {name}.' },
  'jws-key-only-inside': {
    say: 'The key stands only inside the token: the text is unchanged, but nothing shows whose key it is.',
    todo: 'Ask the issuer to publish its key.',
  },
  'claim-missing': { say: 'The token lacks the claim "{name}".', todo: original },
  'claim-mismatch': {
    say: 'The claim "{name}" of the token says something else than the credential.',
    todo: original,
  },
  'claim-not-yet': { say: 'The token is in force only from {date}.', todo: 'Check it again after that date.' },
  'claim-expired': { say: 'The token was in force until {date}.', todo: 'Ask for a newer one.' },
  'claim-vc-beside-vcdm2': { say: 'The token wraps a version 2 credential in a claim that belongs to version 1.' },
} satisfies Record<string, Sentence>;
