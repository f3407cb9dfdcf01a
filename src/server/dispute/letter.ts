import { fillIn } from '../../core/catalogue/fill-in.ts';
import type { Language } from '../../core/catalogue/language.ts';
import type { DatabaseTransaction } from '../database.ts';
import { findIssuerById } from '../issuer/store.ts';
import { queueMail } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { findNearestPeople } from '../people/nearest-people.ts';
import { findPolicy } from '../policy/policy.ts';
import { countSince, type DisputeRow } from './store.ts';

const day = 24 * 3_600_000;
/** Of one issuer in a day: whoever gets so many looks into the studio for the others. */
const lettersInADay = 10;

interface Texts {
  subject: string;
  text: string;
  last: string;
  about: Record<DisputeRow['about'], string>;
}

const texts: Record<Language, Texts> = {
  en: {
    subject: 'A learner reports a mistake in a credential of {issuer}',
    text: `A learner says that something is wrong in a credential of {issuer}: {about}. Read in the studio what they write, and answer them there:

{link}

You get this letter because you may answer for {issuer}. What the learner wrote stays in the studio.
`,
    last: `
So many reports came within a day that no more letters are written about them for now. All of them are in the studio.
`,
    about: { name: 'the name', result: 'the result', 'not-mine': 'whose it is', other: 'something else' },
  },
  es: {
    subject: 'Un estudiante avisa de un error en una credencial de {issuer}',
    text: `Un estudiante dice que algo está mal en una credencial de {issuer}: {about}. Lea en el estudio lo que escribe y respóndale allí:

{link}

Recibe este mensaje porque puede responder en nombre de {issuer}. Lo que el estudiante escribió queda en el estudio.
`,
    last: `
Llegaron tantos avisos en un día que por ahora no se escriben más mensajes sobre ellos. Todos están en el estudio.
`,
    about: { name: 'el nombre', result: 'el resultado', 'not-mine': 'de quién es', other: 'otra cosa' },
  },
};

/** Write to those who may answer that a learner reports something; what it says is sealed, and stays where it is. */
export async function announceDispute(
  trx: DatabaseTransaction,
  { masterKey, publicUrl }: { masterKey: MasterKey; publicUrl: string },
  { credential, issuerId, about }: { credential: string; issuerId: string; about: DisputeRow['about'] },
  now: Date,
): Promise<void> {
  const issuer = await findIssuerById(trx, issuerId);
  if (issuer === undefined) return;
  // Whoever holds many claim links must not fill the mail of many people.
  const count = await countSince(trx, issuer.id, new Date(now.getTime() - day), lettersInADay + 1);
  if (count > lettersInADay) return;
  const { language } = (await findPolicy(trx, issuer.id)).policy;
  const { subject, text, last, about: names } = texts[language];
  const name = (JSON.parse(issuer.profile) as { name: string }).name.replace(/\s+/g, ' ').slice(0, 200);
  const link = `${publicUrl}/studio/${issuer.slug}/credentials/${credential}`;
  const say = (words: string) => fillIn(words, { issuer: name, about: names[about], link }, language);
  const letters = (await findNearestPeople(trx, issuer, 'issue')).map((to) => ({
    to,
    subject: say(subject),
    text: say(count === lettersInADay ? text + last : text),
    issuerId: issuer.id,
  }));
  await queueMail(trx, masterKey, letters, now);
}
