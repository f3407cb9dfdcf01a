/** Day and time in the zone of this device, with the zone. */
export function formatMoment(iso: string): string {
  return new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
}
