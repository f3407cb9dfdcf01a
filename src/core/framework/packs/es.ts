import type { PackTranslation } from '../translation.ts';
import euMicrocredential from './eu-microcredential-2022@2022-06.0.es.json' with { type: 'json' };
import openSkillAlignment from './open-skill-alignment-0.1@0.1.es.json' with { type: 'json' };
import trustedMicrocredential from './trusted-microcredential@2024-03.0.es.json' with { type: 'json' };

/** The bundled packs in Spanish. Validated in a test and not here, since this is the text of a page. */
export const spanishPacks: readonly PackTranslation[] = [trustedMicrocredential, euMicrocredential, openSkillAlignment];
