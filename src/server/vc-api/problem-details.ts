import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding } from '../../core/finding.ts';

export interface ProblemDetails {
  type: string;
  title: string;
  detail: string;
  code: string;
  pointer?: string;
}

/** Findings as RFC 9457 problem details, with the type URLs that the specifications name. */
export function toProblemDetails(findings: readonly Finding[], fallback: string): ProblemDetails[] {
  return findings.map((finding) => {
    const { say, todo } = renderFinding(finding);
    return {
      type: finding.type ?? fallback,
      title: say,
      detail: todo === undefined ? say : `${say} ${todo}`,
      code: finding.code,
      ...(finding.pointer === undefined ? {} : { pointer: finding.pointer }),
    };
  });
}

export const problemType = {
  malformed: 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR',
  parsing: 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR',
  cryptographic: 'https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR',
  generation: 'https://w3id.org/security#PROOF_GENERATION_ERROR',
} as const;
