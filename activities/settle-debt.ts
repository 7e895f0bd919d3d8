import type { SettlementStanding } from '../contract/activities';
import { newTaskId } from '../contract/ids';
import { TASK_TYPES } from '../contract/task-types';
import { realDayStart } from '../db/clock';
import { rejectIf } from '../db/errors';
import type { Case, HumanTask } from '../db/models/cases';
import type { Account } from '../db/models/occupancy';
import type { WriteOff } from '../db/models/settlement';
import { parsedJson } from '../db/reads/select';
import { owesAgain } from '../db/records/accounts';
import { addEvent, moveCase } from '../db/records/cases';
import { handOver, tellCollections } from '../db/records/collections';
import { balanceOf } from '../db/records/journal';
import { nextOfBalance } from '../db/records/reminders';
import { shapersOfDebt } from '../db/records/shapers';
import { cancelTask } from '../db/records/task-history';
import { handleOf, openTask, type TaskHandle, type VerifiedDecision } from '../db/records/tasks';
import { cancelWriteOff, requestedWriteOff, requestWriteOff, writeOff, writeOffHash } from '../db/records/write-offs';
import { actingAs, type Tx } from '../db/transaction';
import { refuseAmountSince, refuseHandOver, refuseWait } from '../domain/debt/collections';
import { SYSTEM_USER_ID } from '../domain/roles';
import type { CaseStep, TaskType, WaitingOn } from '../domain/states';
import type { LockedSettlement } from './settlement-lock';

const DEBT_TASKS: TaskType[] = ['HAND_TO_COLLECTIONS', 'APPROVE_WRITE_OFF'];

/** What a debt waits for: a decision, a day, or money alone. */
export type DebtStanding = Pick<SettlementStanding, 'task' | 'dueAt' | 'penaltyDue' | 'lookDue'>;

/**
 * What the settlement does about a balance that is owed: reminders up to the policy's number, then collections, and at
 * the end a write-off, each with the person who decides it.
 */
export async function askForBalance(tx: Tx, theCase: Case, account: Account, owedCents: number): Promise<DebtStanding> {
  // Owed again, by a correction or a payment that came back: the debt begins anew.
  if (account.status === 'WRITTEN_OFF') await owesAgain(tx, account);
  const request = await requestStill(tx, theCase, account, owedCents);
  if (request) return { task: await askToWriteOff(tx, theCase, account, request) };
  const step = stepOf(account);
  if (theCase.step !== step) await standAt(tx, theCase, step, 'CUSTOMER', step);
  const next = await nextOfBalance(tx, theCase);
  if (next?.step === 'LOOK' && next.on <= tx.today) return forCollections(tx, theCase, account, owedCents);
  await dropTasks(tx, theCase, DEBT_TASKS);
  await standAt(tx, theCase, step, 'CUSTOMER', step);
  if (next === null) return {};
  const dueAt = realDayStart(tx.settings.clock, next.on);
  return {
    dueAt,
    ...(next.step === 'PENALTY' && { penaltyDue: true as const }),
    ...(next.step === 'LOOK' && { lookDue: true as const }),
  };
}

/** The day has come: with collections for long enough a debt is to be written off, else it is to go there. */
async function forCollections(tx: Tx, theCase: Case, account: Account, owedCents: number): Promise<DebtStanding> {
  const { caseId } = theCase;
  if (account.status === 'COLLECTIONS') {
    const reason = 'Collections have had it for as long as the policy says';
    const asked = await requestWriteOff(tx, account, { caseId, reason, amountCents: owedCents });
    return { task: await askToWriteOff(tx, theCase, account, asked) };
  }
  const { collections } = tx.settings;
  if (collections.autoHandOver && refuseHandOver(collections, owedCents) === null) {
    await handDebtOver(tx, theCase, account, owedCents);
    return askForBalance(tx, theCase, account, owedCents);
  }
  await dropTasks(tx, theCase, ['APPROVE_WRITE_OFF']);
  const open = await openDebtTask(tx, theCase, 'HAND_TO_COLLECTIONS');
  if (open?.amountCents === owedCents) return { task: handleOf(tx, open) };
  if (open) await cancelTask(tx, open);
  const type = 'HAND_TO_COLLECTIONS';
  const { candidateGroup } = TASK_TYPES[type];
  const { minCents } = collections;
  const about = { subject: { accountNumber: account.accountNumber, minCents }, amountCents: owedCents };
  const task = await openTask(tx, theCase, {
    ...{ taskId: newTaskId(), type, candidateGroup, draftedBy: SYSTEM_USER_ID, ...about },
  });
  await standAt(tx, theCase, 'BALANCE_DUE', 'CLERK', 'COLLECTIONS_ASKED');
  return { task };
}

/**
 * Carries out a decision on an unpaid balance: handed to collections, given time, or asked to be written off; and the
 * decision on that. Refused: AMOUNT_CHANGED, BELOW_COLLECTIONS, WAIT_IN_PAST, WAIT_TOO_LONG and as writeOff.
 */
