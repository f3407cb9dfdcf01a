import type { Migration } from 'kysely/migration';
import { issuing } from './0001-issuing.ts';
import { rosters } from './0002-rosters.ts';
import { recipients } from './0003-recipients.ts';
import { settings } from './0004-settings.ts';
import { policyAndMail } from './0005-policy-and-mail.ts';
import { people } from './0006-people.ts';
import { gate } from './0007-gate.ts';
import { corrections } from './0008-corrections.ts';
import { delivery } from './0009-delivery.ts';
import { evidence } from './0010-evidence.ts';
import { fewerReferences } from './0011-fewer-references.ts';
import { comments } from './0012-comments.ts';
import { apiKeyMaker } from './0013-api-key-maker.ts';
import { disputes } from './0014-disputes.ts';
import { lettersFromCredentials } from './0015-letters-from-credentials.ts';
import { skills } from './0016-skills.ts';
import { auditBySubject } from './0017-audit-by-subject.ts';
import { sampleData } from './0018-sample-data.ts';
import { clr } from './0019-clr.ts';
import { actsOfACredential } from './0020-acts-of-a-credential.ts';
import { sealedRows } from './0021-sealed-rows.ts';

/** In order, by name; never changed once released. */
export const migrations: Record<string, Migration> = {
  '0001-issuing': issuing,
  '0002-rosters': rosters,
  '0003-recipients': recipients,
  '0004-settings': settings,
  '0005-policy-and-mail': policyAndMail,
  '0006-people': people,
  '0007-gate': gate,
  '0008-corrections': corrections,
  '0009-delivery': delivery,
  '0010-evidence': evidence,
  '0011-fewer-references': fewerReferences,
  '0012-comments': comments,
  '0013-api-key-maker': apiKeyMaker,
  '0014-disputes': disputes,
  '0015-letters-from-credentials': lettersFromCredentials,
  '0016-skills': skills,
  '0017-audit-by-subject': auditBySubject,
  '0018-sample-data': sampleData,
  '0019-clr': clr,
  '0020-acts-of-a-credential': actsOfACredential,
  '0021-sealed-rows': sealedRows,
};
