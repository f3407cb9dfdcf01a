import { checkImage, type ImageResult } from './check-image.ts';

/** Pictures, one after the other, in a thread of their own: the pixels of a small file can take a second to unpack. */
export default async function checkImages(pictures: Uint8Array[]): Promise<ImageResult[]> {
  return pictures.map(checkImage);
}
