import fc from 'fast-check';
import { compare, parseRational } from '../../rational';
import { refuseRead, refuseUsage, usageOf, type MeterSegment } from './usage';

const segment = (startValue: string, endValue: string, changes: Partial<MeterSegment> = {}): MeterSegment => ({
  meterSerial: 'M1',
  dials: 4,
  multiplier: '1',
  startValue,
  endValue,
  rollover: 'NONE',
  ...changes,
});
const read = (previous: string, value: string, changes = {}) =>
  refuseRead({
    previous,
    value,
    dials: 4,
    multiplier: '1',
    rolloverMinRatio: '0.9',
    highUsageLimit: '500',
    ...changes,
  });

describe('usage of meters', () => {
  it('rule 1: is the end read less the start read', () => {
    expect(usageOf([segment('1200', '1234.5')])).toMatchObject({ usage: '34.5', rolledOver: false });
  });

  it('rule 1: passes 9999 once on a register of 4 dials', () => {
    const rolled = segment('9990', '0015', { rollover: 'ACCEPTED' });
    expect(refuseUsage([rolled])).toBeNull();
    expect(usageOf([rolled])).toMatchObject({ usage: '25', rolledOver: true, steps: [{ rule: 'rule 1' }] });
  });

  it('rule 1: does not add a turn of the register when the read did not fall', () => {
    expect(usageOf([segment('10', '15', { rollover: 'ACCEPTED' })]).usage).toBe('5');
  });

  it('rule 1: refuses an end below the start that nobody accepted as a rollover', () => {
    expect(refuseUsage([segment('9990', '0015')])).toMatchObject({ code: 'READ_BELOW_LAST', pointer: '/0/endValue' });
  });

  it('rule 2: adds the meters of an exchange, each with its own dials and multiplier', () => {
    const segments = [
      segment('9990', '10', { rollover: 'ACCEPTED', multiplier: '10' }),
      segment('00007', '00057', { dials: 5, multiplier: '0.1' }),
    ];
    expect(usageOf(segments).usage).toBe('205');
    expect(usageOf(segments).steps.map(({ values }) => values.usage)).toEqual(['200', '5']);
  });

  it('rule 2: needs at least one read, and sound figures', () => {
    expect(refuseUsage([])?.code).toBe('READ_MISSING');
    expect(refuseUsage([segment('1', '12x')])?.code).toBe('READ_NOT_A_NUMBER');
    expect(refuseUsage([segment('1', '10000')])?.code).toBe('READ_TOO_MANY_DIGITS');
    expect(refuseUsage([segment('1', '2', { multiplier: '0' })])?.code).toBe('METER_INVALID');
    expect(refuseUsage([segment('1', '2', { dials: 0 })])?.code).toBe('METER_INVALID');
  });

  it('rule 4: occupants who share the handover read share the usage without loss', () => {
    const reads = fc
      .uniqueArray(fc.nat(9_999_999), { minLength: 3, maxLength: 3 })
      .map((list) => list.sort((a, b) => a - b).map((n) => `${n / 1000}`));
    fc.assert(
      fc.property(reads, ([a, b, c]) => {
        fc.pre([a, b, c].every((text) => /^\d+(\.\d+)?$/.test(text ?? '')));
        const usage = (from?: string, to?: string) => segment(from ?? '', to ?? '', { dials: 5, multiplier: '7.5' });
        expect(usageOf([usage(a, b), usage(b, c)]).usage).toBe(usageOf([usage(a, c)]).usage);
      }),
    );
  });

  it('rule 1: is never negative and below one turn of the register', () => {
    const value = fc.nat(9999).map(String);
    fc.assert(
      fc.property(value, value, (start, end) => {
        const usage = parseRational(usageOf([segment(start, end, { rollover: 'ACCEPTED' })]).usage);
        expect(compare(usage, parseRational('0'))).toBeGreaterThanOrEqual(0);
        expect(compare(usage, parseRational('10000'))).toBe(-1);
      }),
    );
  });
});

describe('a new read', () => {
  it('is taken when it is at or above the last one', () => {
    expect(read('1200', '1234')).toEqual({ refusal: null, rollover: false, usage: '34', warning: null });
    expect(read('1200', '1200').usage).toBe('0');
    expect(read('1200', '1234', { multiplier: '10' }).usage).toBe('340');
  });

  it('rule 1: counts as a rollover when the last read was near the end and the usage is plausible', () => {
    expect(read('9990', '15')).toEqual({ refusal: null, rollover: true, usage: '25', warning: null });
    expect(read('9000', '0', { highUsageLimit: '1000' })).toMatchObject({
      refusal: null,
      rollover: true,
      usage: '1000',
    });
  });

  it('rule 1: is refused below the last read when it is no plausible rollover', () => {
    expect(read('8999', '10', { highUsageLimit: '5000' })).toMatchObject({
      refusal: { code: 'READ_BELOW_LAST' },
      rollover: false,
      usage: null,
    });
    expect(read('9990', '600').refusal?.code).toBe('READ_BELOW_LAST');
    expect(read('9990', '15', { highUsageLimit: null }).refusal?.code).toBe('READ_BELOW_LAST');
  });

  it('warns of high usage and still takes the read', () => {
    expect(read('1000', '1501')).toMatchObject({ refusal: null, usage: '501', warning: { code: 'HIGH_USAGE' } });
    expect(read('1000', '1500').warning).toBeNull();
  });

  it('is refused when it is no number or has more digits than the meter', () => {
    for (const value of ['', 'abc', '-5', '1e3', '12.1234567'])
      expect(read('1', value).refusal?.code).toBe('READ_NOT_A_NUMBER');
    expect(read('1', '10000').refusal).toMatchObject({ code: 'READ_TOO_MANY_DIGITS', pointer: '/value' });
    expect(read('1', '09999').refusal).toBeNull();
    expect(read('1', '9999.9').refusal).toBeNull();
  });
});
