import { newTaskId } from '../contract/ids';
import { TASK_TYPES } from '../contract/task-types';
import type { Case } from '../db/models/cases';
import type { Refund } from '../db/models/money';
import type { Account } from '../db/models/occupancy';
import { addEvent, moveCase } from '../db/records/cases';
import { queueNotice } from '../db/records/notices';
import {
  approveRefundOnce,
  cancelRequestedRefunds,
  issueRefund,
  newestRefund,
  refundHash,
  rejectRefund,
  requestedRefund,
  requestRefund,
} from '../db/records/refunds';
import { shapersOfRefund } from '../db/records/shapers';
import { cancelTask } from '../db/records/task-history';
import { handleOf, openTask, type TaskHandle, type VerifiedDecision } from '../db/records/tasks';
import { actingAs, type Tx } from '../db/transaction';
import { needsTwoApprovals } from '../domain/approval/refuse-second-approval';
import type { TaskType } from '../domain/states';
import { SYSTEM_USER_ID } from '../domain/roles';
import type { LockedSettlement } from './settlement-lock';

const REFUND_TASKS: TaskType[] = ['APPROVE_REFUND', 'APPROVE_REFUND_SECOND'];

/**
 * Carries out a decision on a refund, and says in whose name the settlement goes on: approved, the only one or the second
 * of two issues it; the first of two opens the task of the second (design.md decision 6); rejected, the credit is held
 * until it is asked for. Refused as approveRefundOnce and issueRefund.
 */
export async function decideRefundTask(found: LockedSettlement, verified: VerifiedDecision): Promise<Tx> {
  const { tx: system, theCase } = found;
  const { decision, task } = verified;
  const refund = await requestedRefund(system, theCase.caseId);
  const tx = actingAs(system, decision.actorId);
  if (decision.outcome === 'REJECT') {
    await rejectRefund(tx, found.account, refund);
    await addEvent(tx, theCase, { kind: 'REFUND_REJECTED', data: { refundNumber: refund.refundNumber } });
    return system;
  }
  const aboveCents = system.settings.refundSecondApprovalAboveCents;
  const isFirst = task.type === 'APPROVE_REFUND' && needsTwoApprovals(refund.amountCents, aboveCents);
  // Whatever else the account is owed by now is for the system to ask for, not for who decided.
  if (isFirst) return askAgain({ ...found, tx }, refund, verified, aboveCents).then(() => system);
  await issue({ ...found, tx }, refund, verified);
  return tx;
}

/** Keeps the first approval with the refund and asks another supervisor for the second, of the same refund and amount. */
async function askAgain(
  { tx, theCase, account }: LockedSettlement,
  refund: Refund,
  { decision, task }: VerifiedDecision,
  aboveCents: number | null,
): Promise<void> {
  const { refundNumber, amountCents } = refund;
  await approveRefundOnce(tx, account, refund, {
    ...{ decisionId: decision.id, approvedCents: task.amountCents ?? 0, aboveCents },
  });
  await addEvent(tx, theCase, { kind: 'REFUND_APPROVED_ONCE', data: { refundNumber, amountCents, aboveCents } });
  await openRefundTask(tx, theCase, refund, {
    type: 'APPROVE_REFUND_SECOND',
    excludedUserIds: [...(await shapersOfRefund(tx, account)), decision.actorId],
  });
}

async function issue(
  { tx, theCase, account }: LockedSettlement,
  refund: Refund,
  { decision, task }: VerifiedDecision,
): Promise<void> {
  const { refundNumber } = refund;
  const { id: decisionId, actorId } = decision;
  await issueRefund(tx, account, refund, { decisionId, actorId, approvedCents: task.amountCents ?? 0 });
  await queueNotice(tx, {
    ...{ caseId: theCase.caseId, accountId: account.id, customerId: account.customerId },
    ...{ noticeKey: `refund/${refundNumber}`, kind: 'REFUND_ISSUED', data: { refundNumber } },
  });
  await addEvent(tx, theCase, { kind: 'REFUND_ISSUED', data: { refundNumber } });
}

