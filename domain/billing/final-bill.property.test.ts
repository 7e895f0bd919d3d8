import fc from 'fast-check';
import { addDays } from '../dates';
import type { Charge } from './charges';
import { priceFinalBill, refuseFinalBill, type FinalBillFacts, type FinalBillService } from './price-final-bill';
import { ProrationDivisor, ProrationMethod, type RateVersion } from './rate-version';
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
const total = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);

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
