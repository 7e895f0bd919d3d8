import { penaltyOn, penaltyOnFinal, type LateBill } from '../../domain/penalty/penalty-on-final';
import type { CivilDate } from '../../domain/dates';
import type { Account } from '../models/occupancy';
import type { Bill, Posting } from '../models/money';
import type { Tx } from '../transaction';
import { balanceOf, post } from './journal';

/** The day on which the final bill in force is late enough for a penalty; null where it has one already or gets none. */
export async function penaltyDueOn(tx: Tx, account: Account): Promise<CivilDate | null> {
  const bill = await unpenalized(tx, account);
  return bill && penaltyOn(tx.settings.penaltyOnFinal, await lateBill(tx, account, bill));
}

/**
 * Charges the penalty of an unpaid final bill, once for a bill, as an entry of its own (domain.md rule 13); null where it
 * is not late, paid, exempt, or was charged before.
 */
export async function chargePenalty(
  tx: Tx,
  account: Account,
  caseId: string,
): Promise<{ billNumber: string; baseCents: number; amountCents: number } | null> {
  const bill = await unpenalized(tx, account);
  if (!bill) return null;
  const late = await lateBill(tx, account, bill);
  const { baseCents, cents: amountCents } = penaltyOnFinal(tx.settings.penaltyOnFinal, late, tx.today);
  if (amountCents === 0) return null;
  await post(tx, {
    ...{ entryKey: keyOf(bill), kind: 'PENALTY', accountId: account.id, caseId },
    lines: [
      { ledgerAccount: 'RECEIVABLE', serviceCode: null, amountCents },
      { ledgerAccount: 'REVENUE', serviceCode: null, amountCents: -amountCents },
    ],
  });
  return { billNumber: bill.billNumber, baseCents, amountCents };
}

/** The penalty that a bill was charged, in cents. */
export async function penaltyOf(tx: Tx, bill: Bill): Promise<number> {
  const lines = await postingsOf(tx, bill);
  return lines.reduce((sum, line) => sum + (line.ledgerAccount === 'RECEIVABLE' ? line.amountCents : 0), 0);
}

/** Takes the penalty of a bill back that was wrong: the one in its place has a due date of its own. */
export async function undoPenalty(tx: Tx, account: Account, bill: Bill, caseId: string): Promise<void> {
  const lines = await postingsOf(tx, bill);
  await post(tx, {
    ...{ entryKey: `${keyOf(bill)}/undone`, kind: 'PENALTY_UNDONE', accountId: account.id, caseId },
    lines: lines.map(({ ledgerAccount, serviceCode, amountCents }) => ({
      ...{ ledgerAccount, serviceCode, amountCents: -amountCents },
    })),
  });
}

async function postingsOf(tx: Tx, bill: Bill): Promise<Posting[]> {
  const entry = await tx.db.JournalEntry.findOne({ where: { entryKey: keyOf(bill) } });
  return entry ? tx.db.Posting.findAll({ where: { entryId: entry.id }, order: ['id'] }) : [];
}

const keyOf = ({ billNumber }: Bill): string => `penalty/${billNumber}`;

/** The final bill in force, if it was not charged a penalty for. */
async function unpenalized(tx: Tx, account: Account): Promise<Bill | null> {
  const where = { accountId: account.id, kind: 'FINAL' as const, status: 'POSTED' as const };
  const bill = await tx.db.Bill.findOne({ where });
  const charged = bill && (await tx.db.JournalEntry.count({ where: { entryKey: keyOf(bill) } }));
  return charged ? null : bill;
}

async function lateBill(tx: Tx, account: Account, { totalCents, dueOn }: Bill): Promise<LateBill> {
  const balanceCents = await balanceOf(tx, account.id);
  return { balanceCents, billTotalCents: totalCents, dueOn, exempt: account.penaltyExempt };
}
