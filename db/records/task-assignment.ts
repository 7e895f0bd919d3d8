import { Op } from 'sequelize';
import type { Role } from '../../domain/roles';
import {
  refuseAssignment,
  refuseClaim,
  refuseDelegation,
  refuseGivingBack,
  refuseRelease,
  type AssignableTask,
  type OfficePerson,
} from '../../domain/tasks/assignment';
import { GUARDED_TASKS } from '../../domain/tasks/guarded';
import { ensure, rejectIf } from '../errors';
import type { HumanTask } from '../models/cases';
import { officePerson } from '../reads/office-people';
import type { Tx } from '../transaction';
import { excludedFrom } from './task-parts';

/** Gives an open task of the actor's groups to the actor. Refused: NOT_FOUND, ROLE, OWN_WORK, TASK_CLOSED, TASK_CLAIMED. */
export async function claimTask(tx: Tx, taskId: string): Promise<void> {
  const { task, as, actor } = await lockedTask(tx, taskId);
  rejectIf(refuseClaim(as, actor));
  // Theirs already: what was delegated to them can still be given back.
  if (task.assigneeId === tx.actorId) return;
  await give(tx, task, 'claimed', { assigneeId: tx.actorId, ownerId: null });
}

/** Gives the actor's task back to its group. Refused: NOT_FOUND, TASK_CLOSED, TASK_CLAIMED. */
export async function releaseTask(tx: Tx, taskId: string): Promise<void> {
  const { task, as, actor } = await lockedTask(tx, taskId);
  rejectIf(refuseRelease(as, actor));
  if (task.assigneeId === null) return;
  await give(tx, task, 'released', { assigneeId: null, ownerId: null });
}

/**
 * A supervisor gives the task to somebody, or to its whole group; `seen` is who had it when they looked. People are user
 * names. Refused: NOT_FOUND, ROLE, TASK_CLOSED, USER_UNKNOWN, NOT_ELIGIBLE, and ASSIGNEE_CHANGED when somebody was faster.
 */
export async function assignTask(
  tx: Tx,
  taskId: string,
  given: { assignee: string | null; seen: string | null },
): Promise<void> {
  const { task, as, actor } = await lockedTask(tx, taskId);
  const to = given.assignee === null ? null : await namedPerson(tx, given.assignee, '#/assignee');
  const seen = given.seen === null ? null : await namedPerson(tx, given.seen, '#/seen');
  rejectIf(refuseAssignment(as, actor, { to, seen: seen?.id ?? null }));
  await give(tx, task, 'assigned', { assigneeId: to?.id ?? null, ownerId: null });
}

/**
 * Whoever has the task has somebody else do it; it stays theirs and can be given back. Refused: NOT_FOUND, TASK_CLOSED,
 * NOT_YOURS, DELEGATED, USER_UNKNOWN, NOT_ELIGIBLE.
 */
export async function delegateTask(tx: Tx, taskId: string, to: string): Promise<void> {
  const { task, as, actor } = await lockedTask(tx, taskId);
  const person = await namedPerson(tx, to, '#/to');
  rejectIf(refuseDelegation(as, actor, person));
  await give(tx, task, 'delegated', { assigneeId: person.id, ownerId: task.assigneeId });
}

/** Gives a delegated task back to who delegated it. Refused: NOT_FOUND, TASK_CLOSED, NOT_DELEGATED, TASK_CLAIMED. */
export async function giveTaskBack(tx: Tx, taskId: string): Promise<void> {
  const { task, as, actor } = await lockedTask(tx, taskId);
  rejectIf(refuseGivingBack(as, actor));
  await give(tx, task, 'givenBack', { assigneeId: task.ownerId, ownerId: null });
}

/** Says how urgent an open task is, 0 to 100. Refused: NOT_FOUND, TASK_CLOSED. */
export async function setPriority(tx: Tx, taskId: string, priority: number): Promise<void> {
  const { task } = await lockedTask(tx, taskId);
  ensure(task.status === 'OPEN', 'TASK_CLOSED', `The task is ${task.status}`);
  const before = task.priority;
  if (before === priority) return;
  await task.update({ priority });
  auditChange(tx, task, 'prioritized', { before, priority });
}

/**
 * Gives back the open tasks of somebody who is disabled or has left their groups, and makes those that they delegated the
 * delegate's own: none is left with a person who cannot decide it.
 */
export async function releaseTasksOf(tx: Tx, userId: number, groups: readonly Role[]): Promise<void> {
  const open = await tx.db.HumanTask.findAll({
    where: { status: 'OPEN', [Op.or]: [{ assigneeId: userId }, { ownerId: userId }] },
    order: ['id'],
    lock: true,
  });
  for (const task of open.filter(({ candidateGroup }) => !groups.includes(candidateGroup))) {
    if (task.assigneeId === userId) await give(tx, task, 'released', { assigneeId: null, ownerId: null });
    else await task.update({ ownerId: null });
  }
}

async function lockedTask(
  tx: Tx,
  taskId: string,
): Promise<{ task: HumanTask; as: AssignableTask; actor: OfficePerson }> {
  const task = await tx.db.HumanTask.findByPk(taskId, { lock: true });
  ensure(task, 'NOT_FOUND', 'There is no such task');
  const actor = await officePerson(tx.db, { id: tx.actorId }, tx.today);
  ensure(actor, 'ROLE', 'There is no such user');
  const excludedUserIds = GUARDED_TASKS.includes(task.type) ? await excludedFrom(tx, taskId) : [];
  return { task, as: { ...task.get(), excludedUserIds }, actor };
}

async function namedPerson(tx: Tx, username: string, pointer: string): Promise<OfficePerson> {
  const person = await officePerson(tx.db, { username }, tx.today);
  ensure(person, 'USER_UNKNOWN', 'There is no such user', { pointer });
  return person;
}

async function give(
  tx: Tx,
  task: HumanTask,
  what: string,
  to: Pick<HumanTask, 'assigneeId' | 'ownerId'>,
): Promise<void> {
  const from = task.assigneeId;
  await task.update(to);
  const people = await tx.db.AppUser.findAll({ where: { id: [from, to.assigneeId].filter((id) => id !== null) } });
  const named = (id: number | null) => people.find((each) => each.id === id)?.username ?? null;
  auditChange(tx, task, what, { from: named(from), to: named(to.assigneeId) });
}

function auditChange(tx: Tx, task: HumanTask, what: string, data: Record<string, unknown>): void {
  tx.audit({ action: `task.${what}`, entity: 'human_task', entityId: task.id, caseId: task.caseId, data });
}
