import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GateOutcome } from '../../core/issue/gate.ts';
import { type AccessDeps, authorize } from '../access/authorize.ts';
import { reason } from '../typed.ts';

/** Asked for with a request; needs the scope `approve`. */
export const waiverSchema = z.object({ reason });

/** Somebody answers for issuing what the gate refuses. */
export interface Waiver {
  by: string;
  at: string;
  reason: string;
}

/** As it stays with the credential, and is shown with it. */
export interface KeptWaiver extends Waiver {
  wanted: string;
  supported: string | null;
  missing: string[];
}

export function keepWaiver(waiver: Waiver, { wanted, supported, missing }: GateOutcome): KeptWaiver {
  return { ...waiver, wanted, supported, missing };
}

/** Whoever asks for a waiver answers for it by name, and must be allowed to approve. */
export async function askedWaiver(
  deps: AccessDeps & { now(): Date },
  request: FastifyRequest,
  slug: string,
  asked: { reason: string } | undefined,
): Promise<Waiver | null> {
  if (asked === undefined) return null;
  const { title } = await authorize(deps, request, slug, 'approve');
  return { by: title, at: deps.now().toISOString(), reason: asked.reason };
}
