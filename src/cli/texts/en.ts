import type { AuthorItem } from '../../core/framework/author-list.ts';
import type { Expectation } from '../../core/framework/report.ts';

// The words of the terminal in what is said of credentials. Sentences come from the catalogues of core.

export const texts = {
  insideRecord: 'Credential {index} of {count} in the record',
  summary: '{count} {count:input|inputs}: {parts}.',
  verified: '{n} verified',
  notVerified: '{n} not verified',
  cannotTell: '{n} cannot tell',
  notRead: '{n} not read',
  endorsedBy: 'Endorsed by {who}.',
  somebodyNotProven: 'somebody not proven',
  endorsementNotValid: 'An endorsement here is not valid; it does not change the answer.',
  endorsementNotChecked: 'An endorsement here could not be checked; it does not change the answer.',
  at: 'at {pointer}',
  howWell: 'How well',
  howWellUnproven: 'How well, as the file says',
  whatItTook: 'What it took',
  andMore: 'And {count} more; --json lists them all.',
  skill: 'Skill: ',
  unverified: 'These statements are not verified.',
  bindingNotProtected: 'The signature around the record does not bind these results to this credential.',
  notStated: 'Not stated or not readable',
  whatClassExpects: 'What {class} expects:',
  met: 'Met: {fields}.',
  nearly: 'Nearly: {pointer}',
  notSigned: '(not signed)',
  flag: '⚑ the issuer’s pass mark',
  noPassMark: 'Pass mark not stated.',
  unreadable: 'Cannot tell: this is not a credential that can be read.',
  notJudged: 'Not judged by this pack.',
  packOutline: '{title}. {rules} {rules:rule|rules}; {status}.',
  soundPack: '{pack} is a sound pack with {rules} {rules:rule|rules}.',
  packFaults: '{name} has {count} {count:fault|faults}.',
  notIssued: 'Not issued.',
  dryRun: 'No faults. Nothing was signed: this was a dry run.',
};

export const sectionWords: Record<AuthorItem['section'], string> = {
  required: 'Required and missing',
  weak: 'Weak',
  recommended: 'Recommended',
  'if-available': 'Does it exist? Then say so',
  done: 'Met',
};

/** Words for authors (framework.md §9): what the class expects. */
export const expectationWords: Record<Expectation, string> = {
  required: 'required',
  recommended: 'recommended',
  'recommended-if-available': 'if it exists',
  'not-expected': 'no expectation',
};

export const packStatusWords: Record<string, string> = {
  official: 'official',
  reconstruction: 'reconstruction',
  draft: 'draft',
  local: 'local',
  retired: 'retired',
};
