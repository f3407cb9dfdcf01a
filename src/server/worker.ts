import fastify from 'fastify';
import { type Config, StartRefused } from './config.ts';
import { logOptions } from './log.ts';
import { openService } from './open-service.ts';
import { startWork } from './work.ts';

/** A process that works on what stands in the database and listens to nobody. */
export async function startWorker(config: Config): Promise<{ close(): Promise<void> }> {
  if (config.databaseUrl === null)
    throw new StartRefused(
      'A worker needs PostgreSQL: the embedded database belongs to one process, and "assay serve" does its work itself. Set DATABASE_URL.',
    );
  const service = await openService(config, config.publicUrl ?? `http://localhost:${config.port}`);
  const { log } = fastify({ logger: logOptions(config.logLevel) });
  const work = startWork(service.issuing, (err) => log.error({ err }, 'failed'));
  service.closing.push(() => work.close());
  return { close: service.close };
}
