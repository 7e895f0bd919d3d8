import fc from 'fast-check';
import { addDays } from '../../dates';
import { priceFinalBill } from '../price-final-bill';
import type { Charge } from '../rate/charges';
import type { Change, RateVersion } from '../rate/rate-version';
import { centsByCode, finalBillFacts, waterRate, waterService } from '../sample-facts';

// Ten days, 1 to 10 June; 6000 gal; a month has 30 days.
const tiers = (rate: string): Charge => ({
  kind: 'TIERS',
  per: '1000',
  tierProration: 'WHOLE',
  tiers: [
    { upTo: '2000', rate: '0' },
    { upTo: null, rate },
  ],
});
const versions = (change?: Partial<Change>): RateVersion[] => {
  const whole: Change = { by: 'DAYS', bounds: 'SHARE', lines: 'EACH', ...change };
  const base: Charge = { kind: 'BASE', amount: '10.01', prorated: false };
  return [
    waterRate({ taxes: [], charges: [base, tiers('1')] }),
    waterRate({
      taxes: [],
      charges: [base, tiers('2')],
      effectiveFrom: '2026-06-05',
      ...(change && { change: whole }),
    }),
  ];
};
const bill = (rateVersions: RateVersion[], service = {}) =>
  priceFinalBill(finalBillFacts({ services: [waterService({ rateVersions, ...service })] })).lines.map(
    ({ code, from, through, amountCents }) => `${code} ${from?.slice(8)}-${through?.slice(8)} ${amountCents}`,
  );

describe('rule 26: a rate change inside the period', () => {
  it('rule 26: divides charges, usage and bounds by days', () => {
    expect(bill(versions())).toEqual(['BASE 01-04 400', 'USAGE 01-04 160', 'BASE 05-10 601', 'USAGE 05-10 480']);
  });

  it('rule 26: leaves whole bounds to each part', () => {
    expect(bill(versions({ bounds: 'WHOLE' }))).toEqual([
      'BASE 01-04 400',
      'USAGE 01-04 40',
      'BASE 05-10 601',
      'USAGE 05-10 320',
    ]);
  });

  it('rule 26: prices once what did not change', () => {
    expect(bill(versions({ lines: 'CHANGED_ONLY' }))).toEqual([
      'BASE 01-10 1001',
      'USAGE 01-04 160',
      'USAGE 05-10 480',
    ]);
  });

  it('rule 26: divides what a change of its tax alone divides', () => {
    const tax = (percent: string) => [{ code: 'CITY', name: 'City tax', percent }];
    const [first, second] = versions({ lines: 'CHANGED_ONLY' }) as [RateVersion, RateVersion];
    const taxed = [
      { ...first, charges: second.charges, taxes: tax('7') },
      { ...second, taxes: tax('9') },
    ];
    expect(bill(taxed).filter((line) => line.startsWith('BASE'))).toEqual(['BASE 01-04 400', 'BASE 05-10 601']);
  });

  it('rule 21: a printed share of the days is rounded: 17 of 35 days are 48.6 %', () => {
    const rate = (amount: string): RateVersion =>
      waterRate({
        ...{ taxes: [], charges: [{ kind: 'BASE', amount, prorated: false }] },
        rounding: { mode: 'HALF_UP', place: 'LINE', factorPlaces: 3 },
      });
    const rateVersions = [rate('100.00'), { ...rate('200.00'), effectiveFrom: '2026-05-24' }];
    expect(bill(rateVersions, { lastBilledThrough: '2026-05-06' })).toEqual(['BASE 07-23 4860', 'BASE 24-10 10280']);
  });

  it('rule 24: a charge for a day is for whole days, however shares are printed', () => {
    const rate = (amount: string): RateVersion =>
      waterRate({
        ...{ taxes: [], charges: [{ kind: 'BASE', amount, per: 'DAY' }] },
        rounding: { mode: 'HALF_UP', place: 'LINE', factorPlaces: 2 },
      });
    const rateVersions = [rate('1.00'), { ...rate('2.00'), effectiveFrom: '2026-05-21' }];
    expect(bill(rateVersions, { lastBilledThrough: '2026-05-10' })).toEqual(['BASE 11-20 1000', 'BASE 21-10 4200']);
  });

  it('rule 26: goes by the first or the last day', () => {
    expect(bill(versions({ by: 'FIRST_DAY' }))).toEqual(['BASE 01-10 1001', 'USAGE 01-10 400']);
    expect(bill(versions({ by: 'LAST_DAY' }))).toEqual(['BASE 01-10 1001', 'USAGE 01-10 800']);
  });

  it('rule 26: puts usage where dated reads say it was', () => {
    const read = (startValue: string, endValue: string, from: string, through: string) => ({
      ...{ meterSerial: 'M1', dials: 6, multiplier: '1', startValue, endValue, rollover: 'NONE' as const },
      ...{ from: `2026-06-${from}`, through: `2026-06-${through}` },
    });
    const segments = [read('0', '1000', '01', '04'), read('1000', '6000', '05', '10')];
    expect(bill(versions({ bounds: 'WHOLE' }), { segments })[1]).toBe('USAGE 01-04 0');
    expect(bill(versions({ bounds: 'WHOLE' }), { segments })[3]).toBe('USAGE 05-10 600');
  });

  it('rule 26: a percent that did not change falls on all parts once, one that did on each', () => {
    const percents = (first: string, second: string) =>
      versions().map((version, i) => ({
        ...version,
        charges: [...version.charges, { kind: 'PERCENT' as const, percent: i === 0 ? first : second }],
      }));
    expect(bill(percents('10', '10')).slice(4)).toEqual(
      ['PERCENT 01-10 164'].map(() => expect.stringMatching(/^PERCENT .* 164$/)),
    );
    expect(bill(percents('10', '20')).filter((line) => line.startsWith('PERCENT'))).toEqual([
      expect.stringMatching(/ 56$/),
      expect.stringMatching(/ 216$/),
    ]);
  });
});

