import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, constants, cp, mkdir, readdir, rm } from 'node:fs/promises';
import { request as ask, createServer } from 'node:http';
import { join, relative, resolve } from 'node:path';
import { StartRefused } from '../config.ts';
import type { Database } from '../database.ts';
import { verifyAllRecords } from './verify-chains.ts';

/** Longest path of a socket on every system that has them. */
const longestPath = 100;
const copyPrefix = 'copy-';

/**
 * How commands on this machine speak to the process that owns the embedded database: a socket in the data folder, which only
 * the owner of the folder can open. Null where its path is too long for a socket.
 */
export async function openAdminSocket(
  folder: string,
  db: Database,
  onError: (error: unknown) => void,
): Promise<{ close(): Promise<void> } | null> {
  for (const name of await readdir(folder))
    if (name.startsWith(copyPrefix)) await rm(join(folder, name), { recursive: true, force: true });
  const path = socketPath(folder);
  if (path === null) return null;
  await rm(path, { force: true });
  const answers: Record<string, () => Promise<unknown>> = {
    'POST /copy': () => copyDatabase(db, folder),
    'GET /audit': () => verifyAllRecords(db),
  };
  const server = createServer(async ({ method, url }, response) => {
    const answer = answers[`${method} ${url}`];
    try {
      const body = answer === undefined ? null : await answer();
      response.statusCode = answer === undefined ? 404 : 200;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    } catch (error) {
      onError(error);
      response.statusCode = 500;
      response.end('{}');
    }
  });
  // Nobody else may open it, not even for the moment between making it and saying so.
  const before = process.umask(0o177);
  const listening = new Promise<void>((found, failed) => server.once('error', failed).listen(path, found));
  process.umask(before);
  await listening;
  await chmod(path, 0o600);
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * A copy of the database as it is at this moment. Its one session is held, so that nothing writes meanwhile, and others wait
 * for as long as copying the files takes, not for as long as reading every row would.
 */
async function copyDatabase(db: Database, folder: string): Promise<{ copy: string }> {
  const copy = resolve(folder, `${copyPrefix}${randomUUID()}`);
  await mkdir(copy, { mode: 0o700 });
  await db
    .transaction()
    .execute(() =>
      cp(join(folder, 'database'), join(copy, 'database'), { recursive: true, mode: constants.COPYFILE_FICLONE }),
    );
  return { copy };
}

/** Ask the process that owns a data folder; undefined when none answers. */
export async function askOwner(folder: string, method: 'GET' | 'POST', path: string): Promise<unknown> {
  const socket = socketPath(folder);
  if (socket === null || !existsSync(socket)) return undefined;
  return await new Promise((found, failed) => {
    const request = ask({ socketPath: socket, method, path }, async (response) => {
      try {
        let text = '';
        for await (const chunk of response) text += chunk;
        if (response.statusCode === 200) found(JSON.parse(text));
        else failed(new Error(`the server answered ${response.statusCode} to ${method} ${path}`));
      } catch (error) {
        failed(error);
      }
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      // Left behind by a process that was killed.
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') found(undefined);
      else if (error.code === 'EACCES') failed(new StartRefused(`Only the owner of the folder ${folder} may do that.`));
      else failed(error);
    });
    request.end();
  });
}

/** The shorter way of writing it: a socket's path has about a hundred characters. */
function socketPath(folder: string): string | null {
  const path = resolve(folder, 'admin.sock');
  const near = relative(process.cwd(), path);
  const shorter = near.length < path.length ? near : path;
  return Buffer.byteLength(shorter) <= longestPath ? shorter : null;
}
