import { isPng } from '../../core/baking/png.ts';
import type { Phrase } from '../problem.ts';
import { checkJpeg, checkPng, isJpeg } from './raster.ts';
import { sanitiseSvg } from './sanitise-svg.ts';

/** Of a picture, in bytes. */
export const maximumImage = 1_000_000;

export interface CheckedImage {
  mediaType: 'image/png' | 'image/jpeg' | 'image/svg+xml';
  /** Of its file name. */
  suffix: 'png' | 'jpg' | 'svg';
  content: Uint8Array;
}

export type ImageResult = { ok: true; image: CheckedImage } | { ok: false; fault: string | Phrase };

/** A picture that can be shown without harm: by what it is, whatever it calls itself. */
export function checkImage(bytes: Uint8Array): ImageResult {
  if (isPng(bytes)) {
    const checked = checkPng(bytes);
    return checked.ok ? { ok: true, image: { mediaType: 'image/png', suffix: 'png', content: bytes } } : checked;
  }
  if (isJpeg(bytes)) {
    const checked = checkJpeg(bytes);
    return checked.ok ? { ok: true, image: { mediaType: 'image/jpeg', suffix: 'jpg', content: bytes } } : checked;
  }
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, fault: 'This is neither PNG nor JPEG nor an SVG in UTF-8.' };
  }
  const drawn = sanitiseSvg(source);
  if (!drawn.ok) return drawn;
  const content = new TextEncoder().encode(drawn.text);
  return { ok: true, image: { mediaType: 'image/svg+xml', suffix: 'svg', content } };
}
