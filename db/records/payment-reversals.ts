import { ensure } from '../errors';
import type { Payment } from '../models/money';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { settleDeposits } from './bills';
import { balanceOf, depositsHeld, heldCentsOf, post } from './journal';

/**
 * Takes a payment back that the bank has not honored: what it paid is owed again, a deposit that is whole is asked for
 * again, one that has moved since is owed, and the fee of the policy is charged (domain.md rule 20: what was posted stays,
 * and is reversed). The account is locked. Refused: PAYMENT_REVERSED.
 */
export async function reversePayment(tx: Tx, account: Account, payment: Payment, reason: string): Promise<void> {
  const { receiptNumber } = payment;
  ensure(payment.reversedOn === null, 'PAYMENT_REVERSED', 'This payment was taken back before');
  const used = await askForDepositsAgain(tx, payment);
  const entryKey = `payment/${receiptNumber}`;
  const entry = await tx.db.JournalEntry.findOne({ where: { entryKey }, rejectOnEmpty: true });
  const postings = await tx.db.Posting.findAll({ where: { entryId: entry.id }, order: ['id'] });
  const about = { accountId: account.id, caseId: payment.caseId };
  await post(tx, {
    ...{ ...about, entryKey: `${entryKey}/reversed`, kind: 'PAYMENT_REVERSED' },
    lines: postings.map(({ ledgerAccount, serviceCode, depositId, amountCents }) =>
      depositId !== null && used.has(depositId)
        ? { ledgerAccount: 'RECEIVABLE', serviceCode: null, amountCents: -amountCents }
        : { ledgerAccount, serviceCode, depositId, amountCents: -amountCents },
    ),
  });
  const feeCents = account.status === 'CANCELED' ? 0 : tx.settings.returnedPaymentFeeCents;
  await post(tx, {
    ...{ ...about, entryKey: `returned-fee/${receiptNumber}`, kind: 'RETURNED_PAYMENT_FEE' },
    lines: [
      { ledgerAccount: 'RECEIVABLE', serviceCode: null, amountCents: feeCents },
      { ledgerAccount: 'REVENUE', serviceCode: null, amountCents: -feeCents },
    ],
  });
  await payment.update({ reversedOn: tx.today, reversedBy: tx.actorId, reversalReason: reason });
  tx.audit({ action: 'payment.reversed', entity: 'payment', entityId: receiptNumber, data: { feeCents } });
}

/** What is owed again on a final billed account is set against what is held of it, by rule 15 b to d. */
export async function setAgainstDeposits(tx: Tx, account: Account, { receiptNumber, caseId }: Payment): Promise<void> {
  const owes = (await balanceOf(tx, account.id)) > 0 && (await heldCentsOf(tx, account.id)) > 0;
  if (owes) await settleDeposits(tx, account, { billNumber: receiptNumber }, caseId);
}

/**
 * Asks again for the deposits of a payment that are held as they came; returns the others, which were applied, refunded,
 * moved or credited with interest: they stay as they are.
 */
async function askForDepositsAgain(tx: Tx, payment: Payment): Promise<Set<number>> {
  const deposits = await tx.db.Deposit.findAll({ where: { paymentId: payment.id }, lock: true });
  const held = await depositsHeld(tx, payment.accountId);
  const used = new Set<number>();
  for (const deposit of deposits) {
    if (held.get(deposit.id) !== Number(deposit.amountCents)) {
      used.add(deposit.id);
      continue;
    }
    const where = { id: deposit.requestId ?? 0, status: 'PAID' as const };
    await tx.db.DepositRequest.update({ status: 'REQUESTED' }, { where });
    await deposit.update({ requestId: null });
  }
  return used;
}
