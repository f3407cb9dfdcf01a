import type { Words } from '../words.ts';

export const json = {
  'json-too-large': {
    say: 'El documento supera los {limit} bytes y no se ha leído.',
    todo: 'Entregue las credenciales de una en una.',
  },
  'json-not-utf8': {
    say: 'El archivo no es texto UTF-8 válido.',
    todo: 'Pida el archivo original; quizá un editor de texto lo guardó con otra codificación.',
  },
  'json-syntax': {
    say: 'El JSON se interrumpe o está mal formado en la línea {line}, columna {column}.',
    todo: 'Pida el archivo original; esta copia puede estar cortada o modificada.',
  },
  'json-too-deep': {
    say: 'Hay listas y objetos anidados a más de {limit} niveles en la línea {line}, columna {column}.',
    todo: 'Ninguna credencial lo necesita; pregunte de dónde viene el archivo.',
  },
  'json-duplicate-member': {
    say: 'El miembro «{name}» aparece dos veces, en la línea {line}, columna {column}: los lectores no coincidirían en cuál cuenta.',
    todo: 'Pida al emisor una credencial sin el miembro repetido.',
  },
  'json-dangerous-name': {
    say: 'No se acepta el nombre de miembro «{name}» de la línea {line}, columna {column}.',
    todo: 'Pregunte de dónde viene el archivo.',
  },
  'json-lone-surrogate': {
    say: 'Un texto en la línea {line}, columna {column} contiene medio carácter.',
    todo: 'Pida al emisor que la emita de nuevo; el texto se cortó dentro de un carácter.',
  },
  'json-number-too-large': {
    say: 'El número de la línea {line}, columna {column} es demasiado grande.',
    todo: 'Pida al emisor que la emita de nuevo con el número como texto.',
  },
} satisfies Partial<Words['findings']>;
