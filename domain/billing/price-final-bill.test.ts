import type { Charge } from './rate/charges';
import {
  priceFinalBill,
  refuseFinalBill,
  type FinalBillFacts,
  type FinalBillService,
  type PricedBill,
} from './price-final-bill';
import type { Proration } from './rate/rate-version';
import { finalBillFacts, unmeteredService, waterRate, waterService } from './sample-facts';

/** Checks, then computes, as every caller must. */
const price = (changes: Partial<FinalBillFacts> = {}): PricedBill => {
  const facts = finalBillFacts(changes);
  expect(refuseFinalBill(facts)).toBeNull();
  return priceFinalBill(facts);
};
const amounts = ({ lines }: PricedBill) => lines.map(({ kind, amountCents }) => `${kind} ${amountCents}`);
const water = (charges: Charge[], changes: Partial<FinalBillService> = {}, proration: Partial<Proration> = {}) =>
  waterService({
    rateVersions: [waterRate({ charges, taxes: [], proration: { ...waterRate().proration, ...proration } })],
    ...changes,
  });
const flat = (amountCents: number): Charge => ({ kind: 'FLAT', amountCents });
const minimum = (amountCents: number): Charge => ({ kind: 'MINIMUM', amountCents });
const perUnit = (rate: string, tierProration: 'WHOLE' | 'SCALED' = 'WHOLE'): Charge => ({
  kind: 'TIERS',
  per: '1',
  tierProration,
  tiers: [
    { upTo: '4', rate: '2' },
    { upTo: null, rate },
  ],
});
const units = (used: string) => ({
  segments: [
    { meterSerial: 'M1', dials: 4, multiplier: '1', startValue: '0', endValue: used, rollover: 'NONE' as const },
  ],
});

describe('a service that stopped earlier than its account', () => {
  const earlier = (stopOn: string) =>
    unmeteredService({ rateVersions: [waterRate({ charges: [flat(3000)], unit: null, taxes: [] })], stopOn });

  it('is billed to its own last day', () => {
    expect(amounts(price({ services: [earlier('2026-06-05')] }))).toEqual(['FLAT 500']);
    expect(amounts(price({ services: [earlier('2026-06-10')] }))).toEqual(['FLAT 1000']);
  });

  it('never stops later than the account', () => {
    expect(refuseFinalBill(finalBillFacts({ services: [earlier('2026-06-11')] }))).toMatchObject({
      code: 'BILL_DATE',
      pointer: '/services/0/stopOn',
    });
  });
});

