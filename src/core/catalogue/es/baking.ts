import type { Words } from '../words.ts';

const original = 'Pida la imagen original: algunos programas y aplicaciones de mensajería eliminan la credencial.';

export const baking = {
  'input-too-large': {
    say: 'El archivo supera los {limit} bytes y no se ha leído.',
    todo: 'Entregue las credenciales de una en una.',
  },
  'input-empty': { say: 'El archivo está vacío.', todo: 'Vuelva a entregar el archivo.' },
  'input-is-pdf': {
    say: 'Este PDF no lleva adjunta ninguna credencial.',
    todo: 'Cualquiera puede escribir lo que muestra un PDF. Pida la credencial misma: el archivo JSON, la imagen de la insignia o su dirección.',
  },
  'pdf-encrypted': {
    say: 'Este PDF está protegido, así que no se puede leer lo que lleva adjunto.',
    todo: 'Pida la credencial misma: el archivo JSON, la imagen de la insignia o su dirección.',
  },
  'input-is-zip': { say: 'Esto es un archivo ZIP.', todo: 'Descomprímalo y entregue los archivos que contiene.' },
  'zip-damaged': {
    say: 'No se puede leer la lista de archivos de este ZIP.',
    todo: 'Puede que se cortara al enviarlo. Vuelva a pedirlo o entregue los archivos que contiene.',
  },
  'zip-empty': { say: 'Este ZIP no contiene archivos.', todo: 'Entregue los archivos mismos.' },
  'zip-too-large': {
    say: 'Descomprimido, este ZIP supera los {limit} bytes; no se ha leído nada de él.',
    todo: 'Entregue los archivos en varios ZIP más pequeños.',
  },
  'zip-too-deep': {
    say: 'Este ZIP está dentro de otro que a su vez está dentro de otro, y no se ha abierto.',
    todo: 'Descomprímalo y entregue los archivos que contiene.',
  },
  'zip-entry-locked': {
    say: 'Este archivo del ZIP está protegido con una contraseña.',
    todo: 'Descomprima el ZIP con su contraseña y entregue el archivo.',
  },
  'zip-entry-bomb': {
    say: 'Descomprimido, este archivo ocuparía más de {ratio} veces su tamaño, algo que no hace ninguna credencial. No se ha descomprimido.',
    todo: 'No lo descomprima tampoco en otro lugar; pregunte quién lo envió.',
  },
  'zip-entry-damaged': {
    say: 'Este archivo del ZIP está dañado.',
    todo: 'Vuelva a pedirlo: puede que se cortara al enviarlo.',
  },
  'zip-entry-method': {
    say: 'Este archivo del ZIP está comprimido con un método que aquí no se lee ({method}).',
    todo: 'Descomprima el ZIP y entregue el archivo.',
  },
  'input-is-picture': {
    say: 'Esta imagen es de un tipo que no lleva credenciales.',
    todo: 'Las imágenes de insignias son PNG o SVG. Pida la imagen original.',
  },
  'input-is-html': {
    say: 'Esto es una página web, no una credencial.',
    todo: 'Descargue la credencial desde la página o indique la dirección de la credencial.',
  },
  'input-unknown': {
    say: 'Esto no es una credencial ni una imagen que contenga una.',
    todo: 'Entregue un JSON, un token firmado (JWT), una insignia PNG o SVG, o una dirección.',
  },
  'image-neither-png-nor-svg': {
    say: 'La imagen no es PNG ni SVG.',
    todo: 'Solo se pueden incorporar credenciales en imágenes PNG y SVG.',
  },
  'image-without-credential': { say: 'La imagen no contiene ninguna credencial.', todo: original },
  'baked-twice': {
    say: 'La imagen contiene {count} credenciales del mismo tipo; se ha leído la primera.',
    todo: original,
  },
  'png-cut': { say: 'El PNG se interrumpe en el byte {offset}.', todo: original },
  'png-malformed': { say: 'El PNG está dañado en el byte {offset}.', todo: original },
  'png-checksum': {
    say: 'Una parte del PNG, en el byte {offset}, no coincide con su suma de comprobación.',
    todo: original,
  },
  'png-text-malformed': { say: 'No se puede leer el texto que lleva el PNG ({keyword}).', todo: original },
  'svg-malformed': { say: 'El SVG está dañado en el carácter {offset}.', todo: original },
  'svg-credential-empty': { say: 'El lugar de la credencial en el SVG está vacío.', todo: original },
} satisfies Partial<Words['findings']>;
