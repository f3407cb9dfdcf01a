import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSettings, findUnknownSettings, readConfig } from './config.ts';

const refusal = (environment: Record<string, string>, flags = {}) => {
  try {
    readConfig(environment, flags);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the configuration', () => {
  it('holds defaults that serve this machine alone', () => {
    expect(readConfig({})).toMatchObject({
      port: 4280,
      host: '127.0.0.1',
      publicUrl: null,
      databaseUrl: null,
      trustedProxies: [],
      signUp: 'invited',
      smtpUrl: null,
      s3: null,
      oidc: null,
      metricsToken: null,
    });
    expect(readConfig({ PORT: '', SMTP_URL: ' ' })).toEqual(readConfig({}));
  });

  it('reads what is set, and the command line first', () => {
    const config = readConfig(
      {
        PORT: '80',
        PUBLIC_URL: 'https://assay.example/',
        TRUSTED_PROXIES: '10.0.0.0/8, ::1',
        S3_BUCKET: 'evidence',
        S3_ACCESS_KEY_ID: 'id',
        S3_SECRET_ACCESS_KEY: 'secret',
        OIDC_ISSUER: 'https://login.example',
        OIDC_CLIENT_ID: 'assay',
        OIDC_CLIENT_SECRET: 'secret',
        ASSAY_MASTER_KEY: randomBytes(32).toString('base64url'),
      },
      { port: '81' },
    );
    expect(config).toMatchObject({
      port: 81,
      publicUrl: 'https://assay.example',
      trustedProxies: ['10.0.0.0/8', '::1'],
      s3: { bucket: 'evidence', region: 'us-east-1', endpoint: null, accessKeyId: 'id', secretAccessKey: 'secret' },
      oidc: { issuer: 'https://login.example', clientId: 'assay', clientSecret: 'secret', name: 'single sign-on' },
    });
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['ASSAY_HOST', 'not an address'],
    ['PUBLIC_URL', 'assay.example'],
    ['PUBLIC_URL', 'https://assay.example?a=b'],
    ['DATABASE_SESSIONS', '1'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['SIGN_UP', 'yes'],
    ['MAIL_FROM', 'nobody'],
    ['S3_ENDPOINT', 'storage'],
    ['OIDC_ISSUER', 'http://login.example'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s = %s, and says what to write', (name, value) => {
    const said = refusal({ [name]: value });
    expect(said).toContain(`${name} does not understand "${value}"`);
    expect(said).toContain('Write ');
  });

  it.each(['DATABASE_URL', 'ASSAY_MASTER_KEY', 'SMTP_URL', 'METRICS_TOKEN'])('never repeats %s', (name) => {
    const said = refusal({ [name]: 'hunter2 p' });
    expect(said).toContain(name);
    expect(said).not.toContain('hunter2');
  });

  it('says everything that is wrong at once, and what is missing beside what is set', () => {
    const said = refusal({ PORT: 'x', SMTP_URL: 'smtp://mail.example', S3_BUCKET: 'evidence', OIDC_CLIENT_ID: 'x' });
    for (const name of ['PORT', 'MAIL_FROM', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'OIDC_ISSUER'])
      expect(said).toContain(name);
    expect(refusal({}, { port: 'x' })).toContain('--port does not understand');
  });

  it('notices variables that nobody reads', () => {
    const { unknown } = findUnknownSettings({ ASSAY_MASTERKEY: 'x', ASSAY_DATA: 'x', PATH: 'x', ASSAY_DEBUG: '1' });
    expect(unknown).toEqual(['ASSAY_MASTERKEY']);
  });

  it('is told in docs/configuration.md', async () => {
    await expect(describeSettings()).toMatchFileSnapshot(resolve(import.meta.dirname, '../../docs/configuration.md'));
  });
});
