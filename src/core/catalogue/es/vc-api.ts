import type { Words } from '../words.ts';

export const vcApi = {
  'vc-api-request-malformed': {
    say: 'A la solicitud le falta {pointer}, o lo tiene de otra forma.',
    todo: 'Envíela como describe la VC-API.',
  },
  'vc-api-issuer-not-ours': {
    say: 'La credencial nombra un emisor distinto del de esta instancia.',
    todo: 'Ponga {issuer} como emisor; lo que se envía es lo que se firma.',
  },
  'vc-api-member-not-ours': {
    say: 'El emisor escribe {name} él mismo, o lo toma del logro aprobado.',
    todo: 'Omítalo. Queda el logro por su id, el estudiante, los resultados, la evidencia y las fechas.',
  },
} satisfies Partial<Words['findings']>;