/** One refund for the whole credit; more money meanwhile makes it a new one, with new approvals. */
export async function askForRefund(tx: Tx, theCase: Case, account: Account, creditCents: number): Promise<TaskHandle> {
  const where = { caseId: theCase.caseId, status: 'OPEN' as const, type: REFUND_TASKS };
  const open = await tx.db.HumanTask.findOne({ where, lock: true });
  if (open?.amountCents === creditCents) return handleOf(tx, open);
  if (open) await cancelTask(tx, open);
  const refund = await requestRefund(tx, account, theCase.caseId, creditCents);
  const task = await openRefundTask(tx, theCase, refund, {
    type: 'APPROVE_REFUND',
    excludedUserIds: await shapersOfRefund(tx, account),
  });
  await moveCase(tx, theCase, {
    step: 'REFUND_PENDING',
    waitingOn: 'SUPERVISOR',
    event: 'REFUND_REQUESTED',
    data: { amountCents: creditCents },
  });
  return task;
}

/** A corrected bill may leave nothing to refund of what was asked for. */
export async function dropRefund(tx: Tx, { caseId }: Case): Promise<void> {
  const where = { caseId, status: 'OPEN' as const, type: REFUND_TASKS };
  const open = await tx.db.HumanTask.findAll({ where, order: ['id'], lock: true });
  for (const task of open) await cancelTask(tx, task);
  await cancelRequestedRefunds(tx, caseId);
}

function openRefundTask(
  tx: Tx,
  theCase: Case,
  refund: Refund,
  given: { type: 'APPROVE_REFUND' | 'APPROVE_REFUND_SECOND'; excludedUserIds: number[] },
): Promise<TaskHandle> {
  const { refundNumber, amountCents } = refund;
  return openTask(tx, theCase, {
    ...{ ...given, taskId: newTaskId(), candidateGroup: TASK_TYPES[given.type].candidateGroup },
    ...{
      subject: { refundNumber, dueOn: refund.dueOn },
      subjectHash: refundHash(refund),
      amountCents,
      draftedBy: SYSTEM_USER_ID,
    },
  });
}

/** Whether a credit stays where it is until the customer asks for it, or it is moved. */
export async function isHeld(
  tx: Tx,
  { caseId }: Case,
  account: Account,
  money: { creditCents: number; heldCents: number },
): Promise<boolean> {
  if (account.refundAskedOn !== null) return false;
  const newest = await newestRefund(tx, account.id);
  // Sent again by itself, it would go to the same wrong address; a "no" holds for the settlement that it was said in.
  if (newest?.outcome === 'RETURNED' || (newest?.status === 'REJECTED' && newest.caseId === caseId)) return true;
  return isTooSmall(tx, account, money);
}

/**
 * What is below the least refund is paid out on request alone; money that was held as a deposit always is, also what a
 * bill that it was applied to gives back when it is corrected (rule 17).
 */
async function isTooSmall(
  tx: Tx,
  account: Account,
  { creditCents, heldCents }: { creditCents: number; heldCents: number },
): Promise<boolean> {
  if (heldCents > 0 || creditCents >= tx.settings.minRefundCents) return false;
  const posted = (kind: string) => tx.db.JournalEntry.count({ where: { accountId: account.id, kind } });
  return (await posted('BILL_CORRECTION')) === 0 || (await posted('DEPOSIT_APPLIED')) === 0;
}

export async function holdCredit(tx: Tx, theCase: Case, amountCents: number): Promise<void> {
  await dropRefund(tx, theCase);
  if (theCase.step === 'CREDIT_HELD') return;
  const data = { amountCents };
  await moveCase(tx, theCase, { step: 'CREDIT_HELD', waitingOn: 'CUSTOMER', event: 'CREDIT_HELD', data });
}
