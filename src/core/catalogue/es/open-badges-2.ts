import type { Words } from '../words.ts';

const askIssuer = 'Pida al emisor la dirección de la insignia, o una insignia de un tipo más reciente.';

export const openBadges2 = {
  'hosted-unavailable': {
    say: 'La dirección del emisor {url} no respondió ({reason}). Esto no dice nada sobre el estudiante.',
    todo: 'Inténtelo de nuevo más tarde. Este tipo de insignia, más antiguo, se acredita solo por su dirección.',
  },
  'hosted-declares-another-id': { say: 'La dirección ofrece una insignia cuya propia dirección es {url}.' },
  'hosted-redirected': {
    say: 'La dirección {url} remite a otro sitio, {answered}, que respondió en su lugar.',
    todo: 'Asegúrese de que confía en {answered}.',
  },
  'hosted-outside-scope': {
    say: 'La dirección {url} no puede hablar en nombre del emisor; se permite {allowed}.',
    todo: 'Considérela no emitida por el emisor que nombra; pregúntele.',
  },
  'scope-prefix-open': { say: 'La regla del emisor para las direcciones, {prefix}, no termina en una barra.' },
  'issuer-not-https': { say: 'La dirección del emisor {url} no está protegida (https).' },
  'badge-part-missing': { say: 'La insignia no dice por qué se otorgó, o quién la otorgó.', todo: askIssuer },
  'badge-issuer-another-id': { say: 'La dirección {url} ofrece un perfil con otro id.', todo: askIssuer },
  'badge-member-malformed': { say: '«{name}» de la insignia falta o está mal formado.', todo: askIssuer },
  'badge-signature-missing': {
    say: 'La insignia dice estar firmada, pero solo se entregó su texto.',
    todo: 'Entregue el token firmado, o la imagen que lo contiene.',
  },
  'badge-not-hosted': { say: 'La insignia no tiene dirección ni firma.', todo: askIssuer },
  'badge-key-not-linked': { say: 'El perfil del emisor no nombra la clave que firmó.', todo: askIssuer },
  'badge-key-unusable': { say: 'La clave de {url} no se puede usar, o es de otra persona.', todo: askIssuer },
} satisfies Partial<Words['findings']>;
