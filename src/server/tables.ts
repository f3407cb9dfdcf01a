import type { Generated } from 'kysely';
import type { Role } from './access/roles.ts';
import type { IdentityTables } from './people/tables.ts';
import type { Policy } from './policy/policy.ts';

/** Every table. JSON that was signed or written by people is kept as text, byte for byte; `state` values are checked in SQL. */
export interface Tables extends IdentityTables {
  issuer: {
    id: string;
    parent_id: string | null;
    /** In addresses and in the did:web; never changes. */
    slug: string;
    /** Profile (Open Badges 3.0) without its id. */
    profile: string;
    created_at: Date;
    /** Of the sample data, or made below them: fictional, nothing that it issues is for real use. */
    sample: Generated<boolean>;
  };
  issuer_key: {
    id: string;
    issuer_id: string;
    type: string;
    /** Multikey. */
    public_key: string;
    /** Sealed under the master key. */
    secret: Uint8Array;
    /** `published`: rotated out, still there for verifying. */
    state: 'active' | 'published' | 'retired' | 'compromised';
    created_at: Date;
    ended_at: Date | null;
    compromised_from: Date | null;
    /** What it signs: embedded proofs and status lists, or JWTs. */
    use: 'proof' | 'jwt';
  };
  achievement: { id: string; issuer_id: string; created_at: Date; retired_at: Date | null };
  achievement_version: {
    achievement_id: string;
    version: number;
    state: 'draft' | 'review' | 'approved';
    /** Achievement (Open Badges 3.0). Never changes once approved. */
    document: string;
    /** What each learner must show, an EvidenceRequirement as JSON; beside the document, which has no place for it. */
    evidence: string | null;
    changed_at: Date;
    changed_by: string;
  };
  /** What an approver asks to be changed before a version is approved. */
  achievement_comment: {
    id: string;
    achievement_id: string;
    version: number;
    /** Among those that were made at once, from 1. */
    number: number;
    /** The place in the document that it is about, a JSON Pointer; null: the whole. */
    pointer: string | null;
    text: string;
    made_by: string;
    made_at: Date;
    /** When the version was sent to review again. */
    resolved_at: Date | null;
  };
  /** Skills or standards of somebody else, for authors to align with: of an issuer and its units. */
  skill_framework: {
    id: string;
    issuer_id: string;
    name: string;
    uri: string | null;
    source: 'case' | 'csv';
    state: 'reading' | 'ready' | 'removing';
    items: number;
    created_at: Date;
    created_by: string;
  };
  skill_item: {
    framework_id: string;
    /** In the order of its file, from 1. */
    number: number;
    code: string | null;
    /** A short form of the statement. */
    name: string | null;
    statement: string;
    uri: string;
    /** What its framework calls it, such as Standard. */
    kind: string | null;
    /** `targetType` of an Alignment (Open Badges 3.0). */
    target_type: string;
    /** The number of the item above it. */
    parent: number | null;
    /** To be found by, see `wordsOf` in `words-of.ts`. */
    words: string;
  };
  status_list: {
    id: string;
    issuer_id: string;
    /** Places given out so far; `scramble` turns the count into a place. */
    taken: number;
    size: number;
    scramble: Uint8Array;
    /** Counts the changes of its entries. */
    revision: number;
  };
  credential: {
    /** Random, unguessable: the address of its page. */
    id: string;
    issuer_id: string;
    /** Null in a Comprehensive Learner Record, which is of no achievement: it holds credentials. */
    achievement_id: string | null;
    achievement_version: number | null;
    status_list_id: string;
    status_index: number;
    state: 'active' | 'suspended' | 'revoked' | 'superseded';
    /** What was signed, as it is delivered, see `signedForm`; null when it was erased. */
    document: string | null;
    /** SHA-256 of the document, in hex. */
    digest: string;
    /** Issued without an https address of this instance: not for real use. */
    test: boolean;
    issued_at: Date;
    /** Who it is for, under a key of this instance; null when the learner is named and no more. See `recipientOf`. */
    recipient: string | null;
    /** Who it is for, to write to them: a sealed `Person`; null when erased, or when there is nothing to know. */
    person: Uint8Array | null;
    /** The roster that it came with; null when it was issued by itself. */
    roster_id: string | null;
    /** When the learner's data was erased. Status and digest stay, so that copies can still be verified. */
    erased_at: Date | null;
    /** Taken down without being erased. */
    hidden_at: Date | null;
    /** A KeptWaiver as JSON, where the gate would have refused it. */
    waiver: string | null;
    /** The credential as a VC-JWT, as it is delivered; null when there is none, or it was erased. */
    jwt: string | null;
    /** SHA-256 of the JWT, in hex. */
    jwt_digest: string | null;
    /** Shared by credentials that one entry of the audit log covers; null for one with an entry of its own. */
    batch: string | null;
    /** Who had it issued, and why. */
    issued_by: string;
    issue_reason: string;
    /** As the document says it, to find those that end soon. */
    valid_until: Date | null;
    reminded_at: Date | null;
    /** It names its issuer's 1EdTechRevocationList. */
    revocation_listed: boolean;
    /** Why it is in its state, and since when; null while nothing changed. */
    status_reason: string | null;
    status_at: Date | null;
    /** The next edition of a superseded credential. */
    superseded_by: string | null;
    /** Counts the claim links: a new one ends the one before. */
    claim_version: number;
    /** What the learner said; only accepted ones are shown to those who hold no claim link. */
    claim_state: 'waiting' | 'accepted' | 'declined';
    claimed_at: Date | null;
    /** The learner lets search engines list its page. */
    indexed: boolean;
  };
  roster: {
    id: string;
    issuer_id: string;
    achievement_id: string;
    achievement_version: number;
    /** The file's, as it was given. */
    name: string;
    state: 'reading' | 'ready' | 'running' | 'paused' | 'cancelled' | 'done';
    /** The header line: a JSON list of its cells. */
    header: string;
    valid_from: string | null;
    valid_until: string | null;
    actor: string;
    /** May one learner get a second credential of the achievement? */
    duplicates: 'refuse' | 'allow';
    proof: Policy['proof'];
    /** In which its dates without a zone were read. */
    time_zone: string;
    /** Write to the learners? Null leaves it to the policy. */
    deliver: 'email' | 'none' | null;
    created_at: Date;
    rows: number;
    faulty: number;
    issued: number;
    failed: number;
    /** What its rows were judged by when they were read, see `Series.judgedBy`. */
    judged: string | null;
    /** A Waiver as JSON. */
    waiver: string | null;
    /** Why results under the pass mark are issued; null when they are not. */
    below_pass_mark: string | null;
  };
  roster_row: {
    roster_id: string;
    /** In the file, from 1. */
    line: number;
    state: 'waiting' | 'faulty' | 'issued' | 'failed';
    /** Its name and the values that its faults quote, sealed; null when they were erased. */
    said: Uint8Array | null;
    /** Its Learner, sealed, until it is issued. */
    learner: Uint8Array | null;
    /** Keyed digests of addresses and identifiers in it, by which it is found until it is issued. */
    marks: string[] | null;
    /** RosterFaults as JSON, without the values that they quote. */
    faults: string | null;
    credential_id: string | null;
    /** How it falls short of the gate, a GateOutcome as JSON; null when it passed, or was not judged. */
    gate: string | null;
  };
  /** What is done to many credentials as one act. Its items are the queue. */
  correction: {
    id: string;
    issuer_id: string;
    kind: 'revoke' | 'suspend' | 'reinstate' | 'reissue' | 'correct';
    state: 'reading' | 'ready' | 'running' | 'cancelled' | 'done';
    reason: string;
    actor: string;
    /** The roster that is corrected. */
    roster_id: string | null;
    /** What new editions are issued of; null where there are none, or each keeps its version. */
    achievement_id: string | null;
    achievement_version: number | null;
    created_at: Date;
    total: number;
    done: number;
    skipped: number;
    failed: number;
  };
  correction_item: {
    correction_id: string;
    /** From 1; of a corrected roster its line. */
    number: number;
    /** Null for a row that belongs to no credential. */
    credential_id: string | null;
    act: 'revoke' | 'suspend' | 'reinstate' | 'reissue' | 'none';
    state: 'waiting' | 'done' | 'skipped' | 'failed';
    /** The corrected learner, sealed, until it is done. */
    learner: Uint8Array | null;
    /** RosterFaults as JSON. */
    faults: string | null;
    /** The new edition. */
    edition_id: string | null;
  };
  idempotent_request: {
    issuer_id: string;
    key: string;
    /** SHA-256 of who asked what, so that one key never answers two questions, nor two people. */
    digest: string;
    status: number;
    body: string;
    created_at: Date;
  };
  /** What an issuer decided for itself and its units; what is not here comes from above, see `findPolicy`. */
  policy: {
    issuer_id: string;
    name: string;
    /** JSON. */
    value: string;
    changed_at: Date;
    changed_by: string;
  };
  /** Letters that wait, and those that were sent. */
  mail: {
    id: string;
    /** Null for letters of the instance. */
    issuer_id: string | null;
    credential_id: string | null;
    /** `claim` and `reminder` are written from their credential when they are sent, with the links that hold then. */
    kind: 'letter' | 'claim' | 'reminder';
    /** A `Letter`, sealed: it names people, and may hold links that open doors. Null for the other kinds. */
    content: Uint8Array | null;
    state: Generated<'waiting' | 'sent' | 'failed'>;
    attempts: Generated<number>;
    /** When it is sent next; while a process sends it, when another one may take over. */
    next_at: Date;
    created_at: Date;
    sent_at: Date | null;
    fault: string | null;
  };
  /** Files of evidence; what they hold lies in the storage, encrypted. */
  evidence_file: {
    /** Random, unguessable: in its address, in the signed credential. */
    id: string;
    issuer_id: string;
    /** Its name and the key of its content, sealed. */
    sealed: Uint8Array;
    media_type: string;
    size: number;
    /** SHA-256 of the content, in hex; stands in the signed credential. */
    digest: string;
    /** `removing`: nobody gets it any more, and its content is being deleted. */
    state: 'receiving' | 'kept' | 'removing';
    uploaded_at: Date;
  };
  /** Which credentials carry a file: those of one learner. */
  evidence_use: { evidence_id: string; credential_id: string };
  /** Leave to read one file for a while. */
  evidence_grant: {
    id: string;
    evidence_id: string;
    /** SHA-256 of the token, in hex. */
    digest: string;
    made_by: string;
    created_at: Date;
    expires_at: Date;
    withdrawn_at: Date | null;
  };
  /** What learners say is wrong in a credential, and what the issuer answers. */
  dispute: {
    id: string;
    credential_id: string;
    issuer_id: string;
    about: 'name' | 'result' | 'not-mine' | 'other';
    state: 'open' | 'answered' | 'closed';
    /** In the learner's words, sealed. */
    words: Uint8Array;
    /** In the issuer's, sealed; null until there is one. */
    answer: Uint8Array | null;
    created_at: Date;
    changed_at: Date;
    changed_by: string;
  };
  /** Who may act in an issuer and in everything below it; what they may do there is in `access/roles.ts`. */
  member: { issuer_id: string; user_id: string; role: Role; since: Date; given_by: string };
  invitation: {
    id: string;
    issuer_id: string;
    /** SHA-256 of the token in its link, in hex. */
    digest: string;
    /** The address, sealed for this invitation. */
    email: Uint8Array;
    /** The address under a key of this instance, to find it by. */
    recipient: string;
    role: Role;
    made_by: string;
    created_at: Date;
    expires_at: Date;
    accepted_at: Date | null;
    accepted_by: string | null;
    withdrawn_at: Date | null;
  };
  /** Pictures of profiles and achievements. */
  image: {
    /** SHA-256 of the content, in hex. */
    id: string;
    issuer_id: string;
    media_type: string;
    content: Uint8Array;
    created_at: Date;
  };
  audit_head: { chain: string; number: number; hash: string };
  audit_entry: {
    /** An issuer's id, or `instance`. */
    chain: string;
    number: number;
    at: Date;
    actor: string;
    action: string;
    subject: string;
    reason: string;
    /** Canonical JSON; digests and ids, never people. */
    detail: string;
    previous: string;
    hash: string;
  };
  /** `public-url`: the address that real credentials carry. */
  setting: { name: string; value: string };
  api_key: {
    id: string;
    issuer_id: string;
    name: string;
    /** SHA-256 of the key, in hex; the key itself is shown once. */
    digest: string;
    /** Separated by spaces. */
    scopes: string;
    created_at: Date;
    revoked_at: Date | null;
    /** `user …`, `api-key …` or `system`, as the audit log names it. */
    made_by: string;
  };
}
