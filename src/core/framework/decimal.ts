/** A decimal number without rounding: `digits` times ten to the power of minus `scale`. */
export interface Decimal {
  digits: bigint;
  scale: number;
}

/** Longer ones are no marks of people, and their arithmetic costs time. */
const maximumLength = 100;

/** Read a decimal (framework.md §6): sign, digits, a point; no commas, exponents or words. Undefined for anything else. */
export function parseDecimal(value: unknown): Decimal | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const parts = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text.trim());
  if (parts === null || text.length > maximumLength) return undefined;
  const fraction = parts[3] ?? '';
  const digits = BigInt(`${parts[2]}${fraction}`);
  return { digits: parts[1] === '-' ? -digits : digits, scale: fraction.length };
}

export function compareDecimals(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const [a, b] = align(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where the value stands between the bounds, 0 to 1. */
export function fractionOf(value: Decimal, low: Decimal, high: Decimal): number {
  const scale = Math.max(value.scale, low.scale, high.scale);
  const [v, l, h] = [value, low, high].map((decimal) => decimal.digits * 10n ** BigInt(scale - decimal.scale)) as [
    bigint,
    bigint,
    bigint,
  ];
  return Number(v - l) / Number(h - l);
}

function align(left: Decimal, right: Decimal): [bigint, bigint] {
  if (left.scale === right.scale) return [left.digits, right.digits];
  const scale = Math.max(left.scale, right.scale);
  return [left.digits * 10n ** BigInt(scale - left.scale), right.digits * 10n ** BigInt(scale - right.scale)];
}
