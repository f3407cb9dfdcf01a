import { identifyFramework } from '../../../../../core/framework/skill-frameworks.ts';
import type { JsonObject } from '../../../../../core/json/json.ts';

export const isAddress = (text: string) => /^https?:\/\/[^\s/]+\S*$/.test(text);

/** An alignment to what stands at an address: the address as its framework writes it, and what that tells of it. */
export function alignTo(address: string): JsonObject {
  const framework = identifyFramework(address);
  const targetUrl = framework?.canonical.test(address) ? address : (framework?.rewrite?.(address) ?? address);
  const isOneList = framework !== undefined && !['CASE', 'CTDL', 'RSD'].includes(framework.id);
  return {
    type: ['Alignment'],
    targetUrl,
    ...(framework && { targetType: framework.targetTypes[0] }),
    ...(isOneList && { targetFramework: framework.label }),
  };
}

/** The address of a level of the European Qualifications Framework, 1 to 8. */
export const eqfAddress = (level: number) => `http://data.europa.eu/snb/eqf/${level}`;
