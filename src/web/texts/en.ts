import type { CredentialKind } from '../../core/credential/types.ts';
import type { Outcome } from '../../core/finding.ts';
import type { RuleOutcome } from '../../core/framework/report.ts';
import type { StampId } from '../../core/hallmark.ts';
import type { StepId } from '../../core/verify/report.ts';

// The words of the pages. Sentences about credentials come from the catalogues of core.

export const texts = {
  product: 'Assay',
  skip: 'Skip to content',
  foot: 'Assay is open-source software. It checks credentials against published rules and shows its work. Open Badges and TrustEd are marks of 1EdTech; Assay is not affiliated with it and certifies nothing.',
  title: ['Drop in a credential.', 'Read one line.'],
  lead: 'Is it real, is it still valid, who stands behind it, what can this person do, and how well?',
  form: 'Verify a credential',
  drop: 'Drop a credential here',
  letGo: 'Let go to verify',
  formats:
    'JSON, JWT, PNG or SVG, from any platform. Files stay on this device, and we do not tell the issuer that you looked.',
  choose: 'Choose a file',
  pasteLabel: 'Or paste a link, or the credential itself',
  pasteHelp: 'A link is fetched by this server; what you paste is checked in this browser.',
  verify: 'Verify',
  pasteEmpty: 'Nothing is pasted yet. Paste a link, or the text of a credential, then verify.',
  samples: 'Nothing at hand? Try a sample',
  checking: 'Checking {name}…',
  pasted: 'the pasted text',
  oneChecked: '1 credential checked',
  manyChecked: '{count} files checked',
  tooMany: 'Only the first {count} files were checked. Drop the others afterwards.',
  notAnswered: 'This server did not answer.',
  notAnsweredTodo: 'This says nothing about the credential. Check the connection, then try again.',
  failedHere: 'The check stopped because of a fault in Assay.',
  failedHereTodo: 'This says nothing about the credential. Try again, or report the fault.',
  notRead: 'Not read: {name}',
  checkedAt: 'Checked {date}.',
  hallmark: 'Hallmark: five stamps',
  hallmarkRow: 'Hallmark: {stamps}',
  recordStamps: 'A record has no class and no level of its own. Those stamps stand on each credential.',
  draftStamps: 'Nobody has signed this. The other stamps speak of unsigned text.',
  findings: 'What was found',
  toDo: 'What you can do:',
  at: 'at',
  andMore: 'And {count} more.',
  shown: 'How well',
  levelsNote: 'Levels are the issuer’s own, lowest first. The flag marks where a pass begins.',
  notVerified: 'These statements are not verified.',
  rankOf: '{rank} of {of}',
  passMark: 'pass mark {required}',
  noPassMark: 'pass mark not stated',
  ladder: '{achieved}, level {rank} of {of}',
  about: 'What it is',
  criteria: 'What had to be done',
  evidence: 'Evidence',
  evidenceNote: 'The links are given as text: opening one tells its owner that you looked.',
  unnamed: 'Unnamed',
  issuer: 'Who stands behind it',
  verifiedDomain: 'Verified domain',
  verifiedKey: 'Verified key',
  callsItself: 'Calls itself',
  saysItIs: 'The file says',
  knownAs: 'Known as',
  callsItselfInside: 'Issuer calls itself',
  notProven: 'Nothing is proven about who issued it.',
  listed: '{source} lists it ({date}).',
  listingStates: {
    listed: 'Listed',
    withdrawn: 'Withdrawn',
    compromised: 'Key compromised',
    'out-of-period': 'Listed for another time',
  },
  noSource: 'No trust source was asked.',
  inNoSource: 'In none of the trust sources asked. Unknown to you is not the same as false.',
  framework: 'What its content supports',
  declared: 'Declared',
  supported: 'Supported',
  attested: 'Attested',
  declaredNothing: 'Nothing declared',
  attestedNobody: 'By nobody yet',
  attestedBy: '{class}, by {by}',
  stated: 'What is shown',
  notStated: 'What is not stated',
  contradictions: 'Contradictions',
  bindingNotProtected: 'The signature around the record does not bind these results to this credential.',
  pack: '{title}, version {version}.',
  limits: 'What this does not tell you',
  steps: 'Every check',
  noFinding: 'Nothing to report.',
  proof: 'Signature by',
  proofUnknown: 'a method that is not named',
  statusEntry: 'Status list,',
  endorsement: 'Endorsement by',
  refreshed: 'A newer edition is served by the issuer.',
  inside: 'Credentials inside, each with its own answer',
  inFull: 'See this credential in full',
  namedNotEarned: 'Named, not earned',
  namedNotEarnedMore: 'The record names this achievement to show the path. It does not say that the learner tried it.',
  partial: 'This is a part of what the publisher knows.',
  partialMore:
    'The publisher marks the record as partial. What is left out says nothing about the learner. Silence is not a low mark.',
  picture: 'The issuer’s picture for this credential',
};

/** What an answer does not say, as claim and reason. */
export const limits = {
  credential: [
    ['Whether the person before you is the learner.', 'Ask them to prove that they hold the credential.'],
    ['How its levels compare with another issuer’s.', 'Levels are never converted between scales.'],
    ['What is not listed here.', 'Silence is not a low mark.'],
  ],
  record: [
    ['What was left out, and why.', 'A learner may choose for one reader.'],
    ['How the parts add up.', '“Part of” is the publisher’s statement about content, not a sum of levels.'],
    ['Whether the person before you is the learner.', 'Ask them to prove that they hold the credentials.'],
  ],
} as const;

export const stampNames: Record<StampId, string> = {
  authentic: 'Authentic',
  current: 'Current',
  issuer: 'Issuer',
  class: 'Class',
  level: 'Level',
};

export const outcomeWords: Record<Outcome, string> = {
  passed: 'Passed',
  failed: 'Failed',
  'cannot-tell': 'Cannot tell',
  inapplicable: 'Not applicable',
};

export const stepNames: Record<StepId, string> = {
  document: 'Form of the document',
  terms: 'Meaning of its terms',
  proof: 'Signature',
  'issuer-key': 'Whose key signed',
  'validity-period': 'Dates',
  status: 'Revoked or suspended',
  refresh: 'Newer edition',
};

/** Words for readers (framework.md §9). */
export const ruleWords: Record<RuleOutcome, string> = {
  met: 'Shown',
  weak: 'Weakly shown',
  missing: 'Not stated',
  inapplicable: 'Does not apply',
  'cannot-tell': 'Cannot tell',
};

export const kindNames: Record<CredentialKind, string> = {
  OpenBadgeCredential: 'Open Badges 3.0',
  ClrCredential: 'Comprehensive Learner Record',
  EndorsementCredential: 'Endorsement',
  VerifiableCredential: 'Verifiable credential',
  OpenBadges2Assertion: 'Open Badges 2.0',
  unknown: 'Unknown kind of document',
};

/** "source … target", told from the side of the child in the tree. */
export const relations: Record<string, string> = {
  part: 'Part of {name}',
  precedes: 'Comes after {name}',
  requires: 'Needed for {name}',
  related: 'Related to {name}',
};

export const verdictWords = { verified: 'verified', 'not-verified': 'not verified', 'cannot-tell': 'cannot tell' };

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A date in full, in UTC; the time too unless it is midnight. Text that is no date stays as it is. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso) || Number.isNaN(date.getTime())) return iso;
  return date.getTime() % 86_400_000 === 0 ? day.format(date) : `${minute.format(date)} UTC`;
}
