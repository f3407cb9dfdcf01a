// Passkeys need a script: signing in with one (/sign-in), and adding one (/account).
const signIn = document.getElementById('passkey-sign-in');
const add = document.getElementById('passkey-add');
const fault = document.getElementById('passkey-fault');
/** In the language of the page, by code. */
const sentences = JSON.parse(fault?.dataset.sentences ?? '{}');

if (globalThis.PublicKeyCredential !== undefined) {
  start(signIn, async () => {
    const options = await ask('generate-authenticate-options');
    const credential = await navigator.credentials.get({ publicKey: readOptions(options) });
    await ask('verify-authentication', { response: writeCredential(credential) });
    location.assign(signIn.dataset.next);
  });
  start(add, async () => {
    const options = await ask('generate-register-options');
    const credential = await navigator.credentials.create({ publicKey: readOptions(options) });
    await ask('verify-registration', { response: writeCredential(credential), name: nameOfDevice() });
    location.reload();
  });
}

function start(button, act) {
  if (button === null) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    fault.hidden = true;
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      // Who closes the browser's window knows why nothing happened.
      if (error.name !== 'NotAllowedError' && error.name !== 'AbortError') say(error);
    }
    button.disabled = false;
  });
}

function say(error) {
  fault.textContent = sentences[error.code] ?? sentences[error.name] ?? sentences.other;
  fault.hidden = false;
}

async function ask(path, body) {
  const answer = await fetch(
    `/api/auth/passkey/${path}`,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error('refused'), { code: content.code });
  return content;
}

/** The options as the browser wants them: what is base64url becomes bytes. */
function readOptions(options) {
  const list = (all) => all?.map((one) => ({ ...one, id: toBytes(one.id) }));
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user === undefined ? {} : { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.allowCredentials === undefined ? {} : { allowCredentials: list(options.allowCredentials) }),
    ...(options.excludeCredentials === undefined ? {} : { excludeCredentials: list(options.excludeCredentials) }),
  };
}

/** What the browser made, as JSON: bytes become base64url. */
function writeCredential({ id, rawId, type, authenticatorAttachment, response }) {
  const written = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) written[name] = toText(response[name]);
  if (response.getTransports !== undefined) written.transports = response.getTransports();
  return {
    id,
    rawId: toText(rawId),
    type,
    authenticatorAttachment: authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response: written,
  };
}

function toBytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
}

function toText(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function nameOfDevice() {
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'].find((name) =>
    navigator.userAgent.includes(name),
  );
  return system === undefined ? sentences.device : sentences.deviceOf.replace('{system}', system);
}
