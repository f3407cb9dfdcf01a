/** Does whoever asks want a page rather than data? Only those who name HTML, and like it at least as well. */
export function prefersHtml(accept: string | undefined): boolean {
  const quality = new Map(
    (accept ?? '').split(',').map((entry): [string, number] => {
      const [type = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, q === undefined ? 1 : Number(q) || 0];
    }),
  );
  const html = quality.get('text/html') ?? quality.get('application/xhtml+xml') ?? 0;
  const data = Math.max(0, ...['application/json', 'application/ld+json'].map((type) => quality.get(type) ?? 0));
  return html > 0 && html >= data;
}
