import { z } from 'zod';
import { buildChecked } from '../../core/issue/issue-credential.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { inWords } from '../in-words.ts';
import { ApiError } from '../problem.ts';
import { jsonObject, slug } from '../typed.ts';

/** What an issuer says of itself. */
export const profile = jsonObject.refine((value) => typeof value.name === 'string' && value.name.trim() !== '', {
  error: 'the profile needs a name',
});
/** What makes an issuer. */
export const newIssuer = z.object({ slug, profile });

/** A profile that no credential can be built with would be found out only when the first one is issued. */
export async function checkProfile(profile: JsonObject, id: string, now: Date): Promise<void> {
  const built = await buildChecked(
    {
      achievement: {
        id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
        type: ['Achievement'],
        name: 'Any',
        description: 'Any',
        criteria: { narrative: 'Any' },
      },
      issuer: { ...profile, id },
      learner: { id: 'urn:uuid:00000000-0000-4000-8000-000000000001' },
    },
    { cryptography: nodeCryptography, now },
  );
  if (!built.ok)
    throw new ApiError('refused', 'No credential can be built with this profile.', {
      findings: inWords(built.findings),
    });
}
