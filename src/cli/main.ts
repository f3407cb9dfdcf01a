#!/usr/bin/env node
import { main } from './cli.ts';

// `assay … | head` closes our output early; that is no error of anybody's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});
process.stderr.on('error', () => {});

// Not process.exit: what was written to a pipe must still be flushed.
process.exitCode = await main(process.argv.slice(2), process);
