import type { Sentence } from '../sentence.ts';

/** What can be wrong with a pack file, with an alignment, or with what an author typed. */
export const framework = {
  'pack-not-object': { say: 'The pack file is not a JSON object.', todo: 'Begin with "format": 1.' },
  'pack-too-large': { say: 'The pack file is too large or nested too deeply.', todo: 'Split it into several packs.' },
  'pack-property-unknown': {
    say: 'A pack has no property “{name}” here.',
    todo: 'Remove it, or begin its name with x- if it is a remark of your own.',
  },
  'pack-property-missing': { say: 'The property “{name}” is missing here.', todo: 'Add it.' },
  'pack-value': { say: 'The value of “{name}” is not one that a pack may have here.' },
  'pack-value-too-large': { say: '“{name}” is longer or larger than {limit}.', todo: 'Shorten it.' },
  'pack-too-many': { say: 'There are more than {limit} entries.', todo: 'Split the pack, or drop some.' },
  'pack-id-repeated': { say: 'The id “{id}” stands twice.', todo: 'Give each its own id.' },
  'pack-path': {
    say: 'This is not a JSONPath of RFC 9535: {path}',
    todo: 'Begin with $, and use only I-Regexp in match() and search().',
  },
  'pack-schema-not-object': { say: 'A schema is neither an object nor true or false.' },
  'pack-schema-keyword': {
    say: 'The schema keyword “{keyword}” is not known here.',
    todo: 'Known are type, const, enum, required, properties, additionalProperties, items, contains, minItems, maxItems, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum, pattern, allOf, anyOf, oneOf, not and $ref.',
  },
  'pack-schema-keyword-value': { say: 'The value of the schema keyword “{keyword}” is wrong.' },
  'pack-schema-reference': {
    say: 'The schema refers to “{reference}”, which is not among this pack’s $defs.',
    todo: 'Write #/$defs/ and the name of a fragment of this pack.',
  },
  'pack-schema-cyclic': { say: 'The fragment “{name}” refers to itself.' },
  'pack-schema-too-deep': { say: 'A schema is nested more than {limit} levels deep.' },
  'pack-pattern': {
    say: 'This pattern is wrong, or looks ahead, looks behind or refers back, which packs may not do: {pattern}',
    todo: 'Say the same with two patterns in allOf, or with not.',
  },
  'pack-pattern-too-long': { say: 'A pattern is longer than {limit} characters.', todo: 'Split it with anyOf.' },
  'pack-fact-unknown': { say: 'There is no derived fact “{fact}”.' },
  'pack-class-unknown': { say: 'The class “{class}” is not declared in this pack.', todo: 'Add it to classes.' },
  'pack-rule-empty': { say: 'The rule “{rule}” has neither places nor derived facts, so it tests nothing.' },
  'pack-expects-missing': {
    say: 'The rule “{rule}” does not say what it expects of the class “{class}”.',
    todo: 'Add the class, with not-expected if nothing is expected.',
  },
  'pack-two-fallbacks': { say: 'The class “{class}” is a second fallback; there may be one.' },
  'pack-extends-unknown': { say: 'The pack {pack}, which this one extends, is not at hand.' },
  'pack-extends-twice': {
    say: 'The pack {pack} extends another one itself; one level is the limit.',
    todo: 'Extend that other pack directly.',
  },
  'translation-other-pack': {
    say: 'The translation is of {found}, not of {pack}.',
    todo: 'Put the id and version of the pack into "pack".',
  },
  'translation-unknown': {
    say: 'The translation names “{name}”, which the pack does not have.',
    todo: 'Take it out, or check its spelling.',
  },
  'translation-parameter': {
    say: 'The translation uses {name}, which the text of the pack does not have.',
    todo: 'Use only the names in braces of the original text.',
  },

  'alignment-url-not-web': {
    say: 'The alignment’s targetUrl is not a web address.',
    todo: 'Give the http or https address of the skill.',
  },
  'alignment-site-root': {
    say: 'The alignment points to the home page of a site, not to a skill.',
    todo: 'Give the address of the skill itself.',
  },
  'alignment-own-page': {
    say: 'The alignment points to this achievement’s own page.',
    todo: 'Give the address of a published skill.',
  },
  'alignment-ext-malformed': {
    say: 'The targetType {targetType} is malformed.',
    todo: 'After ext: use letters, digits, dot, underscore and hyphen only.',
  },
  'alignment-two-names': {
    say: 'The same targetUrl stands here with two different names.',
    todo: 'Use the name that the framework publishes.',
  },
  'alignment-case-document': {
    say: 'The alignment points to a whole CASE document instead of one item.',
    todo: 'Give the address of the item.',
  },
  'alignment-ctdl-sandbox': {
    say: 'The alignment points to a test copy of the Credential Registry.',
    todo: 'Give the address in credentialengineregistry.org.',
  },
  'alignment-case-identifier': { say: 'The CASE item’s address does not end in a GUID.' },
  'alignment-case-http': { say: 'The CASE item’s address is http.', todo: 'Use https.' },
  'alignment-ctdl-finder': {
    say: 'The alignment points to a page of Credential Finder.',
    todo: 'Use {rewrite}.',
  },
  'alignment-esco-https': { say: 'ESCO’s canonical addresses begin with http.', todo: 'Use {rewrite}.' },
  'alignment-occupation': { say: 'The alignment points to an occupation, not to a skill.' },
  'alignment-licence-terms': { say: 'Lightcast Open Skills are used under licence terms of their own.' },
  'alignment-level-of-learning': {
    say: 'An EQF level says how demanding the learning was; it is neither a skill nor a grade.',
  },
  'alignment-no-target-type': { say: 'The alignment does not say what kind of thing it points to (targetType).' },
  'alignment-type-mismatch': {
    say: 'The targetType {targetType} does not fit the address, which belongs to {framework}.',
    todo: 'Use {expected}.',
  },
  'alignment-no-framework': { say: 'The alignment does not name its framework (targetFramework).' },
  'alignment-name-is-code': { say: 'The alignment’s name is only its code.', todo: 'Give the name that people know.' },
  'alignment-own-site-only': {
    say: 'Every alignment points to the issuer’s own site.',
    todo: 'Add one to a public framework, so that others can compare.',
  },

  'field-required': { say: 'A credential cannot be made without this.', todo: 'Fill it in.' },
  'field-not-text': { say: 'This has to be text, and not blank.' },
  'field-html': { say: 'HTML stands in the text; readers will see the tags.', todo: 'Write plain text or Markdown.' },
  'field-achievement-type': {
    say: '{value} is not a kind of achievement.',
    todo: 'Choose from the list, or write ext: and a name of your own.',
  },
  'field-issuer-uri-only': { say: 'The issuer is only an address.', todo: 'Give its name and web address too.' },
  'field-criteria-link-only': {
    say: 'The criteria are only a link, so their text is not part of what is signed.',
    todo: 'Write what has to be done.',
  },
  'field-duration': { say: '{value} is not a duration of hours.', todo: 'Write it like PT38H.' },
  'field-number': { say: 'This has to be a number greater than zero.', todo: 'Name the unit in the criteria.' },
  'field-date': { say: '{value} is not a date.', todo: 'Write it like {example}.' },
  'field-web-address': { say: '{value} is not a web address.', todo: 'Begin with https://.' },
  'field-country': { say: '{value} is not a country code.', todo: 'Use two capital letters, such as IE.' },
  'field-language': { say: '{value} is not a language code.', todo: 'Use a BCP 47 code, such as en-GB.' },
  'field-identifier': { say: '{value} is not a URI.', todo: 'Use an https, urn: or did: address.' },
  'field-image-caption': { say: 'The image has no caption.', todo: 'Say in words what it shows.' },
  'field-scale-mixed': {
    say: 'Two scales stand in one result description.',
    todo: 'Use a result description for each scale.',
  },
  'field-bounds': { say: 'The bounds and the pass mark do not fit each other.' },
  'field-not-decimal': { say: '{value} is not a decimal number.', todo: 'Write it like 84.5.' },
  'field-points-not-rising': {
    say: 'The levels’ points have to rise strictly from the lowest level to the highest.',
  },
  'field-level-unknown': { say: 'The level {value} is not one of this scale.' },
  'field-scale-unknown': { say: 'The result belongs to no scale of this achievement.' },
  'field-value-not-allowed': { say: '{value} is not one of the values of this scale.' },
  'field-evidence-data': { say: 'The evidence is a data: address.', todo: 'Put the file at a fixed web address.' },
  'field-evidence-not-durable': {
    say: 'The evidence lies on a shared drive or a video site, where it can be changed or vanish.',
    todo: 'Put it at an address under the issuer’s control.',
  },
  'field-evidence-repeated': {
    say: 'Evidence belongs to one learner; this stands in what all learners share.',
    todo: 'Give it with the learner.',
  },
  'field-email-plain': {
    say: 'An e-mail address stands in clear in the credential.',
    todo: 'Give it hashed, with a salt.',
  },
  'field-endorsement-stub': {
    say: 'An endorsement is a full signed credential, not a name and a link.',
    todo: 'Ask the endorser for a signed EndorsementCredential.',
  },
  'field-assessment-method': { say: 'An assessment has to say how it was evaluated.' },
} satisfies Record<string, Sentence>;
