import type { Database } from '../database.ts';
import { type CredentialRow, findCredential } from './store.ts';

const maximumKept = 2000;
/** Another process may have changed it: accepted, taken down. In milliseconds. */
const trustedFor = 1000;

/** Credentials as they are asked for in public: those that many people open at once are looked up once a second. */
export class PublishedCredentials {
  private readonly db: Database;
  private readonly known = new Map<string, { at: number; credential: Promise<CredentialRow | undefined> }>();

  constructor(db: Database) {
    this.db = db;
  }

  find(id: string): Promise<CredentialRow | undefined> {
    const known = this.known.get(id);
    if (known !== undefined && performance.now() - known.at < trustedFor) return known.credential;
    const credential = findCredential(this.db, id);
    this.known.delete(id);
    if (this.known.size >= maximumKept) this.known.delete(this.known.keys().next().value as string);
    const entry = { at: performance.now(), credential };
    this.known.set(id, entry);
    const forget = () => {
      if (this.known.get(id) === entry) this.known.delete(id);
    };
    // What failed, and what is not there yet, is asked anew.
    credential.then((found) => found ?? forget(), forget);
    return credential;
  }

  /** It was changed here: the next request looks at once. */
  forget(id: string): void {
    this.known.delete(id);
  }
}
