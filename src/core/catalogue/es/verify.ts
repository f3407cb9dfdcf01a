import type { Words } from '../words.ts';

export const verify = {
  'date-unreadable': {
    say: 'No se puede leer la fecha «{date}».',
    todo: 'Pida al emisor que la emita de nuevo con fecha y hora completas, como 2026-05-18T00:00:00Z.',
  },
  'not-yet-valid': {
    say: 'Solo estará vigente a partir del {date}.',
    todo: 'Compruébela de nuevo después de esa fecha, o pregunte al emisor.',
  },
  expired: {
    say: 'Estuvo vigente hasta el {date}.',
    todo: 'Pregunte al titular si hay una más reciente. Una credencial vencida fue auténtica en su momento.',
  },
  'dates-reversed': {
    say: 'Termina antes de empezar.',
    todo: 'Pida al emisor que corrija las fechas y la emita de nuevo.',
  },
  'proof-missing': {
    say: 'Nadie ha firmado este documento.',
    todo: 'Pida la credencial firmada: el archivo original del emisor, no una copia de su texto.',
  },
  'proof-not-yet': {
    say: 'Esto es una vista previa, que aún no está firmada. Se firma al emitirla.',
  },
  'proof-missing-in-record': {
    say: 'Esta credencial del expediente no lleva la firma de su propio emisor; responde de ella quien publica el expediente.',
    todo: 'Pregunte al emisor que nombra si necesita estar seguro.',
  },
  'issuer-key-not-proven': {
    say: 'Ninguna firma válida muestra de quién es la clave.',
  },
  'signed-by-another-too': {
    say: 'Hay otra firma más, con una clave que no es del emisor: {verificationMethod}.',
    todo: 'No añade nada a la firma propia de esta credencial; léala como una firma conjunta.',
  },
  'status-not-asked': {
    say: 'No se consultó el estado, porque no consta que la firma sea del emisor.',
  },
  'too-many-parts': {
    say: 'El documento contiene más de {limit} credenciales y avales; el resto no se comprobó.',
    todo: 'Divida el expediente en otros más pequeños.',
  },
  'nested-too-deep': {
    say: 'Hay credenciales dentro de credenciales a más de {limit} niveles; las interiores no se comprobaron.',
    todo: 'Verifique por separado la credencial interior.',
  },
  'binding-not-protected': {
    say: 'La firma del expediente no une los resultados de esta credencial a ella, y no tiene una firma propia válida.',
    todo: 'Pida un expediente en el que cada credencial esté firmada.',
  },
  'credential-about-another': {
    say: 'Esta credencial es de otro estudiante, no del que es el expediente que la contiene: {subject}.',
    todo: 'Pregunte a quien compuso el expediente por qué está en él.',
  },
  'endorsement-about-another': {
    say: 'El aval trata de {subject}, no de lo que lo lleva.',
  },
  'refresh-newer-edition': {
    say: 'El emisor ofrece una edición más reciente de esta credencial, con fecha {date}.',
    todo: 'Use la edición más reciente.',
  },
  'refresh-not-better': {
    say: 'Se consultó el servicio de actualización del emisor y no ofreció nada más reciente.',
  },
  'refresh-not-usable': {
    say: 'El servicio de actualización del emisor no dio una edición utilizable; esta se comprobó tal como está.',
  },
  'refresh-type-unknown': {
    say: 'El servicio de actualización es de un tipo que aquí no se conoce: {type}.',
  },
  'input-not-fetched': {
    say: 'La dirección {url} no dio ningún documento: {reason}.',
    todo: 'Revise la dirección, o descargue el archivo y entréguelo.',
  },
  'holder-not-issuer': {
    say: 'La presentación lleva una credencial de la que solo responde su titular, pero que nombra otro emisor.',
    todo: 'Pida la credencial firmada por su emisor.',
  },
  'presentation-credential-not-verified': {
    say: 'Una credencial de la presentación no está verificada.',
    todo: 'Lea su propio informe.',
  },
} satisfies Partial<Words['findings']>;
