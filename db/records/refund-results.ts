import { Op } from 'sequelize';
import { addMonths } from '../../domain/dates';
import type { PostingLine } from '../../domain/ledger';
import type { JournalKind } from '../../domain/ledger/journal-kinds';
import { refuseRefundResult } from '../../domain/refunds/refuse-refund-result';
import { ensure, rejectIf } from '../errors';
import type { Account } from '../models/occupancy';
import type { Refund } from '../models/money';
import type { Tx } from '../transaction';
import { post } from './journal';
import { storeMoneyFile } from './money-files';
import { payeeOf } from './refund-files';

/** What whoever pays out refunds has said of one. */
export interface RefundResult {
  outcome: 'PAID_OUT' | 'RETURNED';
  on: string;
}

/**
 * Notes what became of an issued refund: paid out, it has left the office; returned, the money is the account's credit
 * again, and stays so until the customer asks for it. The account is locked. Refused: as refuseRefundResult.
 */
export async function noteRefundResult(
  tx: Tx,
  account: Account,
  refundNumber: string,
  { outcome, on }: RefundResult,
): Promise<Refund> {
  const refund = await tx.db.Refund.findOne({ where: { refundNumber }, lock: true, rejectOnEmpty: true });
  rejectIf(refuseRefundResult(refund, on, tx.today));
  const isPaid = outcome === 'PAID_OUT';
  const to: Omit<PostingLine, 'amountCents'> = isPaid
    ? { ledgerAccount: 'CASH_CLEARING' }
    : { ledgerAccount: 'RECEIVABLE', serviceCode: null };
  await settlePayable(tx, refund, isPaid ? 'REFUND_PAID' : 'REFUND_RETURNED', to);
  await refund.update({ outcome, outcomeOn: on });
  if (!isPaid) await account.update({ refundAskedOn: null });
  return refund;
}

/**
 * Puts every refund that was sent out and not cashed in the years of the policy into a file for the state; the money is
 * the state's from then on (domain.md rule 17). Returns the file's id. Refused: NO_UNCLAIMED.
 */
export async function makeUnclaimedFile(tx: Tx): Promise<number> {
  const before = addMonths(tx.today, -12 * tx.settings.unclaimedYears);
  const issued = await tx.db.Refund.findAll({
    // What was in no file nobody could cash: it goes to its payee with the next one.
    where: { status: 'ISSUED', outcome: null, refundFileId: { [Op.ne]: null } },
    ...{ order: [['id', 'ASC']], lock: true },
  });
  const stale = issued.filter(({ issuedOn }) => issuedOn !== null && issuedOn <= before);
  ensure(stale.length > 0, 'NO_UNCLAIMED', `No refund from ${before} or before is unclaimed`);
  const content: Record<string, string | number>[] = [];
  for (const { refundNumber, accountId, amountCents, issuedOn } of stale) {
    const { accountNumber, payee, ...address } = await payeeOf(tx, accountId);
    content.push({ refundNumber, accountNumber, payee, ...address, issuedOn: issuedOn ?? '', amountCents });
  }
  const fileId = await storeMoneyFile(tx, 'UNCLAIMED', content, 'amountCents');
  for (const refund of stale) {
    await settlePayable(tx, refund, 'REFUND_UNCLAIMED', { ledgerAccount: 'UNCLAIMED_PROPERTY' });
    await refund.update({ outcome: 'UNCLAIMED', outcomeOn: tx.today, moneyFileId: fileId });
  }
  return fileId;
}

/** What was payable goes where it has gone to, once for a refund. */
async function settlePayable(
  tx: Tx,
  { refundNumber, accountId, caseId, amountCents }: Refund,
  kind: Extract<JournalKind, 'REFUND_PAID' | 'REFUND_RETURNED' | 'REFUND_UNCLAIMED'>,
  to: Omit<PostingLine, 'amountCents'>,
): Promise<void> {
  await post(tx, {
    ...{ entryKey: `refund-result/${refundNumber}`, kind, accountId, caseId },
    lines: [
      { ledgerAccount: 'REFUNDS_PAYABLE', amountCents },
      { ...to, amountCents: -amountCents },
    ],
  });
}