describe('a final bill', () => {
  it('has base, usage and their taxes, and says how each was worked out', () => {
    const bill = price();
    expect(bill).toMatchObject({
      from: '2026-06-01',
      through: '2026-06-10',
      days: 10,
      estimated: false,
      totalCents: 2240,
    });
    expect(
      bill.lines.map(({ lineNo, name, quantity, unit, amountCents }) => [lineNo, name, quantity, unit, amountCents]),
    ).toEqual([
      [1, 'Base charge', null, null, 333],
      [2, 'Usage', '6000', 'gal', 1800],
      [3, 'City tax on Base charge', null, null, 17],
      [4, 'City tax on Usage', null, null, 90],
    ]);
    expect(bill.services).toEqual([
      { serviceType: 'WATER', agreementId: 1, usage: '6000', chargesCents: 2133, taxCents: 107 },
    ]);
    expect(bill.lines.map(({ steps }) => steps.map(({ rule }) => rule))).toEqual([
      ['rule 5', 'rule 8', 'rule 7', 'rule 19'],
      ['rule 2', 'rule 10', 'rule 10', 'rule 19'],
      ['rule 13', 'rule 19'],
      ['rule 13', 'rule 19'],
    ]);
    expect(JSON.parse(JSON.stringify(bill))).toEqual(bill);
  });

  it('says that it is estimated when one service is', () => {
    expect(price({ services: [waterService({ estimated: true })] }).estimated).toBe(true);
  });

  it('rule 5: a first bill starts after the handover day of OUTGOING and on that of INCOMING', () => {
    const services = [waterService({ startOn: '2026-06-01', lastBilledThrough: null })];
    expect(price({ services })).toMatchObject({ from: '2026-06-02', through: '2026-06-10', days: 9 });
    expect(price({ services, handoverDayTo: 'INCOMING' })).toMatchObject({
      from: '2026-06-01',
      through: '2026-06-09',
      days: 9,
    });
  });

  it('rule 5: never bills a day before the holder started', () => {
    const services = [waterService({ startOn: '2026-06-05', lastBilledThrough: '2026-06-04' })];
    expect(price({ services }).from).toBe('2026-06-06');
    expect(price({ services, handoverDayTo: 'INCOMING' }).from).toBe('2026-06-05');
  });

  it('rule 5: with no day left there is usage to bill, at whole tier bounds, and no fixed charge', () => {
    const service = water(
      [{ kind: 'BASE', amountCents: 1000 }, perUnit('5', 'SCALED'), minimum(900)],
      { lastBilledThrough: '2026-06-10', ...units('3') },
      { finalDisconnect: 'BILL_FULL' },
    );
    const bill = price({ services: [service] });
    expect(bill).toMatchObject({ days: 0, totalCents: 600 });
    expect(amounts(bill)).toEqual(['BASE 0', 'USAGE 600']);
  });

  it('rule 7: Caselle, $10 disconnected on day 10 of 30: full $10, nothing $0, prorated $3.33', () => {
    const total = (finalDisconnect: Proration['finalDisconnect']) =>
      price({
        services: [unmeteredService({ rateVersions: water([flat(1000)], {}, { finalDisconnect }).rateVersions })],
      }).totalCents;
    expect([total('BILL_FULL'), total('BILL_NOTHING'), total('PRORATE_BASE_AND_MIN')]).toEqual([1000, 0, 333]);
  });

  it('rule 7: usage is billed even where fixed charges are not', () => {
    const service = water([{ kind: 'BASE', amountCents: 1000 }, perUnit('5')], units('6'), {
      finalDisconnect: 'BILL_NOTHING',
    });
    expect(amounts(price({ services: [service] }))).toEqual(['BASE 0', 'USAGE 1800']);
  });

  it('rule 9: a top-up line makes the lines add up to the prorated minimum', () => {
    const bill = price({
      services: [water([{ kind: 'BASE', amountCents: 1000 }, perUnit('5'), minimum(3000)], units('2'))],
    });
    expect(amounts(bill)).toEqual(['BASE 333', 'USAGE 400', 'MINIMUM 267']);
    expect(bill.totalCents).toBe(1000);
  });

  it('rule 9: the minimum holds at zero usage and adds nothing above it', () => {
    const charges = [perUnit('5'), minimum(3000)];
    expect(amounts(price({ services: [water(charges, units('0'))] }))).toEqual(['USAGE 0', 'MINIMUM 1000']);
    expect(amounts(price({ services: [water(charges, units('6'))] }))).toEqual(['USAGE 1800']);
    expect(amounts(price({ services: [water(charges, units('6'), { finalDisconnect: 'BILL_FULL' })] }))).toEqual([
      'USAGE 1800',
      'MINIMUM 1200',
    ]);
  });

  it('rule 9: units multiply flat charges, the minimum and tier bounds, not the base', () => {
    const charges: Charge[] = [{ kind: 'BASE', amountCents: 1000 }, flat(500), perUnit('5')];
    const full = { finalDisconnect: 'BILL_FULL' } as const;
    const bill = price({ services: [water(charges, { units: '3', ...units('13') }, full)] });
    expect(amounts(bill)).toEqual(['BASE 1000', 'FLAT 1500', 'USAGE 2900']);
    expect(bill.lines[1]?.quantity).toBe('3');
    expect(
      amounts(price({ services: [water([minimum(500), perUnit('5')], { units: '3', ...units('0') }, full)] })),
    ).toEqual(['USAGE 0', 'MINIMUM 1500']);
  });

  it('S8 rule 9: quantity multiplies flat charges alone, and stands beside the units', () => {
    const charges: Charge[] = [{ kind: 'BASE', amountCents: 1000 }, flat(500), perUnit('5'), minimum(9000)];
    const full = { finalDisconnect: 'BILL_FULL' } as const;
    const priced = (changes: Partial<FinalBillService>) =>
      price({ services: [water(charges, { ...units('13'), ...changes }, full)] });
    // Two cans: only the flat charge doubles; the tiers' bound stays at 4, and the minimum at $90.
    expect(amounts(priced({ quantity: '2' }))).toEqual(['BASE 1000', 'FLAT 1000', 'USAGE 5300', 'MINIMUM 1700']);
    const cans = priced({ quantity: '2', units: '3' });
    expect(amounts(cans)).toEqual(['BASE 1000', 'FLAT 3000', 'USAGE 2900', 'MINIMUM 20100']);
    expect(cans.lines[1]).toMatchObject({ quantity: '6', steps: [{ rule: 'rule 9' }, {}, {}, {}, {}] });
    expect(priced({ quantity: '1' })).toEqual(priced({}));
    expect(refuseFinalBill(finalBillFacts({ services: [water(charges, { quantity: '0' })] }))).toMatchObject({
      ...{ code: 'QUANTITY', pointer: '/services/0/quantity' },
    });
  });

  it('rule 10: scaled bounds follow the days billed, whole ones do not', () => {
    const service = (tierProration: 'WHOLE' | 'SCALED') => {
      const tiers = [
        { upTo: '4', rate: '2' },
        { upTo: '10', rate: '3' },
        { upTo: null, rate: '5' },
      ];
      return water([{ kind: 'TIERS', per: '1', tierProration, tiers }], units('6'));
    };
    expect(price({ services: [service('WHOLE')] }).totalCents).toBe(1400);
    expect(price({ services: [service('SCALED')] }).totalCents).toBe(2200);
  });

  it('rule 11: a rate change inside the period is two calculations, usage spread by days', () => {
    const at = (rate: string, effectiveFrom: string, base: number) =>
      waterRate({
        effectiveFrom,
        taxes: [],
        charges: [
          { kind: 'BASE', amountCents: base },
          { kind: 'TIERS', per: '1', tierProration: 'WHOLE', tiers: [{ upTo: null, rate }] },
        ],
      });
    const rateVersions = [at('2', '2025-01-01', 3000), at('3', '2026-06-08', 6000)];
    const bill = price({ services: [waterService({ rateVersions, ...units('10') })] });
    expect(bill.lines.map(({ name, quantity, amountCents }) => [name, quantity, amountCents])).toEqual([
      ['Base charge 2026-06-01 to 2026-06-07', null, 700],
      ['Usage 2026-06-01 to 2026-06-07', '7', 1400],
      ['Base charge 2026-06-08 to 2026-06-10', null, 600],
      ['Usage 2026-06-08 to 2026-06-10', '3', 900],
    ]);
    expect(bill.services[0]?.usage).toBe('10');
  });

  it('rule 11: inside the tolerance the parts are parts of the period, and full means full once', () => {
    const full = { tolerance: { fromDays: 5, toDays: 33 } };
    const rateVersions = (proration: Partial<Proration>) =>
      ['2025-01-01', '2026-06-08'].map((effectiveFrom) =>
        waterRate({
          effectiveFrom,
          taxes: [],
          charges: [{ kind: 'BASE', amountCents: 1000 }],
          proration: { ...waterRate().proration, ...proration },
        }),
      );
    expect(amounts(price({ services: [waterService({ rateVersions: rateVersions(full) })] }))).toEqual([
      'BASE 700',
      'BASE 300',
    ]);
    expect(
      amounts(price({ services: [waterService({ rateVersions: rateVersions({ finalDisconnect: 'BILL_FULL' }) })] })),
    ).toEqual(['BASE 700', 'BASE 300']);
  });

  it("rule 12: sewer is priced on a share of the water's final usage", () => {
    const charges: Charge[] = [
      { kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '0.80' },
      { kind: 'TIERS', per: '1000', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '5' }] },
    ];
    const sewer = unmeteredService({ serviceType: 'SEWER', rateVersions: [waterRate({ charges, taxes: [] })] });
    const bill = price({ services: [sewer, waterService()] });
    expect(bill.lines[0]).toMatchObject({
      serviceType: 'SEWER',
      kind: 'USAGE',
      quantity: '4800',
      unit: 'gal',
      amountCents: 2400,
    });
    expect(bill.services[0]).toMatchObject({ usage: '4800', chargesCents: 2400 });
    expect(bill.lines[0]?.steps.map(({ rule }) => rule)).toEqual(['rule 2', 'rule 12', 'rule 10', 'rule 19']);
  });

  it('rule 13: tax per line rounds each line, tax per bill rounds once', () => {
    const taxes = [{ code: 'CITY', name: 'City tax', percent: '5' }];
    const service = (agreementId: number, serviceType: string) =>
      unmeteredService({ agreementId, serviceType, rateVersions: [waterRate({ charges: [flat(330)], taxes })] });
    const services = [service(1, 'REFUSE'), service(2, 'STREET'), service(3, 'STORM')];
    expect(amounts(price({ services })).slice(3)).toEqual(['TAX 6', 'TAX 6', 'TAX 6']);
    const perBill = price({ services, taxRounding: 'PER_BILL' });
    expect(perBill.lines.slice(3)).toMatchObject([
      { kind: 'TAX', code: 'CITY', name: 'City tax', serviceType: null, amountCents: 17 },
    ]);
    expect(perBill.services.map(({ taxCents }) => taxCents)).toEqual([6, 6, 5]);
  });

  it('rule 13: fees are not prorated; a taxable one bears the taxes of its service', () => {
    const fees = [
      { code: 'FINAL_READ', name: 'Final read', serviceType: 'WATER', amountCents: 2500, taxable: true },
      { code: 'MAIL', name: 'Mailing', serviceType: null, amountCents: 100, taxable: false },
    ];
    const bill = price({ fees });
    expect(amounts(bill)).toEqual(['BASE 333', 'USAGE 1800', 'FEE 2500', 'FEE 100', 'TAX 17', 'TAX 90', 'TAX 125']);
    expect(bill.services[0]).toMatchObject({ chargesCents: 2133, taxCents: 232 });
    expect(amounts(price({ fees, taxRounding: 'PER_BILL' })).slice(4)).toEqual(['TAX 232']);
  });

  it('rule 21: every line is rounded by the mode of its rate version', () => {
    const inMode = (mode: 'HALF_UP' | 'UP' | 'DOWN') =>
      price({
        services: [waterService({ rateVersions: [waterRate({ taxes: [], rounding: { mode, place: 'LINE' } })] })],
      }).lines[0]?.amountCents;
    expect([inMode('HALF_UP'), inMode('UP'), inMode('DOWN')]).toEqual([333, 334, 333]);
  });
});

