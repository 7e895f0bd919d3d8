import { DEFAULT_SETTINGS } from '../settings';
import { whyAPersonDecides, type DraftedBill } from './auto-approve';

const hash = (digits: string) => digits.padEnd(64, '0');
const policy = { ...DEFAULT_SETTINGS, finalBillPolicy: { maxTotalCents: 5000, samplePercent: '0' } };
const segment = {
  ...{ meterSerial: 'M-1', dials: 6, multiplier: '1', rollover: 'NONE' as const },
  ...{ startValue: '1000', endValue: '1500' },
};
const bill: DraftedBill = {
  ...{ revision: 1, totalCents: 5000, contentHash: hash('0'), hands: [10, 11], isRateAmended: false },
  reads: [
    { source: 'ACTUAL', corrects: false },
    { source: 'ACTUAL', corrects: false },
  ],
  segments: [segment],
};
const why = (change: Partial<DraftedBill>, samplePercent = '0') =>
  whyAPersonDecides({ ...bill, ...change }, { ...policy, finalBillPolicy: { maxTotalCents: 5000, samplePercent } });
const read = (source: DraftedBill['reads'][number]['source'], corrects = false) => ({ reads: [{ source, corrects }] });

describe('the system itself', () => {
  it('approves a small bill with nothing odd, charge or credit, up to the maximum', () => {
    expect(why({})).toBeNull();
    expect(why({ totalCents: -5000 })).toBeNull();
    expect(why({ reads: [], segments: [] })).toBeNull();
  });
});

describe('a person decides', () => {
  it('on a bill above the maximum, charge or credit', () => {
    expect(why({ totalCents: 5001 })).toEqual(['ABOVE_MAXIMUM']);
    expect(why({ totalCents: -5001 })).toEqual(['ABOVE_MAXIMUM']);
  });

  it('on a bill with a read that is estimated, prorated or corrected', () => {
    expect(why(read('ESTIMATED'))).toEqual(['ESTIMATED_READ']);
    expect(why(read('SYSTEM_PRORATED'))).toEqual(['PRORATED_READ']);
    expect(why(read('CUSTOMER'))).toEqual(['CUSTOMER_READ']);
    expect(why(read('ACTUAL', true))).toEqual(['CORRECTED_READ']);
  });

  it('on a bill with a read exception: the register passed its end, or much was used', () => {
    expect(why({ segments: [{ ...segment, startValue: '999000', endValue: '10', rollover: 'ACCEPTED' }] })).toEqual([
      'READ_EXCEPTION',
    ]);
    expect(why({ segments: [segment, { ...segment, endValue: '101001' }] })).toEqual(['READ_EXCEPTION']);
    expect(why({ segments: [{ ...segment, endValue: '101000' }] })).toBeNull();
  });

  it('on a later revision, an amended rate, and what the system had a hand in itself', () => {
    expect(why({ revision: 2 })).toEqual(['NOT_FIRST_REVISION']);
    expect(why({ isRateAmended: true })).toEqual(['AMENDED']);
    expect(why({ hands: [10, 1] })).toEqual(['SYSTEM_DRAFTED']);
  });

  it('on a bill of the sample, and is told every reason at once', () => {
    expect(why({}, '100')).toEqual(['SAMPLE']);
    expect(why({ revision: 2, totalCents: 9000, ...read('ESTIMATED') }, '100')).toEqual([
      ...['NOT_FIRST_REVISION', 'ABOVE_MAXIMUM', 'ESTIMATED_READ', 'SAMPLE'],
    ]);
  });
});
