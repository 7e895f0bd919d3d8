import type { ApplyTo, PaymentMethod } from '../../domain/states';
import type { Refusal } from '../../domain/refusal';
import { duplicateKeyOf, RefusedError, rejectIf } from '../errors';
import { receiveDeposit, whyNoDeposit } from './deposit-requests';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { post } from './journal';
import { spreadOver } from './open-debts';

/** A payment as cashiering hands it in; the amount in cents. */
export interface NewPayment {
  receiptNumber: string;
  amountCents: number;
  receivedOn: string;
  method: PaymentMethod;
  applyTo: ApplyTo;
}

/** Why this payment cannot be posted, or null; nothing is written. A receipt number is looked at by paymentThere. */
export async function whyNotPay(
  tx: Tx,
  account: Account,
  { amountCents, receivedOn, applyTo }: Omit<NewPayment, 'receiptNumber' | 'method'>,
): Promise<Refusal | null> {
  if (account.status === 'CANCELED') return { code: 'ACCOUNT_CANCELED', message: 'The account never began' };
  const message = `Today is ${tx.today}; the payment is dated ${receivedOn}`;
  if (receivedOn > tx.today) return { code: 'PAYMENT_IN_FUTURE', message, pointer: '#/receivedOn' };
  return applyTo === 'DEPOSIT' ? whyNoDeposit(tx, account.id, amountCents) : null;
}

/** The payment that a receipt number is given to already, with what is said of it; null when it is free. */
export async function paymentThere(tx: Tx, receiptNumber: string) {
  const there = await tx.db.Payment.findOne({ where: { receiptNumber } });
  if (!there) return null;
  const { accountNumber } = await tx.db.Account.findByPk(there.accountId, { rejectOnEmpty: true });
  const { amountCents, receivedOn, method, applyTo } = there;
  const details = { accountNumber, amountCents: String(amountCents), receivedOn };
  const message = 'This receipt number was used before';
  return {
    details,
    refusal: { code: 'RECEIPT_USED', message, pointer: '#/receiptNumber' },
    isSame: (asked: NewPayment & { accountNumber: string }): boolean =>
      asked.accountNumber === accountNumber &&
      asked.amountCents === amountCents &&
      asked.receivedOn === receivedOn &&
      asked.method === method &&
      asked.applyTo === applyTo,
  };
}

/**
 * Posts a payment: to what the account owes, by domain.md rule 16, the rest as credit; or to the
 * deposits that it was asked for. Refused: ACCOUNT_CANCELED, PAYMENT_IN_FUTURE, RECEIPT_USED with what was paid by that
 * number, NO_DEPOSIT_ASKED, OVER_DEPOSIT.
 */
export async function postPayment(tx: Tx, account: Account, payment: NewPayment, caseId: string): Promise<void> {
  const { receiptNumber, amountCents, receivedOn, method, applyTo } = payment;
  // A number that was used says so before anything else.
  const taken = await paymentThere(tx, receiptNumber);
  if (taken) throw new RefusedError(taken.refusal, taken.details);
  rejectIf(await whyNotPay(tx, account, payment));
  let paymentId: number;
  try {
    const row = { receiptNumber, amountCents, receivedOn, method, applyTo, accountId: account.id, caseId };
    paymentId = (await tx.db.Payment.create({ ...row, recordedBy: tx.actorId, createdAt: tx.now })).id;
  } catch (error) {
    if (duplicateKeyOf(error) !== 'payment_receipt') throw error;
    const there = await paymentThere(tx, receiptNumber);
    throw there ? new RefusedError(there.refusal, there.details) : error;
  }
  if (applyTo === 'DEPOSIT') {
    const received = { paymentId, receiptNumber, amountCents, paidOn: receivedOn };
    return receiveDeposit(tx, { accountId: account.id, caseId, ...received });
  }
  await post(tx, {
    ...{ entryKey: `payment/${receiptNumber}`, kind: 'PAYMENT', accountId: account.id, caseId, entryOn: tx.today },
    lines: [{ ledgerAccount: 'CASH_CLEARING', amountCents }, ...(await spreadOver(tx, account.id, amountCents))],
  });
}
