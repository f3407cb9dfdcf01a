import type { Words } from '../words.ts';

const asSigned = 'Pida al emisor la credencial tal como se firmó.';

export const jsonLd = {
  'context-unknown': {
    say: 'Aquí no se conoce el contexto {url}, así que tampoco se sabe qué significan sus términos.',
    todo: 'Los contextos nunca se descargan. Pida al emisor que use los contextos publicados de Open Badges, o añada el contexto a Assay.',
  },
  'context-redefines': {
    say: 'Un contexto dentro del documento da a «{term}» un significado distinto del publicado.',
    todo: asSigned,
  },
  'context-not-plain': {
    say: 'Un contexto dentro del documento hace más que nombrar términos nuevos: {term}.',
    todo: 'Use términos simples, cada uno con la dirección completa de su significado.',
  },
  'keyword-not-allowed': {
    say: 'El miembro {term} reordena lo que cubre la firma, así que no se acepta.',
    todo: asSigned,
  },
  'property-not-compacted': {
    say: 'La propiedad {term} está escrita como dirección, aunque los contextos tienen un término para ella.',
    todo: 'Pida al emisor la credencial en forma compacta, tal como se firmó.',
  },
  'term-undefined': {
    say: 'Ninguno de los contextos citados define «{term}»: no tiene un significado acordado y la firma no lo cubre.',
    todo: 'Emisor: cite el contexto que lo define o quítelo.',
  },
  'id-shared': {
    say: 'Dos partes comparten el id {id} pero son distintas, así que su contenido pudo pasar de una a otra.',
    todo: 'Pida al emisor la credencial tal como se firmó, con un id para cada parte.',
  },
  'id-shared-profile': {
    say: 'El perfil {id} figura aquí más de una vez, con datos distintos.',
  },
  'json-ld-refused': {
    say: 'El documento no se puede leer como datos enlazados ({detail}).',
    todo: 'Emisor: revise los identificadores (direcciones completas), las fechas y los códigos de idioma.',
  },
  'quads-too-many': {
    say: 'El documento contiene {count} afirmaciones, más de las que se comprueban a la vez.',
    todo: 'Divida el expediente en otros más pequeños.',
  },
  'graph-too-complex': {
    say: 'El documento está construido de modo que obtener su forma canónica cuesta demasiado trabajo.',
    todo: 'Emisor: dé un id propio a las partes que se repiten.',
  },
} satisfies Partial<Words['findings']>;
