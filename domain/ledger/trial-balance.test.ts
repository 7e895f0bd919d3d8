import fc from 'fast-check';
import { CHART_OF_ACCOUNTS, chartLineOf, refuseEntry } from '../ledger';
import { trialBalance, type LedgerSum } from './trial-balance';

describe('the chart of accounts', () => {
  it('has the accounts of the field, each with a number of its own', () => {
    expect(CHART_OF_ACCOUNTS.map(({ ledgerAccount }) => ledgerAccount)).toEqual([
      ...['CASH_CLEARING', 'RECEIVABLE', 'DEPOSITS_HELD', 'TAX_PAYABLE', 'REFUNDS_PAYABLE'],
      ...['UNCLAIMED_PROPERTY', 'OPENING_BALANCE', 'REVENUE', 'INTEREST_EXPENSE', 'WRITE_OFF'],
    ]);
    const numbers = CHART_OF_ACCOUNTS.map(({ number }) => number);
    expect([...new Set(numbers)].sort()).toEqual(numbers);
    expect(chartLineOf('WRITE_OFF')).toEqual({ number: '5200', name: 'Bad debts written off', normalSide: 'DEBIT' });
  });
});

describe('an entry', () => {
  const line = (amountCents: number) => ({ ledgerAccount: 'RECEIVABLE' as const, amountCents });

  it.each([
    ['ENTRY_TOO_SHORT', [5]],
    ['POSTING_NOT_CENTS', [5, -5.5]],
    ['POSTING_NOT_CENTS', [5, 0, -5]],
    ['ENTRY_UNBALANCED', [5, -4]],
  ])('is refused as %s: %j', (code, cents) => {
    expect(refuseEntry(cents.map(line))).toMatchObject({ code });
  });

  it('is whole when it sums to zero', () => {
    expect(refuseEntry([5, -3, -2].map(line))).toBeNull();
  });
});

describe('a trial balance', () => {
  it('has every account, with its services and its balance on its normal side', () => {
    const { accounts, ...sides } = trialBalance([
      { ledgerAccount: 'RECEIVABLE', serviceCode: 'SEWER', debitCents: 300, creditCents: 0 },
      { ledgerAccount: 'RECEIVABLE', serviceCode: 'WATER', debitCents: 700, creditCents: 200 },
      { ledgerAccount: 'REVENUE', serviceCode: null, debitCents: 0, creditCents: 1000 },
      { ledgerAccount: 'CASH_CLEARING', serviceCode: null, debitCents: 200, creditCents: 0 },
    ]);
    expect(sides).toEqual({ debitCents: 1200, creditCents: 1200 });
    expect(accounts.map(({ ledgerAccount }) => ledgerAccount)).toEqual(
      CHART_OF_ACCOUNTS.map(({ ledgerAccount }) => ledgerAccount),
    );
    const of = (name: string) => accounts.find(({ ledgerAccount }) => ledgerAccount === name);
    expect(of('RECEIVABLE')).toMatchObject({ number: '1200', debitCents: 1000, creditCents: 200, balanceCents: 800 });
    expect(of('RECEIVABLE')?.byService).toEqual([
      { serviceCode: 'SEWER', debitCents: 300, creditCents: 0 },
      { serviceCode: 'WATER', debitCents: 700, creditCents: 200 },
    ]);
    expect(of('REVENUE')).toMatchObject({ balanceCents: 1000 });
    expect(of('WRITE_OFF')).toMatchObject({ debitCents: 0, creditCents: 0, balanceCents: 0, byService: [] });
  });

  it('has two equal sides for any journal of balanced entries', () => {
    const posting = fc.record({
      ledgerAccount: fc.constantFrom(...CHART_OF_ACCOUNTS.map(({ ledgerAccount }) => ledgerAccount)),
      serviceCode: fc.constantFrom('WATER', null),
      cents: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
    });
    const sumOf = ({ cents, ...rest }: { cents: number } & Pick<LedgerSum, 'ledgerAccount' | 'serviceCode'>) => ({
      ...{ ...rest, debitCents: Math.max(cents, 0), creditCents: Math.max(-cents, 0) },
    });
    fc.assert(
      fc.property(fc.array(posting, { maxLength: 20 }), (postings) => {
        const over = postings.reduce((sum, { cents }) => sum + cents, 0);
        const last = { ledgerAccount: 'CASH_CLEARING' as const, serviceCode: null, cents: 0 - over };
        const { accounts, debitCents, creditCents } = trialBalance([...postings, last].map(sumOf));
        expect(debitCents).toBe(creditCents);
        const balances = accounts.map((each) => (each.normalSide === 'DEBIT' ? 1 : -1) * each.balanceCents);
        expect(balances.reduce((sum, cents) => sum + cents, 0)).toBe(0);
      }),
    );
  });
});
