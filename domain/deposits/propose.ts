import { roundToCents, type Cents } from '../money';
import { div, mul, parseRational, rational, type Rational } from '../rational';
import type { AccountRole } from '../states';

/** How a service's deposit is worked out (domain.md row S9). */
export type DepositKind = 'NONE' | 'FIXED' | 'AVERAGE_BILL';

/**
 * The office's rule for a service. `amountCents` is the fixed amount, and what is asked for where there is no history to
 * average; `times` is a decimal, how many average bills of a month.
 */
export type DepositPolicy =
  | { kind: 'NONE' }
  | { kind: 'FIXED'; amountCents: Cents }
  | { kind: 'AVERAGE_BILL'; times: string; fallbackCents: Cents };

/** Why a deposit of this amount is proposed. */
export const DEPOSIT_WHYS = [
  ...(['NOT_ASKED', 'NOT_A_TENANT', 'FIXED', 'AVERAGE_BILL'] as const),
  ...(['NO_HISTORY', 'CUSTOMER_TYPE', 'GOOD_CREDIT'] as const),
] as const;
export type DepositWhy = (typeof DEPOSIT_WHYS)[number];

/** What is known when a deposit is proposed. */
export interface DepositQuestion {
  policy: DepositPolicy;
  /** Only a tenant is asked for a deposit. */
  role: AccountRole;
  /** How much of it the customer's type is asked for: 100 is all of it, 0 none. */
  percent: number;
  /** What the service at this place was billed in the last 12 months, taxes with it, and for how many days. */
  billed: { cents: Cents; days: number };
  /** How long an existing customer has paid what was due; null of a new one, or one that owes from an ended account. */
  monthsInGoodCredit: number | null;
  /** After how many such months no deposit is asked for; null is never. */
  waivedAfterMonths: number | null;
}

/** A deposit to ask for, in cents, with its reason; `averageBillCents` where a bill was averaged. */
export interface DepositProposal {
  amountCents: Cents;
  why: DepositWhy;
  averageBillCents: Cents | null;
}

/** Bills of fewer days say little about a month. */
const ENOUGH_DAYS = 30;
const DAYS_OF_A_MONTH = div(rational(365), rational(12));

/**
 * What a customer is asked for as the deposit of a service (domain.md row S9): nothing of an owner, a landlord or whoever
 * has good credit; else the fixed amount, or so many average bills of a month in whole dollars, times the percent of the
 * customer's type. Half a dollar and half a cent go up.
 */
export function proposeDeposit(question: DepositQuestion): DepositProposal {
  const { policy, role, percent, monthsInGoodCredit: months, waivedAfterMonths } = question;
  const nothing = (why: DepositWhy) => ({ amountCents: 0, why, averageBillCents: null });
  if (policy.kind === 'NONE') return nothing('NOT_ASKED');
  if (role !== 'TENANT') return nothing('NOT_A_TENANT');
  if (waivedAfterMonths !== null && months !== null && months >= waivedAfterMonths) return nothing('GOOD_CREDIT');
  if (percent === 0) return nothing('CUSTOMER_TYPE');
  const share = div(rational(percent), rational(100));
  if (policy.kind === 'FIXED') return { ...nothing('FIXED'), amountCents: cents(policy.amountCents, share) };
  const average = averageBill(question.billed);
  if (!average) return { ...nothing('NO_HISTORY'), amountCents: cents(policy.fallbackCents, share) };
  const exactCents = mul(mul(average, parseRational(policy.times)), share);
  return {
    amountCents: 100 * roundToCents(div(exactCents, rational(100)), 'HALF_UP'),
    ...{ why: 'AVERAGE_BILL', averageBillCents: roundToCents(average, 'HALF_UP') },
  };
}

const cents = (amount: Cents, share: Rational): Cents => roundToCents(mul(rational(amount), share), 'HALF_UP');

/** What a month cost on average, in exact cents; null where too little was billed. */
function averageBill({ cents: billed, days }: DepositQuestion['billed']): Rational | null {
  if (days < ENOUGH_DAYS || billed <= 0) return null;
  return mul(div(rational(billed), rational(days)), DAYS_OF_A_MONTH);
}
