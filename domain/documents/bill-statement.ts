import { formatCents } from '../money';
import type { BillFacts } from './bill-facts';
import { inWords, shortDay } from './wording';

/** One row of the statement; a sum stands out. */
export interface StatementRow {
  label: string;
  amount: string;
  isSum: boolean;
}

/** How many payments a bill lists one by one; the earlier ones are one row. */
const LISTED = 6;

/** How the account came from its last bill to what this one asks for, row by row; the rows add up. */
export function statementOf({ standing, totalCents, replaces }: BillFacts): StatementRow[] {
  const { last, otherCents, balanceBeforeCents, replacedCents, penaltyGoneCents } = standing;
  const { depositUsedCents, depositCents, interestCents, netCents } = standing;
  const sum = (label: string, cents: number): StatementRow => ({ label, amount: formatCents(cents), isSum: true });
  const row = (label: string, cents: number): StatementRow[] =>
    cents === 0 ? [] : [{ label, amount: formatCents(cents), isSum: false }];
  const before = [
    ...row(last ? `Balance after your bill of ${shortDay(last.on)}` : '', last?.cents ?? 0),
    ...paymentRows(standing.payments),
    ...row('Deposit used before', 0 - depositUsedCents),
    ...row('Other changes', otherCents),
  ];
  return [
    ...before,
    ...(before.length > 0 || balanceBeforeCents !== 0 ? [sum('Balance before this bill', balanceBeforeCents)] : []),
    { label: 'This bill', amount: formatCents(totalCents), isSum: false },
    ...row(`Bill ${replaces ?? ''} that this one replaces`, 0 - replacedCents),
    ...row('Penalty taken back', 0 - penaltyGoneCents),
    ...row('Deposit that we hold for you', 0 - depositCents),
    ...row('Interest on your deposit', 0 - interestCents),
    sum(netCents < 0 ? 'Refund to you' : 'Amount due', Math.abs(netCents)),
  ];
}

function paymentRows(payments: BillFacts['standing']['payments']): StatementRow[] {
  const early = payments.slice(0, Math.max(payments.length - LISTED, 0));
  const earlyCents = early.reduce((cents, payment) => cents + payment.cents, 0);
  const rows = payments.slice(early.length).map(({ on, method, cents, returned }) => ({
    label: `${returned ? 'Payment returned' : 'Payment'} ${shortDay(on)} (${methodOf(method)})`,
    ...{ amount: formatCents(0 - cents), isSum: false },
  }));
  if (early.length === 0) return rows;
  return [{ label: `${early.length} earlier payments`, amount: formatCents(0 - earlyCents), isSum: false }, ...rows];
}

const methodOf = (method: string): string => (method === 'ACH' ? 'ACH' : inWords(method).toLowerCase());
