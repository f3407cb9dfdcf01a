import { createHmac } from 'node:crypto';

/**
 * Place number `count` of a list, in an order that only the secret tells: no place twice, and neighbours in time are not
 * neighbours in the list (Bitstring Status List §6.1, §6.2). A Feistel network of four rounds over the next even number of
 * bits; places outside the list are passed on until one is inside.
 */
export function placeOf(count: number, size: number, secret: Uint8Array): number {
  if (!(Number.isInteger(count) && count >= 0 && count < size)) throw new RangeError('outside the status list');
  const { half, rounds } = networkOf(size, secret);
  const mask = 2 ** half - 1;
  let place = count;
  do {
    let left = place >> half;
    let right = place & mask;
    for (const round of rounds) [left, right] = [right, left ^ (round[right] as number)];
    place = (left << half) | right;
  } while (place >= size);
  return place;
}

interface Network {
  half: number;
  /** What each round adds, for every value of a half. */
  rounds: Uint16Array[];
}

const networks = new Map<string, Network>();

function networkOf(size: number, secret: Uint8Array): Network {
  const name = `${size} ${Buffer.from(secret).toString('base64')}`;
  const known = networks.get(name);
  if (known !== undefined) return known;
  const half = Math.ceil(Math.log2(size) / 2);
  const rounds = [0, 1, 2, 3].map((round) => {
    const bytes: Buffer[] = [];
    for (let block = 0; block * 16 < 2 ** half; block++)
      bytes.push(createHmac('sha256', secret).update(`${round} ${block}`).digest());
    const stream = Buffer.concat(bytes);
    return Uint16Array.from({ length: 2 ** half }, (_, value) => stream.readUInt16BE(value * 2) & (2 ** half - 1));
  });
  const network = { half, rounds };
  // Lists that are full are not asked again.
  if (networks.size >= 100) networks.clear();
  networks.set(name, network);
  return network;
}
