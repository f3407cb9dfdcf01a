import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { root } from './assay.ts';

/** Of all processes: what they sign carries it. */
const publicAddress = ['--public-url', 'https://assay.example'];

export interface ServerProcess {
  url: string;
  child: ChildProcess;
  output: string;
}

/** A server process, as soon as it answers. */
export function startProcess(data: string, env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    ['dist/cli/main.js', 'serve', '--port', '0', '--data', data, ...publicAddress],
    {
      cwd: root,
      env: { ...process.env, ...env },
    },
  );
  const server: ServerProcess = { url: '', child, output: '' };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not start: ${server.output}`)), 60_000);
    const hear = (chunk: Buffer) => {
      server.output += chunk.toString();
      const [url] = /http:\/\/localhost:\d+/.exec(server.output) ?? [];
      if (url === undefined || server.url !== '') return;
      server.url = url;
      clearTimeout(timer);
      // What it prints after its address belongs to its start.
      setTimeout(() => resolve(server), 50);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${server.output}`)));
  });
}

/** End it, and wait until it is gone. */
export function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** The most memory that a process ever held, in MB. */
export function peakOf(child: ChildProcess): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}
