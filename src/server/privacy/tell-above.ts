import { fillIn } from '../../core/catalogue/fill-in.ts';
import type { Language } from '../../core/catalogue/language.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { DatabaseTransaction } from '../database.ts';
import type { IssuerRow } from '../issuer/store.ts';
import { queueMail } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { findNearestPeople } from '../people/nearest-people.ts';
import { findPolicy } from '../policy/policy.ts';

/** Learner records that an issuer above made of what was issued here. */
export interface RecordsAbove {
  issuer: IssuerRow;
  records: CredentialRow[];
}

type Act = 'erase' | 'hide';

const texts: Record<Language, Record<Act, { subject: string; text: string }> & { because: string }> = {
  en: {
    erase: {
      subject: 'A learner’s data was erased below {issuer}',
      text: 'In {unit} the personal data of a learner was erased. Learner records of {issuer} still hold what was issued there. Decide whether they are to be erased too:',
    },
    hide: {
      subject: 'A credential in a learner record of {issuer} was taken down',
      text: 'In {unit} the page of a credential was taken down. Learner records of {issuer} still show it. Decide whether their pages are to be taken down too:',
    },
    because: 'You get this letter because you manage {issuer}.',
  },
  es: {
    erase: {
      subject: 'Se borraron los datos de un estudiante por debajo de {issuer}',
      text: 'En {unit} se borraron los datos personales de un estudiante. Hay expedientes de {issuer} que aún contienen lo que se emitió allí. Decida si también deben borrarse:',
    },
    hide: {
      subject: 'Se retiró una credencial que está en un expediente de {issuer}',
      text: 'En {unit} se retiró la página de una credencial. Hay expedientes de {issuer} que aún la muestran. Decida si también deben retirarse sus páginas:',
    },
    because: 'Recibe este mensaje porque administra {issuer}.',
  },
};

const actions = { erase: 'credential.erased-below', hide: 'credential.hidden-below' } as const;

/**
 * Tell the issuers above that what a unit erased or took down stands in records of theirs. A record is theirs to erase: who
 * manages a unit does nothing to what was issued above it.
 */
export async function tellAbove(
  trx: DatabaseTransaction,
  { masterKey, publicUrl }: { masterKey: MasterKey; publicUrl: string },
  { act, above, reason }: { act: Act; above: readonly RecordsAbove[]; reason: string },
  { name: actor, issuer: unit }: Actor,
  now: Date,
): Promise<void> {
  for (const { issuer, records } of above) {
    for (const { id } of records) {
      const entry = { actor, action: actions[act], subject: id, reason, detail: { unit: unit.id } };
      await appendAudit(trx, { chain: issuer.id, ...entry }, now);
    }
    const { language } = (await findPolicy(trx, issuer.id)).policy;
    const { [act]: words, because } = texts[language];
    const params = { issuer: nameOf(issuer), unit: nameOf(unit) };
    const links = records.map(({ id }) => `${publicUrl}/studio/${issuer.slug}/credentials/${id}`).join('\n');
    const subject = fillIn(words.subject, params, language);
    const text = `${fillIn(words.text, params, language)}\n\n${links}\n\n${fillIn(because, params, language)}\n`;
    const letters = (await findNearestPeople(trx, issuer, 'manage')).map((to) => ({
      to,
      subject,
      text,
      issuerId: issuer.id,
    }));
    await queueMail(trx, masterKey, letters, now);
  }
}

export const nameOf = ({ profile }: IssuerRow): string =>
  (JSON.parse(profile) as { name: string }).name.replace(/\s+/g, ' ').slice(0, 200);
