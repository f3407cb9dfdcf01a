import type { Finding, FindingCode } from '../finding.ts';
import { type JsonObject, showJson } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import type { Learner } from './learner.ts';

/** A file of evidence that the issuer keeps. */
export interface EvidenceFile {
  /** Its address. */
  id: string;
  mediaType: string;
  /** A multihash of its bytes (VCDM 2.0 §5.3). */
  digestMultibase: string;
}

/** By the name under which a learner's `evidence` entries refer to them: `{"file": "…"}`. */
export type EvidenceFiles = ReadonlyMap<string, EvidenceFile>;

export interface PlacedEvidence {
  evidence: JsonObject[] | undefined;
  /** The digests of the files, where VCDM 2.0 §5.3 has them signed. */
  relatedResource: JsonObject[];
  findings: Finding[];
}

/** A lasting address of evidence: on the web, or a URN. What a `data:` address holds nobody can keep or withdraw. */
export function isEvidenceAddress(value: string): boolean {
  return /^(https:\/\/|urn:)\S+$/i.test(value);
}

/** A learner's evidence as it stands in the credential: files by their address, and their digests beside it. */
export function placeEvidence({ evidence }: Learner, files: EvidenceFiles): PlacedEvidence {
  const findings: Finding[] = [];
  const resources = new Map<string, JsonObject>();
  const placed = evidence?.map((entry, index): JsonObject => {
    const fault = (name: string, code: FindingCode) =>
      findings.push({
        code,
        severity: 'error',
        pointer: toPointer(['evidence', index, name]),
        params: { value: showJson(entry[name] ?? '') },
      });
    if (entry.file === undefined) {
      if (entry.id !== undefined && !(typeof entry.id === 'string' && isEvidenceAddress(entry.id)))
        fault('id', 'issue-evidence-address-wrong');
      return entry;
    }
    const { file: name, ...rest } = entry;
    const file = typeof name === 'string' ? files.get(name) : undefined;
    if (entry.id !== undefined) fault('id', 'issue-evidence-file-and-address');
    if (file === undefined) {
      fault('file', 'issue-evidence-file-unknown');
      return rest;
    }
    if (resources.has(file.id)) fault('file', 'issue-evidence-file-twice');
    const { id, mediaType, digestMultibase } = file;
    resources.set(id, { id, mediaType, digestMultibase });
    return { ...rest, id };
  });
  return { evidence: placed, relatedResource: [...resources.values()], findings };
}
