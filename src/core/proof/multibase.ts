const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const digitOf = new Int8Array(128).fill(-1);
for (let index = 0; index < alphabet.length; index++) digitOf[alphabet.charCodeAt(index)] = index;

/** Digits of base 58 taken four at a time: 58⁴ times 2²⁴ fits a double exactly. */
const chunk = 58 ** 4;

/** Encode bytes in base58btc. */
export function encodeBase58(bytes: Uint8Array): string {
  let zeros = 0;
  while (zeros < bytes.length && bytes[zeros] === 0) zeros += 1;
  // Each limb holds four digits, least significant first; bytes come in by threes.
  const limbs: number[] = [];
  const first = (bytes.length - zeros) % 3;
  for (let index = zeros; index < bytes.length; ) {
    const end = index === zeros && first > 0 ? index + first : index + 3;
    let carry = 0;
    let scale = 1;
    for (; index < end; index++) {
      carry = carry * 256 + (bytes[index] as number);
      scale *= 256;
    }
    for (let limb = 0; limb < limbs.length; limb++) {
      carry += (limbs[limb] as number) * scale;
      limbs[limb] = carry % chunk;
      carry = Math.floor(carry / chunk);
    }
    for (; carry > 0; carry = Math.floor(carry / chunk)) limbs.push(carry % chunk);
  }
  let text = '';
  for (const [position, limb] of limbs.entries()) {
    let rest = limb;
    for (let digit = 0; digit < 4; digit++) {
      if (position === limbs.length - 1 && rest === 0) break;
      text = alphabet[rest % 58] + text;
      rest = Math.floor(rest / 58);
    }
  }
  return '1'.repeat(zeros) + text;
}

/** Decode base58btc. Undefined for other characters and for more than `maximumLength` bytes. */
export function decodeBase58(text: string, maximumLength = 1024): Uint8Array | undefined {
  if (text.length > maximumLength * 2) return undefined;
  let zeros = 0;
  while (zeros < text.length && text[zeros] === '1') zeros += 1;
  // 24-bit limbs, least significant first; digits come in by fours.
  const limbs: number[] = [];
  const first = (text.length - zeros) % 4;
  for (let index = zeros; index < text.length; ) {
    const end = index === zeros && first > 0 ? index + first : index + 4;
    let carry = 0;
    let scale = 1;
    for (; index < end; index++) {
      const digit = digitOf[text.charCodeAt(index)] ?? -1;
      if (digit < 0) return undefined;
      carry = carry * 58 + digit;
      scale *= 58;
    }
    for (let limb = 0; limb < limbs.length; limb++) {
      carry += (limbs[limb] as number) * scale;
      limbs[limb] = carry % 0x1000000;
      carry = Math.floor(carry / 0x1000000);
    }
    if (carry > 0) limbs.push(carry);
  }
  const bytes = new Uint8Array(limbs.length * 3);
  for (const [position, limb] of limbs.entries()) {
    const at = bytes.length - 3 * position;
    bytes[at - 1] = limb;
    bytes[at - 2] = limb >> 8;
    bytes[at - 3] = limb >> 16;
  }
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start += 1;
  if (zeros + bytes.length - start > maximumLength) return undefined;
  const result = new Uint8Array(zeros + bytes.length - start);
  result.set(bytes.subarray(start), zeros);
  return result;
}

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const characterOf = Uint8Array.from(base64url, (character) => character.charCodeAt(0));
/** 64 marks a character that base64url does not have. */
const sextetOf = new Uint8Array(128).fill(64);
for (let index = 0; index < base64url.length; index++) sextetOf[base64url.charCodeAt(index)] = index;
const ascii = new TextDecoder();

/** Encode bytes in base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  const whole = bytes.length - (bytes.length % 3);
  let at = 0;
  for (let index = 0; index < whole; index += 3) {
    const one = bytes[index] as number;
    const two = bytes[index + 1] as number;
    const three = bytes[index + 2] as number;
    text[at] = characterOf[one >> 2] as number;
    text[at + 1] = characterOf[((one & 3) << 4) | (two >> 4)] as number;
    text[at + 2] = characterOf[((two & 15) << 2) | (three >> 6)] as number;
    text[at + 3] = characterOf[three & 63] as number;
    at += 4;
  }
  if (whole < bytes.length) {
    const one = bytes[whole] as number;
    const two = bytes[whole + 1] ?? 0;
    text[at] = characterOf[one >> 2] as number;
    text[at + 1] = characterOf[((one & 3) << 4) | (two >> 4)] as number;
    if (whole + 1 < bytes.length) text[at + 2] = characterOf[(two & 15) << 2] as number;
  }
  return ascii.decode(text);
}

/** Decode base64url without padding, strictly: one text for one value. Undefined for anything else. */
export function decodeBase64url(text: string): Uint8Array | undefined {
  const spare = text.length % 4;
  if (spare === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  // Other characters become 64 or more, and stay in this sum of bits.
  let wrong = 0;
  const sextet = (index: number) => {
    const code = text.charCodeAt(index);
    const value = sextetOf[code & 127] as number;
    wrong |= value | (code & 0xff80);
    return value;
  };
  const whole = text.length - spare;
  let at = 0;
  for (let index = 0; index < whole; index += 4) {
    const one = sextet(index);
    const two = sextet(index + 1);
    const three = sextet(index + 2);
    const four = sextet(index + 3);
    bytes[at] = (one << 2) | (two >> 4);
    bytes[at + 1] = (two << 4) | (three >> 2);
    bytes[at + 2] = (three << 6) | four;
    at += 3;
  }
  if (spare > 0) {
    const one = sextet(whole);
    const two = sextet(whole + 1);
    const three = spare === 3 ? sextet(whole + 2) : 0;
    bytes[at] = (one << 2) | (two >> 4);
    if (spare === 3) bytes[at + 1] = (two << 4) | (three >> 2);
    // Bits beyond the last byte would give one value many texts.
    if (((spare === 2 ? two << 4 : three << 6) & 0xff) !== 0) return undefined;
  }
  return wrong > 63 ? undefined : bytes;
}

/** Decode multibase `z` (base58btc) and `u` (base64url). Undefined for other bases and malformed text. */
export function decodeMultibase(text: string, maximumLength = 1_000_000): Uint8Array | undefined {
  if (text.startsWith('z')) return decodeBase58(text.slice(1), Math.min(maximumLength, 4096));
  if (text.startsWith('u')) return text.length <= maximumLength * 2 ? decodeBase64url(text.slice(1)) : undefined;
  return undefined;
}
