import type { RefundResultForm, WriteOffForm } from '../contract/forms';
import { ensure } from '../db/errors';
import { moneyFileNumber } from '../db/reads/money-files';
import { occurrenceKey, openCaseOf } from '../db/records/cases';
import { balanceOf } from '../db/records/journal';
import { lockAccountWithLocation } from '../db/records/places';
import { makeUnclaimedFile, noteRefundResult } from '../db/records/refund-results';
import { requestedWriteOff, requestWriteOff } from '../db/records/write-offs';
import type { Tx } from '../db/transaction';
import type { RequestDone } from './request-done';
import { settleAgain } from './settle-again';

/**
 * Somebody asks to have a debt written off, also before the policy would: the settlement asks a supervisor. Refused:
 * NO_BALANCE_DUE, WRITE_OFF_ASKED.
 */
export async function askWriteOff(tx: Tx, form: WriteOffForm): Promise<RequestDone> {
  const { account } = await lockAccountWithLocation(tx, form.accountId);
  const settlement = await openCaseOf(tx, occurrenceKey.settlement(account.id));
  const amountCents = await balanceOf(tx, account.id);
  const isDue = settlement?.step === 'BALANCE_DUE' || settlement?.step === 'COLLECTIONS';
  ensure(isDue && amountCents > 0, 'NO_BALANCE_DUE', 'No balance of this account is waited for');
  const asked = await requestedWriteOff(tx, account.id);
  ensure(!asked, 'WRITE_OFF_ASKED', 'It was asked already to write off what this account owes');
  const { caseId } = settlement;
  const { id } = await requestWriteOff(tx, account, { caseId, reason: form.reason, amountCents });
  tx.audit({ action: 'writeOff.asked', entity: 'write_off', entityId: id, caseId, data: { amountCents } });
  const { accountNumber } = account;
  return { result: { accountNumber, amountCents }, wakes: [{ caseId, reason: 'PAYMENT' }] };
}

/**
 * Whoever pays out refunds says what became of one: a returned one is the account's credit again, for a settlement.
 * Refused: NOT_FOUND and as noteRefundResult.
 */
export async function takeRefundResult(tx: Tx, form: RefundResultForm, workId: string): Promise<RequestDone> {
  const { refundNumber, outcome, on } = form;
  const unlocked = await tx.db.Refund.findOne({ where: { refundNumber } });
  ensure(unlocked, 'NOT_FOUND', 'There is no such refund');
  const { account } = await lockAccountWithLocation(tx, unlocked.accountId);
  const refund = await noteRefundResult(tx, account, refundNumber, { outcome, on });
  const about = { refundNumber, outcome, on, amountCents: refund.amountCents };
  tx.audit({ action: 'refund.result', entity: 'refund', entityId: refundNumber, caseId: refund.caseId, data: about });
  if (outcome === 'PAID_OUT') return { result: about, wakes: [] };
  const { wakes, starts } = await settleAgain(tx, account, { caseId: workId, startedBy: tx.actorId }, 'PAYMENT');
  return { result: about, wakes, settlementCaseIds: starts.map(({ caseId }) => caseId) };
}

/** What nobody has claimed goes to the state. Refused: NO_UNCLAIMED. */
export async function fileUnclaimed(tx: Tx): Promise<RequestDone> {
  const id = await makeUnclaimedFile(tx);
  return { result: { fileNumber: moneyFileNumber('UNCLAIMED', id) }, wakes: [] };
}
