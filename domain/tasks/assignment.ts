import type { Refusal } from '../refusal';
import type { Role } from '../roles';

/** An open or closed task, as far as it matters who has it. */
export interface AssignableTask {
  status: 'OPEN' | 'COMPLETED' | 'CANCELED';
  candidateGroup: Role;
  /** Who has the task, or null: everybody of the group. */
  assigneeId: number | null;
  /** Who delegated it and gets it back, or null. */
  ownerId: number | null;
  /** Who may not approve it, when it is an approval: whoever started, drafted or approved before. */
  excludedUserIds: readonly number[];
}

/** Somebody of the office, with the roles of this moment and the absent people they stand in for today. */
export interface OfficePerson {
  id: number;
  roles: readonly Role[];
  disabled: boolean;
  standsInFor: readonly number[];
}

const open = ({ status }: AssignableTask): Refusal | null =>
  status === 'OPEN' ? null : { code: 'TASK_CLOSED', message: `The task is ${status}` };

const ofGroup = ({ candidateGroup }: AssignableTask, { roles }: OfficePerson): Refusal | null =>
  roles.includes(candidateGroup) ? null : { code: 'ROLE', message: `Only the group ${candidateGroup} takes this task` };

/** Whether a person has the task themselves or for somebody who is absent. */
export const hasTask = ({ assigneeId }: Pick<AssignableTask, 'assigneeId'>, person: OfficePerson): boolean =>
  assigneeId !== null && (assigneeId === person.id || person.standsInFor.includes(assigneeId));

const claimed: Refusal = { code: 'TASK_CLAIMED', message: 'Somebody else has claimed the task' };

/** Why a person cannot take the task, or null: one of the group, when nobody has it, or somebody who is absent, or it was theirs. */
export function refuseClaim(task: AssignableTask, actor: OfficePerson): Refusal | null {
  const { assigneeId, ownerId } = task;
  const free = assigneeId === null || hasTask(task, actor) || ownerId === actor.id;
  const own: Refusal | null = task.excludedUserIds.includes(actor.id)
    ? { code: 'OWN_WORK', message: 'Who drafted, started or approved it before does not keep it from others' }
    : null;
  return ofGroup(task, actor) ?? open(task) ?? own ?? (free ? null : claimed);
}

/** Why a person cannot give the task back to its group, or null. */
export function refuseRelease(task: AssignableTask, actor: OfficePerson): Refusal | null {
  return open(task) ?? (task.assigneeId === null || hasTask(task, actor) ? null : claimed);
}

/**
 * Why a supervisor cannot give the task to somebody, or to nobody, or null. `seen` is who had it when they looked: the
 * loser of two who assign at once is told (compare and set).
 */
export function refuseAssignment(
  task: AssignableTask,
  actor: OfficePerson,
  { to, seen }: { to: OfficePerson | null; seen: number | null },
): Refusal | null {
  if (!actor.roles.includes('supervisor')) return { code: 'ROLE', message: 'Only a supervisor assigns tasks' };
  const refusal = open(task);
  if (refusal) return refusal;
  if (task.assigneeId !== seen) return { code: 'ASSIGNEE_CHANGED', message: 'Somebody else has the task by now' };
  return to && refuseAssignee(task, to, '#/assignee');
}

/** Why whoever has the task cannot delegate it to somebody, or null. */
export function refuseDelegation(task: AssignableTask, actor: OfficePerson, to: OfficePerson): Refusal | null {
  const refusal = open(task);
  if (refusal) return refusal;
  if (!hasTask(task, actor)) return { code: 'NOT_YOURS', message: 'Claim the task before you delegate it' };
  if (task.ownerId !== null)
    return { code: 'DELEGATED', message: 'The task is delegated already: it can be given back' };
  if (to.id === task.assigneeId) return { code: 'NOT_ELIGIBLE', message: 'They have the task', pointer: '#/to' };
  return refuseAssignee(task, to, '#/to');
}

/** Why a delegated task cannot be given back to who delegated it, or null. */
export function refuseGivingBack(task: AssignableTask, actor: OfficePerson): Refusal | null {
  const refusal = open(task);
  if (refusal) return refusal;
  if (task.ownerId === null) return { code: 'NOT_DELEGATED', message: 'Nobody has delegated this task' };
  return hasTask(task, actor) ? null : claimed;
}

function refuseAssignee(task: AssignableTask, to: OfficePerson, pointer: string): Refusal | null {
  if (to.disabled || !to.roles.includes(task.candidateGroup)) {
    return { code: 'NOT_ELIGIBLE', message: `They are not of the group ${task.candidateGroup}`, pointer };
  }
  if (task.excludedUserIds.includes(to.id)) {
    return { code: 'NOT_ELIGIBLE', message: 'They drafted, started or approved it before', pointer };
  }
  return null;
}
