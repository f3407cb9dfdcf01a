import type { Sentence } from '../sentence.ts';

export const vcApi = {
  'vc-api-request-malformed': {
    say: 'The request lacks {pointer}, or has it in another form.',
    todo: 'Send it as the VC-API describes.',
  },
  'vc-api-issuer-not-ours': {
    say: 'The credential names another issuer than this instance.',
    todo: 'Put {issuer} as the issuer; what is sent is what is signed.',
  },
  'vc-api-member-not-ours': {
    say: 'The issuer writes {name} itself, or takes it from the approved achievement.',
    todo: 'Leave it out. What remains is the achievement by its id, the learner, the results, the evidence and the dates.',
  },
} satisfies Record<string, Sentence>;
