import { Html, html } from '../page/html.ts';
import type { Speech } from '../page/language.ts';
import { type CredentialPage, isPublic, isRecord } from './page.ts';
import { credentialRecord } from './record.ts';
import { signedForm } from './store.ts';

/** A longer document is only linked to: the page shall stay small. In characters. */
const embeddedAtMost = 40_000;

/**
 * For programs: where the data is, a preview of the link, and the credential itself. Previews are kept elsewhere for weeks, so
 * they say what it is and never whether it is in force. Nothing of it stands in a page that only the learner may open.
 */
export function headOf(page: CredentialPage, speech: Speech): Html {
  const { credential, description, publicUrl, hasJson } = page;
  if (!isPublic(credential)) return html``;
  const address = `${publicUrl}/credentials/${credential.id}`;
  const oEmbed = `${publicUrl}/oembed?format=json&url=${encodeURIComponent(address)}`;
  const [about = ''] = description.details;
  return html`<link rel="canonical" href="${address}">
<link rel="alternate" type="${hasJson ? 'application/vc' : 'text/plain'}" href="${address}.${hasJson ? 'json' : 'jwt'}">
<link rel="alternate" type="application/json+oembed" href="${oEmbed}" title="${description.title}">
<meta property="og:type" content="website"><meta property="og:site_name" content="Assay"><meta property="og:url" content="${address}">
<meta property="og:title" content="${description.title}"><meta property="og:description" content="${about}"><meta property="og:locale" content="${speech.words.language}">
<meta property="og:image" content="${address}/card.png"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"><meta property="og:image:alt" content="${description.title}">
<meta name="twitter:card" content="summary_large_image">
${embeddedDocument(page)}`;
}

/** As a data block, which the content security policy lets stand: browsers run no script of this type. */
function embeddedDocument(page: CredentialPage): Html {
  // A record is long, and its page says much of it already.
  if (isRecord(page)) return html``;
  const { credential } = page;
  const { content, contentType } = signedForm(credential);
  if (contentType !== 'application/vc' || content.length > embeddedAtMost) return html``;
  return new Html(`<script type="application/ld+json">${content.replaceAll('<', '\\u003c')}</script>`);
}

/** LinkedIn's form for a new entry, filled in: the parameters are those that it documents for "Add to profile". */
export function linkedInAddress({ credential, description, publicUrl }: CredentialPage): string {
  const { awardedDate, validFrom, validUntil } = credentialRecord(credential);
  const [issued, ends] = [awardedDate ?? validFrom, validUntil];
  const month = (date: string | null, name: string): [string, string][] =>
    date === null
      ? []
      : [
          [`${name}Year`, String(Number(date.slice(0, 4)))],
          [`${name}Month`, String(Number(date.slice(5, 7)))],
        ];
  const query = new URLSearchParams([
    ['startTask', 'CERTIFICATION_NAME'],
    ['name', description.title],
    ['organizationName', description.callsItself ?? description.signer ?? ''],
    ...month(issued, 'issue'),
    ...month(ends, 'expiration'),
    ['certUrl', `${publicUrl}/credentials/${credential.id}`],
    ['certId', credential.id],
  ]);
  return `https://www.linkedin.com/profile/add?${query}`;
}
