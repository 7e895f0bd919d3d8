import fc from 'fast-check';
import { addDays, addMonths } from '../../dates';
import { add, compare, mul, parseRational, rational, sub, toDecimalString } from '../../rational';
import { estimateRead, meanPerDay, prorateRead, refuseEstimate, unusualUsage, type PastUsage } from './estimate';
import { usageOf } from './usage';

const DIALS = 6;
const SIZE = 1_000_000_000;
const START = '2026-01-15';
/** A read in thousandths, as the register shows it. */
const shown = (thousandths: number): string => toDecimalString(rational(thousandths, 1000n), 3);
const register = fc.integer({ min: 0, max: SIZE - 1 });
const between = (start: string, end: string): string =>
  usageOf([
    {
      ...{ meterSerial: 'M-1', dials: DIALS, multiplier: '1', startValue: start, endValue: end },
      rollover: compare(parseRational(end), parseRational(start)) < 0 ? 'ACCEPTED' : 'NONE',
    },
  ]).usage;
const sumOf = (...parts: string[]): string => toDecimalString(parts.map(parseRational).reduce(add), 12);

describe('rule 4: a read of a day between two reads', () => {
  const handover = fc
    .integer({ min: 1, max: 400 })
    .chain((days) =>
      fc.record({ days: fc.constant(days), at: fc.integer({ min: 0, max: days - 1 }), from: register, to: register }),
    );

  it('rule 4: the split conserves usage: both parts add up to the difference of the meter, on any day', () => {
    fc.assert(
      fc.property(handover, ({ days, at, from, to }) => {
        const [before, after] = [shown(from), shown(to)];
        const read = prorateRead(
          { readOn: START, value: before },
          { readOn: addDays(START, days), value: after },
          addDays(START, at),
          DIALS,
        );
        expect(sumOf(between(before, read), between(read, after))).toBe(between(before, after));
      }),
    );
  });

  it('rule 4: the read is on the straight line, to half a thousandth', () => {
    fc.assert(
      fc.property(handover, ({ days, at, from, to }) => {
        const [before, after] = [shown(from), shown(to)];
        const dated = { readOn: addDays(START, days), value: after };
        const read = prorateRead({ readOn: START, value: before }, dated, addDays(START, at), DIALS);
        const exact = mul(parseRational(between(before, after)), rational(at, days));
        const off = sub(parseRational(between(before, read)), exact);
        // A read that rounds up to the size of the register shows 0, which is a whole turn less where nothing was used.
        const turn = compare(off, rational(-1n)) < 0 ? add(off, rational(1_000_000n)) : off;
        expect(compare(turn.num < 0n ? sub(rational(0n), turn) : turn, rational(1n, 2000n))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('is of the day, and never has more digits than the register', () => {
    const [before, after] = [
      { readOn: '2026-06-01', value: '1000' },
      { readOn: '2026-07-01', value: '1900' },
    ];
    expect(prorateRead(before, after, '2026-06-11', DIALS)).toBe('1300');
    expect(prorateRead(before, after, '2026-06-01', DIALS)).toBe('1000');
    expect(prorateRead({ ...before, value: '9.999' }, { ...after, value: '0.001' }, '2026-06-10', 1)).toBe('0');
  });
});

/** Reads from one day on, so many days apart, with what was used between them. */
const history = fc.array(fc.record({ days: fc.integer({ min: 1, max: 40 }), used: fc.nat(90_000) }), {
  minLength: 1,
  maxLength: 30,
});
function pastOf(spans: { days: number; used: number }[]): PastUsage[] {
  let from = START;
  return spans.map(({ days, used }) => {
    const span = { from, to: addDays(from, days), usage: shown(used) };
    from = span.to;
    return span;
  });
}
const lastDayOf = (past: PastUsage[]): string => past.at(-1)?.to ?? START;
const months = fc.constantFrom(3 as const, 12 as const);

describe('rule 4: the mean of the last 3 or 12 months', () => {
  it('rule 4: a mean lies between the least and the most that was used a day', () => {
    fc.assert(
      fc.property(history, months, (spans, back) => {
        const past = pastOf(spans);
        const perDay = meanPerDay(past, lastDayOf(past), back)?.perDay ?? rational(-1n);
        const daily = spans.map(({ days, used }) => rational(used, 1000n * BigInt(days)));
        expect(daily.some((each) => compare(each, perDay) <= 0)).toBe(true);
        expect(daily.some((each) => compare(each, perDay) >= 0)).toBe(true);
      }),
    );
  });

  it('rule 4: the mean times its days is all that was used in the months, however the reads cut them', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 500 }), months, (spans, each, back) => {
        const past = pastOf(spans.map(({ days }) => ({ days, used: days * each })));
        expect(meanPerDay(past, lastDayOf(past), back)?.perDay).toEqual(rational(each, 1000n));
      }),
    );
  });

  it('rule 4: usage from before the months changes nothing', () => {
    fc.assert(
      fc.property(history, fc.nat(9_000_000), months, (spans, used, back) => {
        const past = pastOf(spans);
        const since = addMonths(lastDayOf(past), -back);
        const older = { from: addDays(since, -90), to: since, usage: shown(used) };
        const inside = past.filter(({ from }) => from >= since);
        fc.pre(inside.length > 0);
        expect(meanPerDay([older, ...inside], lastDayOf(past), back)).toEqual(
          meanPerDay(inside, lastDayOf(past), back),
        );
      }),
    );
  });

  it('counts usage that began before the months by its days inside, and is null without a known day', () => {
    const past = [{ from: '2026-01-01', to: '2026-07-01', usage: '1810' }];
    expect(meanPerDay(past, '2026-07-01', 3)).toEqual({ perDay: rational(10n), days: 91 });
    expect(meanPerDay(past, '2026-07-01', 12)?.days).toBe(181);
    expect(meanPerDay([], '2026-07-01', 12)).toBeNull();
  });
});

describe('rule 4: an estimated read', () => {
  const question = {
    ...{ last: { readOn: '2026-06-01', value: '1000' }, day: '2026-06-13', months: 3 as const },
    ...{ mean: { perDay: rational(25n), days: 90 }, dials: DIALS, multiplier: '1' },
  };

  it('rule 4: its usage is the mean times the days, to half a thousandth of the register', () => {
    fc.assert(
      fc.property(
        history,
        register,
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('1', '10', '0.5'),
        (spans, at, days, multiplier) => {
          const past = pastOf(spans);
          const mean = meanPerDay(past, lastDayOf(past), 12);
          if (!mean) throw new Error('No mean');
          const last = { readOn: lastDayOf(past), value: shown(at) };
          const asked = { ...question, last, day: addDays(last.readOn, days), mean, multiplier };
          fc.pre(refuseEstimate(asked) === null);
          const { value, rollover } = estimateRead(asked);
          expect(rollover).toBe(compare(parseRational(value), parseRational(last.value)) < 0);
          const used = mul(parseRational(between(last.value, value)), parseRational(multiplier));
          const off = sub(used, mul(mean.perDay, rational(days)));
          const most = mul(rational(1n, 2000n), parseRational(multiplier));
          expect(compare(off.num < 0n ? sub(rational(0n), off) : off, most)).toBeLessThanOrEqual(0);
        },
      ),
    );
  });

  it('goes on from the last read and shows its working', () => {
    expect(estimateRead(question)).toMatchObject({ value: '1300', rollover: false, steps: [{ rule: 'rule 4' }] });
    expect(estimateRead({ ...question, multiplier: '10' }).value).toBe('1030');
    expect(estimateRead({ ...question, last: { readOn: '2026-06-01', value: '999900' } })).toMatchObject({
      ...{ value: '200', rollover: true },
    });
  });

  it('is refused where the register would turn more than once', () => {
    expect(refuseEstimate({ ...question, dials: 2 })).toMatchObject({ code: 'ESTIMATE_TOO_FAR' });
    expect(refuseEstimate({ ...question, dials: 3 })).toBeNull();
  });
});

describe("rule 4: a customer's own read", () => {
  const mean = { perDay: rational(100n), days: 90 };
  const asked = { days: 10, mean, atLeast: '0.5', atMost: '2' };

  it('rule 4: is reasonable exactly between its bounds of the average', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000), (used) => {
        const isUsual = used >= 500_000 && used <= 2_000_000;
        expect(unusualUsage({ ...asked, usage: shown(used) }) === null).toBe(isUsual);
      }),
    );
  });

  it('says what would be usual', () => {
    expect(unusualUsage({ ...asked, usage: '20000' })).toEqual({
      code: 'USAGE_UNUSUAL',
      message: 'The read means a usage of 20000; 1000 would be usual for 10 days',
    });
  });
});
