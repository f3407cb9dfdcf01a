import type { Words } from '../words.ts';
import { baking } from './baking.ts';
import { credential } from './credential.ts';
import { did } from './did.ts';
import { framework } from './framework.ts';
import * as report from './framework-report.ts';
import * as hallmark from './hallmark.ts';
import { issue } from './issue.ts';
import { json } from './json.ts';
import { jsonLd } from './json-ld.ts';
import * as mastery from './mastery.ts';
import * as names from './names.ts';
import { openBadges2 } from './open-badges-2.ts';
import { proof } from './proof.ts';
import { skill } from './skill.ts';
import { status } from './status.ts';
import { trust } from './trust.ts';
import { vcApi } from './vc-api.ts';
import { verify } from './verify.ts';

// Terms, for whoever goes on: credencial · insignia (badge) · logro (achievement) · emisor · estudiante (learner; titular
// where they hold or show it) · expediente (record, CLR) · firma, firmar · clave · verificar (genuine and in force) ·
// comprobar (check) · vigente, vencida, revocada, suspendida · lista de estado · aval (endorsement) · evidencia ·
// marco (framework) · paquete (pack) · regla · clase: Aplicación, Conocimiento, Reconocimiento · alineación · competencia
// (skill) · escala · rúbrica · nivel de dominio · mínimo para aprobar (pass mark) · resultado · consta / no consta (shown,
// not stated) · respalda (supports) · «preparación» y «conforme a», nunca «certificado». Usted or impersonal, «» for quotes.

export const spanish: Words = {
  language: 'es',
  findings: {
    ...baking,
    ...credential,
    ...did,
    ...framework,
    ...issue,
    ...json,
    ...jsonLd,
    ...openBadges2,
    ...proof,
    ...skill,
    ...status,
    ...trust,
    ...vcApi,
    ...verify,
  },
  ...hallmark,
  ...mastery,
  ...names,
  ...report,
};
