import type { Cents } from './money';
import type { Refusal } from './refusal';

/** The journal's accounts; a debit is positive, a credit negative (design.md decision 8). */
export type LedgerAccount =
  | 'RECEIVABLE'
  | 'REVENUE'
  | 'TAX_PAYABLE'
  | 'DEPOSITS_HELD'
  | 'INTEREST_EXPENSE'
  | 'REFUNDS_PAYABLE'
  | 'CASH_CLEARING'
  | 'OPENING_BALANCE';

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