describe('S4 a tax-exempt account', () => {
  const fee = { code: 'FINAL', name: 'Final read', serviceType: 'WATER', amountCents: 2_500, taxable: true };

  it.each(['PER_LINE', 'PER_BILL'] as const)(
    'bears no tax, %s, and each line says which it would have borne',
    (taxRounding) => {
      const taxed = price({ taxRounding, fees: [fee] });
      const exempt = price({ taxRounding, fees: [fee], taxExempt: true });
      const taxCents = taxed.lines.filter(({ kind }) => kind === 'TAX').map(({ amountCents }) => amountCents);
      expect(taxCents.reduce((sum, cents) => sum + cents, 0)).toBeGreaterThan(0);
      expect(exempt.totalCents).toBe(taxed.totalCents - taxCents.reduce((sum, cents) => sum + cents, 0));
      expect(exempt.services.map((service) => service.taxCents)).toEqual([0]);
      expect(exempt.lines.map(({ kind, steps }) => [kind, steps.at(-1)?.text, steps.at(-1)?.values])).toEqual(
        taxed.lines
          .filter(({ kind }) => kind !== 'TAX')
          .map(({ kind }) => [kind, 'No tax: the account is tax exempt', { CITY: '5 percent not charged' }]),
      );
    },
  );

  it('is named on no line that bears no tax anyway, and facts from before name nobody', () => {
    const services = [waterService({ rateVersions: [waterRate({ taxes: [] })] })];
    expect(price({ services, taxExempt: true })).toEqual(price({ services }));
    expect(price({ taxExempt: false })).toEqual(price());
  });
});
