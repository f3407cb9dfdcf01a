import type { Sentence } from '../sentence.ts';

export const json = {
  'json-too-large': {
    say: 'The document is larger than {limit} bytes and was not read.',
    todo: 'Give one credential at a time.',
  },
  'json-not-utf8': {
    say: 'The file is not valid UTF-8 text.',
    todo: 'Ask for the original file; a text editor may have saved it in another encoding.',
  },
  'json-syntax': {
    say: 'The JSON breaks off or is malformed at line {line}, column {column}.',
    todo: 'Ask for the original file; this copy may be cut or edited.',
  },
  'json-too-deep': {
    say: 'Lists and objects stand more than {limit} deep at line {line}, column {column}.',
    todo: 'No credential needs that; ask where the file comes from.',
  },
  'json-duplicate-member': {
    say: 'The member "{name}" stands twice, at line {line}, column {column}: readers would disagree about which counts.',
    todo: 'Ask the issuer for a credential without the doubled member.',
  },
  'json-dangerous-name': {
    say: 'The member name "{name}" at line {line}, column {column} is not accepted.',
    todo: 'Ask where the file comes from.',
  },
  'json-lone-surrogate': {
    say: 'A text at line {line}, column {column} holds half a character.',
    todo: 'Ask the issuer to issue it again; the text was cut inside a character.',
  },
  'json-number-too-large': {
    say: 'The number at line {line}, column {column} is too large.',
    todo: 'Ask the issuer to issue it again with the number as text.',
  },
} satisfies Record<string, Sentence>;
