import type { Charge } from './rate/charges';
import type { Figure } from './rate/figures';
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
    expect(codeOf({ fees: [{ ...fee, amountCents: 1.5 }] })).toBe('FEE_AMOUNT /fees/0/amountCents');
    expect(codeOf({ fees: [{ ...fee, amountCents: -1 }] })).toBeNull();
    expect(codeOf({ fees: [{ ...fee, serviceType: null }] })).toBe('FEE_WITHOUT_TAX /fees/0/serviceType');
    expect(codeOf({ fees: [{ ...fee, serviceType: null, taxable: false }] })).toBeNull();
  });

  it('rule 28: refuses a percent of percents that passes all bounds, and a found one that has no end', () => {
    const chain = Array.from({ length: 30 }, (_, i) => ({
      ...{ kind: 'PERCENT' as const, code: `P${i}`, percent: '1000', of: [i === 0 ? 'BASE' : `P${i - 1}`] },
    }));
    const priced = (charges: Charge[], attributes = {}) =>
      refuseFinalBill(
        finalBillFacts({ services: [waterService({ attributes, rateVersions: [waterRate({ taxes: [], charges })] })] }),
      );
    const base: Charge = { kind: 'BASE', amount: '100.00' };
    expect(priced([base, ...chain])).toMatchObject({ code: 'AMOUNT_TOO_LARGE' });
    expect(priced([base, ...chain.slice(0, 2)])).toBeNull();
    const found: Charge = { kind: 'PERCENT', percent: { attribute: 'tax' }, grossUp: true };
    expect(priced([base, found], { tax: '100' })).toMatchObject({
      ...{ code: 'RATE_PERCENT', pointer: '/services/0/rateVersions/0/charges/1/percent' },
    });
    expect(priced([base, found], { tax: '99' })).toBeNull();
  });

  it('rule 24: looks up what a charge needs with the quantity of the bill', () => {
    const priced = (charge: Charge, service: Partial<FinalBillService> = {}) => {
      const rateVersions = [waterRate({ taxes: [], charges: [charge] })];
      return codeOf({ services: [waterService({ rateVersions, ...service })] });
    };
    const at = '/services/0/rateVersions/0/charges/0';
    const bands = [
      { upTo: '10', value: '1' },
      { upTo: null, value: { by: 'meterSize', values: { '1': '2' } } },
    ];
    const byUsage: Charge = { kind: 'BASE', amount: { of: { measure: 'USAGE' }, bands } };
    expect(priced(byUsage)).toBe(`ATTRIBUTE_MISSING ${at}/amount/bands/1/value`);
    expect(priced(byUsage, { attributes: { meterSize: '1' } })).toBeNull();
    const over = (figure: Figure): Charge => ({ kind: 'BASE', amount: { product: ['1'], over: figure } });
    expect(priced(over({ sum: [{ measure: 'USAGE' }, '-6000'] }))).toBe(`FIGURE_BY_ZERO ${at}/amount/over`);
    expect(priced(over({ measure: 'USAGE' }))).toBeNull();
    const percent = { product: [{ measure: 'USAGE' }, '1/40'] };
    expect(priced({ kind: 'PERCENT', percent, grossUp: true })).toBe(`RATE_PERCENT ${at}/percent`);
  });

  it('refuses an amount that no bill can have', () => {
    expect(
      withWater({ rateVersions: [waterRate({ charges: [{ kind: 'BASE', amountCents: Number.MAX_SAFE_INTEGER }] })] }),
    ).toBe('AMOUNT_TOO_LARGE undefined');
  });
});
