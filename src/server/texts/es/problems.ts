/**
 * Why a request was not answered, by its English sentence. What stands in a sentence is looked up here as well, so states and
 * acts have words of their own.
 */
export const problemSentences: Readonly<Record<string, string>> = {
  // Titles of problem.ts.
  'The request cannot be used': 'La petición no se puede usar',
  'Not signed in': 'Sin sesión iniciada',
  'Not allowed': 'No permitido',
  'Not found': 'No se encuentra',
  'Not possible now': 'Ahora no es posible',
  Gone: 'Ya no está',
  'Too large': 'Demasiado grande',
  'Not supported': 'No se admite',
  'Refused, with every fault': 'Rechazado, con todos los fallos',
  'Too many requests': 'Demasiadas peticiones',
  'The other side did not answer': 'El otro lado no respondió',
  'Something failed here': 'Algo falló aquí',
  'This is a fault of this service, not of your file. Try again, or report it with the id of this request.':
    'Es un fallo de este servicio, no de su archivo. Inténtelo de nuevo, o avise con el identificador de esta petición.',

  // States and acts, as they stand in sentences.
  draft: 'en borrador',
  review: 'en revisión',
  approved: 'aprobada',
  retired: 'retirada',
  active: 'activa',
  revoked: 'revocada',
  suspended: 'suspendida',
  superseded: 'sustituida',
  reading: 'en lectura',
  ready: 'lista para empezar',
  running: 'en curso',
  paused: 'en pausa',
  cancelled: 'cancelada',
  done: 'terminada',
  failed: 'fallida',
  start: 'empezar',
  pause: 'pausar',
  resume: 'reanudar',
  cancel: 'cancelar',
  retry: 'reintentar',
  revoke: 'revocar',
  suspend: 'suspender',
  reinstate: 'restablecer',
  owner: 'propietario',
  admin: 'administrador',
  body: 'cuerpo',
  querystring: 'dirección',
  params: 'ruta',
  headers: 'encabezado',
  'of no type': 'de ningún tipo',

  // Rights and keys.
  'A key cannot be given what you may not do yourself: {0}.':
    'No puede dar a una clave lo que usted mismo no puede hacer: {0}.',
  'There is no such key in use.': 'No hay ninguna clave así en uso.',
  'This key may not do that: it lacks the scope "{0}".': 'Esta clave no puede hacer eso: le falta el permiso «{0}».',
  'Your role here does not allow that: it lacks "{0}".': 'Su rol aquí no permite eso: le falta «{0}».',
  'Send an API key of this issuer as "Authorization: Bearer assay_…".':
    'Envíe una clave de API de este emisor como «Authorization: Bearer assay_…».',
  'There is no such issuer, or this key has no rights there.':
    'No existe ese emisor, o esta clave no tiene permisos en él.',
  'There is no such issuer, or you have no rights there.': 'No existe ese emisor, o usted no tiene permisos en él.',
  'Sign in, or send an API key as "Authorization: Bearer assay_…".':
    'Inicie sesión, o envíe una clave de API como «Authorization: Bearer assay_…».',
  'Only pages of {0} may do that with your sign-in.': 'Solo las páginas de {0} pueden hacer eso con su sesión.',
  'This is no API key that is in use.': 'Esta clave de API no está en uso.',
  'Only owners of an issuer with nothing above it may read that.':
    'Solo los propietarios de un emisor sin nada por encima pueden leer eso.',
  'Only owners of an issuer with nothing above it may do that.':
    'Solo los propietarios de un emisor sin nada por encima pueden hacer eso.',
  'Only an owner gives or takes the role of {0}.': 'Solo un propietario da o quita el rol de {0}.',
  'Only this site’s own pages may ask.': 'Solo pueden preguntar las páginas de este sitio.',
  'This address may not be fetched.': 'Esta dirección no se puede consultar.',
  'These endpoints answer this machine only; start with --vc-api-public to open them.':
    'Estas direcciones solo responden a este equipo; inicie con --vc-api-public para abrirlas.',

  // Achievements and issuers.
  'Version {0} is {1}, not {2}.': 'La versión {0} está {1}, no {2}.',
  'Somebody saved this achievement after you had opened it. Look at it, then decide.':
    'Alguien guardó este logro después de que usted lo abriera. Mírelo y decida.',
  'This version is in review. Approve it, or send it back, before it is changed.':
    'Esta versión está en revisión. Apruébela o devuélvala antes de cambiarla.',
  'This achievement is retired already.': 'Este logro ya está retirado.',
  'There is no such achievement.': 'No existe ese logro.',
  'There is no such achievement, or it has no such version.': 'No existe ese logro, o no tiene esa versión.',
  'No credential can be built of this achievement.': 'Con este logro no se puede componer ninguna credencial.',
  'This is no endorsement: it must be a signed EndorsementCredential.':
    'Esto no es un aval: tiene que ser una EndorsementCredential firmada.',
  'This endorses "{0}", not this achievement, "{1}".': 'Esto avala «{0}», no este logro, «{1}».',
  'An endorsement comes from somebody else. This one is from the issuer itself.':
    'Un aval lo da otra parte. Este es del propio emisor.',
  'It cannot be told now whether this endorsement is valid.': 'Ahora no se puede saber si este aval es válido.',
  'This endorsement is not valid.': 'Este aval no es válido.',
  'Nobody can have endorsed this yet: it gets its address when it is made.':
    'Nadie puede haberlo avalado todavía: recibe su dirección al crearse.',
  'An achievement has at most {0} endorsements.': 'Un logro tiene como mucho {0} avales.',
  'This achievement is retired.': 'Este logro está retirado.',
  'No version of this achievement is approved yet.': 'Todavía no hay ninguna versión aprobada de este logro.',
  'There is an issuer with the name "{0}" already.': 'Ya hay un emisor con el nombre «{0}».',
  'There is an issuer with the name "{0}" that is none of the sample data.':
    'Hay un emisor con el nombre «{0}» que no es de los datos de ejemplo.',
  'There is no such key that is published.': 'No hay ninguna clave publicada así.',
  '"from" lies in the future: retire the key then.': '«from» está en el futuro: retire la clave entonces.',
  'This issuer has no key to sign with. Make a new one under its keys.':
    'Este emisor no tiene ninguna clave con la que firmar. Cree una nueva en sus claves.',
  'This issuer cannot sign.': 'Este emisor no puede firmar.',
  'No credential can be built with this profile.': 'Con este perfil no se puede componer ninguna credencial.',
  'An issuer has at most {0} frameworks. Remove one first.': 'Un emisor tiene como mucho {0} marcos. Quite uno antes.',
  'The framework cannot be taken in.': 'El marco no se puede importar.',
  'This issuer has no such framework of its own.': 'Este emisor no tiene ese marco propio.',
  'Send a CFPackage as application/json, or a list as text/csv, in UTF-8.':
    'Envíe un CFPackage como application/json, o una lista como text/csv, en UTF-8.',
  'There is no such framework here.': 'Aquí no hay ese marco.',

  // Credentials and lists.
  'The learner cannot be used.': 'Los datos del estudiante no se pueden usar.',
  'There is no such credential.': 'No existe esa credencial.',
  'This credential is {0}; nobody is written to about it.':
    'Esta credencial está {0}; no se escribe a nadie sobre ella.',
  'No e-mail address of this learner is known.': 'No se conoce ningún correo de este estudiante.',
  'There is no such roster.': 'No existe esa lista.',
  'This claim link is not in use any more.': 'Este enlace para reclamar ya no se usa.',
  'This credential was accepted already.': 'Esta credencial ya fue aceptada.',
  'These credentials changed since the preview. Look at it again.':
    'Estas credenciales cambiaron desde la vista previa. Mírela de nuevo.',
  'None of these credentials would change.': 'Ninguna de estas credenciales cambiaría.',
  'To issue anew, say which "achievement" the credentials are of.':
    'Para emitir de nuevo, diga de qué logro («achievement») son las credenciales.',
  'This correction is {0}; {1} is not possible.': 'Esta corrección está {0}; no es posible {1}.',
  'There is no such correction.': 'No existe esa corrección.',
  'This roster is {0}: nothing of it can be corrected before it is issued.':
    'Esta lista está {0}: nada de ella se puede corregir antes de emitirla.',
  '{0} rows cannot be read or belong to no credential, so it is not sure who is missing. Mend them, or send "missing=keep".':
    '{0} filas no se pueden leer o no corresponden a ninguna credencial, así que no es seguro quién falta. Corríjalas, o envíe «missing=keep».',
  'The header of the list cannot be used.': 'El encabezado de la lista no se puede usar.',
  'This credential is {0}; only an active one is issued anew.':
    'Esta credencial está {0}; solo se emite de nuevo una activa.',
  'A learner record is not corrected: revoke it and issue another one.':
    'Un expediente no se corrige: revóquelo y emita otro.',
  'This learner holds a credential of this achievement.': 'Este estudiante tiene una credencial de este logro.',
  'This learner holds a credential of this achievement. Send "duplicates": "allow" to issue another.':
    'Este estudiante tiene una credencial de este logro. Envíe "duplicates": "allow" para emitir otra.',
  'This credential was not issued anew.': 'Esta credencial no se emitió de nuevo.',
  'This credential was not issued.': 'Esta credencial no se emitió.',
  'This record was not issued.': 'Este expediente no se emitió.',
  'A record holds at most {0} credentials. Say which with "credentials".':
    'Un expediente contiene como mucho {0} credenciales. Diga cuáles con «credentials».',
  'Say whose record it is by the e-mail address, id or identifiers.':
    'Diga de quién es el expediente: por correo, id o identificadores.',
  'This learner holds no credential of this issuer or its units that is in force.':
    'Este estudiante no tiene ninguna credencial vigente de este emisor ni de sus unidades.',
  'This learner holds no such credential in force.': 'Este estudiante no tiene vigente esa credencial.',
  'This credential is suspended, taken down or declined.':
    'Esta credencial está suspendida, retirada de la vista o rechazada.',
  'The credentials of this learner were issued under another name.':
    'Las credenciales de este estudiante se emitieron con otro nombre.',
  'This credential is about a learner with another id or identifier.':
    'Esta credencial es de un estudiante con otro id u otro identificador.',
  'These credentials changed. Ask again.': 'Estas credenciales cambiaron. Pídalo de nuevo.',
  'Send the list as text/csv, in UTF-8.': 'Envíe la lista como text/csv, en UTF-8.',
  '"{0}" is no date. Write it as 2026-05-18 or 2026-05-18T09:00:00Z.':
    '«{0}» no es una fecha. Escríbala como 2026-05-18 o 2026-05-18T09:00:00Z.',
  'This credential is {0}; {1} is not possible.': 'Esta credencial está {0}; no es posible {1}.',
  'This roster is {0}; {1} is not possible.': 'Esta lista está {0}; no es posible {1}.',
  'You listen {0} times already. Close one of these pages.': 'Ya escucha {0} veces. Cierre una de esas páginas.',
  'A list has at most {0} rows. Send it in parts.': 'Una lista tiene como mucho {0} filas. Envíela por partes.',
  '"column" does not understand "{0}". Write Column in the file=email.':
    '«column» no entiende «{0}». Escriba Columna del archivo=email.',
  'This credential has no such form.': 'Esta credencial no existe en esa forma.',
  'Many files are being made at the moment. Try again in a minute.':
    'En este momento se preparan muchos archivos. Inténtelo de nuevo en un minuto.',
  'The only format is json.': 'El único formato es json.',
  'The personal data of this credential was erased.': 'Los datos personales de esta credencial fueron borrados.',
  'This credential was taken down. Copies of it can still be verified.':
    'Esta credencial se retiró de la vista. Sus copias se pueden seguir verificando.',
  'This credential was erased.': 'Esta credencial fue borrada.',
  'This credential is taken down already.': 'Esta credencial ya está retirada de la vista.',
  'This credential is shown.': 'Esta credencial está a la vista.',
  'This credential has no such file.': 'Esta credencial no tiene ese archivo.',
  'There is no such dispute that is not closed.': 'No hay ningún aviso así sin cerrar.',
  'What would be erased is not what the preview said. Look at it again.':
    'Lo que se borraría no es lo que decía la vista previa. Mírela de nuevo.',
  'Nothing of this learner is kept here.': 'Aquí no se guarda nada de este estudiante.',
  'Revoking is for ever.': 'Revocar es para siempre.',
  'No credential of that id was issued here since the start.':
    'Desde el inicio no se emitió aquí ninguna credencial con ese id.',

  // Files and pictures.
  'The content of the file is not {0}, or not that alone.': 'El contenido del archivo no es {0}, o no solo eso.',
  'A file of evidence has at most {0} bytes here.': 'Aquí un archivo de evidencia tiene como mucho {0} bytes.',
  'The file is empty.': 'El archivo está vacío.',
  'There is no such grant in force.': 'No hay ningún permiso así en vigor.',
  'The storage of files does not have this file.': 'El almacén de archivos no tiene este archivo.',
  'Evidence may not be {0} here.': 'Aquí la evidencia no puede ser {0}.',
  'The upload took too long. Send it again.': 'El envío tardó demasiado. Envíelo de nuevo.',
  'The upload broke off.': 'El envío se interrumpió.',
  'There is no such file.': 'No existe ese archivo.',
  'Send the file as the body.': 'Envíe el archivo como cuerpo.',
  'This is neither PNG nor JPEG nor an SVG in UTF-8.': 'Esto no es PNG, ni JPEG, ni un SVG en UTF-8.',
  'It has {0} × {1} pixels; a side may have {2}, and all together {3}.':
    'Tiene {0} × {1} píxeles; un lado puede tener {2}, y en total {3}.',
  'It has no size.': 'No tiene tamaño.',
  'The PNG is cut off or damaged.': 'El PNG está cortado o dañado.',
  'There is something behind the end of the PNG.': 'Hay algo después del final del PNG.',
  'The PNG has no header.': 'El PNG no tiene encabezado.',
  'The header of the PNG says what no PNG has.': 'El encabezado del PNG dice lo que ningún PNG tiene.',
  'The PNG needs an extension to be shown.': 'El PNG necesita una extensión para mostrarse.',
  'The pixels of the PNG are not those that its header says.': 'Los píxeles del PNG no son los que dice su encabezado.',
  'The pixels of the PNG cannot be read.': 'Los píxeles del PNG no se pueden leer.',
  'The JPEG is damaged.': 'El JPEG está dañado.',
  'There is no picture in the JPEG.': 'No hay ninguna imagen en el JPEG.',
  'There is something behind the end of the JPEG.': 'Hay algo después del final del JPEG.',
  'The JPEG is cut off.': 'El JPEG está cortado.',
  'The JPEG has no readable frame.': 'El JPEG no tiene ningún cuadro legible.',
  'Send a picture as image/png, image/jpeg or image/svg+xml.':
    'Envíe una imagen como image/png, image/jpeg o image/svg+xml.',
  'This is no SVG: it cannot be read at character {0}.': 'Esto no es un SVG: no se puede leer en el carácter {0}.',
  'This is no SVG: its root must be <svg xmlns="{0}">.': 'Esto no es un SVG: su raíz debe ser <svg xmlns="{0}">.',
  'It has more than {0} elements.': 'Tiene más de {0} elementos.',
  'It uses its own parts so often that no viewer could draw it.':
    'Usa sus propias partes tantas veces que ningún visor podría dibujarlo.',

  // People and letters.
  'There is no such letter.': 'No existe esa carta.',
  'This letter is still waiting to be sent.': 'Esta carta todavía espera a ser enviada.',
  'There is an account with this address. Sign in with it.':
    'Ya hay una cuenta con este correo. Inicie sesión con ella.',
  'There is no such passkey of yours.': 'No tiene ninguna llave de acceso así.',
  'There is no such invitation that waits.': 'No hay ninguna invitación así en espera.',
  'This invitation was used, withdrawn, or has expired.': 'Esta invitación ya se usó, se retiró o caducó.',
  'This invitation was used, withdrawn, or has expired. Ask for a new one.':
    'Esta invitación ya se usó, se retiró o caducó. Pida una nueva.',
  'This invitation is for another e-mail address. Sign in with that one.':
    'Esta invitación es para otro correo. Inicie sesión con ese.',
  'You are a member already. Ask an owner or admin for another role.':
    'Ya es miembro. Pida otro rol a un propietario o administrador.',
  'There is no such member of this issuer.': 'Este emisor no tiene ese miembro.',
  'There is no such member.': 'No existe ese miembro.',
  'This is the last owner. Make somebody else an owner first.':
    'Es el último propietario. Nombre antes a otra persona propietaria.',
  'Sign in first.': 'Inicie sesión antes.',
  'Accounts are made by invitation here.': 'Aquí las cuentas se crean por invitación.',
  'A key is no member: revoke it instead.': 'Una clave no es un miembro: revóquela en su lugar.',
  'This link was used already, or is not the one that was printed at the start.':
    'Este enlace ya se usó, o no es el que se imprimió al inicio.',

  // Requests.
  'In the {0}: {1}': 'En {0}: {1}',
  'a text holds U+0000 or half of a character.': 'un texto contiene U+0000 o medio carácter.',
  'it is nested too deep.': 'está anidado a demasiada profundidad.',
  'a name holds U+0000 or half of a character.': 'un nombre contiene U+0000 o medio carácter.',
  'This process is stopping.': 'Este proceso se está deteniendo.',
  'The database does not answer.': 'La base de datos no responde.',
  'There is nothing at this address.': 'No hay nada en esta dirección.',
  'There is no such sample.': 'No existe esa muestra.',
  'This took too long, and was begun again. Send it again.': 'Tardó demasiado y se empezó de nuevo. Envíelo otra vez.',
  'This request is being answered at the moment. Send it again in a minute.':
    'Esta petición se está respondiendo ahora. Envíela de nuevo en un minuto.',
  'This Idempotency-Key was used for another request, or by somebody else. Take a new one.':
    'Esta Idempotency-Key se usó para otra petición, o la usó otra persona. Tome una nueva.',
  'This key may ask {0} times in a minute. Try again later.':
    'Esta clave puede preguntar {0} veces por minuto. Inténtelo más tarde.',
  'This was asked often in the last minute. Try again later.':
    'Esto se preguntó muchas veces en el último minuto. Inténtelo más tarde.',
  '"after" is not what "next" of an earlier page said.': '«after» no es lo que decía «next» en una página anterior.',
  'The sample data are being removed. Remove them first, to the end.':
    'Los datos de ejemplo se están quitando. Quítelos antes, hasta el final.',
  'Somebody else began this just now.': 'Otra persona acaba de empezar esto.',
  'The sample data are being made or removed at the moment. Try again in a minute.':
    'Los datos de ejemplo se están creando o quitando ahora. Inténtelo de nuevo en un minuto.',
  'The body is not JSON that can be read.': 'El cuerpo no es JSON que se pueda leer.',
  'The body must be a JSON object.': 'El cuerpo debe ser un objeto JSON.',
  '{0} did not answer.': '{0} no respondió.',
  'Send {"url": "https://…", "purpose": "controller"}.': 'Envíe {"url": "https://…", "purpose": "controller"}.',
};
