import fc from 'fast-check';
import { addDays } from '../dates';
import { ageBalance, type Movement } from './age-balance';

const ON = '2026-11-30';
let nextId = 0;
const moved = (amountCents: number, dueOn = ON, more: Partial<Movement> = {}): Movement => ({
  ...{ entryId: ++nextId, serviceCode: 'WATER', amountCents, dueOn, takesBackId: null, ...more },
});
const pastDue = (days: number) => addDays(ON, -days);
const water = (...movements: Movement[]) => ageBalance(movements, ON).services[0];

describe('a balance by age', () => {
  it.each([
    [-20, 'currentCents'],
    [0, 'currentCents'],
    [1, 'days1To30Cents'],
    [30, 'days1To30Cents'],
    [31, 'days31To60Cents'],
    [60, 'days31To60Cents'],
    [61, 'days61To90Cents'],
    [90, 'days61To90Cents'],
    [91, 'over90DaysCents'],
    [4000, 'over90DaysCents'],
  ])('has a debt of %i days past its due date in %s', (days, age) => {
    expect(water(moved(500, pastDue(days)))).toMatchObject({ [age]: 500, balanceCents: 500 });
  });

  it('rule 16: pays within a service what was due first, in whatever order it was posted', () => {
    const aged = water(moved(300, pastDue(10)), moved(-450), moved(200, pastDue(100)), moved(100, pastDue(-20)));
    expect(aged).toEqual({
      ...{ serviceCode: 'WATER', over90DaysCents: 0, days61To90Cents: 0, days31To60Cents: 0, days1To30Cents: 50 },
      ...{ currentCents: 100, unappliedCreditCents: 0, balanceCents: 150 },
    });
  });

  it('keeps a credit of one service, or of none, beside the debts of another', () => {
    const { services, total } = ageBalance(
      [moved(300, pastDue(40)), moved(-100, ON, { serviceCode: 'SEWER' }), moved(-50, ON, { serviceCode: null })],
      ON,
    );
    expect(services.map(({ serviceCode, balanceCents }) => [serviceCode, balanceCents])).toEqual([
      [null, -50],
      ['SEWER', -100],
      ['WATER', 300],
    ]);
    expect(total).toMatchObject({ days31To60Cents: 300, unappliedCreditCents: 150, balanceCents: 150 });
  });

  it('takes a debt back itself, not the older ones beside it', () => {
    const fee = moved(1000, pastDue(5));
    const old = moved(700, pastDue(100));
    expect(water(old, fee, moved(-1000, ON, { takesBackId: fee.entryId }))).toMatchObject({
      ...{ over90DaysCents: 700, days1To30Cents: 0, unappliedCreditCents: 0 },
    });
    // What was paid of it before is a credit then, and pays the older one.
    expect(water(old, fee, moved(-900), moved(-1000, ON, { takesBackId: fee.entryId }))).toMatchObject({
      ...{ over90DaysCents: 0, unappliedCreditCents: 200, balanceCents: -200 },
    });
  });

  it('leaves out services with nothing open, and is all zeros where there is nothing', () => {
    const { services, total } = ageBalance([moved(300), moved(-300)], ON);
    expect(services).toEqual([]);
    expect(Object.values(total)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(ageBalance([], ON).services).toEqual([]);
  });

  it('refuses half cents', () => {
    expect(() => ageBalance([moved(0.5)], ON)).toThrow(RangeError);
  });
});

const AGES = ['currentCents', 'days1To30Cents', 'days31To60Cents', 'days61To90Cents', 'over90DaysCents'] as const;

/** Any history: debts, payments, and entries that take back earlier ones, in part or beyond. */
const history = fc
  .array(
    fc.record({
      serviceCode: fc.constantFrom('WATER', 'SEWER', null),
      amountCents: fc.oneof(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -(10 ** 11), max: 10 ** 11 })),
      dueOn: fc.integer({ min: -200, max: 60 }).map((days) => addDays(ON, days)),
      takesBack: fc.option(fc.nat(20), { freq: 3 }),
    }),
    { maxLength: 20 },
  )
  .map((rows) =>
    rows.map(({ takesBack, ...row }, i): Movement => ({
      ...{ ...row, entryId: i + 1, takesBackId: takesBack !== null && takesBack < i ? takesBack + 1 : null },
    })),
  );
const sumOf = (movements: Movement[]) => movements.reduce((sum, { amountCents }) => sum + amountCents, 0);

describe('for any history', () => {
  it('the ages less the unapplied credits are the balance, of each service and in all', () => {
    fc.assert(
      fc.property(history, (movements) => {
        const { services, total } = ageBalance(movements, ON);
        for (const aged of [...services, total]) {
          expect(AGES.reduce((sum, age) => sum + aged[age], 0) - aged.unappliedCreditCents).toBe(aged.balanceCents);
          expect(Math.min(aged.unappliedCreditCents, ...AGES.map((age) => aged[age]))).toBeGreaterThanOrEqual(0);
        }
        expect(total.balanceCents).toBe(sumOf(movements));
        for (const { serviceCode, balanceCents } of services)
          expect(balanceCents).toBe(sumOf(movements.filter((each) => each.serviceCode === serviceCode)));
      }),
    );
  });

  it('no service has a debt and a credit at once, so no credit is kept from what it pays', () => {
    fc.assert(
      fc.property(history, (movements) => {
        for (const { balanceCents, unappliedCreditCents } of ageBalance(movements, ON).services)
          expect(unappliedCreditCents).toBe(Math.max(0, -balanceCents));
      }),
    );
  });

  it('the order in which it is told, and the day, change neither balance nor credit', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -300, max: 300 }), (movements, days) => {
        const aged = ageBalance(movements, ON);
        expect(ageBalance([...movements].reverse(), ON)).toEqual(aged);
        const later = ageBalance(movements, addDays(ON, days));
        expect(later.total.unappliedCreditCents).toBe(aged.total.unappliedCreditCents);
        expect(later.total.balanceCents).toBe(aged.total.balanceCents);
        if (days >= 0) expect(later.total.over90DaysCents).toBeGreaterThanOrEqual(aged.total.over90DaysCents);
      }),
    );
  });

  it('a payment takes nothing from a debt while an older one of its service is open', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5000), fc.nat(200)), { minLength: 1, maxLength: 8 }),
        fc.nat(20_000),
        (debts, paid) => {
          const charged = debts.map(([cents, days]) => moved(cents, pastDue(days)));
          const before = ageBalance(charged, ON).total;
          const after = ageBalance([...charged, moved(-paid)], ON).total;
          const oldestFirst = [...AGES].reverse();
          const youngestPaid = oldestFirst.findLastIndex((age) => after[age] < before[age]);
          for (const age of oldestFirst.slice(0, Math.max(0, youngestPaid))) expect(after[age]).toBe(0);
        },
      ),
    );
  });
});
