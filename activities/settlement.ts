import type { DecisionStep, OpenStep, RefundDecided, SettlementStanding, StepInput } from '../contract/activities';
import { newTaskId } from '../contract/ids';
import { TASK_TYPES } from '../contract/task-types';
import { instantOf, realInstant } from '../db/clock';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { Refund } from '../db/models/money';
import type { Account } from '../db/models/occupancy';
import { closeAccount } from '../db/records/accounts';
import { addEvent, closeCase, lockCase, moveCase } from '../db/records/cases';
import { balanceOf, heldCentsOf } from '../db/records/journal';
import { queueNotice } from '../db/records/notices';
import { lockAccountWithLocation } from '../db/records/places';
import { nextReminderOn } from '../db/records/reminders';
import { approveRefundOnce, issueRefund, refundHash, requestedRefund, requestRefund } from '../db/records/refunds';
import { cancelTask } from '../db/records/task-history';
import {
  handleOf,
  openTask,
  recordForgery,
  takeUpDecision,
  type TaskHandle,
  type VerifiedDecision,
} from '../db/records/tasks';
import { actingAs, type Tx } from '../db/transaction';
import { needsTwoApprovals } from '../domain/approval/refuse-second-approval';
import { SYSTEM_USER_ID } from '../domain/roles';
import { inStep, type Deps } from './in-step';

/** The steps of a settlement: a balance is paid, a credit refunded, and the account closed. */
export function settlementActivities(deps: Deps) {
  return {
    /** Looks at what the closed account owes or is owed, and asks for the refund's approval if one is due. */
    openSettlement: (input: OpenStep): Promise<SettlementStanding> =>
      inStep(deps, input, async (tx) => assess(deps, await lockSettlement(tx, input.caseId))),

    /** Looks again, after money came. */
    refreshSettlement: (input: StepInput): Promise<SettlementStanding> =>
      inStep(deps, input, async (tx) => assess(deps, await lockSettlement(tx, input.caseId))),

    /** Reminds the customer of a balance that is due, once per step key. */
    remindBalance: (input: StepInput): Promise<SettlementStanding> =>
      inStep(deps, input, async (tx) => {
        const found = await lockSettlement(tx, input.caseId);
        const { theCase, account } = found;
        if (theCase.closedAt === null && theCase.step === 'BALANCE_DUE') {
          const noticeKey = `reminder/${input.key}`;
          const about = { caseId: input.caseId, accountId: account.id, customerId: account.customerId };
          await queueNotice(tx, { ...about, noticeKey, kind: 'BALANCE_REMINDER', data: {} });
          await addEvent(tx, theCase, { kind: 'BALANCE_REMINDED' });
        }
        return assess(deps, found);
      }),

    /**
     * Carries out an approval of a refund. The only one, or the second of two, issues it and closes the account; the first
     * of two opens the task of the second (design.md decision 6). Refused as takeUpDecision, approveRefundOnce and
     * issueRefund.
     */
    decideRefund: (input: DecisionStep): Promise<RefundDecided> =>
      inStep(deps, input, async (system): Promise<RefundDecided> => {
        const found = await lockSettlement(system, input.caseId);
        ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
        const verified = await takeUpDecision(system, found.theCase, input);
        if (!verified) return recordForgery(system, found.theCase, input).then(() => ({ forged: true }));
        const refund = await requestedRefund(system, input.caseId);
        const tx = actingAs(system, verified.decision.actorId);
        const aboveCents = system.settings.refundSecondApprovalAboveCents;
        const isFirst = verified.task.type === 'APPROVE_REFUND' && needsTwoApprovals(refund.amountCents, aboveCents);
        if (isFirst) await askAgain({ ...found, tx }, refund, verified, aboveCents);
        else await issue({ ...found, tx }, refund, verified);
        // Whatever else the account is owed by now is for the system to ask for, not for who decided.
        return { forged: false, ...(await assess(deps, isFirst ? found : { ...found, tx })) };
      }),
  };
}

