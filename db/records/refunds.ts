import {
  needsTwoApprovals,
  refuseSecondApproval,
  type SecondApproval,
} from '../../domain/approval/refuse-second-approval';
import { addDays, maxDate } from '../../domain/dates';
import type { PostingLine } from '../../domain/ledger';
import { hashOf } from '../canonical';
import { ensure, rejectIf } from '../errors';
import type { Account } from '../models/occupancy';
import type { Refund } from '../models/money';
import { parsedJson } from '../reads/select';
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
    dueOn: maxDate(tx.today, addDays(await billedOn(tx, account), tx.settings.refundDueDays)),
  });
}

/** When the final bill in force was posted: a corrected one has days of its own. */
async function billedOn(tx: Tx, account: Account): Promise<string> {
  const inForce = { accountId: account.id, kind: 'FINAL' as const, status: 'POSTED' as const };
  const bill = await tx.db.Bill.findOne({ where: inForce, order: [['id', 'DESC']] });
  return bill?.postedOn ?? account.finalBillOn ?? tx.today;
}

/** What an approver of a refund sees and approves, as a hash: another amount is another refund. */
export const refundHash = ({ refundNumber, amountCents }: Pick<Refund, 'refundNumber' | 'amountCents'>): string =>
  hashOf({ refundNumber, amountCents });

/** The case's requested refund, locked. */
export function requestedRefund(tx: Tx, caseId: string): Promise<Refund> {
  return tx.db.Refund.findOne({ where: { caseId, status: 'REQUESTED' }, lock: true, rejectOnEmpty: true });
}

/** The refund of an account that was asked for last, or null. */
export function newestRefund(tx: Tx, accountId: number): Promise<Refund | null> {
  return tx.db.Refund.findOne({ where: { accountId }, order: [['id', 'DESC']] });
}

/** Keeps that a requested refund is not to be: the credit stays until the customer asks for it again. */
export async function rejectRefund(tx: Tx, account: Account, refund: Refund): Promise<void> {
  await refund.update({ status: 'REJECTED' });
  await account.update({ refundAskedOn: null });
}

/** Takes back what a case has asked for and not issued. */
export async function cancelRequestedRefunds(tx: Tx, caseId: string): Promise<void> {
  await tx.db.Refund.update({ status: 'CANCELED' }, { where: { caseId, status: 'REQUESTED' } });
}

/**
 * Notes the first of two approvals of a requested refund; `aboveCents` is what made a second one necessary. Refused:
 * AMOUNT_CHANGED when the account is owed something else by now.
 */
export async function approveRefundOnce(
  tx: Tx,
  account: Account,
  refund: Refund,
  given: { decisionId: string; approvedCents: number; aboveCents: number | null },
): Promise<void> {
  refuseOtherAmount(await owedTo(tx, account), refund, given.approvedCents);
  await refund.update({ firstDecisionId: given.decisionId, secondAboveCents: given.aboveCents });
}

/**
 * Issues a requested refund: all that is held and all credit leave the account, to the named account holder (domain.md
 * rule 17). Refused: AMOUNT_CHANGED when the account is owed something else by now, and, where two people approve,
 * FIRST_APPROVAL_MISSING or OWN_WORK when the first approval does not stand beside this one.
 */
export async function issueRefund(
  tx: Tx,
  account: Account,
  refund: Refund,
  given: { decisionId: string; actorId: number; approvedCents: number },
): Promise<void> {
  const { caseId, refundNumber, amountCents } = refund;
  const lines = await owedTo(tx, account);
  refuseOtherAmount(lines, refund, given.approvedCents);
  const { firstDecisionId } = refund;
  const secondAboveCents = firstDecisionId ? refund.secondAboveCents : tx.settings.refundSecondApprovalAboveCents;
  if (firstDecisionId !== null || needsTwoApprovals(amountCents, secondAboveCents)) {
    const first = firstDecisionId && (await firstApproval(tx, firstDecisionId));
    rejectIf(refuseSecondApproval({ refund, first: first || null, secondActorId: given.actorId }));
  }
  lines.push({ ledgerAccount: 'REFUNDS_PAYABLE', amountCents: -amountCents });
  await post(tx, { entryKey: `refund/${refundNumber}`, kind: 'REFUND', accountId: account.id, caseId, lines });
  await refund.update({ status: 'ISSUED', decisionId: given.decisionId, secondAboveCents, issuedOn: tx.today });
}

/** Everything that an account is owed, as the postings that take it from there. */
async function owedTo(tx: Tx, account: Account): Promise<PostingLine[]> {
  const lines: PostingLine[] = [];
  for (const [depositId, cents] of await depositsHeld(tx, account.id)) {
    lines.push({ ledgerAccount: 'DEPOSITS_HELD', depositId, amountCents: cents });
  }
  for (const { serviceCode, cents } of await receivableByService(tx, account.id)) {
    lines.push({ ledgerAccount: 'RECEIVABLE', serviceCode, amountCents: -cents });
  }
  return lines;
}

function refuseOtherAmount(lines: PostingLine[], { amountCents }: Refund, approvedCents: number): void {
  const owedCents = lines.reduce((sum, line) => sum + line.amountCents, 0);
  const isSame = owedCents === amountCents && owedCents === approvedCents;
  ensure(isSame, 'AMOUNT_CHANGED', 'The account is owed another amount by now');
}

async function firstApproval(tx: Tx, decisionId: string): Promise<SecondApproval['first']> {
  const decision = await tx.db.Decision.findByPk(decisionId, { lock: true, rejectOnEmpty: true });
  const task = await tx.db.HumanTask.findByPk(decision.taskId, { rejectOnEmpty: true });
  const { refundNumber } = parsedJson<{ refundNumber?: unknown }>(task.subject);
  const { amountCents, subjectHash } = task;
  return { ...decision.get(), task: { refundNumber, amountCents, subjectHash } };
}
