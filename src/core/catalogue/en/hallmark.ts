/** One stamp in words: the short answer to its question, and why. */
export interface StampSentence {
  say: string;
  why: string;
}

/** Why a stamp stands as it does. `{…}` are the stamp's parameters. */
export const hallmarkReasons = {
  'authentic-domain': { say: 'Signed by the issuer', why: 'The key belongs to {who}.' },
  'authentic-key': {
    say: 'Signed by the issuer’s own key',
    why: 'The key {who} names itself; it does not say whose it is.',
  },
  'authentic-hosted': {
    say: 'Served by the issuer',
    why: 'This older kind of badge is proven by its address at {who}.',
  },
  'authentic-unreadable': { say: 'Not readable', why: 'The file is not a credential that can be checked.' },
  'authentic-altered': {
    say: 'Signature does not match',
    why: 'The text is not what was signed, or another key signed it.',
  },
  'authentic-faulty': {
    say: 'Not a valid credential',
    why: 'The document breaks the rules of its format, so its signature does not protect what you read.',
  },
  'authentic-wrong-key': { say: 'Signed by somebody else', why: 'The key that signed is not the issuer’s.' },
  'authentic-cannot-tell': {
    say: 'Signature could not be checked',
    why: 'The key or the method of signing could not be reached or is not known here.',
  },
  'authentic-not-bound': {
    say: 'Whose key it is could not be shown',
    why: 'The text is unchanged, but nothing shows that the key is the issuer’s.',
  },
  'authentic-not-signed': { say: 'Not signed', why: 'This is a draft: nobody has signed it.' },
  'authentic-unsigned-inclusion': {
    say: 'Not signed by its issuer',
    why: 'The publisher of the record included it and vouches for it.',
  },
  'current-no-end': { say: 'In force', why: 'It has no end date and has not been withdrawn.' },
  'current-until': { say: 'In force', why: 'Until {date}. Not revoked or suspended.' },
  'current-expired': { say: 'Expired', why: 'Its time ran out on {date}.' },
  'current-not-yet-valid': { say: 'Not in force yet', why: 'It begins on {date}.' },
  'current-revoked': { say: 'Revoked', why: 'The issuer has withdrawn it.' },
  'current-suspended': { say: 'Suspended', why: 'The issuer has put it on hold.' },
  'current-superseded': { say: 'Replaced', why: 'The issuer serves a newer edition.' },
  'current-faulty-dates': { say: 'Dates do not fit', why: 'Its dates cannot be right.' },
  'current-cannot-tell': {
    say: 'Whether it is in force is not known',
    why: 'A status list did not answer or is not valid.',
  },
  'issuer-listed': { say: 'Known: {name}', why: '{source} vouches for it.' },
  'issuer-withdrawn': {
    say: 'No longer vouched for',
    why: '{source} lists it as withdrawn or compromised when this was signed.',
  },
  'issuer-compromised': {
    say: 'Its key was compromised',
    why: '{source} says so; no date inside a credential can show that it is older.',
  },
  'issuer-unlisted': { say: 'In none of your trust sources', why: 'Unknown to you is not the same as false.' },
  'issuer-no-source': { say: 'No trust source chosen', why: 'You can read who they are and decide.' },
  'class-supported': { say: '{class}', why: 'Its content supports this class.' },
  'class-supported-weakly': { say: '{class}', why: 'Its content supports this class, in part on weaker statements.' },
  'class-fallback': { say: '{class}', why: 'It shows that something was done; it does not claim more.' },
  'class-not-supported': {
    say: 'Says {class}, content does not',
    why: 'The class that it declares is not borne out by its content.',
  },
  'class-cannot-tell': { say: 'Class not known', why: 'The content could not be judged in full.' },
  'class-none': { say: 'No class', why: 'It states too little to be placed.' },
  'class-blocked': { say: 'Not completed', why: 'The credential itself says that this is not completed.' },
  'class-outside': { say: 'Another kind of document', why: 'Not a microcredential, so the classes do not apply.' },
  'level-met': { say: '{achieved}', why: 'Reaches the issuer’s pass mark, {required}.' },
  'level-completed': { say: 'Completed', why: 'No level is given.' },
  'level-not-met': { say: '{achieved}', why: 'Under the issuer’s pass mark, {required}.' },
  'level-not-completed': { say: 'Not completed', why: 'The credential itself says so.' },
  'level-no-pass-mark': { say: '{achieved}', why: 'The issuer does not state a pass mark.' },
  'level-cannot-tell': { say: 'Level not readable', why: 'At least one result cannot be read against its scale.' },
  'level-no-result': { say: 'No level given', why: 'The issuer states that the criteria were met.' },
  record: { say: 'Stands on each credential', why: 'A record has no class and no level of its own.' },
  unproven: { say: 'Not known', why: 'The text is not proven, so what it says proves nothing.' },
} satisfies Record<string, StampSentence>;

export type StampReason = keyof typeof hallmarkReasons;

/** The one-line answer, and the sentences under it. */
export const answers = {
  verified: 'Verified: genuine and in force.',
  'verified-record': 'Verified: the record is genuine and in force.',
  unreadable: 'Not verified: this is not a credential that can be read.',
  altered: 'Not verified: the signature does not match.',
  faulty: 'Not verified: the document breaks the rules of its format.',
  'wrong-key': 'Not verified: somebody other than the issuer signed it.',
  'not-signed': 'Not verified: nobody has signed it.',
  expired: 'Not verified: expired on {date}.',
  'not-yet-valid': 'Not verified: in force only from {date}.',
  'faulty-dates': 'Not verified: its dates cannot be right.',
  revoked: 'Not verified: revoked by the issuer.',
  suspended: 'Not verified: suspended by the issuer.',
  superseded: 'Not verified: replaced by a newer edition.',
  'key-unknown': 'Cannot tell: the signature could not be checked.',
  'not-bound': 'Cannot tell: nothing shows that the key is the issuer’s.',
  'status-unknown': 'Cannot tell: whether it is still in force is not known.',
  'unsigned-inclusion': 'Cannot tell: not signed by its issuer.',
  'detail-known': '{title}, issued by {issuer} ({who}).',
  'detail-proven': '{title}, issued by {who}, which calls itself {issuer}.',
  'detail-proven-nameless': '{title}, issued by {who}.',
  'detail-unproven': 'The file says: {title}, by {issuer}. None of this is proven.',
  'detail-learner': 'Awarded to {learner}.',
  'detail-learner-unnamed': 'The learner is given by an identifier, not by name.',
  'detail-awarded': 'Awarded on {date}.',
  'detail-genuine': 'The signature itself is good.',
  'detail-record': 'That says who put the record together; each credential inside has its own answer.',
} satisfies Record<string, string>;

export type AnswerCode = keyof typeof answers;
