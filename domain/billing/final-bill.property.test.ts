import fc from 'fast-check';
import { addDays } from '../dates';
import type { Charge } from './rate/charges';
import { priceFinalBill, refuseFinalBill, type FinalBillFacts, type FinalBillService } from './price-final-bill';
import { ProrationDivisor, ProrationMethod, type ProrationStep, type RateVersion } from './rate/rate-version';
import { finalBillFacts, waterService } from './sample-facts';
import { RoundingMode } from '../rational';

const rate = fc.nat(99_999).map((n) => (n / 10_000).toFixed(4));
const cents = fc.nat(20_000);
const tiers = fc.record({
  kind: fc.constant('TIERS' as const),
  per: fc.constantFrom('1', '100', '1000'),
  tierProration: fc.constantFrom('WHOLE' as const, 'SCALED' as const),
  tiers: fc.tuple(rate, rate, rate).map(([a, b, c]) => [
    { upTo: '2000', rate: a },
    { upTo: '4000.5', rate: b },
    { upTo: null, rate: c },
  ]),
});
const fixed = (...kinds: ('BASE' | 'FLAT' | 'MINIMUM')[]) =>
  fc
    .subarray(kinds)
    .chain((list) => fc.tuple(...list.map((kind) => cents.map((amountCents): Charge => ({ kind, amountCents })))));
const proration = fc.record({
  newConnect: fc.constantFrom(...Object.values(ProrationMethod)),
  finalDisconnect: fc.constantFrom(...Object.values(ProrationMethod)),
  divisor: fc.constantFrom(...Object.values(ProrationDivisor)),
  normalDays: fc.integer({ min: 1, max: 91 }),
  tolerance: fc.option(fc.constant({ fromDays: 27, toDays: 33 })),
  capAtOne: fc.boolean(),
  steps: fc.constant<ProrationStep[]>([
    { throughDays: 2, factor: '0' },
    { throughDays: 16, factor: '1/2' },
    { throughDays: null, factor: '1' },
  ]),
});
const taxes = fc.subarray([
  { code: 'CITY', name: 'City tax', percent: '5.25' },
  { code: 'STATE', name: 'State tax', percent: '0.375' },
]);
const version = (charges: fc.Arbitrary<Charge[]>): fc.Arbitrary<RateVersion> =>
  fc.record({
    effectiveFrom: fc.constant('2020-01-01'),
    unit: fc.constant('gal'),
    charges,
    rounding: fc.record({ mode: fc.constantFrom(...Object.values(RoundingMode)), place: fc.constant('LINE' as const) }),
    proration,
    taxes,
  });
const metered = fc.tuple(tiers, fixed('BASE', 'FLAT', 'MINIMUM')).map(([tier, rest]): Charge[] => [tier, ...rest]);
const sharing = metered.map((charges): Charge[] => [
  { kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '0.8' },
  ...charges,
]);

/** One or two versions of a rate, the second from some day of June on. */
const versions = (charges: fc.Arbitrary<Charge[]>) =>
  fc
    .tuple(version(charges), fc.option(fc.tuple(version(charges), fc.nat(40))))
    .map(([first, second]) => [
      first,
      ...(second ? [{ ...second[0], effectiveFrom: addDays('2026-05-25', second[1]) }] : []),
    ]);
const service = (
  agreementId: number,
  serviceType: string,
  charges: fc.Arbitrary<Charge[]>,
  used: fc.Arbitrary<string>,
): fc.Arbitrary<FinalBillService> =>
  fc
    .record({ rateVersions: versions(charges), endValue: used, units: fc.constantFrom('1', '2', '0.5') })
    .map(({ rateVersions, endValue, units }) => {
      const segments =
        serviceType === 'WATER'
          ? [{ meterSerial: 'M1', dials: 6, multiplier: '1', startValue: '0', endValue, rollover: 'NONE' as const }]
          : [];
      return waterService({
        agreementId,
        serviceType,
        rateVersions,
        units,
        segments,
        metered: serviceType === 'WATER',
      });
    });
