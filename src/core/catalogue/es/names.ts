import type { Words } from '../words.ts';

export const stampNames: Words['stampNames'] = {
  authentic: 'Autenticidad',
  current: 'Vigencia',
  issuer: 'Emisor',
  class: 'Clase',
  level: 'Nivel',
};

export const outcomeWords: Words['outcomeWords'] = {
  passed: 'Superado',
  failed: 'No superado',
  'cannot-tell': 'No se puede saber',
  inapplicable: 'No procede',
};

export const stepNames: Words['stepNames'] = {
  document: 'Forma del documento',
  terms: 'Significado de sus términos',
  proof: 'Firma',
  'issuer-key': 'De quién es la clave',
  'validity-period': 'Fechas',
  status: 'Revocada o suspendida',
  refresh: 'Edición más reciente',
};

export const ruleWords: Words['ruleWords'] = {
  met: 'Consta',
  weak: 'Consta a medias',
  missing: 'No consta',
  inapplicable: 'No procede',
  'cannot-tell': 'No se puede saber',
};

export const kindNames: Words['kindNames'] = {
  OpenBadgeCredential: 'Open Badges 3.0',
  ClrCredential: 'Expediente integral de aprendizaje (CLR)',
  EndorsementCredential: 'Aval',
  VerifiableCredential: 'Credencial verificable',
  OpenBadges2Assertion: 'Open Badges 2.0',
  unknown: 'Tipo de documento desconocido',
};

export const groupNames: Words['groupNames'] = {
  basics: 'Lo básico',
  issuer: 'Emisor',
  learning: 'Aprendizaje',
  assessment: 'Evaluación',
  result: 'Resultado',
  evidence: 'Evidencia',
  quality: 'Calidad',
};

export const reasonWords: Words['reasonWords'] = {
  'no-network': 'sin red',
  'not-allowed': 'no se permite acceder a esta dirección',
  timeout: 'tardó demasiado',
  'too-large': 'la respuesta es demasiado grande',
  'too-many-redirects': 'redirige demasiadas veces',
  'redirected-elsewhere': 'redirige a otro lugar',
  'connection-failed': 'falló la conexión',
  'http-status': 'estado HTTP',
  'not-json': 'la respuesta no es JSON',
};
