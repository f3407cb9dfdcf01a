import { describe, expect, it } from 'vitest';
import { nodeCryptography, sharingCryptography } from './cryptography.ts';

describe('cryptography of a process that serves many', () => {
  it('lets others run before each signature is checked', async () => {
    const key = await nodeCryptography.generateKey('Ed25519');
    const bytes = Uint8Array.of(1, 2, 3);
    const signature = await nodeCryptography.sign(key, bytes);
    let waited = 0;
    for (const cryptography of [nodeCryptography, sharingCryptography]) {
      setImmediate(() => {
        waited += 1;
      });
      expect(await cryptography.verify(key.publicKey, bytes, signature)).toBe(true);
      expect(waited).toBe(cryptography === sharingCryptography ? 2 : 0);
    }
    expect(await sharingCryptography.verify(key.publicKey, Uint8Array.of(9), signature)).toBe(false);
  });
});
