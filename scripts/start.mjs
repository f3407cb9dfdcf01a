// `npm start`: install, build, and serve the receiver's page on http://localhost:4280.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, installPackages, requireNode, root } from './set-up.mjs';

requireNode();
installPackages();
build();

const given = process.argv.slice(2);
const withDefault = (flag, value) =>
  given.some((arg) => arg === flag || arg.startsWith(`${flag}=`)) ? [] : [flag, value];
const args = [...withDefault('--data', process.env.ASSAY_DATA || join(root, 'data')), ...given];
const server = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'serve', ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
