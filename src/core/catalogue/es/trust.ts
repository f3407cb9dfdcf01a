import type { Words } from '../words.ts';

export const trust = {
  'trust-source-unknown-member': {
    say: 'La fuente de confianza tiene un miembro que su formato no conoce: {name}.',
    todo: 'Quítelo o revise cómo está escrito.',
  },
  'trust-source-bad-date': {
    say: 'No se puede leer la fecha de «{name}» en la fuente de confianza.',
    todo: 'Escríbala como 2026-05-18 o 2026-05-18T09:00:00Z.',
  },
  'trust-source-bad-identifier': {
    say: 'Un emisor de la fuente de confianza no tiene un id que se pueda usar.',
    todo: 'Indique un DID, un dominio como example.edu, o una dirección https del perfil del emisor.',
  },
  'trust-source-bad-member': {
    say: 'En la fuente de confianza, «{name}» falta o no es del tipo correcto.',
    todo: 'Una fuente de confianza tiene un nombre, una fecha y una lista de emisores con id y nombre.',
  },
} satisfies Partial<Words['findings']>;
