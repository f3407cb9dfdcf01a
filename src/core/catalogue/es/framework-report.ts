import type { Words } from '../words.ts';

export const ruleSentences: Words['ruleSentences'] = {
  'weak-place': '{field}: {note}.',
  'weak-fact': '{met} {because}',
  inapplicable: '{field}: no procede en este caso.',
  'unknown-context': '{field}: no se puede saber, porque aquí no se conoce un contexto que cita el documento.',
  'undefined-terms': '{missing} Figura en el documento, pero en términos que ningún contexto citado define.',
  limit: '{field}: no se puede saber, porque el documento o el paquete es demasiado grande para esta regla.',
  'unknown-fact': '{field}: no se puede saber. {because}',
  'derived-from': 'No consta en esta credencial; consta en {child}.',
  'no-name': 'alguien que aquí no se nombra',
  'no-framework': 'un marco que aquí no se nombra',
  'no-value': 'un valor que aquí no se muestra',
  'more-terms': '{terms} y {count} más',
};

export const factSentences: Words['factSentences'] = {
  'terms.all-defined': 'Algunos términos no tienen aquí un significado definido.',
  'dates.consistent': 'Las fechas se contradicen entre sí.',
  'alignment.healthy': 'Un enlace a una competencia es defectuoso.',
  'status.incomplete': 'Un resultado dice que no está completado.',
  'mastery.every-result-interpretable': 'Un resultado no se puede leer con su escala.',
  'mastery.pass-mark-stated': 'Un resultado no indica el mínimo para aprobar.',
  'mastery.none-below-pass-mark': 'Un resultado está por debajo del mínimo para aprobar.',
  'mastery.rubric-ordered': 'El orden de los niveles no es seguro.',
  'result.every-linked': 'Un resultado no está vinculado a exactamente una escala.',
  'result.every-value-in-range': 'Un valor está fuera de sus límites.',
  'result.every-level-declared': 'Un nivel no está declarado en su escala.',
};

export const classSentences: Words['classSentences'] = {
  supported: 'Respalda {class}: se cumplen todas las expectativas.',
  'supported-weakly': 'Respalda {class}, en parte con datos más débiles: {fields}.',
  'declared-other': 'Dice ser {declared}; los metadatos respaldan {class}.',
  fallback: '{class}.',
  'fallback-candidate': '{class}. Para {candidate} le falta: {fields}.',
  none: 'Los metadatos no respaldan ninguna clase de este paquete.',
  blocked: 'La propia credencial dice que no está completada.',
  'cannot-tell': 'No se puede saber qué clase respaldan los metadatos.',
  record: 'Un expediente de varias credenciales; cada una se juzga por separado.',
};

export const contradictionSentences: Words['contradictionSentences'] = {
  'declared-two': 'La credencial dice ser de dos clases: {classes}.',
  'declared-not-supported': 'La credencial dice ser {class}; sus metadatos no lo respaldan.',
  'result-below-pass-mark': 'Un resultado está por debajo del mínimo para aprobar del propio emisor.',
  'status-contradictory': 'Un resultado está completado y otro no.',
};

export const schemaErrorSentences: Words['schemaErrorSentences'] = {
  required: 'falta {at}{detail}',
  type: '{at}no es de tipo {detail}',
  const: '{at}no es {detail}',
  enum: '{at}no es ninguno de {detail}',
  pattern: '{at}no tiene la forma {detail}',
  anyOf: '{at}no tiene ninguna de las formas aceptadas',
  oneOf: '{at}no tiene exactamente una de las formas aceptadas',
  not: '{at}tiene una forma que no cuenta',
  contains: '{at}no contiene ninguna de las entradas necesarias',
  minItems: '{at}tiene menos de {detail} {detail:entrada|entradas}',
  maxItems: '{at}tiene más de {detail} {detail:entrada|entradas}',
  minLength: '{at}tiene menos de {detail} {detail:carácter|caracteres}',
  maxLength: '{at}tiene más de {detail} {detail:carácter|caracteres}',
  minimum: '{at}es menor que {detail}',
  maximum: '{at}es mayor que {detail}',
  exclusiveMinimum: '{at}no es mayor que {detail}',
  exclusiveMaximum: '{at}no es menor que {detail}',
  false: '{at}no puede figurar aquí',
};

export const durationUnits: Words['durationUnits'] = {
  Y: '{n} {n:año|años}',
  MD: '{n} {n:mes|meses}',
  W: '{n} {n:semana|semanas}',
  D: '{n} {n:día|días}',
  H: '{n} {n:hora|horas}',
  MT: '{n} {n:minuto|minutos}',
  S: '{n} {n:segundo|segundos}',
};
