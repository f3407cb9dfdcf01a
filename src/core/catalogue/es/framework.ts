import type { Words } from '../words.ts';

export const framework = {
  'pack-not-object': { say: 'El archivo del paquete no es un objeto JSON.', todo: 'Comience con "format": 1.' },
  'pack-too-large': {
    say: 'El archivo del paquete es demasiado grande o está anidado con demasiada profundidad.',
    todo: 'Divídalo en varios paquetes.',
  },
  'pack-property-unknown': {
    say: 'Un paquete no tiene aquí ninguna propiedad «{name}».',
    todo: 'Quítela, o comience su nombre con x- si es una observación propia.',
  },
  'pack-property-missing': { say: 'Aquí falta la propiedad «{name}».', todo: 'Añádala.' },
  'pack-value': { say: 'El valor de «{name}» no es uno que un paquete pueda tener aquí.' },
  'pack-value-too-large': { say: '«{name}» es más largo o mayor que {limit}.', todo: 'Acórtelo.' },
  'pack-too-many': { say: 'Hay más de {limit} entradas.', todo: 'Divida el paquete o quite algunas.' },
  'pack-id-repeated': { say: 'El id «{id}» aparece dos veces.', todo: 'Dé a cada uno su propio id.' },
  'pack-path': {
    say: 'Esto no es un JSONPath de RFC 9535: {path}',
    todo: 'Comience con $ y use solo I-Regexp en match() y search().',
  },
  'pack-schema-not-object': { say: 'Un esquema no es un objeto, ni true ni false.' },
  'pack-schema-keyword': {
    say: 'Aquí no se conoce la palabra clave de esquema «{keyword}».',
    todo: 'Se conocen type, const, enum, required, properties, additionalProperties, items, contains, minItems, maxItems, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum, pattern, allOf, anyOf, oneOf, not y $ref.',
  },
  'pack-schema-keyword-value': { say: 'El valor de la palabra clave de esquema «{keyword}» es incorrecto.' },
  'pack-schema-reference': {
    say: 'El esquema remite a «{reference}», que no está entre los $defs de este paquete.',
    todo: 'Escriba #/$defs/ y el nombre de un fragmento de este paquete.',
  },
  'pack-schema-cyclic': { say: 'El fragmento «{name}» remite a sí mismo.' },
  'pack-schema-too-deep': { say: 'Un esquema está anidado a más de {limit} niveles de profundidad.' },
  'pack-pattern': {
    say: 'Este patrón es incorrecto, o mira hacia delante o hacia atrás o usa referencias, lo que los paquetes no pueden hacer: {pattern}',
    todo: 'Exprese lo mismo con dos patrones en allOf, o con not.',
  },
  'pack-pattern-too-long': { say: 'Un patrón tiene más de {limit} caracteres.', todo: 'Divídalo con anyOf.' },
  'pack-fact-unknown': { say: 'No existe el hecho derivado «{fact}».' },
  'pack-class-unknown': { say: 'La clase «{class}» no está declarada en este paquete.', todo: 'Añádala a classes.' },
  'pack-rule-empty': { say: 'La regla «{rule}» no tiene lugares ni hechos derivados, así que no comprueba nada.' },
  'pack-expects-missing': {
    say: 'La regla «{rule}» no dice qué espera de la clase «{class}».',
    todo: 'Añada la clase, con not-expected si no se espera nada.',
  },
  'pack-two-fallbacks': { say: 'La clase «{class}» es una segunda clase de reserva; solo puede haber una.' },
  'pack-extends-unknown': { say: 'El paquete {pack}, que este amplía, no está disponible.' },
  'pack-extends-twice': {
    say: 'El paquete {pack} amplía a su vez otro; el límite es un nivel.',
    todo: 'Amplíe directamente ese otro paquete.',
  },
  'translation-other-pack': {
    say: 'La traducción es de {found}, no de {pack}.',
    todo: 'Ponga en "pack" el id y la versión del paquete.',
  },
  'translation-unknown': {
    say: 'La traducción nombra «{name}», que el paquete no tiene.',
    todo: 'Quítelo o revise cómo está escrito.',
  },
  'translation-parameter': {
    say: 'La traducción usa {name}, que el texto del paquete no tiene.',
    todo: 'Use solo los nombres entre llaves del texto original.',
  },

  'alignment-url-not-web': {
    say: 'El targetUrl de la alineación no es una dirección web.',
    todo: 'Indique la dirección http o https de la competencia.',
  },
  'alignment-site-root': {
    say: 'La alineación apunta a la página de inicio de un sitio, no a una competencia.',
    todo: 'Indique la dirección de la competencia misma.',
  },
  'alignment-own-page': {
    say: 'La alineación apunta a la propia página de este logro.',
    todo: 'Indique la dirección de una competencia publicada.',
  },
  'alignment-ext-malformed': {
    say: 'El targetType {targetType} está mal formado.',
    todo: 'Después de ext: use solo letras, cifras, punto, guion bajo y guion.',
  },
  'alignment-two-names': {
    say: 'El mismo targetUrl figura aquí con dos nombres distintos.',
    todo: 'Use el nombre que publica el marco.',
  },
  'alignment-case-document': {
    say: 'La alineación apunta a un documento CASE entero en lugar de a un elemento.',
    todo: 'Indique la dirección del elemento.',
  },
  'alignment-ctdl-sandbox': {
    say: 'La alineación apunta a una copia de pruebas del Credential Registry.',
    todo: 'Indique la dirección en credentialengineregistry.org.',
  },
  'alignment-case-identifier': { say: 'La dirección del elemento CASE no termina en un GUID.' },
  'alignment-case-http': { say: 'La dirección del elemento CASE es http.', todo: 'Use https.' },
  'alignment-ctdl-finder': {
    say: 'La alineación apunta a una página de Credential Finder.',
    todo: 'Use {rewrite}.',
  },
  'alignment-esco-https': { say: 'Las direcciones canónicas de ESCO comienzan con http.', todo: 'Use {rewrite}.' },
  'alignment-occupation': { say: 'La alineación apunta a una ocupación, no a una competencia.' },
  'alignment-licence-terms': {
    say: 'Lightcast Open Skills se usa con sus propias condiciones de licencia.',
  },
  'alignment-level-of-learning': {
    say: 'Un nivel del EQF dice lo exigente que fue el aprendizaje; no es una competencia ni una calificación.',
  },
  'alignment-no-target-type': { say: 'La alineación no dice a qué clase de cosa apunta (targetType).' },
  'alignment-type-mismatch': {
    say: 'El targetType {targetType} no corresponde a la dirección, que es de {framework}.',
    todo: 'Use {expected}.',
  },
  'alignment-no-framework': { say: 'La alineación no nombra su marco (targetFramework).' },
  'alignment-name-is-code': {
    say: 'El nombre de la alineación es solo su código.',
    todo: 'Indique el nombre que la gente conoce.',
  },
  'alignment-own-site-only': {
    say: 'Todas las alineaciones apuntan al sitio del propio emisor.',
    todo: 'Añada una a un marco público, para que otros puedan comparar.',
  },

  'field-required': { say: 'Sin esto no se puede crear una credencial.', todo: 'Complételo.' },
  'field-not-text': { say: 'Tiene que ser texto y no estar en blanco.' },
  'field-html': {
    say: 'El texto contiene HTML; los lectores verán las etiquetas.',
    todo: 'Escriba texto sin formato o Markdown.',
  },
  'field-achievement-type': {
    say: '{value} no es un tipo de logro.',
    todo: 'Elija de la lista, o escriba ext: y un nombre propio.',
  },
  'field-issuer-uri-only': {
    say: 'El emisor es solo una dirección.',
    todo: 'Indique también su nombre y su dirección web.',
  },
  'field-criteria-link-only': {
    say: 'Los criterios son solo un enlace, así que su texto no forma parte de lo que se firma.',
    todo: 'Escriba lo que hay que hacer.',
  },
  'field-duration': { say: '{value} no es una duración en horas.', todo: 'Escríbala como PT38H.' },
  'field-number': { say: 'Tiene que ser un número mayor que cero.', todo: 'Nombre la unidad en los criterios.' },
  'field-date': { say: '{value} no es una fecha.', todo: 'Escríbala como {example}.' },
  'field-web-address': { say: '{value} no es una dirección web.', todo: 'Comience con https://.' },
  'field-country': { say: '{value} no es un código de país.', todo: 'Use dos letras mayúsculas, como MX.' },
  'field-language': { say: '{value} no es un código de idioma.', todo: 'Use un código BCP 47, como es-MX.' },
  'field-identifier': { say: '{value} no es un URI.', todo: 'Use una dirección https, urn: o did:.' },
  'field-image-caption': { say: 'La imagen no tiene leyenda.', todo: 'Diga con palabras lo que muestra.' },
  'field-scale-mixed': {
    say: 'Hay dos escalas en una misma descripción de resultados.',
    todo: 'Use una descripción de resultados para cada escala.',
  },
  'field-bounds': { say: 'Los límites y el mínimo para aprobar no concuerdan.' },
  'field-not-decimal': { say: '{value} no es un número decimal.', todo: 'Escríbalo como 84.5.' },
  'field-points-not-rising': {
    say: 'Los puntos de los niveles tienen que aumentar estrictamente del nivel más bajo al más alto.',
  },
  'field-level-unknown': { say: 'El nivel {value} no es de esta escala.' },
  'field-scale-unknown': { say: 'El resultado no pertenece a ninguna escala de este logro.' },
  'field-value-not-allowed': { say: '{value} no es uno de los valores de esta escala.' },
  'field-evidence-data': {
    say: 'La evidencia es una dirección data:.',
    todo: 'Ponga el archivo en una dirección web fija.',
  },
  'field-evidence-not-durable': {
    say: 'La evidencia está en una unidad compartida o en un sitio de vídeos, donde puede cambiar o desaparecer.',
    todo: 'Póngala en una dirección que controle el emisor.',
  },
  'field-evidence-repeated': {
    say: 'La evidencia pertenece a un solo estudiante; esta figura en lo que todos comparten.',
    todo: 'Indíquela junto con el estudiante.',
  },
  'field-email-plain': {
    say: 'Una dirección de correo electrónico figura sin cifrar en la credencial.',
    todo: 'Indíquela como hash, con sal.',
  },
  'field-endorsement-stub': {
    say: 'Un aval es una credencial completa y firmada, no un nombre y un enlace.',
    todo: 'Pida a quien avala una EndorsementCredential firmada.',
  },
  'field-assessment-method': { say: 'Una evaluación tiene que decir cómo se calificó.' },
} satisfies Partial<Words['findings']>;
