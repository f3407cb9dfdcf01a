import type * as english from './en.ts';

export const texts: typeof english.texts = {
  lead: 'Una unidad firma con claves propias. Los roles, la política y las claves de API le llegan de arriba.',
  make: 'Crear una unidad',
  makeTitle: 'Crear una unidad debajo de {issuer}',
  makeMeaning: 'Recibe enseguida su primera clave de firma. Su lugar y su nombre corto no cambian nunca.',
  makeAct: 'Crear la unidad',
  made: '{name} ya existe.',
  name: 'Nombre',
  nameHelp: 'Como lo lee quien recibe, por ejemplo Escuela de Salud.',
  nameMissing: 'Escriba su nombre.',
  slug: 'Nombre corto',
  slugHelp: 'Queda en las direcciones para siempre: {address}. Minúsculas, cifras y guiones.',
  slugMissing: 'Escriba minúsculas y cifras, con guiones entre ellas: como máximo 63 caracteres.',
  url: 'Sitio web',
  urlHelp: 'Con https:// delante. Se puede omitir.',
  urlFault: 'Escriba una dirección que empiece por https://.',
  tree: 'Unidades',
  here: 'usted está aquí',
  none: 'No hay ninguna unidad debajo de {issuer}.',
  noneMeaning: 'Una escuela, una facultad o un departamento que emite con su propio nombre es una unidad.',
  public: 'Lo que ve quien recibe',
};
