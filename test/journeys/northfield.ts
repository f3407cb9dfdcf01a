import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './assay.ts';
import { type ServerProcess, setupTokenOf } from './server-process.ts';

export interface Asked {
  /** Which of the processes is asked. */
  server?: number;
  method?: string;
  type?: string;
}

/** An answer that is no success. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, text: string) {
    super(`${status} ${text}`);
    this.status = status;
  }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** An issuer with an approved achievement on these processes, and how it is spoken to; a process that is being started anew is waited for. */
export async function openNorthfield(servers: readonly ServerProcess[], policy: object = {}) {
  const at = '/api/issuers/northfield';
  let key = '';
  const call = async (path: string, body?: unknown, { server = 0, method, type = 'application/json' }: Asked = {}) => {
    for (let tries = 0; ; tries++)
      try {
        const answer = await fetch(`${servers[server]?.url}${path}`, {
          method: method ?? (body === undefined ? 'GET' : 'POST'),
          headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Refused(answer.status, `${path}: ${text}`);
        return text === '' ? null : JSON.parse(text);
      } catch (error) {
        if (tries > 50 || !(error instanceof TypeError)) throw error;
        await pause(100);
      }
  };
  const token = await setupTokenOf(servers[0] as ServerProcess);
  const issuer = { slug: 'northfield', profile: { name: 'Northfield', url: 'https://northfield.example' } };
  key = (await call('/api/setup', { token, issuer })).apiKey;
  const change = { deliver: 'none', ...policy };
  await call(`${at}/policy`, { change, reason: 'a test' }, { method: 'PUT' });
  const { id: achievement } = await call(
    `${at}/achievements`,
    JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8')),
  );
  for (const step of ['submit', 'approve']) await call(`${at}/achievements/${achievement}/${step}`, {});

  /** Issue to so many learners, and wait until it is done; gives the roster. */
  const issueTo = async (count: number): Promise<string> => {
    const csv = ['email', ...Array.from({ length: count }, (_, index) => `l${index}@example.edu`)].join('\n');
    const { id } = await call(`${at}/rosters?achievement=${achievement}`, csv, { type: 'text/csv' });
    await call(`${at}/rosters/${id}/start`, {});
    while ((await call(`${at}/rosters/${id}`)).state !== 'done') await pause(100);
    return id;
  };
  /** All credentials, the newest first. */
  const listCredentials = async (): Promise<{ id: string; state: string }[]> => {
    const all: { id: string; state: string }[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: { items: typeof all; next: string | null } = await call(
        `${at}/credentials?limit=200${after === '' ? '' : `&after=${after}`}`,
      );
      all.push(...page.items);
      after = page.next;
    }
    return all;
  };
  return { at, call, achievement: achievement as string, issueTo, listCredentials };
}
