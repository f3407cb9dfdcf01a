import type { Sentence } from '../sentence.ts';

/** Files with skills or standards that authors align with. */
export const skill = {
  'skill-column-missing': {
    say: 'The list has no column "{name}".',
    todo: 'A list of skills needs the columns statement and uri; code, name, parent, type and framework are optional.',
  },
  'skill-text-missing': {
    say: 'There is no "{name}".',
    todo: 'Write what somebody can do, and the address under which its framework publishes it.',
  },
  'skill-text-too-long': {
    say: 'This text is longer than {limit} characters.',
    todo: 'Shorten it, or take the row out.',
  },
  'skill-text-unusable': {
    say: 'This text holds U+0000 or half of a character.',
    todo: 'Write the file anew as UTF-8.',
  },
  'skill-uri-wrong': {
    say: '"{value}" is no address: an alignment must say where its target is published.',
    todo: 'Write the whole address, which begins with https://, http:// or urn:.',
  },
  'skill-uri-twice': {
    say: 'Another skill of the file has this address already.',
    todo: 'Take one of the two out.',
  },
  'skill-parent-unknown': {
    say: 'No skill of the file is "{value}", which this one is said to belong to.',
    todo: 'Name the one above by its uri or its code, or leave the cell empty.',
  },
  'skill-type-unknown': {
    say: '"{value}" is no type of target that an Open Badges alignment knows.',
    todo: 'Use one of: {possible}.',
  },
  'skill-framework-differs': {
    say: 'This row belongs to "{value}", and the rows before it to another framework.',
    todo: 'Give each framework a file of its own.',
  },
  'skill-framework-unnamed': {
    say: 'Nothing says what the framework is called.',
    todo: 'Give its name with the request, in the column framework, or as title of the CFDocument.',
  },
  'skill-file-empty': {
    say: 'There is no skill in the file.',
  },
  'skill-too-many': {
    say: 'The file holds more than {limit} skills.',
    todo: 'Import it in parts.',
  },
  'skill-file-too-large': {
    say: 'The file is larger than {limit} bytes.',
    todo: 'Import it in parts.',
  },
  'skill-json-broken': {
    say: 'The file cannot be read as JSON from character {offset} on.',
    todo: 'Export it again.',
  },
  'skill-case-not-package': {
    say: 'This is no CASE package: it has no CFDocument or no CFItems.',
    todo: 'Export the framework as a whole, as CFPackage.',
  },
} satisfies Record<string, Sentence>;
