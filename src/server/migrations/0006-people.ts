import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The first seven are better-auth's, by the names and types that it asks for. */
const statements = [
  `create table "user" (
    "id" text primary key,
    "name" text not null,
    "email" text not null unique,
    "emailVerified" boolean not null,
    "image" text,
    "createdAt" timestamptz not null default now(),
    "updatedAt" timestamptz not null default now(),
    "twoFactorEnabled" boolean
  )`,
  `create table "session" (
    "id" text primary key,
    "expiresAt" timestamptz not null,
    "token" text not null unique,
    "createdAt" timestamptz not null default now(),
    "updatedAt" timestamptz not null,
    "ipAddress" text,
    "userAgent" text,
    "userId" text not null references "user" on delete cascade
  )`,
  `create index "session_userId_idx" on "session" ("userId")`,
  `create table "account" (
    "id" text primary key,
    "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references "user" on delete cascade,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz,
    "scope" text,
    "password" text,
    "createdAt" timestamptz not null default now(),
    "updatedAt" timestamptz not null,
    unique ("providerId", "accountId")
  )`,
  `create index "account_userId_idx" on "account" ("userId")`,
  `create table "verification" (
    "id" text primary key,
    "identifier" text not null,
    "value" text not null,
    "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null default now(),
    "updatedAt" timestamptz not null default now()
  )`,
  `create index "verification_identifier_idx" on "verification" ("identifier")`,
  `create table "twoFactor" (
    "id" text primary key,
    "secret" text not null,
    "backupCodes" text not null,
    "userId" text not null references "user" on delete cascade,
    "verified" boolean,
    "failedVerificationCount" integer,
    "lockedUntil" timestamptz
  )`,
  `create index "twoFactor_secret_idx" on "twoFactor" ("secret")`,
  `create index "twoFactor_userId_idx" on "twoFactor" ("userId")`,
  `create table "passkey" (
    "id" text primary key,
    "name" text,
    "publicKey" text not null,
    "userId" text not null references "user" on delete cascade,
    "credentialID" text not null,
    "counter" integer not null,
    "deviceType" text not null,
    "backedUp" boolean not null,
    "transports" text,
    "createdAt" timestamptz,
    "aaguid" text
  )`,
  `create index "passkey_userId_idx" on "passkey" ("userId")`,
  `create index "passkey_credentialID_idx" on "passkey" ("credentialID")`,
  `create table "rateLimit" (
    "id" text primary key,
    "key" text not null unique,
    "count" integer not null,
    "lastRequest" bigint not null
  )`,
  `create table member (
    issuer_id text not null references issuer,
    user_id text not null references "user",
    role text not null check (role in ('owner', 'admin', 'author', 'approver', 'issuer', 'viewer')),
    since timestamptz not null,
    given_by text not null,
    primary key (issuer_id, user_id)
  )`,
  `create index member_of_user on member (user_id)`,
  `create table invitation (
    id text primary key,
    issuer_id text not null references issuer,
    digest text not null unique,
    email bytea not null,
    recipient text not null,
    role text not null check (role in ('owner', 'admin', 'author', 'approver', 'issuer', 'viewer')),
    made_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by text references "user",
    withdrawn_at timestamptz
  )`,
  `create index invitation_of_issuer on invitation (issuer_id, created_at, id)`,
  `create index invitation_of_recipient on invitation (recipient) where accepted_at is null and withdrawn_at is null`,
];

export const people: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
