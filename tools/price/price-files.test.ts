import { priceFiles } from './price-files';

const rate = (changes: object = {}) => ({
  effectiveFrom: '2026-01-01',
  unit: 'gal',
  charges: [
    { kind: 'BASE', amount: '30.00' },
    { kind: 'TIERS', per: '1000', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '2.00' }] },
  ],
  ...changes,
});
const usage = (changes: object = {}, service: object = {}) => ({
  ...{ event: 'FINAL_DISCONNECT', from: '2026-06-01', through: '2026-06-10' },
  services: [{ service: 'WATER', usage: '6000', ...service }],
  ...changes,
});
const problems = (rateJson: unknown, usageJson: unknown) => {
  const answer = priceFiles(rateJson, usageJson);
  return 'problems' in answer
    ? answer.problems.map(({ file, code, pointer }) => `${file} ${code} ${pointer}`)
    : answer.total;
};

describe('the price of two files', () => {
  it('is of one version, of a list, or of rates by name, with defaults for what is not said', () => {
    for (const file of [rate(), [rate()], { rates: { WATER: rate() } }, { rates: { WATER: [rate()] } }])
      expect(priceFiles(file, usage())).toMatchObject({ total: '22.00', payable: '22.00', days: 10 });
  });

  it('takes off payments and deposits with their interest, and adds what is past due', () => {
    const interest = { rateTable: [{ from: '2020-01-01', percent: '3.65' }] };
    const deposits = [{ amount: '100.00', paidOn: '2026-03-02', interest }];
    expect(priceFiles(rate(), usage({ balance: '50.00', payments: '20.00', deposits }))).toMatchObject({
      ...{ total: '22.00', pastDue: '50.00', payments: '20.00', payable: '-49.00' },
      deposits: [{ amount: '100.00', interest: '1.00' }],
    });
  });

  it('bills a service in advance, and reads as a usage', () => {
    const reads = [{ start: '999000', end: '5000', rollover: true }];
    expect(problems(rate(), usage({}, { usage: undefined, reads }))).toBe('22.00');
    expect(problems(rate(), usage({}, { from: '2026-06-11', through: '2026-06-30' }))).toBe('32.00');
  });

  it('names the file and the field of each problem', () => {
    expect(problems(rate({ charges: [{ kind: 'BASE', amount: 30 }] }), usage({ from: 'June' }))).toEqual([
      'RATE MALFORMED /charges/0/amount',
      'USAGE MALFORMED /from',
    ]);
    expect(problems({ rates: { WATER: rate({ unit: null }) } }, usage())).toEqual(['RATE RATE_UNIT /rates/WATER/unit']);
    expect(problems([rate(), rate({ effectiveFrom: '2026-06-05', charges: [] })], usage())).toEqual([
      'RATE RATE_EMPTY /1/charges',
    ]);
    expect(problems(rate(), usage({}, { usage: '1,200' }))).toEqual(['USAGE READ_NOT_A_NUMBER /services/0/usage']);
    expect(problems(rate(), usage({}, { usage: undefined, reads: [{ start: '9', end: '1' }] }))).toEqual([
      'USAGE READ_BELOW_LAST /services/0/reads/0/end',
    ]);
    const bySize = { kind: 'BASE', amount: { by: 'meterSize', values: { '1': '9.00' } } };
    expect(problems({ rates: { WATER: rate({ charges: [bySize] }) } }, usage())).toEqual([
      'RATE ATTRIBUTE_MISSING /rates/WATER/charges/0/amount',
    ]);
    expect(problems({ rates: { WATER: rate() } }, usage({}, { service: 'GAS' }))).toEqual([
      'USAGE RATE_UNKNOWN /services/0/rate',
    ]);
    expect(problems(rate(), usage({ through: '2026-05-01' }))).toEqual(['USAGE BILL_DATE /through']);
    expect(problems(rate({ proration: { divisor: 'ACTUAL' } }), usage())).toEqual([
      'USAGE PERIOD_DAYS /services/0/periodDays',
    ]);
    const percent = { kind: 'PERCENT', percent: '5', services: ['WTAER'] };
    expect(problems(rate({ charges: [percent] }), usage())).toEqual(['RATE RATE_SERVICE /charges/0/services/0']);
    expect(
      problems(rate(), usage({ payments: '-1.00', deposits: [{ amount: '1.00', paidOn: '2027-01-01' }] })),
    ).toEqual(['USAGE MALFORMED /payments']);
    expect(problems(rate(), usage({ deposits: [{ amount: '1.00', paidOn: '2027-01-01' }] }))).toEqual([
      'USAGE DEPOSIT_DATE /deposits/0/paidOn',
    ]);
  });

  it('says in words what to write instead', () => {
    const answer = priceFiles(rate({ effectiveFrom: undefined, charges: [{ kind: 'BASE', amount: 12.5 }] }), usage());
    expect('problems' in answer && answer.problems.map(({ message }) => message)).toEqual([
      'Write the number as text: "12.5"',
      'This field is missing',
    ]);
  });
});
