import type { Charge } from './charges';
import { refuseRateVersion, type RateVersion } from './rate-version';
import { waterRate } from './sample-facts';

const pointers = (changes: Partial<RateVersion>) => refuseRateVersion(waterRate(changes)).map(({ pointer }) => pointer);
const tiers = (changes: object = {}): Charge => ({
  kind: 'TIERS',
  per: '1000',
  tierProration: 'WHOLE',
  tiers: [{ upTo: null, rate: '1' }],
  ...changes,
});

describe('a rate version', () => {
  it('is taken when it is sound', () => {
    expect(refuseRateVersion(waterRate())).toEqual([]);
    expect(pointers({ unit: null, charges: [{ kind: 'FLAT', amountCents: 0 }], taxes: [] })).toEqual([]);
    expect(pointers({ charges: [{ kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '0.80' }, tiers()] })).toEqual([]);
  });

  it('reports every problem with a pointer to its place', () => {
    const bad = waterRate({
      effectiveFrom: '2026-02-30',
      effectiveTo: '2026-01-01',
      charges: [
        { kind: 'BASE', amountCents: 10.5 },
        { kind: 'MINIMUM', amountCents: -1 },
        tiers({
          per: '0',
          tiers: [
            { upTo: '10', rate: '-2' },
            { upTo: '10', rate: '1' },
            { upTo: '20', rate: '1' },
          ],
        }),
      ],
      taxes: [
        { code: 'CITY', name: 'City tax', percent: '101' },
        { code: 'CITY', name: 'City tax', percent: '1' },
      ],
    });
    expect(refuseRateVersion(bad).map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'RATE_DATE /effectiveFrom',
      'RATE_DATE /effectiveTo',
      'RATE_AMOUNT /charges/0/amountCents',
      'RATE_AMOUNT /charges/1/amountCents',
      'RATE_PER /charges/2/per',
      'RATE_TIER_RATE /charges/2/tiers/0/rate',
      'RATE_TIER_BOUND /charges/2/tiers/1/upTo',
      'RATE_TIERS_END /charges/2/tiers/2/upTo',
      'RATE_TAX /taxes/0/percent',
      'RATE_TAX /taxes/1/code',
    ]);
  });

  it('rule 10: needs an open last tier, rising bounds and a choice of tier proration', () => {
    expect(pointers({ charges: [tiers({ tiers: [] })] })).toEqual(['/charges/0/tiers']);
    expect(
      pointers({
        charges: [
          tiers({
            tiers: [
              { upTo: null, rate: '1' },
              { upTo: null, rate: '2' },
            ],
          }),
        ],
      }),
    ).toEqual(['/charges/0/tiers/0/upTo']);
    expect(pointers({ charges: [tiers({ tierProration: undefined })] })).toEqual(['/charges/0/tierProration']);
  });

  it('has at most one minimum, one list of tiers and one share, and no share without tiers', () => {
    const share: Charge = { kind: 'SHARE_OF_USAGE', ofService: '', share: '0' };
    expect(pointers({ charges: [share] })).toEqual(['/charges/0/ofService', '/charges/0/share', '/charges']);
    expect(
      pointers({ charges: [tiers(), tiers(), { kind: 'BASE', amountCents: 1 }, { kind: 'BASE', amountCents: 2 }] }),
    ).toEqual(['/charges/1/kind']);
    expect(pointers({ charges: [] })).toEqual(['/charges']);
    expect(pointers({ unit: null })).toEqual(['/unit']);
  });

  it('refuses words it does not know, also those every object has', () => {
    const { proration } = waterRate();
    expect(
      pointers({
        charges: [{ kind: 'toString' } as never],
        rounding: { mode: 'toString', place: 'TOTAL' } as never,
        proration: {
          ...proration,
          newConnect: 'STEP',
          finalDisconnect: 'toString',
          divisor: '',
          normalDays: 0,
          tolerance: { fromDays: 33, toDays: 27 },
        } as never,
      }),
    ).toEqual([
      '/charges/0/kind',
      '/rounding/mode',
      '/rounding/place',
      '/proration/newConnect',
      '/proration/finalDisconnect',
      '/proration/divisor',
      '/proration/normalDays',
      '/proration/tolerance',
    ]);
  });
});
