import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const client = { id: 'assay', secret: 'a-secret-of-the-client' };

interface Grant {
  claims: Record<string, unknown>;
  nonce: string;
  challenge: string;
  redirectUri: string;
}

/** A small OpenID provider on this machine: authorization code with PKCE, signed ID tokens; tests only. */
export async function startOidcProvider() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const grants = new Map<string, Grant>();
  /** Who is signed in there. */
  let claims: Record<string, unknown> = {};
  let issuer = '';
  const idToken = (about: Record<string, unknown>, nonce: string) =>
    new SignJWT({ ...about, ...(nonce === '' ? {} : { nonce }) })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience(client.id)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/.well-known/openid-configuration')
      return json(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (url.pathname === '/keys') return json(200, { keys: [jwk] });
    if (url.pathname === '/authorize') {
      const get = (name: string) => url.searchParams.get(name) ?? '';
      if (get('client_id') !== client.id || get('code_challenge_method') !== 'S256') return json(400, {});
      const code = randomUUID();
      const grant = { claims, nonce: get('nonce'), challenge: get('code_challenge'), redirectUri: get('redirect_uri') };
      grants.set(code, grant);
      const back = new URL(grant.redirectUri);
      back.searchParams.set('code', code);
      back.searchParams.set('state', get('state'));
      return response.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === '/token') {
      const form = new URLSearchParams(await readText(request));
      const basic = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64').toString();
      const [id, secret] = basic === '' ? [form.get('client_id'), form.get('client_secret')] : basic.split(':');
      const grant = grants.get(form.get('code') ?? '');
      grants.delete(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (id !== client.id || secret !== client.secret) return json(401, { error: 'invalid_client' });
      if (grant === undefined || challenge !== grant.challenge || form.get('redirect_uri') !== grant.redirectUri)
        return json(400, { error: 'invalid_grant' });
      const token = await idToken(grant.claims, grant.nonce);
      return json(200, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: token });
    }
    return json(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    idToken,
    signInAs(who: Record<string, unknown>) {
      claims = who;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
