import { isJsonObject, type JsonValue, toList } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';

/** Types and terms that need a context of their own (framework.md §7), in the order in which contexts are listed. */
const extensions: readonly { uses: (name: string, value: JsonValue) => boolean; context: JsonValue }[] = [
  {
    uses: (name, value) =>
      isType('1EdTechRevocationList')(name, value) || isType('1EdTechCredentialRefresh')(name, value),
    context: contextUrl.openBadgesExtensions,
  },
  { uses: isType('IssuerAccreditationProfile'), context: contextUrl.accreditation },
  { uses: isType('AssessmentResultDescription'), context: contextUrl.assessment },
  // schema.org has no context that could be listed: each of its terms brings its own.
  ...['timeRequired', 'courseMode', 'coursePrerequisites'].map((term) => ({
    uses: (name: string) => name === term,
    context: { [term]: `https://schema.org/${term}` },
  })),
];

/**
 * The `@context` of a credential with this content: the two fixed ones, those given with its parts, then those of the
 * extensions that it uses and nobody listed. A term without a context would not be signed.
 */
export function listContexts(content: object, ...given: (JsonValue | undefined)[]): JsonValue[] {
  const used = new Set<JsonValue>();
  const waiting: JsonValue[] = [content as JsonValue];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) waiting.push(...value);
    else if (isJsonObject(value))
      for (const [name, member] of Object.entries(value)) {
        for (const { uses, context } of extensions) if (uses(name, member)) used.add(context);
        if (member !== undefined) waiting.push(member);
      }
  }
  const all = [
    contextUrl.credentials2,
    contextUrl.openBadges303,
    ...given.flatMap((value) => toList(value)),
    ...extensions.map(({ context }) => context).filter((context) => used.has(context)),
  ];
  return [...new Map(all.map((context) => [JSON.stringify(context), context])).values()];
}

function isType(type: string) {
  return (name: string, value: JsonValue): boolean => name === 'type' && toList(value).includes(type);
}
