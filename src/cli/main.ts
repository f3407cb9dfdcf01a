#!/usr/bin/env node
import { main } from './cli.ts';

// `assay … | head` closes our output early. That is nobody's error, and the exit code must still be that of the work.
const closedEarly = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!closedEarly.has(error.code ?? '')) throw error;
  });

// Not process.exit: what was written to a pipe must still be flushed.
process.exitCode = await main(process.argv.slice(2), process);
