/** A file name of letters, digits and hyphens: the line of the row keeps it unique, the name lets a person find it. */
export function credentialFileName(line: number, learnerName: string | undefined, extension: string): string {
  const slug = (learnerName ?? '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `${String(line).padStart(5, '0')}${slug === '' ? '' : `-${slug}`}.${extension}`;
}
