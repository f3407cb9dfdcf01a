import type { Sentence } from '../sentence.ts';

const original = 'Ask for the original picture: some programs and messengers cut the credential out.';

export const baking = {
  'input-too-large': {
    say: 'The file is larger than {limit} bytes and was not read.',
    todo: 'Give one credential at a time.',
  },
  'input-empty': { say: 'The file is empty.', todo: 'Give the file again.' },
  'input-is-pdf': {
    say: 'This PDF has no credential attached to it.',
    todo: 'What a PDF shows can be typed by anybody. Ask for the credential itself: the JSON file, the badge picture, or its address.',
  },
  'pdf-encrypted': {
    say: 'This PDF is protected, so what is attached to it cannot be read.',
    todo: 'Ask for the credential itself: the JSON file, the badge picture, or its address.',
  },
  'input-is-zip': { say: 'This is a ZIP archive.', todo: 'Unpack it and give the files inside.' },
  'zip-damaged': {
    say: 'The list of files in this ZIP archive cannot be read.',
    todo: 'It may have been cut while it was sent. Ask for it again, or give the files inside.',
  },
  'zip-empty': { say: 'This ZIP archive holds no files.', todo: 'Give the files themselves.' },
  'zip-too-large': {
    say: 'Unpacked, this ZIP archive is larger than {limit} bytes; nothing of it was read.',
    todo: 'Give the files in smaller archives.',
  },
  'zip-too-deep': {
    say: 'This ZIP archive stands inside another one inside another one, and was not opened.',
    todo: 'Unpack it and give the files inside.',
  },
  'zip-entry-locked': {
    say: 'This file in the ZIP archive is protected by a password.',
    todo: 'Unpack the archive with its password and give the file.',
  },
  'zip-entry-bomb': {
    say: 'Unpacked, this file would be more than {ratio} times as large, which no credential is. It was not unpacked.',
    todo: 'Do not unpack it elsewhere either; ask who sent it.',
  },
  'zip-entry-damaged': {
    say: 'This file in the ZIP archive is damaged.',
    todo: 'Ask for it again: it may have been cut while it was sent.',
  },
  'zip-entry-method': {
    say: 'This file in the ZIP archive is packed by a method that is not read here ({method}).',
    todo: 'Unpack the archive and give the file.',
  },
  'input-is-picture': {
    say: 'This is a picture of a kind that carries no credential.',
    todo: 'Badge pictures are PNG or SVG. Ask for the original picture.',
  },
  'input-is-html': {
    say: 'This is a web page, not a credential.',
    todo: 'Download the credential from the page, or give its own address.',
  },
  'input-unknown': {
    say: 'This is neither a credential nor a picture with one inside.',
    todo: 'Give JSON, a signed token (JWT), a PNG or SVG badge, or an address.',
  },
  'image-neither-png-nor-svg': {
    say: 'The picture is neither PNG nor SVG.',
    todo: 'Credentials can be put into PNG and SVG only.',
  },
  'image-without-credential': { say: 'The picture carries no credential.', todo: original },
  'baked-twice': { say: 'The picture carries {count} credentials of one kind; the first was read.', todo: original },
  'png-cut': { say: 'The PNG breaks off at byte {offset}.', todo: original },
  'png-malformed': { say: 'The PNG is damaged at byte {offset}.', todo: original },
  'png-checksum': { say: 'A part of the PNG at byte {offset} does not match its checksum.', todo: original },
  'png-text-malformed': { say: 'The text that the PNG carries ({keyword}) cannot be read.', todo: original },
  'svg-malformed': { say: 'The SVG is damaged at character {offset}.', todo: original },
  'svg-credential-empty': { say: 'The place for the credential in the SVG is empty.', todo: original },
} satisfies Record<string, Sentence>;