describe('rule 28: a penalty where the rate changes inside the period', () => {
  const penalty = (first: string, second: string) =>
    centsByCode(
      finalBillFacts({
        pastDueCents: 10_000,
        services: [
          waterService({
            rateVersions: versions().map((version, i) => ({
              ...version,
              charges: [
                ...version.charges,
                { kind: 'PERCENT', code: 'LATE', percent: i === 0 ? first : second, ofBalance: true, atLeast: '12.00' },
              ],
            })),
          }),
        ],
      }),
    )['LATE'];

  it('rule 28: falls on the balance once, its least is whole, and two percents have their days', () => {
    expect(penalty('5', '5')).toBe(1200);
    expect(penalty('20', '20')).toBe(2000);
    expect(penalty('20', '40')).toBe(800 + 2400);
  });

  it('rule 28: is refused for two services on one balance', () => {
    const rateVersions = [waterRate({ taxes: [], charges: [{ kind: 'PERCENT', percent: '5', ofBalance: true }] })];
    const services = [
      waterService({ rateVersions }),
      waterService({ rateVersions, agreementId: 2, serviceType: 'OTHER' }),
    ];
    expect(() => centsByCode(finalBillFacts({ services, pastDueCents: 1 }))).toThrow(
      'PENALTY_TWICE /services/1/rateVersions',
    );
    expect(centsByCode(finalBillFacts({ services }))).toEqual({});
  });
});

it('rule 9: a limit of several services before a percent is worked out where the rate changes', () => {
  const rateVersions = versions().map((version): RateVersion => ({
    ...version,
    charges: [
      ...version.charges,
      { kind: 'MAXIMUM', services: ['*'], amount: '9.00', prorated: false },
      { kind: 'PERCENT', percent: '10', isTax: true },
    ],
  }));
  expect(centsByCode(finalBillFacts({ services: [waterService({ rateVersions })] }))).toEqual({
    ...{ BASE: 1001, USAGE: 640, MAXIMUM: -741, PERCENT: 90 },
  });
});

describe('rule 26: seasons', () => {
  const seasonal = (change?: Change) =>
    waterRate({
      taxes: [],
      seasons: [{ code: 'SUMMER', from: '06-05', to: '09-30' }],
      charges: [
        { kind: 'BASE', amount: '10.01', prorated: false },
        { ...tiers('2'), code: 'SUMMER', seasons: ['SUMMER'] },
        { ...tiers('1'), code: 'ALL_YEAR' },
      ],
      ...(change && { change }),
    });

  it('rule 26: price only their own days', () => {
    expect(centsByCode(finalBillFacts({ services: [waterService({ rateVersions: [seasonal()] })] }))).toEqual({
      ...{ BASE: 1001, ALL_YEAR: 400, SUMMER: 480 },
    });
  });

  it('rule 26: leave charges of all the year undivided where only the changed are divided', () => {
    expect(bill([seasonal({ by: 'DAYS', bounds: 'SHARE', lines: 'CHANGED_ONLY' })])).toEqual([
      'BASE 01-10 1001',
      'ALL_YEAR 01-10 400',
      'SUMMER 05-10 480',
    ]);
  });

  it('rule 26: any day that a season begins on conserves the usage and covers each day once', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(40), (begin, days) => {
        const season = { code: 'SUMMER', from: addDays('2026-05-28', begin).slice(5), to: '09-30' };
        const facts = finalBillFacts({
          stopOn: addDays('2026-06-01', days),
          services: [waterService({ rateVersions: [{ ...seasonal(), seasons: [season] }] })],
        });
        const { services, lines } = priceFinalBill(facts);
        expect(services[0]?.usage).toBe('6000');
        const base = lines.filter(({ code }) => code === 'BASE');
        expect(Math.abs(base.reduce((sum, { amountCents }) => sum + amountCents, 0) - 1001)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
