import { createHash } from 'node:crypto';
import { bucketOf, inSample } from './in-sample';

const hashes = Array.from({ length: 10_000 }, (_, i) => createHash('sha256').update(`bill ${i}`).digest('hex'));
const sampled = (percent: string) => hashes.filter((hash) => inSample(hash, percent)).length;
const withBucket = (bucket: number) => bucket.toString(16).padStart(13, '0').padEnd(64, 'f');

describe('the sample', () => {
  it('is none of 0 percent and all of 100', () => {
    expect([sampled('0'), sampled('0.00'), sampled('100'), sampled('100.00')]).toEqual([0, 0, 10_000, 10_000]);
  });

  it('takes about as many as the percentage says, whole or fractional', () => {
    for (const percent of ['1', '5', '12.5', '0.75', '50']) {
      const expected = Number(percent) * 100;
      expect(Math.abs(sampled(percent) - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it('has a sharp edge at each hundredth of a percent', () => {
    expect(bucketOf(withBucket(124))).toBe(124);
    expect(inSample(withBucket(124), '1.25')).toBe(true);
    expect(inSample(withBucket(125), '1.25')).toBe(false);
    expect(inSample(withBucket(49), '0.5')).toBe(true);
    expect(inSample(withBucket(50), '0.5')).toBe(false);
  });

  it('only grows with the percentage', () => {
    for (const hash of hashes.slice(0, 500)) if (inSample(hash, '5')) expect(inSample(hash, '7.5')).toBe(true);
  });

  it('is of hashes and percentages only', () => {
    expect(() => inSample('not a hash', '5')).toThrow(RangeError);
    expect(() => inSample(withBucket(1), '-5')).toThrow(RangeError);
  });
});
