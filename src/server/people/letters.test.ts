import { describe, expect, it } from 'vitest';
import { languages } from '../../core/catalogue/language.ts';
import { invitationLetter, letterLanguage, magicLinkLetter, resetLetter, verificationLetter } from './letters.ts';

const url = 'https://assay.example.edu';
const to = 'ana@example.edu';

describe('letters about accounts', () => {
  it.each(languages)('carry their link and leave nothing open, in %s', (language) => {
    const invitation = { token: 'a.b', issuer: 'Northfield\r\nBcc: x', role: 'author' } as const;
    const written = [
      magicLinkLetter(url, to, 'a/b', language),
      resetLetter(url, to, 'a/b', language),
      verificationLetter(url, to, 'a/b', language),
      invitationLetter(url, to, invitation, language),
    ];
    expect(written.map(({ text }) => /^https:\S+$/m.exec(text)?.[0])).toEqual([
      `${url}/sign-in/link?token=a%2Fb`,
      `${url}/reset?token=a%2Fb`,
      `${url}/verify-email?token=a%2Fb`,
      `${url}/invitations/a.b`,
    ]);
    for (const { subject, text } of written) {
      expect(subject).not.toMatch(/[\r\n]/);
      expect(`${subject} ${text}`).not.toMatch(/\{\w|undefined/);
    }
  });

  it('leave braces in the name of an issuer alone', () => {
    const invitation = { token: 't', issuer: '{link} {role}', role: 'viewer' } as const;
    expect(invitationLetter(url, to, invitation, 'es').subject).toBe('Invitación a {link} {role}');
  });

  it('are in the language of the browser that asked', () => {
    expect(letterLanguage(new Headers({ 'accept-language': 'fr, es-MX;q=0.8, en;q=0.5' }))).toBe('es');
    expect(letterLanguage(new Headers())).toBe('en');
    expect(letterLanguage(undefined)).toBe('en');
  });
});
