import type * as english from './en.ts';

export const texts: typeof english.texts = {
  insideRecord: 'Credencial {index} de {count} del expediente',
  summary: '{count} {count:entrada|entradas}: {parts}.',
  verified: '{n} {n:verificada|verificadas}',
  notVerified: '{n} no {n:verificada|verificadas}',
  cannotTell: '{n} sin poder saberse',
  notRead: '{n} sin leer',
  endorsedBy: 'Avalada por {who}.',
  somebodyNotProven: 'alguien sin probar',
  endorsementNotValid: 'Un aval que figura aquí no es válido; no cambia la respuesta.',
  endorsementNotChecked: 'No se pudo comprobar un aval que figura aquí; no cambia la respuesta.',
  at: 'en {pointer}',
  howWell: 'Qué tan bien',
  howWellUnproven: 'Qué tan bien, según dice el archivo',
  whatItTook: 'Qué hubo que hacer',
  andMore: 'Y {count} más; --json los enumera todos.',
  skill: 'Competencia: ',
  unverified: 'Estas afirmaciones no están verificadas.',
  bindingNotProtected: 'La firma del expediente no une estos resultados a esta credencial.',
  notStated: 'No consta o no se puede leer',
  whatClassExpects: 'Qué espera {class}:',
  met: 'Consta: {fields}.',
  nearly: 'Casi: {pointer}',
  notSigned: '(sin firmar)',
  flag: '⚑ el mínimo para aprobar del emisor',
  noPassMark: 'No se indica el mínimo para aprobar.',
  unreadable: 'No se puede saber: esto no es una credencial que se pueda leer.',
  notJudged: 'Este paquete no la juzga.',
  packOutline: '{title}. {rules} {rules:regla|reglas}; {status}.',
  soundPack: '{pack} es un paquete correcto con {rules} {rules:regla|reglas}.',
  packFaults: '{name} tiene {count} {count:error|errores}.',
  notIssued: 'No emitida.',
  dryRun: 'Sin errores. No se firmó nada: era un ensayo.',
};

export const sectionWords: typeof english.sectionWords = {
  required: 'Obligatorio y no consta',
  weak: 'Débil',
  recommended: 'Recomendado',
  'if-available': '¿Existe? Entonces indíquelo',
  done: 'Consta',
};

export const expectationWords: typeof english.expectationWords = {
  required: 'obligatorio',
  recommended: 'recomendado',
  'recommended-if-available': 'si existe',
  'not-expected': 'no se espera',
};

export const packStatusWords: typeof english.packStatusWords = {
  official: 'oficial',
  reconstruction: 'reconstrucción',
  draft: 'borrador',
  local: 'local',
  retired: 'retirado',
};
