import type { Language } from '../../core/catalogue/language.ts';
import type { Role } from '../access/roles.ts';

export interface LetterText {
  subject: string;
  text: string;
}

interface LetterTexts {
  magicLink: LetterText;
  reset: LetterText;
  verification: LetterText;
  invitation: LetterText;
  /** Roles as they stand in a sentence. */
  roles: Record<Role, string>;
}

/** Letters about accounts. `{…}` are replaced as plain text. */
export const letters: Record<Language, LetterTexts> = {
  en: {
    magicLink: {
      subject: 'Your link to sign in to Assay',
      text: `Open this link to sign in. It works once, for 15 minutes.

{link}

If you did not ask for it, do nothing: nobody can sign in without this letter.
`,
    },
    reset: {
      subject: 'Choose a new password for Assay',
      text: `Open this link to choose a new password. It works once, for an hour.

{link}

If you did not ask for it, do nothing: your password stays as it is.
`,
    },
    verification: {
      subject: 'Is this your e-mail address?',
      text: `Open this link to confirm that this address belongs to your account at Assay. It works for an hour.

{link}

If you made no account there, do nothing.
`,
    },
    invitation: {
      subject: 'Invitation to {issuer}',
      text: `You are invited to work in {issuer} on Assay, as {role}. Open this link to accept. It works once, for 14 days.

{link}

If you do not know who writes this, do nothing.
`,
    },
    roles: {
      owner: 'owner',
      admin: 'admin',
      author: 'author',
      approver: 'approver',
      issuer: 'issuer',
      viewer: 'viewer',
    },
  },
  es: {
    magicLink: {
      subject: 'Su enlace para entrar en Assay',
      text: `Abra este enlace para entrar. Sirve una sola vez, durante 15 minutos.

{link}

Si no lo pidió, no haga nada: nadie puede entrar sin este mensaje.
`,
    },
    reset: {
      subject: 'Elija una contraseña nueva para Assay',
      text: `Abra este enlace para elegir una contraseña nueva. Sirve una sola vez, durante una hora.

{link}

Si no lo pidió, no haga nada: su contraseña sigue siendo la misma.
`,
    },
    verification: {
      subject: '¿Es esta su dirección de correo electrónico?',
      text: `Abra este enlace para confirmar que esta dirección pertenece a su cuenta de Assay. Sirve durante una hora.

{link}

Si no creó ninguna cuenta allí, no haga nada.
`,
    },
    invitation: {
      subject: 'Invitación a {issuer}',
      text: `Le invitan a trabajar en {issuer} con Assay, con la función de {role}. Abra este enlace para aceptar. Sirve una sola vez, durante 14 días.

{link}

Si no sabe quién le escribe, no haga nada.
`,
    },
    roles: {
      owner: 'responsable (owner)',
      admin: 'administración (admin)',
      author: 'autoría (author)',
      approver: 'aprobación (approver)',
      issuer: 'emisión (issuer)',
      viewer: 'consulta (viewer)',
    },
  },
};