export async function decideDebtTask(found: LockedSettlement, { decision, task }: VerifiedDecision): Promise<Tx> {
  const { tx: system, theCase, account } = found;
  const tx = actingAs(system, decision.actorId);
  const { caseId } = theCase;
  const owedCents = await balanceOf(tx, account.id);
  if (task.type === 'APPROVE_WRITE_OFF') {
    await decideWriteOff(tx, found, decision, Number(task.amountCents));
    return system;
  }
  if (decision.outcome === 'HAND_OVER') {
    const shownCents = Number(task.amountCents);
    rejectIf(refuseAmountSince(shownCents, owedCents) ?? refuseHandOver(tx.settings.collections, owedCents));
    await handDebtOver(tx, theCase, account, owedCents);
  } else if (decision.outcome === 'WAIT') {
    const { until } = parsedJson<{ until: string }>(decision.data);
    rejectIf(refuseWait(until, tx.today));
    await addEvent(tx, theCase, { kind: 'COLLECTIONS_WAIT', data: { until } });
  } else if (owedCents > 0) {
    await requestWriteOff(tx, account, { caseId, reason: decision.comment ?? '', amountCents: owedCents });
  }
  return system;
}

async function decideWriteOff(
  tx: Tx,
  { theCase, account }: LockedSettlement,
  decision: VerifiedDecision['decision'],
  approvedCents: number,
): Promise<void> {
  const request = await tx.db.WriteOff.findOne({
    where: { accountId: account.id, status: 'REQUESTED' },
    ...{ lock: true, rejectOnEmpty: true },
  });
  const data = { amountCents: Number(request.amountCents) };
  if (decision.outcome === 'REJECT') {
    await request.update({ status: 'REJECTED', decisionId: decision.id, decidedOn: tx.today });
    await addEvent(tx, theCase, { kind: 'WRITE_OFF_REJECTED', data });
    return;
  }
  await writeOff(tx, account, request, { decisionId: decision.id, approvedCents });
  await addEvent(tx, theCase, { kind: 'WRITTEN_OFF', data });
}

/** Collections that have a debt are told when it has changed, and that they have it no more when nothing is owed. */
export async function tellOfChange(tx: Tx, theCase: Case, account: Account, balanceCents: number): Promise<void> {
  if (account.status !== 'COLLECTIONS') return;
  const told = await tellCollections(tx, account, theCase.caseId, balanceCents);
  if (!told) return;
  const amountCents = Math.max(0, balanceCents);
  await addEvent(tx, theCase, { kind: 'COLLECTIONS_CHANGED', data: { told, amountCents } });
}

/** Nothing is owed any more: nobody is asked what becomes of it. */
export async function dropDebt(tx: Tx, theCase: Case, account: Account): Promise<void> {
  await dropTasks(tx, theCase, DEBT_TASKS);
  await cancelWriteOff(tx, account.id);
}

async function handDebtOver(tx: Tx, theCase: Case, account: Account, amountCents: number): Promise<void> {
  await handOver(tx, account, theCase.caseId, amountCents);
  const to = { step: 'COLLECTIONS', waitingOn: 'CUSTOMER', event: 'HANDED_TO_COLLECTIONS' } as const;
  await moveCase(tx, theCase, { ...to, data: { amountCents } });
}

/** The open request for what is owed; one for another amount is asked for anew, by the same person. */
async function requestStill(tx: Tx, { caseId }: Case, account: Account, owedCents: number): Promise<WriteOff | null> {
  const request = await requestedWriteOff(tx, account.id);
  if (!request || (Number(request.amountCents) === owedCents && request.caseId === caseId)) return request;
  await cancelWriteOff(tx, account.id);
  const { reason, requestedBy } = request;
  return requestWriteOff(tx, account, { caseId, reason, requestedBy, amountCents: owedCents });
}

async function askToWriteOff(tx: Tx, theCase: Case, account: Account, request: WriteOff): Promise<TaskHandle> {
  await dropTasks(tx, theCase, ['HAND_TO_COLLECTIONS']);
  const open = await openDebtTask(tx, theCase, 'APPROVE_WRITE_OFF');
  const subjectHash = writeOffHash(request);
  if (open?.subjectHash === subjectHash) return handleOf(tx, open);
  if (open) await cancelTask(tx, open);
  const { amountCents, requestedBy: draftedBy, reason } = request;
  const { candidateGroup } = TASK_TYPES.APPROVE_WRITE_OFF;
  const task = await openTask(tx, theCase, {
    ...{ taskId: newTaskId(), type: 'APPROVE_WRITE_OFF', candidateGroup, draftedBy, amountCents: Number(amountCents) },
    ...{ subject: { accountNumber: account.accountNumber, reason }, subjectHash },
    excludedUserIds: await shapersOfDebt(tx, account),
  });
  await standAt(tx, theCase, stepOf(account), 'SUPERVISOR', 'WRITE_OFF_ASKED', { amountCents: Number(amountCents) });
  return task;
}

const stepOf = ({ status }: Account) => (status === 'COLLECTIONS' ? 'COLLECTIONS' : 'BALANCE_DUE');

function openDebtTask(tx: Tx, { caseId }: Case, type: TaskType): Promise<HumanTask | null> {
  return tx.db.HumanTask.findOne({ where: { caseId, type, status: 'OPEN' }, lock: true });
}

async function dropTasks(tx: Tx, { caseId }: Case, type: TaskType[]): Promise<void> {
  const open = await tx.db.HumanTask.findAll({ where: { caseId, type, status: 'OPEN' }, order: ['id'], lock: true });
  for (const task of open) await cancelTask(tx, task);
}

async function standAt(
  tx: Tx,
  theCase: Case,
  step: CaseStep,
  waitingOn: WaitingOn,
  event: string,
  data?: Record<string, unknown>,
): Promise<void> {
  if (theCase.step === step && theCase.waitingOn === waitingOn) return;
  await moveCase(tx, theCase, { step, waitingOn, event, data });
}
