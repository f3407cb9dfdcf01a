/**
 * An absolute URL, undefined for anything else. Not `URL.canParse`: once Node 20 has compiled a call of it, it says no to
 * addresses with letters such as é.
 */
export function readUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
