import { isIP } from 'node:net';
import { readUrl } from '../core/read-url.ts';

/** A sentence for the person who starts the process; not a bug. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

interface Setting<Value> {
  /** Of the environment variable. */
  name: string;
  /** The option of `assay serve` that goes before it. */
  flag?: string;
  say: string;
  /** As the documentation shows it. */
  fallback: string;
  /** Never repeated in a message. */
  secret?: true;
  /** What must stand there, to go on after "Write". */
  write: string;
  /** Undefined when the text cannot be used. */
  read(text: string): Value | undefined;
}

const setting = <Value>(row: Setting<Value>) => row;
const text = (text: string) => text;
const oneOf =
  <const Word extends string>(...words: Word[]) =>
  (text: string): Word | undefined =>
    words.find((word) => word === text);
const wholeNumber = (from: number, to: number) => (text: string) => {
  const number = Number(text);
  return /^\d{1,6}$/.test(text) && number >= from && number <= to ? number : undefined;
};
const url =
  (...schemes: string[]) =>
  (text: string) =>
    schemes.includes(readUrl(text)?.protocol ?? '') ? text : undefined;

/** Every setting, once: what is read at start, what is refused, and what docs/configuration.md says. */
const settings = {
  port: setting({
    name: 'PORT',
    flag: 'port',
    say: 'Where it listens. 0 takes any free port.',
    fallback: '4280',
    write: 'a number from 0 to 65535',
    read: wholeNumber(0, 65_535),
  }),
  host: setting({
    name: 'ASSAY_HOST',
    flag: 'host',
    say: 'The address that it listens on; `0.0.0.0` or `::` is every one of this machine.',
    fallback: '127.0.0.1',
    write: 'an address of this machine, such as 0.0.0.0',
    read: (text) => (isIP(text) !== 0 || text === 'localhost' ? text : undefined),
  }),
  data: setting({
    name: 'ASSAY_DATA',
    flag: 'data',
    say: 'The folder for the keys of the instance, the embedded database, files of evidence without S3, letters without SMTP. One process owns it.',
    fallback: './data',
    write: 'a folder',
    read: text,
  }),
  publicUrl: setting({
    name: 'PUBLIC_URL',
    flag: 'public-url',
    say: 'The address under which others reach it; credentials, keys and status lists carry it for ever. Without https every credential is marked as a test.',
    fallback: '`http://localhost:` and the port',
    write: 'it as https://assay.example, without query and fragment',
    read: readPublicUrl,
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    say: 'PostgreSQL, as `postgres://user:password@host:5432/name`.',
    fallback: 'the embedded database in the data folder',
    secret: true,
    write: 'it as postgres://user:password@host:5432/name',
    read: (text) => (/^postgres(ql)?:\/\/./.test(text) ? text : undefined),
  }),
  databaseSessions: setting({
    name: 'DATABASE_SESSIONS',
    say: 'How many sessions of PostgreSQL one process holds at most.',
    fallback: '8',
    write: 'a number from 2 to 200',
    read: wholeNumber(2, 200),
  }),
  masterKey: setting({
    name: 'ASSAY_MASTER_KEY',
    say: 'What issuers’ keys and personal data are encrypted under: 32 bytes in base64url.',
    fallback: '`master.key` in the data folder, made at first start',
    secret: true,
    write: '32 bytes in base64url: 43 letters, digits, "-" and "_"',
    read: (text) =>
      Buffer.from(text, 'base64url').toString('base64url') === text && text.length === 43 ? text : undefined,
  }),
  trustedProxies: setting({
    name: 'TRUSTED_PROXIES',
    say: 'Addresses of the proxies before it, or networks as `10.0.0.0/8`, separated by commas. Only they may say who asked (`X-Forwarded-For`); without them limits would count all visitors of a proxy as one.',
    fallback: 'none',
    write: 'addresses or networks separated by commas, such as 127.0.0.1, 10.0.0.0/8',
    read: readProxies,
  }),
  signUp: setting({
    name: 'SIGN_UP',
    say: '`invited`: only who was invited gets an account. `open`: anybody does, without any right in an issuer.',
    fallback: 'invited',
    write: 'open or invited',
    read: oneOf('open', 'invited'),
  }),
  smtpUrl: setting({
    name: 'SMTP_URL',
    say: 'Where letters are sent, as `smtps://user:password@mail.example:465` or `smtp://…:587`. Needs MAIL_FROM.',
    fallback: 'none: letters go to `outbox` in the data folder',
    secret: true,
    write: 'it as smtps://user:password@mail.example:465',
    read: url('smtp:', 'smtps:'),
  }),
  mailFrom: setting({
    name: 'MAIL_FROM',
    say: 'Who letters come from, as `Assay <no-reply@assay.example>`.',
    fallback: '`Assay <assay@localhost>`; with SMTP_URL it must be set',
    write: 'an e-mail address, or it as Assay <no-reply@assay.example>',
    read: (text) => (/^([^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text) ? text : undefined),
  }),
  s3Bucket: setting({
    name: 'S3_BUCKET',
    say: 'A bucket for files of evidence and images. Needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
    fallback: 'none: files are kept in the data folder',
    write: 'the name of a bucket',
    read: (text) => (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) ? text : undefined),
  }),
  s3Endpoint: setting({
    name: 'S3_ENDPOINT',
    say: 'The address of the storage, where it is not Amazon’s.',
    fallback: 'Amazon S3',
    write: 'it as https://storage.example',
    read: url('https:', 'http:'),
  }),
  s3Region: setting({
    name: 'S3_REGION',
    say: 'The region of the bucket.',
    fallback: 'us-east-1',
    write: 'the name of a region',
    read: (text) => (/^[a-z0-9-]{1,40}$/.test(text) ? text : undefined),
  }),
  s3AccessKeyId: setting({
    name: 'S3_ACCESS_KEY_ID',
    say: 'Who asks the storage.',
    fallback: 'none',
    secret: true,
    write: 'the id of an access key',
    read: text,
  }),
  s3SecretAccessKey: setting({
    name: 'S3_SECRET_ACCESS_KEY',
    say: 'The secret of that access key.',
    fallback: 'none',
    secret: true,
    write: 'the secret of an access key',
    read: text,
  }),
  oidcIssuer: setting({
    name: 'OIDC_ISSUER',
    say: 'The OpenID provider that people sign in with, by its issuer address. Needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.',
    fallback: 'none',
    write: 'it as https://login.example',
    read: (text) => (readUrl(text)?.hostname === 'localhost' ? url('http:', 'https:') : url('https:'))(text),
  }),
  oidcClientId: setting({
    name: 'OIDC_CLIENT_ID',
    say: 'This service, as the provider knows it.',
    fallback: 'none',
    write: 'the id of the client',
    read: text,
  }),
  oidcClientSecret: setting({
    name: 'OIDC_CLIENT_SECRET',
    say: 'What the provider gave it to prove that.',
    fallback: 'none',
    secret: true,
    write: 'the secret of the client',
    read: text,
  }),
  oidcName: setting({
    name: 'OIDC_NAME',
    say: 'What the button says: `Sign in with …`.',
    fallback: 'single sign-on',
    write: 'a name of at most 60 characters',
    read: (text) => (text.length <= 60 ? text : undefined),
  }),
  metricsToken: setting({
    name: 'METRICS_TOKEN',
    say: 'Opens `/metrics` to whoever sends it as `Authorization: Bearer …`.',
    fallback: 'none: `/metrics` answers this machine only',
    secret: true,
    write: '16 characters or more, without spaces',
    read: (text) => (/^[\x21-\x7e]{16,200}$/.test(text) ? text : undefined),
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    say: 'Least weight of what is logged, as JSON lines on standard output: `trace`, `debug`, `info`, `warn`, `error`, `fatal`, `silent`.',
    fallback: 'warn',
    write: 'one of trace, debug, info, warn, error, fatal, silent',
    read: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
};

type Name = keyof typeof settings;
type Given = { [Key in Name]: Exclude<ReturnType<(typeof settings)[Key]['read']>, undefined> | undefined };

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = ReturnType<typeof readConfig>;

/** Of one process, on PostgreSQL. */
const databaseSessions = 8;

/**
 * The configuration, from the environment and from the options of the command line, which go first. Throws StartRefused with
 * everything that is wrong; a secret is not repeated.
 */
export function readConfig(environment: Environment, flags: Environment = {}) {
  const faults: string[] = [];
  const given: Partial<Record<Name, unknown>> = {};
  for (const [key, row] of Object.entries(settings) as [Name, Setting<unknown>][]) {
    const flag = row.flag === undefined ? undefined : flags[row.flag];
    // An empty variable is how many a deployment writes "none".
    const value = flag ?? (environment[row.name]?.trim() || undefined);
    if (value === undefined) continue;
    given[key] = row.read(value);
    if (given[key] !== undefined) continue;
    const name = flag === undefined ? row.name : `--${row.flag}`;
    faults.push(`${name} does not understand ${row.secret ? 'what it is set to' : `"${value}"`}. Write ${row.write}.`);
  }
  const { s3Bucket, oidcIssuer, smtpUrl, mailFrom, ...values } = given as Given;
  const need = (owner: Name, ...others: Name[]) => {
    for (const other of others)
      if (given[owner] !== undefined && !(other in given))
        faults.push(`${settings[owner].name} is set without ${settings[other].name}. Set both, or neither.`);
  };
  need('smtpUrl', 'mailFrom');
  need('s3Bucket', 's3AccessKeyId', 's3SecretAccessKey');
  need('s3AccessKeyId', 's3Bucket');
  need('oidcIssuer', 'oidcClientId', 'oidcClientSecret');
  need('oidcClientId', 'oidcIssuer');
  if (faults.length > 0) throw new StartRefused(faults.join('\n'));
  const { s3AccessKeyId, s3SecretAccessKey, oidcClientId, oidcClientSecret } = values;
  return {
    port: values.port ?? 4280,
    host: values.host ?? '127.0.0.1',
    data: values.data ?? 'data',
    /** Without a slash at its end; null is this machine and port. */
    publicUrl: values.publicUrl ?? null,
    /** PostgreSQL; null is the embedded database. */
    databaseUrl: values.databaseUrl ?? null,
    databaseSessions: values.databaseSessions ?? databaseSessions,
    /** In base64url; null is a file in the data folder. */
    masterKey: values.masterKey ?? null,
    trustedProxies: values.trustedProxies ?? [],
    signUp: values.signUp ?? 'invited',
    /** Null: letters go to a folder. */
    smtpUrl: smtpUrl ?? null,
    mailFrom: mailFrom ?? 'Assay <assay@localhost>',
    /** Null: files are kept in the data folder. */
    s3:
      s3Bucket === undefined || s3AccessKeyId === undefined || s3SecretAccessKey === undefined
        ? null
        : {
            bucket: s3Bucket,
            endpoint: values.s3Endpoint ?? null,
            region: values.s3Region ?? 'us-east-1',
            accessKeyId: s3AccessKeyId,
            secretAccessKey: s3SecretAccessKey,
          },
    /** Null: people sign in with an account of their own. */
    oidc:
      oidcIssuer === undefined || oidcClientId === undefined || oidcClientSecret === undefined
        ? null
        : {
            issuer: oidcIssuer,
            clientId: oidcClientId,
            clientSecret: oidcClientSecret,
            name: values.oidcName ?? 'single sign-on',
          },
    /** Null: metrics are for this machine only. */
    metricsToken: values.metricsToken ?? null,
    logLevel: values.logLevel ?? 'warn',
  };
}

const known = () => Object.values(settings).map(({ name }) => name);

/** Variables that look as if they were meant for Assay, and are not read. */
export function findUnknownSettings(environment: Environment): { unknown: string[]; known: string[] } {
  const names = [...known(), 'ASSAY_DEBUG'];
  const unknown = Object.keys(environment).filter((name) => name.startsWith('ASSAY_') && !names.includes(name));
  return { unknown, known: names };
}

/** docs/configuration.md: the table of all settings. */
export function describeSettings(): string {
  const rows = (Object.values(settings) as Setting<unknown>[]).map(
    ({ name, flag, say, fallback, secret }) =>
      `| \`${name}\`${flag === undefined ? '' : ` or \`--${flag}\``} | ${say}${secret ? ' **Secret.**' : ''} | ${fallback} |`,
  );
  return `# Configuration

Written from the table in \`src/server/config.ts\` that the service itself reads; \`npx vitest run src/server/config.test.ts -u\`
writes it anew.

All settings come from the environment and are checked at start: what cannot be used is refused in a sentence that names the
variable and says what to write. An option of \`assay serve\` goes before its variable; an empty variable counts as none. Secrets
are never printed or logged. A variable that begins with \`ASSAY_\` and is not in this table is warned of.

| setting | what it is | default |
|---|---|---|
${rows.join('\n')}
`;
}

function readPublicUrl(text: string): string | undefined {
  const url = readUrl(text);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return undefined;
  return text.replace(/\/+$/, '');
}

function readProxies(text: string): string[] | undefined {
  const proxies = text.split(/[\s,]+/).filter((proxy) => proxy !== '');
  const areAddresses = proxies.every((proxy) => {
    const [address = '', bits, ...more] = proxy.split('/');
    const length = { 0: -1, 4: 32, 6: 128 }[isIP(address)] as number;
    return (
      length > 0 && more.length === 0 && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= length))
    );
  });
  return areAddresses ? proxies : undefined;
}
