import type { PaymentBatchForm, PaymentReversalForm } from '../contract/forms';
import { newCaseId } from '../contract/ids';
import type { Wake } from '../contract/activities';
import { ensure, RefusedError } from '../db/errors';
import type { Account } from '../db/models/occupancy';
import { reversePayment, setAgainstDeposits } from '../db/records/payment-reversals';
import { paymentThere, whyNotPay } from '../db/records/payments';
import { lockAccounts } from '../db/records/lock-many';
import { lockAccountWithLocation } from '../db/records/places';
import type { Tx } from '../db/transaction';
import type { Refusal } from '../domain/refusal';
import { beginService, postAsCase, SETTLED } from './payments';
import type { RequestDone } from './request-done';
import { settleAgain } from './settle-again';

/**
 * The bank gives a payment back: it is owed again, and a settlement waits for it where the account was final billed.
 * Refused: NOT_FOUND and as reversePayment.
 */
export async function takePaymentBack(tx: Tx, form: PaymentReversalForm, workId: string): Promise<RequestDone> {
  const { receiptNumber, reason } = form;
  const unlocked = await tx.db.Payment.findOne({ where: { receiptNumber } });
  ensure(unlocked, 'NOT_FOUND', 'There is no such payment');
  const { account } = await lockAccountWithLocation(tx, unlocked.accountId);
  const payment = await tx.db.Payment.findByPk(unlocked.id, { lock: true, rejectOnEmpty: true });
  await reversePayment(tx, account, payment, reason);
  const { accountNumber, status } = account;
  const { amountCents } = payment;
  const result = { receiptNumber, accountNumber, amountCents };
  const setUp = await tx.db.Case.findOne({ where: { accountId: account.id, type: 'ONBOARD', closedAt: null } });
  const waits: Wake[] = setUp ? [{ caseId: setUp.caseId, reason: 'PAYMENT' }] : [];
  if (!SETTLED.includes(status) && status !== 'CANCELED') return { result, wakes: waits };
  await setAgainstDeposits(tx, account, payment);
  const { wakes, starts } = await settleAgain(tx, account, { caseId: workId, startedBy: tx.actorId }, 'PAYMENT');
  return { result, wakes: [...waits, ...wakes], settlementCaseIds: starts.map(({ caseId }) => caseId) };
}

/** What became of one payment of a batch. */
type BatchItem =
  | { receiptNumber: string; status: 'POSTED' | 'ALREADY' }
  | { receiptNumber: string; status: 'REFUSED'; code: string; detail: string; there?: Record<string, string> };

type Payment = PaymentBatchForm['payments'][number];

/**
 * Posts each payment of a batch that can be posted, in their order, and says of each what became of it; one that was
 * posted before, by whatever way, is not posted again. Each posted one is a PAYMENT case of its own.
 */
export async function takeBatch(tx: Tx, form: PaymentBatchForm, workId: string): Promise<RequestDone> {
  const accounts = await lockAccounts(
    tx,
    form.payments.map(({ accountNumber }) => accountNumber),
  );
  const [woken, opened, items] = [new Map<string, Wake>(), new Set<string>(), [] as BatchItem[]];
  for (const payment of form.payments) {
    const at = accounts.get(payment.accountNumber);
    const item = await judge(tx, payment, at?.account);
    items.push(item);
    if (item.status !== 'POSTED' || !at) continue;
    const paid = { ...payment, accountId: at.account.id };
    const { wakes, settlementCaseId } = await once(() =>
      postAsCase(tx, at, paid, { caseId: newCaseId('PAYMENT'), startedByCase: workId }),
    );
    const begun = payment.applyTo === 'DEPOSIT' ? await beginService(tx, at.account.id) : [];
    for (const wake of [...wakes, ...begun]) woken.set(wake.caseId, wake);
    if (settlementCaseId) opened.add(settlementCaseId);
  }
  const posted = form.payments.filter((_, i) => items[i]?.status === 'POSTED');
  const count = (status: BatchItem['status']) => items.filter((item) => item.status === status).length;
  const result = {
    ...{ batchId: form.batchId, posted: posted.length, already: count('ALREADY'), refused: count('REFUSED') },
    ...{ postedCents: posted.reduce((sum, { amountCents }) => sum + amountCents, 0), items },
  };
  // A settlement that this batch opened reads all of its money when it starts.
  const wakes = [...woken.values()].filter(({ caseId }) => !opened.has(caseId));
  return { result, wakes, settlementCaseIds: [...opened] };
}

async function judge(tx: Tx, payment: Payment, account: Account | undefined): Promise<BatchItem> {
  const { receiptNumber } = payment;
  const there = await paymentThere(tx, receiptNumber);
  if (there?.isSame(payment)) return { receiptNumber, status: 'ALREADY' };
  const refusal: Refusal | null = there
    ? there.refusal
    : account
      ? await whyNotPay(tx, account, payment)
      : { code: 'ACCOUNT_UNKNOWN', message: 'There is no such account' };
  if (!refusal) return { receiptNumber, status: 'POSTED' };
  const { code, message: detail } = refusal;
  return { receiptNumber, status: 'REFUSED', code, detail, ...(there && { there: there.details }) };
}

/** Another way took the receipt between the look and the posting: the batch is run again and finds it there. */
class ReceiptRaceError extends Error {
  override readonly name = 'ReceiptRaceError';
}

async function once<R>(act: () => Promise<R>): Promise<R> {
  try {
    return await act();
  } catch (error) {
    const raced = error instanceof RefusedError && ['RECEIPT_USED', 'CASE_OPEN'].includes(error.refusal.code);
    throw raced ? new ReceiptRaceError(error.message) : error;
  }
}
