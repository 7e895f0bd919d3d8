import { centsOfCharges } from '../sample-facts';

// Ten days of a month of 30, 6000 gal: f is 1/3.
const base = { kind: 'BASE' as const, amount: '30.00' };

describe('rule 24: fixed charges', () => {
  it('rule 24: are dollars or cents, by meter size, times amperes', () => {
    const attributes = { meterSize: '3/4', amperes: '60' };
    expect(centsOfCharges([{ kind: 'BASE', amountCents: 3000 }])).toEqual({ BASE: 1000 });
    expect(centsOfCharges([base])).toEqual({ BASE: 1000 });
    const bySize = { by: 'meterSize', values: { '3/4': '30.00', '1': '60.00' } };
    expect(centsOfCharges([{ kind: 'BASE', amount: bySize }], { service: { attributes } })).toEqual({ BASE: 1000 });
    expect(
      centsOfCharges([{ kind: 'BASE', amount: '0.35', times: [{ attribute: 'amperes' }, '1/2'], prorated: false }], {
        service: { attributes },
      }),
    ).toEqual({ BASE: 1050 });
  });

  it('rule 24: are for each month of a long cycle, for each day, for a year of 365 days', () => {
    const service = { months: '2', lastBilledThrough: '2026-04-11' }; // 60 days
    expect(centsOfCharges([{ ...base, per: 'MONTH' }], { service })).toEqual({ BASE: 6000 });
    expect(centsOfCharges([{ ...base, per: 'PERIOD' }], { service })).toEqual({ BASE: 3000 });
    expect(centsOfCharges([{ ...base, amount: '0.50', per: 'DAY' }], { service })).toEqual({ BASE: 3000 });
    expect(centsOfCharges([{ ...base, amount: '365.00', per: 'YEAR' }], { service })).toEqual({ BASE: 6000 });
  });

  it('rule 24: below 0 are credits', () => {
    expect(centsOfCharges([base, { kind: 'BASE', code: 'CREDIT', amount: '-6.00' }])).toEqual({
      BASE: 1000,
      CREDIT: -200,
    });
  });

  it('rule 9: keep to a floor and a ceiling of their own', () => {
    expect(centsOfCharges([{ ...base, atLeast: '12.00' }])).toEqual({ BASE: 1200 });
    expect(centsOfCharges([{ ...base, atMost: '9.99' }])).toEqual({ BASE: 999 });
  });

  it('rule 9: a maximum takes off what is above it, a minimum of one line adds what that line lacks', () => {
    expect(centsOfCharges([base, { kind: 'MAXIMUM', amount: '24.00' }])).toEqual({ BASE: 1000, MAXIMUM: -200 });
    const two = [base, { ...base, code: 'SECOND', amount: '3.00' }];
    expect(centsOfCharges([...two, { kind: 'MINIMUM', of: ['SECOND'], amount: '6.00' }])).toEqual({
      BASE: 1000,
      SECOND: 100,
      MINIMUM: 100,
    });
  });

  it('rule 13: a tax of so much a bill is a tax, and no part of a minimum', () => {
    const charges = [base, { ...base, code: 'FEE911', amount: '3.00', isTax: true }];
    expect(centsOfCharges([...charges, { kind: 'MINIMUM', amount: '36.00' }])).toEqual({
      BASE: 1000,
      FEE911: 100,
      MINIMUM: 200,
    });
  });

  it('rule 7: apply to bills of their events and to customers of their class', () => {
    const charge = { ...base, events: ['FINAL_DISCONNECT' as const], when: { class: ['RES'] } };
    const attributes = { class: 'RES' };
    const always = { ...base, code: 'ALWAYS' };
    expect(centsOfCharges([charge, always], { service: { attributes } })).toEqual({ BASE: 1000, ALWAYS: 1000 });
    expect(centsOfCharges([charge, always], { service: { attributes: { class: 'COM' } } })).toEqual({ ALWAYS: 1000 });
    expect(() => centsOfCharges([charge, always])).toThrow(
      'ATTRIBUTE_MISSING /services/0/rateVersions/0/charges/0/when/class',
    );
    expect(centsOfCharges([{ ...charge, when: { class: ['', 'RES'] } }])).toEqual({ BASE: 1000 });
    expect(centsOfCharges([charge, always], { service: { attributes }, facts: { event: 'REGULAR' } })).toEqual({
      ALWAYS: 3000,
    });
  });
});
