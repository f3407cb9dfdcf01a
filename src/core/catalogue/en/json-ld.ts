import type { Sentence } from '../sentence.ts';

export const jsonLd = {
  'context-unknown': {
    say: 'The context {url} is not known here, so what its terms mean is not known either.',
    todo: 'Contexts are never fetched. Ask the issuer to use published Open Badges contexts, or add the context to Assay.',
  },
  'context-redefines': {
    say: 'A context inside the document gives "{term}" another meaning than the published one.',
    todo: 'Ask the issuer for the credential as it was signed.',
  },
  'context-not-plain': {
    say: 'A context inside the document does more than name new terms: {term}.',
    todo: 'Use plain terms, each with the full address of its meaning.',
  },
  'keyword-not-allowed': {
    say: 'The member {term} rearranges what the signature covers, so it is not accepted.',
    todo: 'Ask the issuer for the credential as it was signed.',
  },
  'property-not-compacted': {
    say: 'The property {term} is written as an address where the contexts have a term for it.',
    todo: 'Ask the issuer for the credential in compacted form, as it was signed.',
  },
  'term-undefined': {
    say: '"{term}" is defined by none of the listed contexts: it has no agreed meaning and the signature does not cover it.',
    todo: 'Issuer: list the context that defines it, or take it out.',
  },
  'id-shared': {
    say: 'Two parts share the id {id} but differ, so their content could have been moved between them.',
    todo: 'Ask the issuer for the credential as it was signed, with an id for each part.',
  },
  'id-shared-profile': {
    say: 'The profile {id} stands here more than once, with different details.',
  },
  'json-ld-refused': {
    say: 'The document cannot be read as linked data ({detail}).',
    todo: 'Issuer: check identifiers (full addresses), dates and language tags.',
  },
  'quads-too-many': {
    say: 'The document makes {count} statements, more than is checked at once.',
    todo: 'Split the record into smaller ones.',
  },
  'graph-too-complex': {
    say: 'The document is built so that its canonical form costs too much work.',
    todo: 'Issuer: give repeated parts ids of their own.',
  },
} satisfies Record<string, Sentence>;
