import type { PostingLine } from '../../domain/ledger';
import { ensure } from '../errors';
import type { Account } from '../models/occupancy';
import type { Refund } from '../models/money';
import type { Tx } from '../transaction';
import { depositsHeld, post, receivableByService } from './journal';
import { nextNumber } from './numbers';

/** Asks for a refund of what the account is owed; an earlier request of the case that was not issued is canceled. */
export async function requestRefund(tx: Tx, account: Account, caseId: string, amountCents: number): Promise<Refund> {
  await cancelRequestedRefunds(tx, caseId);
  return tx.db.Refund.create({
    refundNumber: await nextNumber(tx, 'refund'),
    ...{ accountId: account.id, caseId, amountCents, status: 'REQUESTED' as const },
    ...{ requestedBy: tx.actorId, requestedOn: tx.today },
  });
}

/** Takes back what a case has asked for and not issued. */
export async function cancelRequestedRefunds(tx: Tx, caseId: string): Promise<void> {
  await tx.db.Refund.update({ status: 'CANCELED' }, { where: { caseId, status: 'REQUESTED' } });
}

/**
 * Issues the case's requested refund: all that is held and all credit leave the account, to the named account holder
 * (domain.md rule 17). Refused: AMOUNT_CHANGED when the account is owed something else by now.
 */
export async function issueRefund(
  tx: Tx,
  account: Account,
  caseId: string,
  decisionId: string,
  approvedCents: number,
): Promise<Refund> {
  const refund = await tx.db.Refund.findOne({
    where: { caseId, status: 'REQUESTED' },
    lock: true,
    rejectOnEmpty: true,
  });
  const lines: PostingLine[] = [];
  for (const [depositId, cents] of await depositsHeld(tx, account.id)) {
    lines.push({ ledgerAccount: 'DEPOSITS_HELD', depositId, amountCents: cents });
  }
  for (const { serviceCode, cents } of await receivableByService(tx, account.id)) {
    lines.push({ ledgerAccount: 'RECEIVABLE', serviceCode, amountCents: -cents });
  }
  const owedCents = lines.reduce((sum, line) => sum + line.amountCents, 0);
  ensure(
    owedCents === refund.amountCents && owedCents === approvedCents,
    'AMOUNT_CHANGED',
    'The account is owed another amount by now',
  );
  lines.push({ ledgerAccount: 'REFUNDS_PAYABLE', amountCents: -owedCents });
  await post(tx, { entryKey: `refund/${refund.refundNumber}`, kind: 'REFUND', accountId: account.id, caseId, lines });
  await refund.update({ status: 'ISSUED', decisionId, issuedOn: tx.today });
  return refund;
}
