import { allocate } from '../../domain/allocation';
import type { ApplyTo, PaymentMethod } from '../../domain/states';
import { duplicateKeyOf, ensure, RefusedError } from '../errors';
import { receiveDeposit } from './deposit-requests';
import type { Account } from '../models/occupancy';
import type { Tx } from '../transaction';
import { post, receivableByService } from './journal';

/** A payment as cashiering hands it in; the amount in cents. */
export interface NewPayment {
  receiptNumber: string;
  amountCents: number;
  receivedOn: string;
  method: PaymentMethod;
  applyTo: ApplyTo;
}

/**
 * Posts a payment: to what the account owes, by priority and pro rata (domain.md rule 16), the rest as credit; or to the
 * deposits that it was asked for. Refused: ACCOUNT_CANCELED, PAYMENT_IN_FUTURE, RECEIPT_USED, NO_DEPOSIT_ASKED,
 * OVER_DEPOSIT.
 */
export async function postPayment(tx: Tx, account: Account, payment: NewPayment, caseId: string): Promise<void> {
  ensure(account.status !== 'CANCELED', 'ACCOUNT_CANCELED', 'The account never began');
  const { receiptNumber, amountCents, receivedOn, method, applyTo } = payment;
  ensure(receivedOn <= tx.today, 'PAYMENT_IN_FUTURE', `Today is ${tx.today}; the payment is dated ${receivedOn}`, {
    pointer: '#/receivedOn',
  });
  let paymentId: number;
  try {
    const row = { receiptNumber, amountCents, receivedOn, method, applyTo, accountId: account.id, caseId };
    paymentId = (await tx.db.Payment.create({ ...row, recordedBy: tx.actorId, createdAt: tx.now })).id;
  } catch (error) {
    if (duplicateKeyOf(error) !== 'payment_receipt') throw error;
    throw new RefusedError({
      code: 'RECEIPT_USED',
      message: 'This receipt number was used before',
      pointer: '#/receiptNumber',
    });
  }
  if (applyTo === 'DEPOSIT') {
    const received = { paymentId, receiptNumber, amountCents, paidOn: receivedOn };
    return receiveDeposit(tx, { accountId: account.id, caseId, ...received });
  }
  const services = await tx.db.Service.findAll();
  const priorityOf = new Map(services.map(({ code, priority }) => [code, priority]));
  const owed = (await receivableByService(tx, account.id)).filter(({ cents }) => cents > 0);
  const { allocated, unallocatedCents } = allocate(
    amountCents,
    owed.map(({ serviceCode, cents }) => ({
      serviceType: serviceCode ?? '',
      amountCents: cents,
      priority: priorityOf.get(serviceCode ?? '') ?? Number.MAX_SAFE_INTEGER,
    })),
  );
  await post(tx, {
    ...{ entryKey: `payment/${receiptNumber}`, kind: 'PAYMENT', accountId: account.id, caseId, entryOn: tx.today },
    lines: [
      { ledgerAccount: 'CASH_CLEARING', amountCents },
      ...allocated.map(({ serviceType, cents }) => ({
        ledgerAccount: 'RECEIVABLE' as const,
        serviceCode: serviceType || null,
        amountCents: -cents,
      })),
      { ledgerAccount: 'RECEIVABLE', serviceCode: null, amountCents: -unallocatedCents },
    ],
  });
}
