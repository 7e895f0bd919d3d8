/**
 * Whether a bill is one of those that a person looks at in any case. The first 13 digits of its content's hash, taken as
 * a number, modulo 10,000, are below the percentage in hundredths: whoever has the bill can work it out again, and
 * nobody chooses. `percent` is a decimal text from 0 to 100 with up to two decimals.
 */
export function inSample(contentHash: string, percent: string): boolean {
  return bucketOf(contentHash) < hundredthsOf(percent);
}

/** The number from 0 to 9,999 that a hash stands for. */
export function bucketOf(contentHash: string): number {
  // 13 hexadecimal digits are 52 bits: a number that is exact, and so large that no remainder is likelier than another.
  const digits = contentHash.slice(0, 13);
  if (!/^[0-9a-f]{13}$/.test(digits)) throw new RangeError(`${contentHash} is no hash`);
  return Number.parseInt(digits, 16) % 10_000;
}

function hundredthsOf(percent: string): number {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent);
  if (!found) throw new RangeError(`${percent} is no percentage`);
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}
