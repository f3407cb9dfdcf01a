import type { Sentence } from '../sentence.ts';

export const issue = {
  'issue-file-not-object': {
    say: 'The {what} is not a JSON object.',
    todo: 'Write it as {…}; `assay help issue` shows an example.',
  },
  'issue-achievement-is-credential': {
    say: 'The achievement file holds a whole credential.',
    todo: 'Give its credentialSubject.achievement alone: results and evidence are each learner’s own.',
  },
  'issue-achievement-holds-learner-data': {
    say: 'The achievement holds "{name}", which belongs to one learner.',
    todo: 'Take it out of the achievement and give it with the learner: one learner’s evidence never reaches another’s.',
  },
  'issue-issuer-name-missing': {
    say: 'The issuer has no name.',
    todo: 'Give the issuer file a "name".',
  },
  'issue-key-not-issuers': {
    say: 'The key is not the key of the issuer {issuer}.',
    todo: 'Use that issuer’s key, or leave "id" out of the issuer file and the key’s own did:key is written.',
  },
  'issue-verification-method-not-issuers': {
    say: 'The verification method {verificationMethod} is not the issuer’s.',
    todo: 'It must begin with the issuer’s id, {issuer}.',
  },
  'issue-cryptosuite-not-for-key': {
    say: 'The cryptosuite {cryptosuite} does not sign with a key of type {type}.',
    todo: 'Use one of: {possible}.',
  },
  'issue-learner-member-unknown': {
    say: 'The learner has a member that is not known: {name}.',
    todo: 'Check its spelling; `assay help issue` lists the members.',
  },
  'issue-learner-member-wrong': {
    say: '"{name}" of the learner is not of the right kind.',
    todo: '`assay help issue` says what each member holds.',
  },
  'issue-learner-unidentified': {
    say: 'Nothing says who the learner is.',
    todo: 'Give an id, an email or a name.',
  },
  'issue-email-wrong': {
    say: '"{value}" is no e-mail address.',
    todo: 'Write it as name@example.edu.',
  },
  'issue-id-wrong': {
    say: '"{value}" is no identifier.',
    todo: 'Write a DID or an address, such as did:key:z6Mk… or https://…; a student number goes into the column identifier:systemId.',
  },
  'issue-date-wrong': {
    say: '"{value}" is no date.',
    todo: 'Write it as 2026-05-18 or 2026-05-18T09:00:00Z.',
  },
  'issue-yes-no-wrong': {
    say: '"{value}" is neither yes nor no.',
    todo: 'Write yes or no.',
  },
  'issue-number-wrong': {
    say: '"{value}" is no number.',
    todo: 'Write it with a point and without other signs, such as 84.5.',
  },
  'issue-result-link-unknown': {
    say: 'A result refers to a scale that the achievement does not have: {value}.',
    todo: 'Use the id of one of the achievement’s resultDescription entries.',
  },
  'issue-level-unknown': {
    say: '"{value}" is not a level of {scale}.',
    todo: 'Its levels are: {possible}.',
  },
  'issue-value-not-allowed': {
    say: '"{value}" is not a value of {scale}.',
    todo: 'Its values are: {possible}.',
  },
  'issue-value-out-of-range': {
    say: '{value} is outside the range of {scale}.',
    todo: 'It goes from {minimum} to {maximum}.',
  },
  'issue-value-fraction-or-percent': {
    say: '{value} on {scale} may be a fraction or a percentage.',
    todo: 'Write percentages from 0 to 100, such as 85. One percent and less cannot be told from a fraction: use another scale.',
  },
  'issue-status-unknown': {
    say: '"{value}" is no status.',
    todo: 'Write one of: {possible}.',
  },
  'issue-evidence-address-wrong': {
    say: '"{value}" is no address of evidence.',
    todo: 'Write a web address that will last, https://…, or leave it out and describe the evidence.',
  },
  'issue-evidence-file-unknown': {
    say: 'There is no file of evidence "{value}".',
    todo: 'Upload it to this issuer first, and give the id that the answer names.',
  },
  'issue-evidence-file-twice': {
    say: 'The file of evidence "{value}" stands there twice.',
    todo: 'Name each file once.',
  },
  'issue-evidence-file-and-address': {
    say: 'A piece of evidence has both a file and an address, {value}.',
    todo: 'Give one of the two: a file gets its own address.',
  },
  'issue-evidence-file-of-another': {
    say: 'A file of evidence belongs to another learner.',
    todo: 'One learner’s evidence never reaches another’s. Upload this learner’s own file.',
  },
  'issue-not-text': {
    say: 'The row holds bytes that are not UTF-8 text.',
    todo: 'Save the file as "CSV UTF-8" and try again.',
  },
  'issue-image-other-kind': {
    say: 'The picture is not of the format {format}.',
    todo: 'Give a picture of that format, or choose the other format.',
  },
  'issue-file-not-written': {
    say: 'The file {file} could not be written; it may exist already.',
    todo: 'Choose an empty folder, or add --force to replace files.',
  },
  'issue-result-below-pass-mark': {
    say: '{scale}: {achieved} is under the pass mark, {required}.',
    todo: 'Correct the result, leave the learner out, or allow results under the pass mark and say why.',
  },
  'issue-result-not-completed': {
    say: 'A result says {status}, not Completed.',
    todo: 'Issue when it is completed, or allow it and say why.',
  },
  'issue-evidence-too-few': {
    say: 'There {found:is|are} {found} {found:piece|pieces} of evidence; the achievement asks for {minimum}.',
    todo: 'Add the learner’s own work.',
  },
  'issue-evidence-kind-missing': {
    say: 'No piece of evidence is of the kind "{kind}", which the achievement asks for.',
    todo: 'Add it, with "{kind}" as its genre.',
  },
  'gate-below-class': {
    say: 'The metadata supports {supported}; this issuer asks for {wanted}.',
    todo: 'For {wanted} it lacks: {missing}.',
  },
  'gate-no-class': {
    say: 'The metadata supports no class; this issuer asks for {wanted}.',
    todo: 'For {wanted} it lacks: {missing}.',
  },
  'gate-cannot-tell': {
    say: 'Whether the metadata supports {wanted}, as this issuer asks, cannot be told.',
    todo: 'Look at: {missing}.',
  },
  'gate-not-completed': {
    say: 'The credential itself says that this is not completed; this issuer asks for {wanted}.',
    todo: 'Issue when every result is completed.',
  },
  'gate-outside-framework': {
    say: 'A formal qualification or another kind of document, not a microcredential; this issuer asks for {wanted}.',
    todo: 'Choose another achievementType, or have it waived.',
  },
  'gate-declared-not-supported': {
    say: 'It says that it is {declared}; the metadata supports {supported}.',
    todo: 'Take the declared type out, or add what it lacks.',
  },
  'roster-row-twice': {
    say: 'This learner stands in line {line} of the list already.',
    todo: 'Take one of the two out, or allow duplicates.',
  },
  'issue-held-already': {
    say: 'This learner holds a credential of this achievement already.',
    todo: 'Take the row out, revoke the other credential first, or allow duplicates.',
  },
  'roster-row-erased': {
    say: 'The learner of this row was erased.',
  },
  'roster-row-lost': {
    say: 'Working on this row ended twice without a result.',
    todo: 'Issue it by itself with --learner; if that fails too, report it as a bug.',
  },
  'correction-row-unmatched': {
    say: 'No credential of the roster that is in force belongs to this row.',
    todo: 'Check who it is for; learners who are new are issued to with a roster of their own.',
  },
  'correction-row-again': {
    say: 'Another row of the list belongs to the same credential.',
    todo: 'Take one of the two out.',
  },
  'roster-column-unknown': {
    say: 'The column "{name}" is not known.',
    todo: 'Rename it, map it with column "{name}=email", or leave it out with ignore "{name}". {possible}',
  },
  'roster-column-twice': {
    say: 'The column "{name}" stands there twice, or two columns mean the same.',
    todo: 'Leave one of the two out.',
  },
  'roster-scale-unknown': {
    say: 'The achievement has no scale called "{name}".',
    todo: 'Its scales are: {possible}.',
  },
  'roster-scale-ambiguous': {
    say: 'The achievement has more than one scale called "{name}".',
    todo: 'Name the column by the id of the resultDescription.',
  },
  'roster-no-learner-column': {
    say: 'No column says who the learner is.',
    todo: 'Add a column email, id or name; or map one, such as --column "Student e-mail=email".',
  },
  'roster-empty': {
    say: 'The file has no header line.',
    todo: 'The first line names the columns, such as name,email.',
  },
  'roster-cells-differ': {
    say: 'The row has {found} {found:cell|cells}, the header has {expected}.',
    todo: 'A comma inside a cell needs double quotes around the cell.',
  },
  'roster-row-unreadable': {
    say: 'The row cannot be read: a double quote is out of place, or the row is too long.',
    todo: 'Put double quotes around the whole cell and write a quote inside it twice.',
  },
} satisfies Record<string, Sentence>;
