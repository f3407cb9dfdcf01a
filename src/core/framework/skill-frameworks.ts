const guid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

export type SkillFrameworkId = 'CASE' | 'CTDL' | 'RSD' | 'ESCO' | 'O*NET' | 'Lightcast' | 'EQF';

export interface SkillFramework {
  id: SkillFrameworkId;
  label: string;
  /** Addresses that belong to the framework, canonical or not. */
  recognised: RegExp;
  /** Its canonical `targetUrl`. */
  canonical: RegExp;
  /** `targetType` values that fit; the first is the one to write. */
  targetTypes: readonly [string, ...string[]];
  /** The canonical address for one that is recognised but not canonical, where that can be told. */
  rewrite?: (url: string) => string | undefined;
}

/** Skill frameworks and their identifiers, framework.md §8. Order matters: the first that recognises an address has it. */
export const skillFrameworks: readonly SkillFramework[] = [
  {
    id: 'CTDL',
    label: 'Credential Registry (CTDL)',
    recognised: /^https?:\/\/([^/?#]+\.)?(credentialengineregistry\.org|credentialfinder\.org)(\/|$)/,
    canonical: new RegExp(`^https://credentialengineregistry\\.org/(resources|graph)/ce-${guid}$`),
    targetTypes: ['ceasn:Competency', 'ceterms:Credential', 'CTDL'],
    rewrite: (url) => {
      const ctid = new RegExp(`ce-${guid}`).exec(url)?.[0];
      return ctid === undefined ? undefined : `https://credentialengineregistry.org/resources/${ctid}`;
    },
  },
  {
    id: 'ESCO',
    label: 'ESCO',
    recognised: /^https?:\/\/data\.europa\.eu\/esco\//,
    canonical: /^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9a-f-]{36}$/,
    targetTypes: ['ext:ESCO'],
    rewrite: (url) => (url.startsWith('https:') ? `http:${url.slice('https:'.length)}` : undefined),
  },
  {
    id: 'EQF',
    label: 'European Qualifications Framework',
    recognised: /^https?:\/\/data\.europa\.eu\/snb\/eqf\//,
    canonical: /^http:\/\/data\.europa\.eu\/snb\/eqf\/[1-8]$/,
    targetTypes: ['ext:EQFLevel'],
  },
  {
    id: 'O*NET',
    label: 'O*NET',
    recognised: /^https?:\/\/www\.onetonline\.org\//,
    canonical: /^https:\/\/www\.onetonline\.org\/link\/summary\/\d{2}-\d{4}\.\d{2}$/,
    targetTypes: ['ext:ONET'],
  },
  {
    id: 'Lightcast',
    label: 'Lightcast Open Skills',
    recognised: /^https?:\/\/lightcast\.io\/open-skills\//,
    canonical: /^https:\/\/lightcast\.io\/open-skills\/skills\/[A-Z0-9]{20}$/,
    targetTypes: ['ext:Lightcast'],
  },
  {
    id: 'RSD',
    label: 'Rich Skill Descriptor',
    recognised: new RegExp(`^https?://[^/?#]+/(.+/)?api/skills/${guid}$`),
    canonical: new RegExp(`^https://[^/?#]+/(.+/)?api/skills/${guid}$`),
    targetTypes: ['ext:RSD'],
  },
  {
    id: 'CASE',
    label: 'CASE',
    recognised: /^https?:\/\/[^/?#]+\/([^?#]+\/)?((CFItems|CFDocuments)\/[^/?#]+|uri\/[0-9a-fA-F-]{36})$/,
    canonical: new RegExp(`^https://[^/?#]+/(.+/)?(uri|CFItems)/${guid}$`),
    targetTypes: ['CFItem', 'CFRubric', 'CFRubricCriterion', 'CFRubricCriterionLevel'],
  },
];

/** Which framework an alignment's `targetUrl` belongs to, by its shape alone; undefined when none is recognised. */
export function identifyFramework(targetUrl: string): SkillFramework | undefined {
  // Longer addresses are no identifiers, and the patterns of paths are not linear.
  if (targetUrl.length > 2000) return undefined;
  return skillFrameworks.find(({ recognised }) => recognised.test(targetUrl));
}