const facts: fc.Arbitrary<FinalBillFacts> = fc
  .record({
    days: fc.nat(70),
    taxRounding: fc.constantFrom('PER_LINE' as const, 'PER_BILL' as const),
    feeCents: cents,
    services: fc.tuple(
      service(
        1,
        'WATER',
        metered,
        fc.nat(9_999_999).map((n) => `${Math.floor(n / 10)}.${n % 10}`),
      ),
      service(2, 'SEWER', sharing, fc.constant('0')),
    ),
  })
  .map(({ days, taxRounding, feeCents, services }) =>
    finalBillFacts({
      stopOn: addDays('2026-05-31', days),
      taxRounding,
      services,
      fees: [{ code: 'READ', name: 'Final read', serviceType: 'WATER', amountCents: feeCents, taxable: true }],
    }),
  );
/** Charges of the newer kinds, to be added to those of any version. */
const moreCharges: fc.Arbitrary<Charge[]> = fc.subarray<Charge>([
  {
    kind: 'BASE',
    code: 'BY_SIZE',
    amount: { by: 'meterSize', values: { '3/4': '7.77' } },
    per: 'MONTH',
    times: ['1/3'],
  },
  { kind: 'BASE', code: 'CREDIT', amount: '-3.33', per: 'DAY', times: ['1/7'] },
  { kind: 'FLAT', code: 'SUMMER', amount: '4.19', seasons: ['SUMMER'] },
  { kind: 'MAXIMUM', amount: '150.00' },
  { kind: 'MINIMUM', code: 'ALL', services: ['*'], amount: '12.00' },
  {
    kind: 'DEMAND',
    measure: 'KW',
    tiers: [
      { upTo: '5', rate: '1.111' },
      { upTo: null, rate: '2.3' },
    ],
  },
  { kind: 'PERCENT', code: 'FRANCHISE', percent: '3.125' },
  {
    kind: 'PERCENT',
    code: 'SALES',
    percent: '6.35',
    of: ['USAGE'],
    services: ['*'],
    isTax: true,
    grossUp: true,
  },
  { kind: 'PERCENT', code: 'SENIOR', percent: '-12.5', onFirst: '40.00' },
]);
const anyFacts: fc.Arbitrary<FinalBillFacts> = fc
  .record({
    facts,
    more: fc.array(moreCharges, { minLength: 4, maxLength: 4 }),
    place: fc.constantFrom('LINE' as const, 'TOTAL' as const, 'BILL' as const),
    change: fc.record({
      by: fc.constantFrom('DAYS' as const, 'FIRST_DAY' as const, 'LAST_DAY' as const),
      bounds: fc.constantFrom('SHARE' as const, 'WHOLE' as const),
      lines: fc.constantFrom('EACH' as const, 'CHANGED_ONLY' as const),
    }),
    season: fc.nat(40),
    taxExempt: fc.boolean(),
  })
  .map(({ facts: plain, more, place, change, season, taxExempt }) => ({
    ...plain,
    taxExempt,
    services: plain.services.map((each, s) => ({
      ...each,
      attributes: { meterSize: '3/4' },
      measures: { KW: '7.5' },
      rateVersions: each.rateVersions.map((one, v) => ({
        ...one,
        change,
        rounding: { ...one.rounding, place },
        seasons: [{ code: 'SUMMER', from: addDays('2026-05-28', season).slice(5), to: '12-31' }],
        charges: [...one.charges, ...(more[2 * s + v] ?? [])],
      })),
    })),
  }));
const total = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);

