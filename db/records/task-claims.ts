import { ensure } from '../errors';
import type { HumanTask } from '../models/cases';
import type { Tx } from '../transaction';
import { rolesOfUser } from './users';

/** Gives an open task of the actor's groups to the actor. Refused when somebody else has it. */
export async function claimTask(tx: Tx, taskId: string): Promise<void> {
  const task = await lockedTask(tx, taskId);
  const roles = await rolesOfUser(tx.db, tx.actorId);
  ensure(roles.includes(task.candidateGroup), 'ROLE', `Only the group ${task.candidateGroup} takes this task`);
  ensure(task.status === 'OPEN', 'TASK_CLOSED', `The task is ${task.status}`);
  if (task.assigneeId === tx.actorId) return;
  ensure(task.assigneeId === null, 'TASK_CLAIMED', 'Somebody else has claimed the task');
  await task.update({ assigneeId: tx.actorId });
  tx.audit({ action: 'task.claimed', entity: 'human_task', entityId: task.id, caseId: task.caseId });
}

/** Gives the actor's task back to its group. Refused when somebody else has it. */
export async function releaseTask(tx: Tx, taskId: string): Promise<void> {
  const task = await lockedTask(tx, taskId);
  ensure(task.status === 'OPEN', 'TASK_CLOSED', `The task is ${task.status}`);
  if (task.assigneeId === null) return;
  ensure(task.assigneeId === tx.actorId, 'TASK_CLAIMED', 'Somebody else has claimed the task');
  await task.update({ assigneeId: null });
  tx.audit({ action: 'task.released', entity: 'human_task', entityId: task.id, caseId: task.caseId });
}

async function lockedTask(tx: Tx, taskId: string): Promise<HumanTask> {
  const task = await tx.db.HumanTask.findByPk(taskId, { lock: true });
  ensure(task, 'NOT_FOUND', 'There is no such task');
  return task;
}
