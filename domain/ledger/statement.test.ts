import fc from 'fast-check';
import { addDays } from '../dates';
import { statementOf, type StatementEntry } from './statement';

const entry = (entryId: number, amountCents: number, more: Partial<StatementEntry> = {}): StatementEntry => ({
  ...{ entryId, entryOn: '2026-11-30', entryKey: `payment/R-${entryId}`, kind: 'PAYMENT', amountCents, ...more },
});

describe('a statement', () => {
  it('tells each entry with its document and what was owed after it', () => {
    const bill = entry(1, 5000, { kind: 'FINAL_BILL', entryKey: 'bill/B-1' });
    const { openingCents, lines, closingCents } = statementOf(-100, [bill, entry(2, -2000)]);
    expect([openingCents, closingCents]).toEqual([-100, 2900]);
    expect(
      lines.map(({ what, document, amountCents, balanceCents }) => [what, document, amountCents, balanceCents]),
    ).toEqual([
      ['Final bill', 'B-1', 5000, 4900],
      ['Payment', 'R-2', -2000, 2900],
    ]);
  });

  it('leaves out what moved nothing in all: a credit of one service that pays another', () => {
    const offset = entry(1, 0, { kind: 'CREDIT_OFFSET', entryKey: 'offset/B-1' });
    expect(statementOf(100, [offset])).toEqual({ openingCents: 100, lines: [], closingCents: 100 });
  });

  it('begins where the one before ended, wherever the history is cut, and loses no cent', () => {
    const history = fc.array(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), { maxLength: 20 });
    fc.assert(
      fc.property(history, fc.nat(20), (amounts, cut) => {
        const entries = amounts.map((cents, i) => entry(i + 1, cents, { entryOn: addDays('2026-01-01', i) }));
        const whole = statementOf(0, entries);
        const first = statementOf(0, entries.slice(0, cut));
        const second = statementOf(first.closingCents, entries.slice(cut));
        expect([...first.lines, ...second.lines]).toEqual(whole.lines);
        expect(second.closingCents).toBe(amounts.reduce((sum, cents) => sum + cents, 0));
      }),
    );
  });
});