describe('any final bill of any charges', () => {
  it('rules 19 and 21: is the sum of its lines, and of its charges, taxes and fees by service, in whole cents', () => {
    fc.assert(
      fc.property(anyFacts, (bill) => {
        expect(refuseFinalBill(bill)).toBeNull();
        const { lines, services, totalCents } = priceFinalBill(bill);
        expect(totalCents).toBe(total(lines.map(({ amountCents }) => amountCents)));
        const fees = total(lines.filter(({ kind }) => kind === 'FEE').map(({ amountCents }) => amountCents));
        const byService = services.flatMap(({ chargesCents, taxCents }) => [chargesCents, taxCents]);
        expect(totalCents).toBe(total(byService) + fees);
        expect(lines.every(({ amountCents }) => Number.isSafeInteger(amountCents))).toBe(true);
        expect(lines.map(({ lineNo }) => lineNo)).toEqual(lines.map((_, i) => i + 1));
      }),
    );
  });

  it('rules 11 and 26: bills all usage once, whatever changes inside the period', () => {
    fc.assert(
      fc.property(anyFacts, (bill) => {
        const water = bill.services[0]?.segments[0]?.endValue ?? '';
        expect(Number(priceFinalBill(bill).services[0]?.usage)).toBe(Number(water));
      }),
    );
  });

  it('rule 13: an exempt account has no line above 0 that is a tax', () => {
    fc.assert(
      fc.property(anyFacts, (bill) => {
        const { lines } = priceFinalBill({ ...bill, taxExempt: true });
        expect(lines.filter(({ kind, amountCents }) => kind === 'TAX' && amountCents !== 0)).toEqual([]);
      }),
    );
  });

  it('rules 21 and 24: is the same when it is worked out again, and each line has its working', () => {
    fc.assert(
      fc.property(anyFacts, (bill) => {
        const once = priceFinalBill(bill);
        expect(priceFinalBill(JSON.parse(JSON.stringify(bill)) as FinalBillFacts)).toEqual(once);
        expect(once.lines.every(({ steps }) => steps.length > 0)).toBe(true);
      }),
    );
  });
});

describe('any final bill', () => {
  it('rule 19: is the sum of its lines, and of its charges, taxes and fees by service', () => {
    fc.assert(
      fc.property(facts, (bill) => {
        expect(refuseFinalBill(bill)).toBeNull();
        const { lines, services, totalCents } = priceFinalBill(bill);
        expect(totalCents).toBe(total(lines.map(({ amountCents }) => amountCents)));
        const fees = total(lines.filter(({ kind }) => kind === 'FEE').map(({ amountCents }) => amountCents));
        expect(totalCents).toBe(
          fees + total(services.flatMap(({ chargesCents, taxCents }) => [chargesCents, taxCents])),
        );
        expect(total(lines.filter(({ kind }) => kind === 'TAX').map(({ amountCents }) => amountCents))).toBe(
          total(services.map(({ taxCents }) => taxCents)),
        );
        expect(lines.map(({ lineNo }) => lineNo)).toEqual(lines.map((_, i) => i + 1));
        expect(lines.every(({ amountCents }) => Number.isSafeInteger(amountCents) && amountCents >= 0)).toBe(true);
      }),
    );
  });

  it('rule 5: has its days once: the lines of a charge cover the period without gap or overlap', () => {
    fc.assert(
      fc.property(facts, (bill) => {
        const { lines, from, through, days } = priceFinalBill(bill);
        const usage = lines.filter(({ kind, serviceType }) => kind === 'USAGE' && serviceType === 'WATER');
        expect([usage[0]?.from, usage.at(-1)?.through, addDays(from, days - 1)]).toEqual([from, through, through]);
        usage.slice(1).forEach((line, i) => expect(line.from).toBe(addDays(usage[i]?.through ?? '', 1)));
      }),
    );
  });

  it('rule 11: changes by less than a cent a line when a version is cut in two with the same prices', () => {
    fc.assert(
      fc.property(facts, fc.nat(40), (bill, day) => {
        const cut = addDays('2026-05-25', day);
        const whole = {
          ...bill,
          services: bill.services.map((each) => ({ ...each, rateVersions: each.rateVersions.slice(0, 1) })),
        };
        const twice = {
          ...bill,
          services: whole.services.map((each) => ({
            ...each,
            rateVersions: each.rateVersions.flatMap((one) => [one, { ...one, effectiveFrom: cut }]),
          })),
        };
        expect(refuseFinalBill(twice)).toBeNull();
        const [one, two] = [priceFinalBill(whole), priceFinalBill(twice)];
        expect(two.services.map(({ usage }) => usage)).toEqual(one.services.map(({ usage }) => usage));
        expect(Math.abs(two.totalCents - one.totalCents)).toBeLessThan(one.lines.length + two.lines.length);
      }),
    );
  });
});
