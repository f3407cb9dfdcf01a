import type { Words } from '../words.ts';

const original = 'Pida al emisor que la corrija y la emita de nuevo.';

export const credential = {
  'credential-not-object': {
    say: 'Esto es JSON, pero no una credencial.',
    todo: 'Entregue el archivo de la credencial tal como lo dio el emisor.',
  },
  'jwt-without-credential': {
    say: 'El token está firmado, pero no contiene ninguna credencial.',
    todo: 'Entregue el token de la credencial misma.',
  },
  'envelope-malformed': { say: 'El sobre que contiene la credencial está mal formado.', todo: original },
  'envelope-unsupported': {
    say: 'El sobre contiene un tipo de token que aquí no se conoce.',
    todo: 'Pida la credencial en JSON o JWT.',
  },
  'context-missing': { say: 'El documento no indica los vocabularios que utiliza (@context).', todo: original },
  'context-misplaced': { say: 'En la posición {position} de @context se espera {expected}.', todo: original },
  'context-older': {
    say: 'Utiliza una edición anterior del vocabulario de Open Badges; la actual es {expected}.',
  },
  'context-twice': { say: 'Un vocabulario aparece dos veces en @context.', todo: original },
  'data-model-older': { say: 'Sigue la versión 1.1, anterior, del modelo de datos de credenciales.' },
  'member-missing': { say: 'Falta «{name}».', todo: original },
  'member-wrong-type': { say: '«{name}» no es del tipo que debe ser.', todo: original },
  'member-unknown': { say: '«{name}» no tiene cabida aquí.', todo: original },
  'not-a-url': { say: '«{name}» no es una dirección completa (URL).', todo: original },
  'id-not-url': { say: 'El id no es una única dirección completa (URL).', todo: original },
  'not-a-date-time': {
    say: '«{name}» no es una fecha y hora con zona horaria, como 2026-05-18T00:00:00Z.',
    todo: original,
  },
  'not-in-list': { say: '«{name}» no es uno de los valores que enumera la especificación.', todo: original },
  'not-a-language': { say: '«{name}» no es un código de idioma, como es-MX.', todo: original },
  'not-a-jws': { say: '«{name}» no es un token firmado.', todo: original },
  'not-a-country-code': { say: '«{name}» no es un código de país de dos letras mayúsculas.', todo: original },
  'not-a-text': { say: '«{name}» no es un texto ni un texto con su idioma.', todo: original },
  'type-missing': { say: '«{name}» no indica el tipo que corresponde aquí.', todo: original },
  'list-empty': { say: 'La lista «{name}» está vacía.', todo: original },
  'list-expected': { say: '«{name}» debe ser una lista, aunque tenga un solo elemento.', todo: original },
  'compacted-form': { say: '«{name}» es un valor único donde lo habitual es una lista.' },
  'issuer-malformed': {
    say: 'El emisor no está indicado como debe: con un id y como perfil.',
    todo: original,
  },
  'issuer-bare': {
    say: 'El emisor es solo una dirección, sin nombre.',
    todo: 'Emisor: incorpore el perfil con id, type y name.',
  },
  'holder-malformed': { say: 'El titular no está indicado con una dirección.', todo: 'Pida una presentación nueva.' },
  'subject-malformed': { say: 'Aquello de lo que trata la credencial no está indicado como debe.', todo: original },
  'subject-empty': { say: 'La credencial no dice nada sobre su sujeto.', todo: original },
  'subject-unidentified': {
    say: 'No se nombra a ningún estudiante: no hay id ni identificador.',
    todo: original,
  },
  'criteria-empty': { say: 'Los criterios están vacíos: no hay texto ni dirección.', todo: original },
  'keyword-for-alias': { say: '{name} ocupa el lugar de {alias}.', todo: original },
  'related-resource-twice': { say: 'Un recurso relacionado aparece dos veces.', todo: original },
  'related-resource-without-digest': {
    say: 'Un recurso relacionado no tiene resumen criptográfico con el que compararlo.',
    todo: original,
  },
  'presentation-credential-malformed': {
    say: 'Una credencial de la presentación no está dada como objeto.',
    todo: 'Pida una presentación nueva.',
  },
  'association-leads-nowhere': {
    say: 'Un vínculo entre logros lleva a {id}, que el expediente no contiene.',
  },
  'association-loop': { say: 'Los vínculos entre logros forman un círculo que pasa por {id}.' },
} satisfies Partial<Words['findings']>;
