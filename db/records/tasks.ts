import { approvalLimit } from '../../domain/approval/approval-limit';
import { refuseDecisionEffect } from '../../domain/approval/refuse-decision-effect';
import type { Role } from '../../domain/roles';
import type { TaskType } from '../../domain/states';
import { urgencyAt, type TaskStage } from '../../domain/tasks/urgency';
import { ensure, RefusedError } from '../errors';
import type { Case, Decision, HumanTask } from '../models/cases';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';
import { approverNow } from './approvers';
import { addEvent } from './cases';
import { withdrawAmendments } from './incidents';
import { realInstant } from '../clock';
import { decidersOf } from './task-deciders';
import { auditTask, cancelTask } from './task-history';
import { noteParts } from './task-parts';
import { taskTimes } from './task-times';

const FORGED_DECISION = 'FORGED_DECISION';

/** A task to open: who may take it, and what the decision is about (its hash goes into the decision). */
export interface NewTask {
  taskId: string;
  type: TaskType;
  candidateGroup: Role;
  subject: Record<string, unknown>;
  subjectHash?: string;
  amountCents?: number;
  draftedBy?: number;
  excludedUserIds?: number[];
  /** The same transaction has the system decide it: it is nobody's to be told of. */
  isForSystem?: boolean;
}

/** A task as the workflow gets it: instants are real time, free of the office clock's offset. */
export interface TaskHandle {
  taskId: string;
  type: TaskType;
  version: number;
  candidateGroup: Role;
  remindAt: string;
  dueAt: string;
  escalateAgainAt?: string;
  amountCents?: number;
  /** Nobody may decide it now: there is no such person, or everybody is excluded or below the limit. */
  unattended?: true;
}

/** Opens a task in the transaction of the step before it (design.md decision 4). */
export async function openTask(tx: Tx, theCase: Case, input: NewTask): Promise<TaskHandle> {
  const task = await tx.db.HumanTask.create({
    id: input.taskId,
    caseId: theCase.caseId,
    type: input.type,
    status: 'OPEN',
    candidateGroup: input.candidateGroup,
    subjectHash: input.subjectHash ?? null,
    subject: input.subject,
    amountCents: input.amountCents ?? null,
    draftedBy: input.draftedBy ?? null,
    excludedUserIds: input.excludedUserIds ?? [],
    openedAt: tx.now,
    ...(await taskTimes(tx, input.type)),
  });
  const { startedBy } = theCase;
  await noteParts(tx, task.id, { startedBy, draftedBy: task.draftedBy, excluded: input.excludedUserIds ?? [] });
  await addEvent(tx, theCase, { kind: 'TASK_OPENED', data: { taskId: input.taskId, type: input.type } });
  auditTask(tx, task, 'opened');
  const isUnattended = !input.isForSystem && (await escalateIfUnattended(tx, theCase, task));
  return { ...handleOf(tx, task), ...(isUnattended && { unattended: true }) };
}

/** Reminds of an open task, or escalates it; says whether nobody may decide it now. */
export async function remindOfTask(tx: Tx, theCase: Case, task: HumanTask, stage: TaskStage): Promise<boolean> {
  const { escalation, priority } = task;
  await task.update({
    ...urgencyAt(stage, { escalation, priority }),
    ...(stage === 'ESCALATED' && { escalatedAt: tx.now }),
  });
  await addEvent(tx, theCase, { kind: `TASK_${stage}`, data: { taskId: task.id } });
  auditTask(tx, task, stage === 'REMINDED' ? 'reminded' : 'escalated');
  return escalateIfUnattended(tx, theCase, task);
}

/**
 * A task that nobody may decide is escalated as far as it goes at once: an administrator has to make somebody able to.
 * Nobody is ever let approve their own work for want of another (design.md decision 6).
 */
async function escalateIfUnattended(tx: Tx, theCase: Case, task: HumanTask): Promise<boolean> {
  if ((await decidersOf(tx, task)).length > 0) return false;
  await task.update(urgencyAt('ESCALATED_AGAIN', task));
  await addEvent(tx, theCase, { kind: 'TASK_UNATTENDED', data: { taskId: task.id } });
  auditTask(tx, task, 'unattended');
  return true;
}

