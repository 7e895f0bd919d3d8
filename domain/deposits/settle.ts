import { allocate, compareCodes, type AllocationOrder } from '../allocation';
import { compareDates, maxDate, type CivilDate } from '../dates';
import { assertCents, sumCents, type Cents } from '../money';
import type { Step } from '../step';
import { depositInterest, type InterestPolicy } from './interest';

/**
 * A deposit held for a service (null: for the whole account), in cents; lastInterestOn is the day up to which interest
 * was already posted.
 */
export interface HeldDeposit {
  depositId: number;
  serviceType: string | null;
  amountCents: Cents;
  paidOn: CivilDate;
  lastInterestOn: CivilDate | null;
}

/**
 * What a settlement starts from: deposits, and the balance of each service after final charges and payments (negative:
 * a credit). Interest runs to the day before interestStop. priorities: paid first is the lowest number; a service
 * without one comes last.
 */
export interface SettlementFacts {
  deposits: HeldDeposit[];
  owed: { serviceType: string; amountCents: Cents }[];
  interestStop: CivilDate;
  interest: InterestPolicy;
  priorities: Record<string, number>;
  /** Inside one priority; pro rata unless given. */
  allocation?: AllocationOrder;
}

/**
 * The movements, all in cents. Deposits plus interest = applied + remaining. offsets moves credits of one service onto
 * debts of another: signed changes of what is owed, adding up to 0. remaining is left for refund, transfer or hold
 * (domain.md rule 15 f), interest included; 0 is listed too.
 */
export interface Settlement {
  interest: { depositId: number; cents: Cents; steps: Step[] }[];
  offsets: { serviceType: string; cents: Cents }[];
  applied: { depositId: number; serviceType: string; cents: Cents }[];
  remaining: { depositId: number; cents: Cents }[];
}

/**
 * Stops the deposits, adds their interest and applies them: each to its own service first, then what is left to the
 * other debts by priority, the oldest deposit first (domain.md rules 15 c, d, f and 16). Never applies more than the
 * account owes in sum. Needs a policy without refusals.
 */
export function settleDeposits({
  deposits,
  owed,
  interestStop,
  interest: policy,
  priorities,
  allocation,
}: SettlementFacts): Settlement {
  const oldestFirst = [...deposits].sort((a, b) => compareDates(a.paidOn, b.paidOn) || a.depositId - b.depositId);
  const interest = oldestFirst.map(({ depositId, amountCents, paidOn, lastInterestOn }) => {
    const from = lastInterestOn ? maxDate(paidOn, lastInterestOn) : paidOn;
    const question = { ...policy, depositCents: amountCents, from, to: interestStop, heldFrom: paidOn };
    return { depositId, ...depositInterest(question) };
  });
  const held = oldestFirst.map((deposit, i) => ({
    ...deposit,
    cents: sumCents([deposit.amountCents, interest[i]?.cents ?? 0]),
  }));
  const debts = balances(owed, priorities);
  const offsets = offsetCredits(debts, allocation);
  const applied: Settlement['applied'] = [];
  const apply = (deposit: (typeof held)[number], targets: OpenDebt[]) => {
    allocate(deposit.cents, targets, allocation).allocated.forEach(({ serviceType, cents }, i) => {
      const debt = targets[i];
      if (!debt || cents === 0) return;
      debt.amountCents -= cents;
      deposit.cents -= cents;
      applied.push({ depositId: deposit.depositId, serviceType, cents });
    });
  };
  for (const deposit of held)
    apply(
      deposit,
      debts.filter(({ serviceType }) => serviceType === deposit.serviceType),
    );
  for (const deposit of held) apply(deposit, debts);
  return { interest, offsets, applied, remaining: held.map(({ depositId, cents }) => ({ depositId, cents })) };
}

interface OpenDebt {
  serviceType: string;
  amountCents: Cents;
  priority: number;
}

/** One balance per service, first to be paid first. */
function balances(owed: SettlementFacts['owed'], priorities: Record<string, number>): OpenDebt[] {
  const codes = [...new Set(owed.map(({ serviceType }) => serviceType))];
  const debts = codes.map((serviceType) => {
    const amounts = owed.filter((row) => row.serviceType === serviceType).map(({ amountCents }) => amountCents);
    const priority = Object.hasOwn(priorities, serviceType) ? priorities[serviceType] : undefined;
    return { serviceType, amountCents: sumCents(amounts), priority: priority ?? Number.MAX_SAFE_INTEGER };
  });
  return debts.sort((a, b) => a.priority - b.priority || compareCodes(a.serviceType, b.serviceType));
}

/**
 * Sets the account's own credits against its debts before any deposit is touched, since a credit is an open payment
 * (domain.md rule 15 b). Changes the balances.
 */
function offsetCredits(balancesByService: OpenDebt[], order: AllocationOrder | undefined): Settlement['offsets'] {
  const credits = balancesByService
    .filter(({ amountCents }) => amountCents < 0)
    .map((row) => ({ ...row, amountCents: -row.amountCents }));
  const debts = balancesByService.filter(({ amountCents }) => amountCents > 0);
  const moved = Math.min(sumCents(credits.map((c) => c.amountCents)), sumCents(debts.map((d) => d.amountCents)));
  const received = allocate(moved, debts, order).allocated.map(({ serviceType, cents }) => ({
    serviceType,
    cents: -cents,
  }));
  const given = allocate(moved, credits, order).allocated;
  const offsets = [...received, ...given].filter(({ cents }) => cents !== 0);
  for (const { serviceType, cents } of offsets) {
    const balance = balancesByService.find((row) => row.serviceType === serviceType);
    if (balance) balance.amountCents = assertCents(balance.amountCents + cents);
  }
  return offsets;
}
