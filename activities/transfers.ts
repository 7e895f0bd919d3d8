import type { SmallRefundForm, TransferForm } from '../contract/forms';
import { ensure, rejectIf } from '../db/errors';
import { occurrenceKey, openCaseOf } from '../db/records/cases';
import { balanceOf, heldCentsOf } from '../db/records/journal';
import { lockAccounts } from '../db/records/lock-many';
import { lockAccountWithLocation } from '../db/records/places';
import { transferMoney } from '../db/records/transfers';
import type { Tx } from '../db/transaction';
import { refuseTransfer, transferable } from '../domain/transfers/refuse-transfer';
import { beginService } from './payments';
import type { RequestDone } from './request-done';
import { settleAgain } from './settle-again';

/**
 * Moves what a final billed account is owed or owes to another account of the same customer (domain.md rule 15 f): the
 * settlement of the one looks again, and service of the other begins where the deposit was what it waited for. Refused:
 * NOT_FOUND and as refuseTransfer and transferMoney.
 */
export async function transfer(tx: Tx, form: TransferForm, workId: string): Promise<RequestDone> {
  const { accountNumber, toAccountNumber, kind, applyTo } = form;
  const locked = await lockAccounts(tx, [accountNumber, toAccountNumber]);
  const from = locked.get(accountNumber)?.account;
  const to = locked.get(toAccountNumber)?.account;
  ensure(from && to, 'NOT_FOUND', 'There is no such account', { pointer: '#/toAccountNumber' });
  const money = { balanceCents: await balanceOf(tx, from.id), heldCents: await heldCentsOf(tx, from.id) };
  const asked = { kind, amountCents: form.amountCents, from: { ...from.get(), ...money }, to: to.get() };
  rejectIf(refuseTransfer(asked));
  const amountCents = await transferMoney(tx, {
    ...{ transferId: workId, kind, from, to, applyTo, isAll: form.amountCents === null },
    amountCents: form.amountCents ?? transferable(asked),
  });
  const about = { accountNumber, toAccountNumber, kind, applyTo, amountCents };
  tx.audit({ action: 'money.transferred', entity: 'account', entityId: from.id, data: about });
  const { wakes, starts } = await settleAgain(tx, from, { caseId: workId, startedBy: tx.actorId }, 'PAYMENT');
  const begun = applyTo === 'DEPOSIT' ? await beginService(tx, to.id) : [];
  const settlementCaseIds = starts.map(({ caseId }) => caseId);
  return { result: { ...about, entryKey: `transfer/${workId}` }, wakes: [...wakes, ...begun], settlementCaseIds };
}

/** The customer asks for a credit that is too small to be refunded by itself (domain.md rule 17). Refused: NO_CREDIT_HELD. */
export async function askSmallRefund(tx: Tx, form: SmallRefundForm): Promise<RequestDone> {
  const { account } = await lockAccountWithLocation(tx, form.accountId);
  const settlement = await openCaseOf(tx, occurrenceKey.settlement(account.id));
  ensure(settlement?.step === 'CREDIT_HELD', 'NO_CREDIT_HELD', 'No credit of this account waits to be asked for');
  await account.update({ refundAskedOn: tx.today });
  tx.audit({ action: 'refund.asked', entity: 'account', entityId: account.id, caseId: settlement.caseId });
  const { accountNumber } = account;
  return { result: { accountNumber }, wakes: [{ caseId: settlement.caseId, reason: 'PAYMENT' }] };
}
