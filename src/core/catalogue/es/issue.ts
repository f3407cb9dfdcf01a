import type { Words } from '../words.ts';

export const issue = {
  'issue-file-not-object': {
    say: 'El archivo ({what}) no es un objeto JSON.',
    todo: 'Escríbalo como {…}; `assay help issue` muestra un ejemplo.',
  },
  'issue-achievement-is-credential': {
    say: 'El archivo del logro contiene una credencial entera.',
    todo: 'Entregue solo su credentialSubject.achievement: los resultados y la evidencia son de cada estudiante.',
  },
  'issue-achievement-holds-learner-data': {
    say: 'El logro contiene «{name}», que pertenece a un solo estudiante.',
    todo: 'Quítelo del logro e indíquelo con el estudiante: la evidencia de uno nunca llega a otro.',
  },
  'issue-issuer-name-missing': {
    say: 'El emisor no tiene nombre.',
    todo: 'Añada "name" al archivo del emisor.',
  },
  'issue-key-not-issuers': {
    say: 'La clave no es la del emisor {issuer}.',
    todo: 'Use la clave de ese emisor, o quite "id" del archivo del emisor y se escribirá el did:key de la propia clave.',
  },
  'issue-verification-method-not-issuers': {
    say: 'El método de verificación {verificationMethod} no es del emisor.',
    todo: 'Debe comenzar con el id del emisor, {issuer}.',
  },
  'issue-cryptosuite-not-for-key': {
    say: 'La cryptosuite {cryptosuite} no firma con una clave de tipo {type}.',
    todo: 'Use una de estas: {possible}.',
  },
  'issue-learner-member-unknown': {
    say: 'El estudiante tiene un miembro que no se conoce: {name}.',
    todo: 'Revise cómo está escrito; `assay help issue` enumera los miembros.',
  },
  'issue-learner-member-wrong': {
    say: '«{name}» del estudiante no es del tipo correcto.',
    todo: '`assay help issue` dice qué contiene cada miembro.',
  },
  'issue-learner-unidentified': {
    say: 'Nada dice quién es el estudiante.',
    todo: 'Indique un id, un correo electrónico o un nombre.',
  },
  'issue-email-wrong': {
    say: '«{value}» no es una dirección de correo electrónico.',
    todo: 'Escríbala como nombre@example.edu.',
  },
  'issue-id-wrong': {
    say: '«{value}» no es un identificador.',
    todo: 'Escriba un DID o una dirección, como did:key:z6Mk… o https://…; un número de estudiante va en la columna identifier:systemId.',
  },
  'issue-date-wrong': {
    say: '«{value}» no es una fecha.',
    todo: 'Escríbala como 2026-05-18 o 2026-05-18T09:00:00Z.',
  },
  'issue-yes-no-wrong': {
    say: '«{value}» no es ni yes (sí) ni no.',
    todo: 'Escriba yes o no.',
  },
  'issue-number-wrong': {
    say: '«{value}» no es un número.',
    todo: 'Escríbalo con punto decimal y sin otros signos, como 84.5.',
  },
  'issue-result-link-unknown': {
    say: 'Un resultado remite a una escala que el logro no tiene: {value}.',
    todo: 'Use el id de una de las entradas resultDescription del logro.',
  },
  'issue-level-unknown': {
    say: '«{value}» no es un nivel de {scale}.',
    todo: 'Sus niveles son: {possible}.',
  },
  'issue-value-not-allowed': {
    say: '«{value}» no es un valor de {scale}.',
    todo: 'Sus valores son: {possible}.',
  },
  'issue-value-out-of-range': {
    say: '{value} está fuera del intervalo de {scale}.',
    todo: 'Va de {minimum} a {maximum}.',
  },
  'issue-value-fraction-or-percent': {
    say: '{value} en {scale} puede ser una fracción o un porcentaje.',
    todo: 'Escriba los porcentajes de 0 a 100, como 85. Uno por ciento o menos no se distingue de una fracción: use otra escala.',
  },
  'issue-status-unknown': {
    say: '«{value}» no es un estado.',
    todo: 'Escriba uno de estos: {possible}.',
  },
  'issue-evidence-address-wrong': {
    say: '«{value}» no es una dirección de evidencia.',
    todo: 'Escriba una dirección web que perdure, https://…, u omítala y describa la evidencia.',
  },
  'issue-evidence-file-unknown': {
    say: 'No hay ningún archivo de evidencia «{value}».',
    todo: 'Súbalo antes a este emisor e indique el id que nombra la respuesta.',
  },
  'issue-evidence-file-twice': {
    say: 'El archivo de evidencia «{value}» aparece dos veces.',
    todo: 'Nombre cada archivo una sola vez.',
  },
  'issue-evidence-file-and-address': {
    say: 'Una evidencia tiene a la vez un archivo y una dirección, {value}.',
    todo: 'Indique uno de los dos: un archivo recibe su propia dirección.',
  },
  'issue-evidence-file-of-another': {
    say: 'Un archivo de evidencia pertenece a otro estudiante.',
    todo: 'La evidencia de un estudiante nunca llega a otro. Suba el archivo de este estudiante.',
  },
  'issue-not-text': {
    say: 'La fila contiene bytes que no son texto UTF-8.',
    todo: 'Guarde el archivo como «CSV UTF-8» e inténtelo de nuevo.',
  },
  'issue-image-other-kind': {
    say: 'La imagen no es del formato {format}.',
    todo: 'Entregue una imagen de ese formato, o elija el otro formato.',
  },
  'issue-file-not-written': {
    say: 'No se pudo escribir el archivo {file}; quizá ya existe.',
    todo: 'Elija una carpeta vacía, o añada --force para reemplazar archivos.',
  },
  'issue-result-below-pass-mark': {
    say: '{scale}: {achieved} está por debajo del mínimo para aprobar, {required}.',
    todo: 'Corrija el resultado, excluya al estudiante, o permita resultados por debajo del mínimo y diga por qué.',
  },
  'issue-result-not-completed': {
    say: 'Un resultado dice {status}, no Completed.',
    todo: 'Emita cuando esté completado, o permítalo y diga por qué.',
  },
  'issue-evidence-too-few': {
    say: 'Hay {found} {found:evidencia|evidencias}; el logro pide {minimum}.',
    todo: 'Añada trabajos del propio estudiante.',
  },
  'issue-evidence-kind-missing': {
    say: 'Ninguna evidencia es del tipo «{kind}», que el logro pide.',
    todo: 'Añádala, con «{kind}» como género (genre).',
  },
  'gate-below-class': {
    say: 'Los metadatos respaldan {supported}; este emisor pide {wanted}.',
    todo: 'Para {wanted} le falta: {missing}.',
  },
  'gate-no-class': {
    say: 'Los metadatos no respaldan ninguna clase; este emisor pide {wanted}.',
    todo: 'Para {wanted} le falta: {missing}.',
  },
  'gate-cannot-tell': {
    say: 'No se puede saber si los metadatos respaldan {wanted}, como pide este emisor.',
    todo: 'Revise: {missing}.',
  },
  'gate-not-completed': {
    say: 'La propia credencial dice que no está completada; este emisor pide {wanted}.',
    todo: 'Emita cuando todos los resultados estén completados.',
  },
  'gate-outside-framework': {
    say: 'Es una titulación formal u otro tipo de documento, no una microcredencial; este emisor pide {wanted}.',
    todo: 'Elija otro achievementType, o pida una exención.',
  },
  'gate-declared-not-supported': {
    say: 'Dice ser {declared}; los metadatos respaldan {supported}.',
    todo: 'Quite el tipo declarado, o añada lo que falta.',
  },
  'roster-row-twice': {
    say: 'Este estudiante ya figura en la línea {line} de la lista.',
    todo: 'Quite una de las dos, o permita duplicados.',
  },
  'issue-held-already': {
    say: 'Este estudiante ya tiene una credencial de este logro.',
    todo: 'Quite la fila, revoque antes la otra credencial, o permita duplicados.',
  },
  'roster-row-lost': {
    say: 'El trabajo con esta fila terminó dos veces sin resultado.',
    todo: 'Emítala por separado con --learner; si también falla, informe del error.',
  },
  'roster-column-unknown': {
    say: 'No se conoce la columna «{name}».',
    todo: 'Cámbiele el nombre, asígnela con column "{name}=email" u omítala con ignore "{name}". {possible}',
  },
  'roster-column-twice': {
    say: 'La columna «{name}» aparece dos veces, o dos columnas significan lo mismo.',
    todo: 'Omita una de las dos.',
  },
  'roster-scale-unknown': {
    say: 'El logro no tiene ninguna escala llamada «{name}».',
    todo: 'Sus escalas son: {possible}.',
  },
  'roster-scale-ambiguous': {
    say: 'El logro tiene más de una escala llamada «{name}».',
    todo: 'Nombre la columna con el id de la resultDescription.',
  },
  'roster-no-learner-column': {
    say: 'Ninguna columna dice quién es el estudiante.',
    todo: 'Añada una columna email, id o name; o asigne una, como --column "Correo del estudiante=email".',
  },
  'roster-empty': {
    say: 'El archivo no tiene línea de encabezado.',
    todo: 'La primera línea nombra las columnas, como name,email.',
  },
  'roster-cells-differ': {
    say: 'La fila tiene {found} {found:celda|celdas}; el encabezado, {expected}.',
    todo: 'Una celda que contiene una coma debe ir entre comillas dobles.',
  },
  'roster-row-unreadable': {
    say: 'No se puede leer la fila: hay unas comillas dobles fuera de lugar, o la fila es demasiado larga.',
    todo: 'Ponga entre comillas dobles la celda entera y escriba dos veces las comillas que contenga.',
  },
  'roster-row-erased': {
    say: 'El estudiante de esta fila fue borrado.',
  },
  'correction-row-unmatched': {
    say: 'Ninguna credencial vigente de la lista corresponde a esta fila.',
    todo: 'Revise para quién es; a los estudiantes nuevos se les emite con una lista propia.',
  },
  'correction-row-again': {
    say: 'Otra fila de la lista corresponde a la misma credencial.',
    todo: 'Quite una de las dos.',
  },
} satisfies Partial<Words['findings']>;