/** A task row as its workflow gets it. */
export function handleOf(tx: Tx, task: HumanTask): TaskHandle {
  return {
    taskId: task.id,
    type: task.type,
    version: task.version,
    candidateGroup: task.candidateGroup,
    remindAt: realInstant(tx.settings.clock, task.remindAt).toISOString(),
    dueAt: realInstant(tx.settings.clock, task.dueAt).toISOString(),
    ...(task.escalateAgainAt && {
      escalateAgainAt: realInstant(tx.settings.clock, task.escalateAgainAt).toISOString(),
    }),
    ...(task.amountCents === null ? {} : { amountCents: task.amountCents }),
  };
}

/** Closes the case's open tasks: what they asked has been settled otherwise. */
export async function cancelOpenTasks(tx: Tx, caseId: string): Promise<void> {
  const open = await tx.db.HumanTask.findAll({ where: { caseId, status: 'OPEN' }, order: ['id'], lock: true });
  for (const task of open) await cancelTask(tx, task);
  await withdrawAmendments(tx, caseId);
}

/** A decision that may be carried out, with its task; both rows are locked. */
export interface VerifiedDecision {
  decision: Decision;
  task: HumanTask;
}

/**
 * Checks a decision against its row, in the transaction of its effect, and closes its task (design.md decision 6).
 * Null when no row stands behind the message: it was forged. Refused: REFUSED_BEFORE, TASK_CLOSED, STALE_TASK, ROLE,
 * OWN_WORK, OVER_LIMIT.
 */
export async function takeUpDecision(
  tx: Tx,
  theCase: Case,
  message: { taskId: string; version: number; decisionId: string },
): Promise<VerifiedDecision | null> {
  const task = await tx.db.HumanTask.findByPk(message.taskId, { lock: true });
  const decision = await tx.db.Decision.findByPk(message.decisionId, { lock: true });
  const rowStandsBehind =
    task?.caseId === theCase.caseId &&
    decision?.taskId === task.id &&
    decision.taskVersion === message.version &&
    // What took effect has closed its task.
    (decision.status !== 'APPLIED' || task.status !== 'OPEN');
  if (!rowStandsBehind) return null;
  // A message that was sent again may come after its decision was given up.
  ensure(decision.status !== 'VOID', 'REFUSED_BEFORE', 'The case has refused this before');
  const actor = await approverNow(tx.db, decision.actorId, tx.today);
  const refusal = refuseDecisionEffect({
    decision,
    task: { ...task.get(), excludedUserIds: parsedJson(task.excludedUserIds), startedBy: theCase.startedBy },
    actor,
    limitCents: approvalLimit(actor.roles, tx.settings.approvalLimitsCents, actor.ownLimit),
  });
  if (refusal) throw new RefusedError(refusal);
  await decision.update({ status: 'APPLIED', appliedAt: tx.now });
  await task.update({ status: 'COMPLETED', closedAt: tx.now, outcome: decision.outcome, decisionId: decision.id });
  tx.audit({
    actorId: decision.actorId,
    action: `task.${decision.outcome}`,
    entity: 'human_task',
    entityId: task.id,
    caseId: theCase.caseId,
    data: { decisionId: decision.id, version: task.version, subjectHash: task.subjectHash },
  });
  return { decision, task };
}

/** Records that a message named a decision that no row stands behind; nothing is to be done. The task stays as it was. */
export async function recordForgery(
  tx: Tx,
  theCase: Case,
  message: { taskId: string; decisionId: string },
): Promise<void> {
  await tx.db.Incident.create({
    caseId: theCase.caseId,
    step: `task ${message.taskId}`.slice(0, 64),
    code: FORGED_DECISION,
    cause: `A message named the decision ${message.decisionId}, which nobody recorded for this task`.slice(0, 500),
    ...{ status: 'RESOLVED', openedAt: tx.now, resolvedAt: tx.now, resolvedBy: tx.actorId, resolution: 'NOTED' },
  });
  tx.audit({
    action: FORGED_DECISION,
    entity: 'human_task',
    entityId: message.taskId.slice(0, 64),
    caseId: theCase.caseId,
    data: { decisionId: message.decisionId.slice(0, 64) },
  });
}
