import type { Charge } from './charges';
import type { RateVersion } from './rate-version';
import { refuseRateVersion } from './refuse-rate-version';
import { waterRate } from '../sample-facts';

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
            { upTo: '10', rate: '2e3' },
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
        rounding: { mode: 'toString', place: 'toString' } as never,
        proration: {
          ...proration,
          newConnect: 'MONTHLY',
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

  it('rules 21 to 28: reports every problem of the newer terms with a pointer to its place', () => {
    const bad = waterRate({
      charges: [
        { kind: 'BASE' },
        { kind: 'FLAT', amountCents: 1, amount: '1', times: ['x'], atLeast: 'y', seasons: ['WINTER'] },
        { kind: 'MAXIMUM', amount: '-1', of: ['NOTHING'] },
        tiers({ measure: 'ON', quantity: '1', boundsTimes: ['z'], included: { quantity: '-1', from: 'IN_TIERS' } }),
        { kind: 'DEMAND', measure: '', least: 'a', ratchet: { measure: 'P', share: '-1' }, tiers: [] },
        { kind: 'PERCENT', percent: '100', grossUp: true, above: '-1', onFirst: 'b', onlyAbove: 'c' },
        { kind: 'PERCENT', percent: '-101' },
        tiers({
          code: 'SECOND',
          unscaledDays: { fromDays: 9, toDays: 8 },
          tiers: [{ upTo: null, rate: 'x', amount: 'd' }],
        }),
      ],
      rounding: { mode: 'UP', place: 'BILL', toCents: 0, factorPlaces: 11 },
      proration: {
        ...waterRate().proration,
        steps: [
          { throughDays: 5, factor: '-1' },
          { throughDays: 4, factor: '1' },
        ],
      },
      measuring: {
        ...{ meterUnit: '', truncateReadsTo: '0' },
        conversions: [{ factor: 'x', roundTo: '0', mode: 'toString' as never }],
      },
      seasons: [
        { code: 'SUMMER', from: '06-01', to: '06-31' },
        { code: 'SUMMER', from: '13-01', to: '12-31' },
      ],
      change: { by: 'WEEKS', bounds: 'NONE', lines: 'SOME' } as never,
    });
    expect(refuseRateVersion(bad).map(({ pointer }) => pointer)).toEqual([
      '/charges/0/amount',
      '/charges/1/amount',
      '/charges/1/times/0',
      '/charges/1/atLeast',
      '/charges/2/amount',
      '/charges/3/quantity',
      '/charges/3/boundsTimes/0',
      '/charges/3/included/quantity',
      '/charges/4/measure',
      '/charges/4/ratchet/share',
      '/charges/4/least',
      '/charges/4/tiers',
      '/charges/5/percent',
      '/charges/5/above',
      '/charges/5/onFirst',
      '/charges/5/onlyAbove',
      '/charges/6/percent',
      '/charges/7/tiers/0/rate',
      '/charges/7/tiers/0/amount',
      '/charges/7/unscaledDays',
      '/charges/2/of/0',
      '/rounding/toCents',
      '/rounding/factorPlaces',
      '/proration/steps/0/factor',
      '/proration/steps/1/throughDays',
      '/measuring/meterUnit',
      '/measuring/truncateReadsTo',
      '/measuring/conversions/0/factor',
      '/measuring/conversions/0/roundTo',
      '/measuring/conversions/0/mode',
      '/seasons/0/to',
      '/seasons/1/code',
      '/seasons/1/from',
      '/charges/1/seasons/0',
      '/change/by',
      '/change/bounds',
      '/change/lines',
    ]);
  });

  it('rule 6: the method STEP needs its steps, and finalFraction needs reads that are cut down', () => {
    const { proration } = waterRate();
    expect(pointers({ proration: { ...proration, finalDisconnect: 'STEP' } })).toEqual(['/proration/steps']);
    expect(pointers({ measuring: { meterUnit: 'gal', finalFraction: 'BILL', conversions: [] } })).toEqual([
      '/measuring/finalFraction',
    ]);
  });

  it('rule 26: refuses a day in two seasons, and one on which usage has no price', () => {
    const summer = { code: 'SUMMER', from: '06-01', to: '09-30' };
    const winter = { code: 'WINTER', from: '10-01', to: '05-30' };
    const bySeason = (...codes: string[]) => codes.map((code) => tiers({ code, seasons: [code] }));
    const problems = (changes: Partial<RateVersion>) =>
      refuseRateVersion(waterRate(changes)).map(({ message }) => message);
    expect(problems({ seasons: [summer, winter], charges: bySeason('SUMMER', 'WINTER') })).toEqual([
      'Usage of 05-31 has no price in any tiers',
    ]);
    const whole = { ...winter, to: '05-31' };
    expect(problems({ seasons: [summer, whole], charges: bySeason('SUMMER', 'WINTER') })).toEqual([]);
    expect(
      problems({ seasons: [summer, winter], charges: [...bySeason('SUMMER'), tiers({ code: 'ALL_YEAR' })] }),
    ).toEqual([]);
    expect(problems({ seasons: [summer, { ...whole, to: '06-01' }], charges: [tiers()] })).toEqual([
      '06-01 is in two seasons: SUMMER, WINTER',
    ]);
  });

  it('rule 28: refuses a percent of a code that there is not, of a later percent and of itself', () => {
    const base: Charge = { kind: 'BASE', amount: '1' };
    const percent = (code: string, of: string[]): Charge => ({ kind: 'PERCENT', code, percent: '1', of });
    expect(pointers({ charges: [base, percent('A', ['BASE', 'WATR'])] })).toEqual(['/charges/1/of/1']);
    expect(pointers({ charges: [base, percent('A', ['B']), percent('B', ['BASE', 'B'])] })).toEqual([
      '/charges/1/of/0',
      '/charges/2/of/1',
    ]);
    expect(pointers({ charges: [base, percent('A', ['BASE']), percent('B', ['BASE', 'A'])] })).toEqual([]);
  });

  it('rule 24: takes tiers of a measured quantity without a unit, and two of other codes', () => {
    expect(pointers({ unit: null, charges: [tiers({ measure: 'ADULTS' })] })).toEqual([]);
    expect(pointers({ charges: [tiers(), tiers({ code: 'ADJUSTMENT' })] })).toEqual([]);
    const winter = { kind: 'SHARE_OF_USAGE' as const, ofService: 'WATER', share: '1', seasons: ['WINTER'] };
    const seasons = [{ code: 'WINTER', from: '11-01', to: '03-31' }];
    expect(pointers({ seasons, charges: [winter, { ...winter, seasons: undefined }, tiers()] })).toEqual([]);
    expect(pointers({ seasons, charges: [winter, winter, tiers()] })).toEqual(['/charges/1/kind', '/seasons']);
  });
});
