import type * as english from '../en/frame.ts';

export const frame: typeof english.frame = {
  skip: 'Ir al contenido',
  menu: 'Principal',
  verify: 'Verificar una credencial',
  guide: 'Guía del marco',
  issue: 'Emitir',
  test: 'Prueba.',
  testWhy: 'Este servicio todavía no tiene una dirección https. Lo que emite no es para un uso real.',
  sample: 'Datos de ejemplo.',
  sampleWhy: 'Todas las personas y cosas son ficticias, y lo que se emite no es para un uso real.',
  foot: 'Assay es software de código abierto. Comprueba credenciales según reglas publicadas y muestra cómo lo hace. Open Badges y TrustEd son marcas de 1EdTech; Assay no tiene vínculo con ella y no certifica nada.',
};
