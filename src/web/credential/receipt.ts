import { buildAnswer, renderAnswer } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import type { TrustSource } from '../../core/trust/trust-source.ts';

/** What a check was made with: beside the report, this is what a receipt says. */
export interface CheckedWith {
  /** The file or address, as the person named it. */
  name: string;
  /** Of the bytes that were given; null when the server fetched them. */
  sha256: string | null;
  /** Version of this software; null when the server did not say. */
  version: string | null;
  sources: readonly TrustSource[];
}

export interface Receipt {
  receipt: {
    software: { name: 'Assay'; version: string | null };
    given: { name: string; sha256: string | null };
    checkedAt: string;
    answer: string;
    pack: { id: string; version: string; title: string } | null;
    trustSources: { name: string; date: string; issuers: number }[];
  };
  assessment: Assessment;
}

/** A check to keep: the report as it is, and when and with what it was made. */
export function buildReceipt(assessment: Assessment, { name, sha256, version, sources }: CheckedWith): Receipt {
  const { verification, hallmark, framework } = assessment;
  const pack = framework?.pack ?? null;
  return {
    receipt: {
      software: { name: 'Assay', version },
      given: { name, sha256 },
      checkedAt: verification.checkedAt,
      answer: renderAnswer(buildAnswer(verification, hallmark).sentence),
      pack: pack && { id: pack.id, version: pack.version, title: pack.title },
      trustSources: sources.map((source) => ({
        name: source.name,
        date: source.date,
        issuers: source.issuers.length,
      })),
    },
    assessment,
  };
}

export function receiptName(given: string): string {
  const stem = given.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return `${stem.slice(0, 80) || 'credential'}.receipt.json`;
}
