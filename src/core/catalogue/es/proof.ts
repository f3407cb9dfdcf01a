import type { Words } from '../words.ts';

const original = 'Pida al titular el archivo original, o al emisor uno nuevo.';

export const proof = {
  'proofs-too-many': {
    say: 'El documento lleva {count} firmas; se comprueban {limit} como máximo.',
    todo: original,
  },
  'proof-malformed': { say: 'El bloque de la firma no tiene una forma que se pueda leer.', todo: original },
  'proof-member-missing': { say: 'Al bloque de la firma le falta «{name}».', todo: original },
  'proof-value-malformed': { say: 'La firma misma no tiene una forma que se pueda leer.', todo: original },
  'proof-date-malformed': { say: 'No se puede leer la fecha «{name}» de la firma.', todo: original },
  'proof-expired': {
    say: 'La firma se hizo para ser válida hasta el {date}.',
    todo: 'Pida la credencial de nuevo, con una firma nueva.',
  },
  'proof-purpose-mismatch': {
    say: 'La firma se hizo con un fin ({found}) distinto del que se le da ({expected}).',
    todo: original,
  },
  'proof-context-mismatch': {
    say: 'El vocabulario que cita el documento no es el que se firmó.',
    todo: original,
  },
  'cryptosuite-unsupported': {
    say: 'Aquí no se conoce el método de firma {name}.',
    todo: 'Compruébela en la página del propio emisor, o pídale una firma de Open Badges 3.0.',
  },
  'key-does-not-fit': {
    say: 'La clave es de un tipo ({name}) que este método de firma no usa.',
    todo: original,
  },
  'signature-mismatch': {
    say: 'La firma no coincide con el texto: algo cambió después de firmar, o firmó otra clave.',
    todo: original,
  },
  'domain-mismatch': {
    say: 'La presentación se hizo para otro destinatario.',
    todo: 'Pida una presentación nueva.',
  },
  'challenge-mismatch': { say: 'La presentación no responde a esta solicitud.', todo: 'Pida una presentación nueva.' },
  'previous-proof-missing': {
    say: 'La firma se apoya en otra anterior, {name}, que el documento no lleva.',
    todo: original,
  },
  'previous-proof-invalid': {
    say: 'La firma se apoya en otra anterior, {name}, que no es válida.',
    todo: original,
  },
  'previous-proof-loop': { say: 'Dos firmas se apoyan la una en la otra ({name}).', todo: original },
  'skolem-name-used': {
    say: 'El documento usa nombres reservados para firmar con divulgación selectiva.',
    todo: 'Use identificadores que no comiencen con urn:bnid:.',
  },
  'pointer-selects-nothing': {
    say: 'El puntero {pointer} no lleva a nada en el documento.',
    todo: 'Indique punteros a partes que la credencial tenga.',
  },
  'base-proof-missing': {
    say: 'No hay una firma base ecdsa-sd-2023 de la que derivar.',
    todo: 'Derive de la credencial tal como la dio el emisor.',
  },
  'base-proof-does-not-fit': { say: 'La firma base no corresponde a este documento.', todo: original },
  'base-proof-shown': {
    say: 'Esta es la copia completa del titular, que no es para mostrar: de ella se puede obtener cualquiera de sus partes.',
    todo: 'Derive la parte que quiere mostrar y entregue esa.',
  },
  'nothing-selected': { say: 'No se seleccionó nada que revelar.', todo: 'Seleccione al menos una parte.' },
  'label-map-does-not-fit': {
    say: 'La lista de nombres ocultos no corresponde a la parte revelada.',
    todo: original,
  },
  'signature-count-mismatch': {
    say: 'Hay más o menos afirmaciones que firmas: se añadió o se omitió una parte.',
    todo: original,
  },
  'jws-malformed': { say: 'El texto no es un token firmado (JWS) que se pueda leer.', todo: original },
  'jws-algorithm-refused': {
    say: 'El algoritmo del token, {name}, no prueba nada sobre quién firmó.',
    todo: 'Pida un token firmado con RS256, ES256, ES384 o EdDSA.',
  },
  'jws-algorithm-unsupported': { say: 'Aquí no se conoce el algoritmo del token, {name}.', todo: original },
  'jws-critical-unknown': { say: 'El token exige algo que aquí no se conoce: {name}.', todo: original },
  'jws-key-missing': { say: 'El token no dice qué clave lo firmó.', todo: original },
  'jws-keys-disagree': { say: 'El token nombra una clave y lleva otra.', todo: original },
  'jws-header-unexpected': {
    say: 'El token lleva una cabecera que el perfil de Open Badges no permite: {name}.',
  },
  'jws-key-only-inside': {
    say: 'La clave figura solo dentro del token: el texto está intacto, pero nada muestra de quién es la clave.',
    todo: 'Pida al emisor que publique su clave.',
  },
  'claim-missing': { say: 'Al token le falta la declaración «{name}».', todo: original },
  'claim-mismatch': {
    say: 'La declaración «{name}» del token dice algo distinto de la credencial.',
    todo: original,
  },
  'claim-not-yet': {
    say: 'El token solo es válido a partir del {date}.',
    todo: 'Compruébelo de nuevo después de esa fecha.',
  },
  'claim-expired': { say: 'El token fue válido hasta el {date}.', todo: 'Pida uno más reciente.' },
  'claim-vc-beside-vcdm2': {
    say: 'El token envuelve una credencial de la versión 2 en una declaración propia de la versión 1.',
  },
} satisfies Partial<Words['findings']>;
