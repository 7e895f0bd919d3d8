import type { Cents } from './money';
import type { Refusal } from './refusal';

/** One account of the journal: its number for the city's general ledger, and the side on which its balance normally is. */
export interface ChartLine {
  number: string;
  name: string;
  normalSide: 'DEBIT' | 'CREDIT';
}

const CHART = {
  CASH_CLEARING: { number: '1010', name: 'Cash clearing', normalSide: 'DEBIT' },
  RECEIVABLE: { number: '1200', name: 'Accounts receivable', normalSide: 'DEBIT' },
  DEPOSITS_HELD: { number: '2100', name: 'Customer deposits held', normalSide: 'CREDIT' },
  TAX_PAYABLE: { number: '2200', name: 'Tax payable', normalSide: 'CREDIT' },
  REFUNDS_PAYABLE: { number: '2300', name: 'Refunds payable', normalSide: 'CREDIT' },
  UNCLAIMED_PROPERTY: { number: '2400', name: 'Unclaimed property', normalSide: 'CREDIT' },
  OPENING_BALANCE: { number: '3900', name: 'Balances brought forward', normalSide: 'CREDIT' },
  REVENUE: { number: '4000', name: 'Utility revenue', normalSide: 'CREDIT' },
  INTEREST_EXPENSE: { number: '5100', name: 'Interest on deposits', normalSide: 'DEBIT' },
  WRITE_OFF: { number: '5200', name: 'Bad debts written off', normalSide: 'DEBIT' },
} as const satisfies Record<string, ChartLine>;

/** The journal's accounts; a debit is positive, a credit negative (design.md decision 8). */
export type LedgerAccount = keyof typeof CHART;

/** The chart of accounts, by number. */
export const CHART_OF_ACCOUNTS: readonly (ChartLine & { ledgerAccount: LedgerAccount })[] = (
  Object.keys(CHART) as LedgerAccount[]
).map((ledgerAccount) => ({ ledgerAccount, ...CHART[ledgerAccount] }));

/** Number, name and normal side of one account. */
export const chartLineOf = (ledgerAccount: LedgerAccount): ChartLine => CHART[ledgerAccount];

/** One side of an entry. `serviceCode` and `depositId` say what the money is for. */
export interface PostingLine {
  ledgerAccount: LedgerAccount;
  amountCents: Cents;
  serviceCode?: string | null;
  depositId?: number | null;
}

/** Why these lines are not a journal entry, or null: they must be whole cents, not zero, and sum to zero. */
export function refuseEntry(lines: readonly PostingLine[]): Refusal | null {
  if (lines.length < 2) return { code: 'ENTRY_TOO_SHORT', message: 'A journal entry needs at least two postings' };
  if (lines.some((line) => !Number.isSafeInteger(line.amountCents) || line.amountCents === 0)) {
    return { code: 'POSTING_NOT_CENTS', message: 'Each posting is a whole number of cents other than zero' };
  }
  const sum = lines.reduce((total, line) => total + line.amountCents, 0);
  if (sum !== 0) return { code: 'ENTRY_UNBALANCED', message: `The postings sum to ${sum} cents, not to zero` };
  return null;
}
