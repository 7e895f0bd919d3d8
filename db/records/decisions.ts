import { refuseDecision } from '../../domain/approval/refuse-decision';
import type { OfficePerson } from '../../domain/tasks/assignment';
import { canonicalJson } from '../canonical';
import { duplicateKeyOf, ensure, rejectIf, RefusedError } from '../errors';
import type { Decision, HumanTask } from '../models/cases';
import { officePerson } from '../reads/office-people';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';
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
  rejectIf(
    refuseDecision({
      ...given,
      task: {
        ...task.get(),
        excludedUserIds: parsedJson(task.excludedUserIds),
        startedBy,
        outcomes: given.outcomesOf(task.type),
      },
      actor: await actorNow(tx),
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

async function actorNow(tx: Tx): Promise<OfficePerson> {
  const person = await officePerson(tx.db, { id: tx.actorId }, tx.today);
  ensure(person, 'ROLE', 'There is no such user');
  return person;
}

function recorded(row: Decision, caseId: string): RecordedDecision {
  const { id: decisionId, taskId, taskVersion: version, outcome, status } = row;
  return { decisionId, caseId, taskId, version, outcome, status };
}
