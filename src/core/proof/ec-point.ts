/** Short Weierstrass curves y² = x³ + ax + b over p, where p ≡ 3 (mod 4), so that a square root is one power. */
interface Curve {
  p: bigint;
  a: bigint;
  b: bigint;
  length: number;
}

export type EcCurve = 'P-256' | 'P-384' | 'secp256k1';

const curves: Record<EcCurve, Curve> = {
  'P-256': {
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    a: -3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    length: 32,
  },
  'P-384': {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    a: -3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    length: 48,
  },
  secp256k1: {
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
    a: 0n,
    b: 7n,
    length: 32,
  },
};

const toBytes = (value: bigint, length: number) =>
  Uint8Array.from(
    value
      .toString(16)
      .padStart(length * 2, '0')
      .match(/../g) as string[],
    (pair) => Number.parseInt(pair, 16),
  );

const toBigInt = (bytes: Uint8Array) =>
  BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') || '0'}`);

/** Coordinates of a compressed point (SEC 1 §2.3.4). Undefined when no point of the curve has these bytes. */
export function decompressPoint(curve: EcCurve, bytes: Uint8Array): { x: Uint8Array; y: Uint8Array } | undefined {
  const { p, a, b, length } = curves[curve];
  if (bytes.length !== length + 1 || (bytes[0] !== 2 && bytes[0] !== 3)) return undefined;
  const x = toBigInt(bytes.subarray(1));
  if (x >= p) return undefined;
  const square = mod(x * x * x + a * x + b, p);
  const root = power(square, (p + 1n) / 4n, p);
  if (mod(root * root, p) !== square) return undefined;
  const y = (root & 1n) === BigInt((bytes[0] as number) & 1) ? root : p - root;
  return { x: toBytes(x, length), y: toBytes(y, length) };
}

/** Compress a point given by its coordinates; undefined when it is not on the curve. */
export function compressPoint(curve: EcCurve, x: Uint8Array, y: Uint8Array): Uint8Array | undefined {
  const { length } = curves[curve];
  if (x.length !== length || y.length !== length) return undefined;
  const compressed = new Uint8Array(length + 1);
  compressed[0] = 2 | ((y[length - 1] as number) & 1);
  compressed.set(x, 1);
  const back = decompressPoint(curve, compressed);
  return back?.y.every((byte, index) => byte === y[index]) ? compressed : undefined;
}

function mod(value: bigint, p: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  let factor = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % p;
    factor = (factor * factor) % p;
  }
  return result;
}
