import type { Words } from '../words.ts';

const askIssuer = 'Pregunte al emisor con qué clave firma.';

export const did = {
  'key-private-members': {
    say: 'La clave publicada contiene su parte secreta, de modo que cualquiera pudo firmar con ella.',
    todo: askIssuer,
  },
  'key-type-unsupported': { say: 'La clave es de un tipo que aquí no se conoce.', todo: askIssuer },
  'key-malformed': { say: 'La clave está mal formada.', todo: askIssuer },
  'method-malformed': { say: 'No se puede leer la dirección de la clave, {url}.', todo: askIssuer },
  'method-unknown': { say: 'Aquí no se conocen claves con direcciones del tipo {url}.', todo: askIssuer },
  'method-not-listed': {
    say: 'El documento del emisor no incluye la clave {url} para este fin.',
    todo: askIssuer,
  },
  'method-not-found': { say: 'El documento de {url} no contiene la clave.', todo: askIssuer },
  'method-retired': { say: 'El emisor retiró esta clave el {date}.', todo: askIssuer },
  'method-relative-id': { say: 'El documento del emisor nombra su clave en forma abreviada.' },
  'method-not-bound': {
    say: 'La clave pertenece a {controller}, y nada muestra que sea el emisor.',
    todo: askIssuer,
  },
  'controller-not-issuer': {
    say: 'La clave pertenece a {controller}, que no es el emisor.',
    todo: 'Considérela firmada por otra persona; pregunte al emisor.',
  },
  'controller-document-invalid': { say: 'El documento de {url} no trata de {subject}.', todo: askIssuer },
  'controller-unavailable': {
    say: 'El documento de claves del emisor en {url} no respondió ({reason}). Esto no dice nada sobre el estudiante.',
    todo: 'Inténtelo de nuevo más tarde.',
  },
  'key-in-fragment-not-published': {
    say: 'La clave figura solo en su propia dirección, y el documento del emisor no la publica.',
    todo: 'Pida al emisor que publique su clave en {url}.',
  },
} satisfies Partial<Words['findings']>;
