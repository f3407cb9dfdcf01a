import type { Words } from '../words.ts';

export const skill = {
  'skill-column-missing': {
    say: 'La lista no tiene ninguna columna «{name}».',
    todo: 'Una lista de competencias necesita las columnas statement y uri; code, name, parent, type y framework son opcionales.',
  },
  'skill-text-missing': {
    say: 'Falta «{name}».',
    todo: 'Escriba lo que alguien sabe hacer y la dirección en que su marco lo publica.',
  },
  'skill-text-too-long': {
    say: 'Este texto tiene más de {limit} caracteres.',
    todo: 'Acórtelo o quite la fila.',
  },
  'skill-text-unusable': {
    say: 'Este texto contiene U+0000 o medio carácter.',
    todo: 'Vuelva a guardar el archivo en UTF-8.',
  },
  'skill-uri-wrong': {
    say: '«{value}» no es una dirección: una alineación debe decir dónde se publica su destino.',
    todo: 'Escriba la dirección completa, que empieza por https://, http:// o urn:.',
  },
  'skill-uri-twice': {
    say: 'Otra competencia del archivo ya tiene esta dirección.',
    todo: 'Quite una de las dos.',
  },
  'skill-parent-unknown': {
    say: 'Ninguna competencia del archivo es «{value}», a la que esta dice pertenecer.',
    todo: 'Nombre la superior por su uri o su code, o deje la celda vacía.',
  },
  'skill-type-unknown': {
    say: '«{value}» no es un tipo de destino que conozca una alineación de Open Badges.',
    todo: 'Use uno de estos: {possible}.',
  },
  'skill-framework-differs': {
    say: 'Esta fila pertenece a «{value}», y las anteriores a otro marco.',
    todo: 'Dé a cada marco un archivo propio.',
  },
  'skill-framework-unnamed': {
    say: 'Nada dice cómo se llama el marco.',
    todo: 'Indique su nombre con la petición, en la columna framework o como title del CFDocument.',
  },
  'skill-file-empty': {
    say: 'No hay ninguna competencia en el archivo.',
  },
  'skill-too-many': {
    say: 'El archivo contiene más de {limit} competencias.',
    todo: 'Impórtelo por partes.',
  },
  'skill-file-too-large': {
    say: 'El archivo ocupa más de {limit} bytes.',
    todo: 'Impórtelo por partes.',
  },
  'skill-json-broken': {
    say: 'El archivo no se puede leer como JSON a partir del carácter {offset}.',
    todo: 'Expórtelo de nuevo.',
  },
  'skill-case-not-package': {
    say: 'Esto no es un paquete CASE: no tiene CFDocument o no tiene CFItems.',
    todo: 'Exporte el marco completo, como CFPackage.',
  },
} satisfies Partial<Words['findings']>;
