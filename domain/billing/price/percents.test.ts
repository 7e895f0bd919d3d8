import type { Charge, PercentCharge } from '../rate/charges';
import {
  centsByCode,
  centsOfCharges,
  finalBillFacts,
  unmeteredService,
  waterRate,
  waterService,
} from '../sample-facts';

const base: Charge = { kind: 'BASE', amount: '100.00', prorated: false };
const percent = (changes: Partial<PercentCharge>): Charge => ({ kind: 'PERCENT', percent: '10', ...changes });

describe('rule 28: percent charges', () => {
  it('rule 28: fall on the lines with the codes they name, or on all that are no tax, fee or percent', () => {
    const other: Charge = { ...base, code: 'OTHER', amount: '50.00' };
    const tax: Charge = { ...base, code: 'TAX', amount: '7.00', isTax: true };
    const on = (changes: Partial<PercentCharge>) => centsOfCharges([base, other, tax, percent(changes)])['PERCENT'];
    expect(on({})).toBe(1500);
    expect(on({ of: ['OTHER'] })).toBe(500);
    expect(on({ except: ['OTHER'] })).toBe(1000);
    expect(on({ of: ['BASE', 'TAX'] })).toBe(1070);
  });

  it('rule 28: a tax on a tax names it, and each is rounded', () => {
    const charges = [
      base,
      percent({ code: 'FRANCHISE', percent: '3.125' }),
      percent({ code: 'SALES', percent: '6', of: ['BASE', 'FRANCHISE'], isTax: true }),
    ];
    expect(centsOfCharges(charges)).toEqual({ BASE: 10_000, FRANCHISE: 313, SALES: 619 });
  });

  it('rule 28: a grossed-up tax is also on itself', () => {
    expect(centsOfCharges([base, percent({ percent: '2.5', grossUp: true })])).toEqual({ BASE: 10_000, PERCENT: 256 });
  });

  it('rule 28: falls on one service only, on others, or on all', () => {
    const refuse = unmeteredService({
      rateVersions: [
        waterRate({ unit: null, taxes: [], charges: [{ kind: 'FLAT', amount: '20.00', prorated: false }] }),
      ],
    });
    const on = (changes: Partial<PercentCharge>) =>
      centsByCode(
        finalBillFacts({
          services: [
            waterService({ rateVersions: [waterRate({ taxes: [], charges: [base, percent(changes)] })] }),
            refuse,
          ],
        }),
      )['PERCENT'];
    expect(on({})).toBe(1000);
    expect(on({ services: ['REFUSE'] })).toBe(200);
    expect(on({ services: ['*'] })).toBe(1200);
  });

  it('rule 28: a discount is below 0, bands of dollars have bounds, limits hold', () => {
    const on = (changes: Partial<PercentCharge>) => centsOfCharges([base, percent(changes)])['PERCENT'] ?? null;
    expect(on({ percent: '-25' })).toBe(-2500);
    expect(on({ above: '40.00' })).toBe(600);
    expect(on({ onFirst: '30.00' })).toBe(300);
    expect(on({ above: '10.00', onFirst: '30.00' })).toBe(200);
    expect(on({ atLeast: '15.00' })).toBe(1500);
    expect(on({ atMost: '5.00' })).toBe(500);
    expect(on({ onlyAbove: '99.99' })).toBe(1000);
    expect(on({ onlyAbove: '100.00' })).toBeNull();
    expect(on({ percent: '0' })).toBeNull();
  });

  it('rule 28: a penalty falls on the balance past due, and there is none without one', () => {
    const penalty = [base, percent({ code: 'LATE', ofBalance: true, atLeast: '5.00' })];
    expect(centsOfCharges(penalty, { facts: { pastDueCents: 20_000 } })).toEqual({ BASE: 10_000, LATE: 2000 });
    expect(centsOfCharges(penalty, { facts: { pastDueCents: 1000 } })).toEqual({ BASE: 10_000, LATE: 500 });
    expect(centsOfCharges(penalty)).toEqual({ BASE: 10_000 });
    expect(centsOfCharges(penalty, { facts: { pastDueCents: -1200 } })).toEqual({ BASE: 10_000 });
  });

  it('rule 9: a minimum of percents too comes after them, and one of several services is theirs together', () => {
    const half: Charge = { kind: 'PERCENT', code: 'HALF', percent: '-50' };
    expect(
      centsOfCharges([base, half, { kind: 'MINIMUM', of: ['BASE', 'HALF'], amount: '60.00', prorated: false }]),
    ).toEqual({
      ...{ BASE: 10_000, HALF: -5000, MINIMUM: 1000 },
    });
    const refuse = unmeteredService({
      rateVersions: [
        waterRate({ unit: null, taxes: [], charges: [{ kind: 'FLAT', amount: '20.00', prorated: false }] }),
      ],
    });
    const together = (amount: string) => {
      const limit: Charge = { kind: 'MINIMUM', services: ['WATER', 'REFUSE'], amount, prorated: false };
      const water = waterService({ rateVersions: [waterRate({ taxes: [], charges: [base, limit] })] });
      return centsByCode(finalBillFacts({ services: [water, refuse] }));
    };
    expect(together('150.00')).toEqual({ BASE: 10_000, MINIMUM: 3000, FLAT: 2000 });
    expect(together('120.00')).toEqual({ BASE: 10_000, FLAT: 2000 });
  });

  it('rule 28: no tax of the version falls on a penalty, unless it says so', () => {
    const taxes = [{ code: 'CITY', name: 'City tax', percent: '10' }];
    const late = (changes: Partial<PercentCharge>) =>
      centsOfCharges([base, percent({ code: 'LATE', ofBalance: true, ...changes })], {
        ...{ version: { taxes }, facts: { pastDueCents: 5000 } },
      });
    expect(late({})).toEqual({ BASE: 10_000, LATE: 500, CITY: 1000 });
    expect(late({ taxed: true })).toEqual({ BASE: 10_000, LATE: 500, CITY: 1050 });
  });

  it('rule 28: two services with a balance of their own have a penalty each', () => {
    const late = percent({ code: 'LATE', ofBalance: true });
    const service = { rateVersions: [waterRate({ taxes: [], charges: [late] })] };
    const services = [
      waterService({ ...service, pastDueCents: 3000 }),
      waterService({ ...service, agreementId: 2, serviceType: 'OTHER', pastDueCents: 5000 }),
    ];
    expect(centsByCode(finalBillFacts({ services, pastDueCents: 8000 }))).toEqual({ LATE: 800 });
  });

  it('rule 13: an exempt account has a tax of 0 that says so, and pays charges that are no tax', () => {
    const charges: Charge[] = [
      base,
      { ...base, code: 'FLAT_TAX', isTax: true },
      percent({ code: 'FEE' }),
      percent({ code: 'TAX', isTax: true }),
    ];
    expect(centsOfCharges(charges, { facts: { taxExempt: true } })).toEqual({
      BASE: 10_000,
      FLAT_TAX: 0,
      FEE: 1000,
      TAX: 0,
    });
  });

  it('rule 13: falls on a fee that it names', () => {
    const fees = [{ code: 'READ', name: 'Final read', serviceType: 'WATER', amountCents: 2500, taxable: false }];
    expect(centsOfCharges([base, percent({ of: [], fees: ['READ'] })], { facts: { fees } })).toEqual({
      BASE: 10_000,
      PERCENT: 250,
      READ: 2500,
    });
  });

  it('rule 13: a tax falls on no line that is not taxed, unless it names it', () => {
    const charges = (changes: Partial<PercentCharge>): Charge[] => [
      base,
      { ...base, code: 'TV', amount: '35.00', taxed: false },
      percent({ isTax: true, ...changes }),
    ];
    expect(centsOfCharges(charges({}))['PERCENT']).toBe(1000);
    expect(centsOfCharges(charges({ of: ['TV'] }))['PERCENT']).toBe(350);
    expect(centsOfCharges(charges({ isTax: false }))['PERCENT']).toBe(1350);
  });

  it("rule 13: the version's taxes fall on percent charges that are no tax, and not on what is not taxed", () => {
    const taxes = [{ code: 'CITY', name: 'City tax', percent: '10' }];
    const charges: Charge[] = [{ ...base, taxed: false }, percent({ code: 'SURCHARGE' })];
    expect(centsOfCharges(charges, { version: { taxes } })).toEqual({ BASE: 10_000, SURCHARGE: 1000, CITY: 100 });
  });
});