/** Keeps the first approval with the refund and asks another supervisor for the second, of the same refund and amount. */
async function askAgain(
  { tx, theCase, account }: Locked,
  refund: Refund,
  { decision, task }: VerifiedDecision,
  aboveCents: number | null,
): Promise<void> {
  const { refundNumber, amountCents } = refund;
  await approveRefundOnce(tx, account, refund, {
    ...{ decisionId: decision.id, approvedCents: task.amountCents ?? 0, aboveCents },
  });
  await addEvent(tx, theCase, { kind: 'REFUND_APPROVED_ONCE', data: { refundNumber, amountCents, aboveCents } });
  await openRefundTask(tx, theCase, refund, { type: 'APPROVE_REFUND_SECOND', excludedUserIds: [decision.actorId] });
}

async function issue(
  { tx, theCase, account }: Locked,
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

interface Locked {
  tx: Tx;
  theCase: Case;
  account: Account;
  locationNumber: string;
}

async function lockSettlement(tx: Tx, caseId: string): Promise<Locked> {
  const unlocked = await tx.db.Case.findByPk(caseId, { rejectOnEmpty: true });
  const { account, location } = await lockAccountWithLocation(tx, unlocked.accountId ?? 0);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  return { tx, theCase, account, locationNumber: location.locationNumber };
}

/** Under the account's lock: what is left, and what the case does about it. Nothing left ends it. */
async function assess(deps: Deps, { tx, theCase, account, locationNumber }: Locked): Promise<SettlementStanding> {
  const balanceCents = await balanceOf(tx, account.id);
  const heldCents = await heldCentsOf(tx, account.id);
  const creditCents = heldCents - balanceCents;
  let task: TaskHandle | undefined;
  let dueAt: string | undefined;
  if (theCase.closedAt === null) {
    if (balanceCents === 0 && heldCents === 0) await end(tx, theCase, account);
    else if (creditCents > 0) task = await askForRefund(tx, theCase, account, creditCents);
    else dueAt = await awaitBalance(tx, theCase);
  }
  const { caseId, status, step, waitingOn } = theCase;
  return {
    opened: { caseId, status, step, accountNumber: account.accountNumber, locationNumber, balanceCents },
    ...{ consoleUrl: deps.consoleUrl, done: theCase.closedAt !== null, balanceCents, step, waitingOn },
    ...(task ? { task } : {}),
    ...(dueAt ? { dueAt } : {}),
  };
}

async function end(tx: Tx, theCase: Case, account: Account): Promise<void> {
  const was = theCase.step;
  await closeAccount(tx, account, { balanceCents: 0, heldCents: 0 });
  const step = was === 'BALANCE_DUE' ? 'PAID' : was === 'REFUND_PENDING' ? 'REFUND_ISSUED' : 'ZERO';
  await closeCase(tx, theCase, { status: 'COMPLETED', step, event: 'ACCOUNT_CLOSED' });
}

/** One refund for the whole credit; more money meanwhile makes it a new one, with new approvals. */
async function askForRefund(tx: Tx, theCase: Case, account: Account, creditCents: number): Promise<TaskHandle> {
  const open = await tx.db.HumanTask.findOne({ where: { caseId: theCase.caseId, status: 'OPEN' }, lock: true });
  if (open?.amountCents === creditCents) return handleOf(tx, open);
  if (open) await cancelTask(tx, open);
  const refund = await requestRefund(tx, account, theCase.caseId, creditCents);
  const task = await openRefundTask(tx, theCase, refund, { type: 'APPROVE_REFUND', excludedUserIds: [] });
  await moveCase(tx, theCase, {
    step: 'REFUND_PENDING',
    waitingOn: 'SUPERVISOR',
    event: 'REFUND_REQUESTED',
    data: { amountCents: creditCents },
  });
  return task;
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
    ...{ subject: { refundNumber }, subjectHash: refundHash(refund), amountCents, draftedBy: SYSTEM_USER_ID },
  });
}

async function awaitBalance(tx: Tx, theCase: Case): Promise<string> {
  if (theCase.step !== 'BALANCE_DUE') {
    await moveCase(tx, theCase, { step: 'BALANCE_DUE', waitingOn: 'CUSTOMER', event: 'BALANCE_DUE' });
  }
  const { clock } = tx.settings;
  return realInstant(clock, instantOf(clock, await nextReminderOn(tx, theCase))).toISOString();
}
