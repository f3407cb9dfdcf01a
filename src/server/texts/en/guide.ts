import type { Pack } from '../../../core/framework/pack-file.ts';
import type { Expectation, Provenance } from '../../../core/framework/report.ts';

type Group = Pack['rules'][number]['group'];

/** The framework guide, beside what the packs say themselves. */
export const guide = {
  kicker: 'Framework guide',
  title: 'What a credential must tell a stranger',
  lead: 'Every rule that Assay applies: what it asks, why a receiver needs it, and where the answer stands inside the credential.',
  packs: 'Framework',
  statuses: {
    official: 'published by its owner',
    reconstruction: 'a reconstruction',
    draft: 'a draft',
    local: 'of this institution',
    retired: 'retired',
  } satisfies Record<Pack['status'], string>,
  edition: 'Pack {id}, version {version}: {status}.',
  counts: '{required} required, {recommended} recommended, {available} if available',
  legend: 'How to read the table',
  asked: 'How much is asked',
  known: 'How we know the rule',
  expectations: {
    required: ['Required', 'Must be there. Without it the class is not supported.'],
    recommended: ['Recommended', 'Always offered to the author. Leaving it out is never a fault of the credential.'],
    'recommended-if-available': ['If available', 'Asked as “does this exist?” Leaving it out is neutral.'],
    'not-expected': ['No expectation', 'Plays no part in this class; more information never costs a class.'],
  } satisfies Record<Expectation, [string, string]>,
  marks: {
    stated: ['S', 'Stated', 'by the framework’s own published text.'],
    peer: ['P', 'Published reading', 'by another implementer.'],
    inferred: ['I', 'Inferred', 'by this project; the pack file names its source.'],
  } satisfies Record<Provenance, [string, string, string]>,
  weaker: 'The mark is the weaker of two: how we know the field, and how we know its level.',
  packFile: 'The pack file, JSON',
  sources: 'Sources',
  rules: '{count} {count:rule|rules}',
  ofClass: '{count} {count:rule|rules} that {class} requires',
  filter: 'Show what one class requires',
  allClasses: 'All classes',
  what: 'What, and why a receiver needs it',
  expected: 'Expected',
  where: 'Where it is embedded, and how to write it',
  whence: 'We know this from',
  example: 'For example:',
  not: 'Not:',
  whole: 'Read from the credential as a whole, from no single place.',
  weakly: 'Where it counts weakly',
  extension: 'extension',
  linkTo: 'Link to the rule “{field}”',
  reader:
    'A reader of a credential meets the same rules in these words: {words}. An author meets them as Met, Weak, Missing. Missing optional parts are never shown as failing, and nothing is added up to a score.',
  unknown: 'No such framework',
  unknownWhy: 'There is no pack of rules of this name here. These are the ones that there are:',
  groups: {
    basics: ['What it is', 'What a reader sees first, and software files by.'],
    issuer: ['Who and when', 'Who stands behind it, about whom, and since when.'],
    learning: ['What was learned', 'In words that another institution can look up.'],
    assessment: ['How it was judged', 'What separates doing from attending.'],
    result: ['How well', 'A result means nothing without its scale.'],
    evidence: ['The work', 'What the learner made or did, for a reader to see.'],
    quality: ['What makes it last', 'Others’ statements, and terms that are really signed.'],
  } satisfies Record<Group, [string, string]>,
};
