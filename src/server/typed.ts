import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

/** Routes whose requests are checked by their Zod schemas. */
export const typed = (app: FastifyInstance) => app.withTypeProvider<ZodTypeProvider>();

/** In addresses and in the did:web; never changes. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens')
  .max(63);
export const jsonObject = z.record(z.string(), z.json());
export const reason = z.string().trim().min(1).max(1000);
/** With a zone, or read in the issuer's: `readMoment` says whether it is one. */
export const moment = z.string().trim().min(10).max(40);
export const credentialId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
export const inIssuer = z.object({ slug });
export const inCredential = z.object({ slug, id: credentialId });
/** A parameter that may be given as often as needed. */
export const several = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));
