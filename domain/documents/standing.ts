import type { CivilDate } from '../dates';
import type { Cents } from '../money';
import type { PaymentMethod } from '../states';
import type { Standing } from './bill-facts';

/** One journal entry of an account: what it added to what is owed, and to what is held as deposits. */
export interface StandingEntry {
  key: string;
  kind: string;
  on: CivilDate;
  receivableCents: Cents;
  heldCents: Cents;
  /** Of a payment, or of one that was taken back. */
  method: PaymentMethod | null;
}

/** Entries that a bill begins its statement with: what was billed before. */
const BILLING = ['OPENING_BALANCE', 'REGULAR_BILL', 'FINAL_BILL', 'BILL_CORRECTION'];
const MONEY = ['PAYMENT', 'PAYMENT_REVERSED'];

const sum = (entries: StandingEntry[], of: 'receivableCents' | 'heldCents'): Cents =>
  entries.reduce((cents, entry) => cents + entry[of], 0);

/** Where an account stands with a bill: `before` are its entries before the bill was posted, `own` those of the posting. */
export function standingOf(
  { before, own }: { before: StandingEntry[]; own: StandingEntry[] },
  replacedCents: Cents,
): Standing {
  const undone = own.filter(({ kind }) => kind === 'PENALTY_UNDONE');
  const interest = own.filter(({ kind }) => kind === 'DEPOSIT_INTEREST');
  const all = [...before, ...own];
  return {
    ...sinceLastBill(before),
    replacedCents,
    penaltyGoneCents: 0 - sum(undone, 'receivableCents'),
    depositCents: sum(before, 'heldCents'),
    interestCents: sum(interest, 'heldCents'),
    netCents: sum(all, 'receivableCents') - sum(all, 'heldCents'),
  };
}

/** What the approver of a draft was shown: it holds whatever has moved since. */
export interface DraftPreview {
  balanceBeforeCents: Cents;
  interestCents: Cents;
  netCents: Cents;
}

/** Where an account would stand with a draft, as it was drafted; `before` are the entries up to then. */
export function draftStandingOf(
  before: StandingEntry[],
  { balanceBeforeCents, interestCents, netCents }: DraftPreview,
  { totalCents, replacedCents }: { totalCents: Cents; replacedCents: Cents },
): Standing {
  const depositCents = sum(before, 'heldCents');
  return {
    ...sinceLastBill(before, balanceBeforeCents),
    replacedCents,
    penaltyGoneCents: balanceBeforeCents + totalCents - replacedCents - depositCents - interestCents - netCents,
    ...{ depositCents, interestCents, netCents },
  };
}

type SinceLastBill = Pick<Standing, 'last' | 'payments' | 'otherCents' | 'depositUsedCents' | 'balanceBeforeCents'>;

function sinceLastBill(before: StandingEntry[], balance = sum(before, 'receivableCents')): SinceLastBill {
  const at = before.findLastIndex(({ kind }) => BILLING.includes(kind));
  const lastEntry = before[at];
  const last = lastEntry ? { on: lastEntry.on, cents: sum(before.slice(0, at + 1), 'receivableCents') } : null;
  const since = before.slice(at + 1);
  const money = since.filter(({ kind, receivableCents }) => MONEY.includes(kind) && receivableCents !== 0);
  const payments = money.map(({ on, kind, method, receivableCents }) => ({
    ...{ on, method: method ?? 'OTHER', cents: 0 - receivableCents, returned: kind === 'PAYMENT_REVERSED' },
  }));
  const paidCents = payments.reduce((cents, payment) => cents + payment.cents, 0);
  const used = since.filter(({ kind }) => kind === 'DEPOSIT_APPLIED');
  const depositUsedCents = 0 - sum(used, 'receivableCents');
  return {
    ...{ last, payments, depositUsedCents, balanceBeforeCents: balance },
    otherCents: balance - (last?.cents ?? 0) + paidCents + depositUsedCents,
  };
}
