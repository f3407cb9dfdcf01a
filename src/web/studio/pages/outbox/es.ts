import type * as english from './en.ts';

export const texts: typeof english.texts = {
  title: 'Bandeja de salida',
  lead: 'Cartas a los estudiantes, y qué fue de ellas.',
  what: 'las cartas',
  letter: 'Carta',
  kinds: { claim: 'Una credencial por aceptar', reminder: 'Una credencial termina', letter: 'Carta' },
  to: 'Para',
  nobody: 'Nadie: el estudiante fue borrado',
  state: 'Estado',
  all: 'Todas',
  states: { waiting: 'En camino', sent: 'Enviada', failed: 'Rechazada' },
  attempts: 'Se intentó {count} veces.',
  when: 'Cuándo',
  act: 'Otra vez',
  resend: 'Enviar de nuevo',
  queued: 'Una copia de la carta va en camino.',
  none: 'Aquí estarán las cartas.',
  noMatch: 'Ninguna carta es así.',
  noneMeaning:
    'Lo que un servidor de correo no admite ahora se intenta de nuevo durante unos tres días; lo que rechaza queda aquí como rechazado, con su motivo.',
};
