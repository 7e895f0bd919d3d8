import { addDays, type CivilDate } from '../dates';
import { roundToCents, type Cents } from '../money';
import { div, mul, parseRational, rational, RoundingMode } from '../rational';

/** What an unpaid final bill is charged for being late, and after how many days from its due date (domain.md rule 13). */
export interface PenaltyPolicy {
  kind: 'NONE' | 'PERCENT' | 'AMOUNT';
  /** Of what is unpaid, for PERCENT. */
  percent: string;
  /** For AMOUNT. */
  amountCents: Cents;
  graceDays: number;
}

/** The final bill in force of an account that owes something. */
export interface LateBill {
  balanceCents: Cents;
  billTotalCents: Cents;
  dueOn: CivilDate;
  /** The account bears no penalties (domain.md row S4). */
  exempt: boolean;
}

/**
 * The first day on which the bill is late enough to be charged for it; null where it never is, nor where it would come to
 * nothing: a step that leaves no trace would be due for ever.
 */
export function penaltyOn(policy: PenaltyPolicy, bill: LateBill): CivilDate | null {
  const { kind, graceDays } = policy;
  if (kind === 'NONE' || bill.exempt || amountOf(policy, bill).cents === 0) return null;
  return addDays(bill.dueOn, graceDays + 1);
}

/**
 * The penalty of a final bill that is late, in cents, 0 without one: a percent of what is unpaid of this bill, rounded once
 * half up, or an amount (domain.md rules 13, 19 and 28: on the last bill only, not on what was owed before it).
 */
export function penaltyOnFinal(
  policy: PenaltyPolicy,
  bill: LateBill,
  today: CivilDate,
): { baseCents: Cents; cents: Cents } {
  const { baseCents, cents } = amountOf(policy, bill);
  const from = penaltyOn(policy, bill);
  return { baseCents, cents: from === null || today < from ? 0 : cents };
}

function amountOf(
  { kind, percent, amountCents }: PenaltyPolicy,
  { balanceCents, billTotalCents }: LateBill,
): { baseCents: Cents; cents: Cents } {
  const baseCents = Math.max(0, Math.min(balanceCents, billTotalCents));
  if (baseCents === 0 || kind === 'AMOUNT') return { baseCents, cents: baseCents === 0 ? 0 : amountCents };
  const exact = div(mul(rational(baseCents), parseRational(percent)), rational(100n));
  return { baseCents, cents: roundToCents(exact, RoundingMode.HALF_UP) };
}
