import type { FinalBillFacts, FinalBillService } from './final-bill';
import { priceFinalBill } from './price-final-bill';
import type { Charge } from './rate/charges';
import type { RateVersion } from './rate/rate-version';
import { refuseFinalBill } from './refuse-final-bill';

/**
 * A small town's water rate for tests: $10.00 base, $2.50 and $4.00 per 1000 gal below and above 4000, tax 5 %; every
 * field can be replaced.
 */
export const waterRate = (changes: Partial<RateVersion> = {}): RateVersion => ({
  effectiveFrom: '2025-01-01',
  unit: 'gal',
  charges: [
    { kind: 'BASE', amountCents: 1000 },
    {
      kind: 'TIERS',
      per: '1000',
      tierProration: 'WHOLE',
      tiers: [
        { upTo: '4000', rate: '2.5000' },
        { upTo: null, rate: '4.0000' },
      ],
    },
  ],
  rounding: { mode: 'HALF_UP', place: 'LINE' },
  proration: {
    newConnect: 'PRORATE_BASE_AND_MIN',
    finalDisconnect: 'PRORATE_BASE_AND_MIN',
    divisor: 'FIXED_30',
    normalDays: 30,
    tolerance: null,
    capAtOne: false,
  },
  taxes: [{ code: 'CITY', name: 'City tax', percent: '5' }],
  ...changes,
});

/** Ten days of water, 6000 gal, for tests; every field can be replaced. */
export const waterService = (changes: Partial<FinalBillService> = {}): FinalBillService => ({
  agreementId: 1,
  serviceType: 'WATER',
  unit: 'gal',
  units: '1',
  startOn: '2025-01-01',
  lastBilledThrough: '2026-05-31',
  periodDays: 30,
  rateVersions: [waterRate()],
  metered: true,
  segments: [
    { meterSerial: 'M1', dials: 6, multiplier: '1', startValue: '100000', endValue: '106000', rollover: 'NONE' },
  ],
  estimated: false,
  ...changes,
});

/** A service without a meter, on a rate of its own, for tests; every field can be replaced. */
export const unmeteredService = (changes: Partial<FinalBillService>): FinalBillService =>
  waterService({ agreementId: 2, serviceType: 'REFUSE', unit: null, metered: false, segments: [], ...changes });

/** A final bill on 2026-06-10 of that water service, for tests; every field can be replaced. */
export const finalBillFacts = (changes: Partial<FinalBillFacts> = {}): FinalBillFacts => ({
  stopOn: '2026-06-10',
  handoverDayTo: 'OUTGOING',
  taxRounding: 'PER_LINE',
  services: [waterService()],
  fees: [],
  ...changes,
});

/** The cents of each line of a bill by code, for tests; throws the refusal of facts that cannot be priced. */
export function centsByCode(facts: FinalBillFacts): Record<string, number> {
  const refusal = refuseFinalBill(facts);
  if (refusal) throw new Error(`${refusal.code} ${refusal.pointer ?? ''}`);
  const cents: Record<string, number> = {};
  for (const { code, amountCents } of priceFinalBill(facts).lines) cents[code] = (cents[code] ?? 0) + amountCents;
  return cents;
}

/** A bill of ten days with these charges and no version taxes, priced for 6000 gal, for tests. */
export const centsOfCharges = (
  charges: Charge[],
  {
    version = {},
    service = {},
    facts = {},
  }: {
    version?: Partial<RateVersion>;
    service?: Partial<FinalBillService>;
    facts?: Partial<FinalBillFacts>;
  } = {},
): Record<string, number> =>
  centsByCode(
    finalBillFacts({
      services: [waterService({ rateVersions: [waterRate({ charges, taxes: [], ...version })], ...service })],
      ...facts,
    }),
  );
