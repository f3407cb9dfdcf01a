import type { StampId } from '../../../core/hallmark.ts';

export const home = {
  title: 'What does this credential prove?',
  pageTitle: 'Issue, read and verify credentials',
  lead: 'Assay helps issuers say what a learner can do and how well, and lets anyone read and verify it in seconds. No account.',
  drop: 'Drop files or a folder here',
  dropMore:
    'JSON, JWT, PNG, SVG, PDF or ZIP, from any platform. They are checked in this browser, which needs JavaScript for that. Without it, use the assay command line or the API.',
  five: 'Five stamps, always in this order',
  fiveMore:
    'An assay office tests metal and strikes a hallmark. Assay tests a credential and strikes this one. The outline says which question; the strike says the answer.',
  questions: {
    authentic: 'Did the issuer’s key sign exactly this?',
    current: 'Is it in force today: not expired, revoked or suspended?',
    issuer: 'Who is it, and who vouches for them?',
    class: 'Did the learner apply knowledge, show it, or take part?',
    level: 'How well, on the issuer’s own scale, and where is the pass mark?',
  } satisfies Record<StampId, string>,
  strikes: ['Struck whole', 'Cancelled', 'Pencilled', 'Left blank'],
  start: 'Start here',
  issue: 'Issue what readers need',
  issueMore:
    'Say what the learner did. Assay tells you what a reader needs, why, and where it goes, then signs one credential or forty thousand.',
  issueGo: 'Start issuing',
  explore: 'Look around first',
  exploreMore:
    'A fictional university and school district: twelve achievements and two hundred learners, with what goes wrong in real life. Taken away again in one act.',
  exploreGo: 'Explore sample data',
  ask: 'Know what is asked',
  askMore:
    'Every rule that Assay applies: why a receiver needs it, where the answer goes, and how sure we are of the rule.',
  askGo: 'Read the framework guide',
  build: 'Build on it',
  buildMore: 'A library, a command line, an HTTP API. Open Badges 3.0 and CLR 2.0 in and out, so nothing is locked in.',
  buildGo: 'Read the API',
  example: 'What a reader sees',
  exampleGo: 'See this check in full',
};
