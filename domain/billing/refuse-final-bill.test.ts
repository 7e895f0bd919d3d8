import type { Charge } from './charges';
import { refuseFinalBill, type FinalBillFacts, type FinalBillService } from './price-final-bill';
import { finalBillFacts, unmeteredService, waterRate, waterService } from './sample-facts';

const codeOf = (changes: Partial<FinalBillFacts>) => {
  const refusal = refuseFinalBill(finalBillFacts(changes));
  return refusal && `${refusal.code} ${refusal.pointer}`;
};
const withWater = (changes: Partial<FinalBillService>) => codeOf({ services: [waterService(changes)] });
const tiers: Charge = { kind: 'TIERS', per: '1', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '1' }] };
const sewer = (changes: Partial<FinalBillService> = {}) =>
  unmeteredService({
    serviceType: 'SEWER',
    rateVersions: [waterRate({ charges: [{ kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '0.8' }, tiers] })],
    ...changes,
  });

describe('the check before a final bill', () => {
  it('passes a sound bill', () => {
    expect(codeOf({})).toBeNull();
    expect(codeOf({ services: [sewer(), waterService()] })).toBeNull();
  });

  it('rule 5: refuses dates that leave no period, and days that are already billed', () => {
    expect(codeOf({ stopOn: '2026-06-31' })).toBe('BILL_DATE /stopOn');
    expect(withWater({ startOn: '2026-06-11' })).toBe('STOP_BEFORE_START /services/0/startOn');
    expect(withWater({ lastBilledThrough: '2026-06-11' })).toBe('BILLED_PAST_STOP /services/0/lastBilledThrough');
    expect(withWater({ lastBilledThrough: '2026-06-10' })).toBeNull();
    expect(codeOf({ handoverDayTo: 'INCOMING', services: [waterService({ lastBilledThrough: '2026-06-10' })] })).toBe(
      'BILLED_PAST_STOP /services/0/lastBilledThrough',
    );
    expect(withWater({ startOn: '2026-06-10', lastBilledThrough: null })).toBeNull();
  });

  it('refuses services that cannot be billed', () => {
    expect(codeOf({ services: [] })).toBe('NO_SERVICES /services');
    expect(codeOf({ services: [waterService(), waterService()] })).toBe('SERVICE_TWICE /services/1/agreementId');
    expect(withWater({ units: '0' })).toBe('UNITS /services/0/units');
    expect(withWater({ periodDays: 0 })).toBe('PERIOD_DAYS /services/0/periodDays');
    expect(withWater({ startOn: '' })).toBe('BILL_DATE /services/0/startOn');
  });

  it('rule 11: refuses rates that are unsound or leave days without a price', () => {
    expect(withWater({ rateVersions: [] })).toBe('RATE_MISSING /services/0/rateVersions');
    expect(withWater({ rateVersions: [waterRate({ effectiveFrom: '2026-06-05' })] })).toBe(
      'RATE_GAP /services/0/rateVersions',
    );
    expect(withWater({ rateVersions: [waterRate({ charges: [] })] })).toBe(
      'RATE_EMPTY /services/0/rateVersions/0/charges',
    );
  });

  it('rule 1: refuses missing and falling reads', () => {
    expect(withWater({ segments: [] })).toBe('READ_MISSING /services/0/segments');
    const segments = [
      { meterSerial: 'M1', dials: 4, multiplier: '1', startValue: '10', endValue: '9', rollover: 'NONE' as const },
    ];
    expect(withWater({ segments })).toBe('READ_BELOW_LAST /services/0/segments/0/endValue');
    expect(codeOf({ services: [unmeteredService({ segments })] })).toBe('READS_WITHOUT_METER /services/0/segments');
  });

  it('rule 12: refuses tiers without usage, and a share of nothing', () => {
    expect(codeOf({ services: [unmeteredService({})] })).toBe('RATE_NEEDS_METER /services/0/rateVersions/0');
    expect(codeOf({ services: [sewer()] })).toBe('SHARE_WITHOUT_SOURCE /services/0/rateVersions/0');
    expect(codeOf({ services: [waterService({ ...sewer(), metered: true, segments: waterService().segments })] })).toBe(
      'METER_WITH_SHARE /services/0/rateVersions/0',
    );
  });

  it('rule 2: refuses usage in a unit that is not the rate’s', () => {
    expect(withWater({ unit: 'ft3' })).toBe('UNIT_MISMATCH /services/0/rateVersions/0');
    expect(withWater({ unit: null })).toBe('UNIT_MISMATCH /services/0/rateVersions/0');
  });

  it('rule 13: refuses a fee that is no amount, and a taxable one without a service to tax it', () => {
    const fee = { code: 'READ', name: 'Final read', serviceType: 'WATER', amountCents: 100, taxable: true };
    expect(codeOf({ fees: [fee] })).toBeNull();
    expect(codeOf({ fees: [{ ...fee, amountCents: -1 }] })).toBe('FEE_AMOUNT /fees/0/amountCents');
    expect(codeOf({ fees: [{ ...fee, serviceType: null }] })).toBe('FEE_WITHOUT_TAX /fees/0/serviceType');
    expect(codeOf({ fees: [{ ...fee, serviceType: null, taxable: false }] })).toBeNull();
  });

  it('refuses an amount that no bill can have', () => {
    expect(
      withWater({ rateVersions: [waterRate({ charges: [{ kind: 'BASE', amountCents: Number.MAX_SAFE_INTEGER }] })] }),
    ).toBe('AMOUNT_TOO_LARGE undefined');
  });
});
