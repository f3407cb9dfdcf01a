import type { Words } from '../words.ts';

const askIssuer = 'Pregunte al emisor si la credencial está vigente.';

export const status = {
  revoked: {
    say: 'El emisor la ha revocado.',
    todo: 'Pregunte al titular si otra más reciente la reemplaza, o pregunte al emisor.',
  },
  suspended: {
    say: 'El emisor la ha suspendido por el momento.',
    todo: 'Pregunte al emisor, o compruébela de nuevo más tarde.',
  },
  'status-refresh': {
    say: 'El emisor dice que hay una edición más reciente.',
    todo: 'Pida al titular la más reciente.',
  },
  'status-message': { say: 'La lista del emisor dice de ella ({purpose}): {message}.' },
  'status-type-unknown': { say: 'El estado se lleva de un modo que aquí no se conoce: {type}.', todo: askIssuer },
  'status-entry-malformed': {
    say: 'La referencia a la lista de estado está mal formada en «{name}».',
    todo: askIssuer,
  },
  'status-list-unavailable': {
    say: 'La lista de estado de {url} no respondió ({reason}). Esto no dice nada sobre el estudiante.',
    todo: 'Inténtelo de nuevo más tarde, o pregunte al emisor.',
  },
  'status-list-not-valid': {
    say: 'La propia lista de estado de {url} no es válida, así que no muestra nada.',
    todo: askIssuer,
  },
  'status-list-wrong-type': {
    say: 'Lo que ofrece {url} no es una lista de estado del tipo indicado.',
    todo: askIssuer,
  },
  'status-list-another-id': { say: 'La lista que ofrece {url} es otra.', todo: askIssuer },
  'status-list-another-issuer': {
    say: 'La lista de estado de {url} la lleva {issuer}, no el emisor.',
    todo: askIssuer,
  },
  'status-purpose-mismatch': { say: 'La lista de estado de {url} no trata de «{purpose}».', todo: askIssuer },
  'status-list-too-short': {
    say: 'La lista de estado de {url} es más corta de lo que piden las reglas.',
    todo: askIssuer,
  },
  'status-index-outside': { say: 'El lugar {index} está fuera de la lista de estado.', todo: askIssuer },
  'refresh-unavailable': { say: 'El servicio de actualización de {url} no respondió ({reason}).' },
  'refresh-another-credential': { say: 'El servicio de actualización ofreció otra credencial.' },
} satisfies Partial<Words['findings']>;
