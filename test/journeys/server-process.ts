import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { root } from './assay.ts';

/** Of all processes: what they sign carries it. */
const publicAddress = ['--public-url', 'https://assay.example'];

export interface ServerProcess {
  url: string;
  child: ChildProcess;
  output: string;
}

/** A process that serves, as soon as it answers; or one that only works, as soon as it does. */
export function startProcess(
  data: string,
  env: Record<string, string>,
  command: 'serve' | 'worker' = 'serve',
): Promise<ServerProcess> {
  const port = command === 'serve' ? ['--port', '0'] : [];
  const child = spawn(process.execPath, ['dist/cli/main.js', command, ...port, '--data', data, ...publicAddress], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  const server: ServerProcess = { url: '', child, output: '' };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not start: ${server.output}`)), 120_000);
    const hear = (chunk: Buffer) => {
      server.output += chunk.toString();
      const [said] = /http:\/\/localhost:\d+|Assay works/.exec(server.output) ?? [];
      if (said === undefined || server.url !== '') return;
      server.url = said;
      clearTimeout(timer);
      resolve(server);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${server.output}`)));
  });
}

/** The token for the first issuer, which is printed after the address. */
export async function setupTokenOf(server: ServerProcess): Promise<string> {
  await expect.poll(() => server.output).toMatch(printedToken);
  return printedToken.exec(server.output)?.[1] ?? '';
}

const printedToken = /once: (\S+)\n/;

/** End it, and wait until it is gone; gives its exit code. */
export function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

/** The most memory that a process ever held, in MB. */
export function peakOf(child: ChildProcess): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}
