import type * as english from '../en/home.ts';

export const home: typeof english.home = {
  title: '¿Qué demuestra esta credencial?',
  pageTitle: 'Emitir, leer y verificar credenciales',
  lead: 'Assay ayuda a los emisores a decir qué sabe hacer un estudiante y qué tan bien, y permite que cualquiera lo lea y lo verifique en segundos. Sin cuenta.',
  drop: 'Suelte aquí archivos o una carpeta',
  dropMore:
    'JSON, JWT, PNG, SVG, PDF o ZIP, de cualquier plataforma. Se comprueban en este navegador, que para ello necesita JavaScript. Sin él, use la línea de órdenes assay o la API.',
  five: 'Cinco sellos, siempre en este orden',
  fiveMore:
    'Una oficina de contraste prueba el metal y pone una marca. Assay prueba una credencial y pone esta. El contorno dice qué se pregunta; el trazo, la respuesta.',
  questions: {
    authentic: '¿Firmó la clave del emisor exactamente esto?',
    current: '¿Está vigente hoy: ni vencida, ni revocada, ni suspendida?',
    issuer: '¿Quién es, y quién lo respalda?',
    class: '¿El estudiante aplicó conocimientos, los mostró o participó?',
    level: '¿Qué tan bien, en la escala del emisor, y dónde está el mínimo para aprobar?',
  },
  strikes: ['Entero', 'Tachado', 'A lápiz', 'En blanco'],
  start: 'Por dónde empezar',
  issue: 'Emitir lo que los lectores necesitan',
  issueMore:
    'Diga qué hizo el estudiante. Assay le dice qué necesita un lector, por qué y dónde va, y firma una credencial o cuarenta mil.',
  issueGo: 'Empezar a emitir',
  explore: 'Mirar primero',
  exploreMore:
    'Una universidad y un distrito escolar ficticios: doce logros y doscientas personas, con lo que pasa en la vida real. Se quita todo en un solo acto.',
  exploreGo: 'Explorar datos de muestra',
  ask: 'Saber qué se pide',
  askMore:
    'Cada regla que aplica Assay: por qué la necesita quien recibe la credencial, dónde va la respuesta y cuánta certeza tenemos de la regla.',
  askGo: 'Leer la guía del marco',
  build: 'Construir sobre ello',
  buildMore:
    'Una biblioteca, una línea de órdenes, una API HTTP. Open Badges 3.0 y CLR 2.0 de entrada y de salida: nada queda encerrado.',
  buildGo: 'Leer la API',
  example: 'Lo que ve un lector',
  exampleGo: 'Ver esta comprobación completa',
};
