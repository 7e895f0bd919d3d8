import { refuseDecision } from '../../domain/approval/refuse-decision';
import { SYSTEM_USER_ID } from '../../domain/roles';
import { canonicalJson } from '../canonical';
import { duplicateKeyOf, ensure, rejectIf, RefusedError } from '../errors';
import type { Case, Decision, HumanTask } from '../models/cases';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';
import { actorThen, approverNow } from './approvers';
import { noteApprover } from './task-parts';

/** What a person decided about a version of a task, and how tasks of this type can end. */
export interface NewDecision {
  decisionId: string;
  taskId: string;
  version: number;
  outcome: string;
  isApproval: boolean;
  data: Record<string, unknown>;
  comment: string | null;
  outcomesOf(type: HumanTask['type']): Record<string, { reasonRequired: boolean }>;
}

/** A decision as the message to the case needs it. */
export interface RecordedDecision {
  decisionId: string;
  caseId: string;
  taskId: string;
  version: number;
  outcome: string;
  status: Decision['status'];
  voidReason: string | null;
}

/** Records a decision after the checks of design.md decision 6; the same decision of the same person is the one row. */
export async function recordDecision(tx: Tx, given: NewDecision): Promise<RecordedDecision> {
  const task = await tx.db.HumanTask.findByPk(given.taskId, { lock: true });
  ensure(task, 'NOT_FOUND', 'There is no such task');
  const live = await tx.db.Decision.findOne({
    where: { taskId: task.id, taskVersion: given.version, status: ['RECORDED', 'APPLIED'] },
  });
  if (live && sameDecision(live, given, tx.actorId)) return recorded(live, task.caseId);
  const startedBy = await starterOf(tx, task.caseId);
  const draftedBy = task.draftedBy;
  const actor = await approverNow(tx.db, tx.actorId, tx.today);
  rejectIf(
    refuseDecision({
      ...given,
      task: {
        ...task.get(),
        excludedUserIds: parsedJson(task.excludedUserIds),
        startedBy,
        outcomes: given.outcomesOf(task.type),
      },
      actor,
      limitsCents: tx.settings.approvalLimitsCents,
    }),
  );
  if (live) throw alreadyDecided();
  const { outcome, isApproval, data, comment, version } = given;
  if (isApproval) await noteApprover(tx, task, tx.actorId);
  const row = await tx.db.Decision.create({
    id: given.decisionId,
    taskId: task.id,
    taskVersion: version,
    actorId: tx.actorId,
    outcome,
    isApproval,
    data,
    comment,
    subjectHash: task.subjectHash,
    draftedBy,
    startedBy,
    status: 'RECORDED',
    voidReason: null,
    createdAt: tx.now,
    ...actorThen(actor, tx.settings),
  }).catch((error: unknown) => {
    throw duplicateKeyOf(error) === 'decision_one_per_version' ? alreadyDecided() : error;
  });
  tx.audit({
    action: 'decision.recorded',
    entity: 'human_task',
    entityId: task.id,
    caseId: task.caseId,
    data: { decisionId: row.id, version, outcome, subjectHash: task.subjectHash },
  });
  return recorded(row, task.caseId);
}

/** What the system itself decides by policy, and the figures of the policy that it went by. */
export interface PolicyDecision {
  decisionId: string;
  taskId: string;
  outcome: string;
  isApproval: boolean;
  data: Record<string, unknown>;
}

/**
 * Decides a task that the same transaction has opened, in the name of the system: recorded, in effect and the task
 * closed at once, since nobody else has seen it open (design.md decision 6).
 */
export async function decideBySystem(tx: Tx, theCase: Case, given: PolicyDecision): Promise<Decision> {
  const { decisionId: id, taskId, outcome, isApproval, data } = given;
  const task = await tx.db.HumanTask.findByPk(taskId, { lock: true, rejectOnEmpty: true });
  const { version, subjectHash, draftedBy } = task;
  if (isApproval) await noteApprover(tx, task, SYSTEM_USER_ID);
  const row = await tx.db.Decision.create({
    ...{ id, taskId, taskVersion: version, actorId: SYSTEM_USER_ID, outcome, isApproval, data, comment: null },
    ...{ subjectHash, draftedBy, startedBy: theCase.startedBy, status: 'APPLIED' as const, voidReason: null },
    ...{ createdAt: tx.now, appliedAt: tx.now, actorRoles: [], limitFrom: 'POLICY' as const, limitCents: null },
  });
  await task.update({ status: 'COMPLETED', closedAt: tx.now, outcome, decisionId: id });
  tx.audit({
    actorId: SYSTEM_USER_ID,
    action: `task.${outcome}`,
    entity: 'human_task',
    entityId: taskId,
    caseId: theCase.caseId,
    data: { decisionId: id, version, subjectHash, by: 'POLICY', ...data },
  });
  return row;
}

/** A decision that was recorded before, or null. */
export async function findDecision(tx: Tx, decisionId: string): Promise<RecordedDecision | null> {
  const row = await tx.db.Decision.findByPk(decisionId);
  const task = row && (await tx.db.HumanTask.findByPk(row.taskId));
  return task ? recorded(row, task.caseId) : null;
}

/** Voids a decision that the case refused, unless it has taken effect meanwhile; returns what it is now. */
export async function voidDecision(tx: Tx, decisionId: string, reason: string): Promise<Decision['status']> {
  const row = await tx.db.Decision.findByPk(decisionId, { lock: true, rejectOnEmpty: true });
  if (row.status !== 'RECORDED') return row.status;
  await row.update({ status: 'VOID', voidReason: reason.slice(0, 64) });
  tx.audit({ action: 'decision.voided', entity: 'human_task', entityId: row.taskId, data: { decisionId, reason } });
  return 'VOID';
}

const alreadyDecided = () =>
  new RefusedError({ code: 'ALREADY_DECIDED', message: 'This version of the task is already decided' });

const sameDecision = (row: Decision, given: NewDecision, actorId: number): boolean =>
  row.actorId === actorId &&
  row.outcome === given.outcome &&
  row.comment === given.comment &&
  canonicalJson(parsedJson(row.data)) === canonicalJson(given.data);

async function starterOf(tx: Tx, caseId: string): Promise<number> {
  const row = await tx.db.Case.findByPk(caseId, { rejectOnEmpty: true });
  return row.startedBy;
}

function recorded(row: Decision, caseId: string): RecordedDecision {
  const { id: decisionId, taskId, taskVersion: version, outcome, status, voidReason } = row;
  return { decisionId, caseId, taskId, version, outcome, status, voidReason };
}
