import type { Refusal } from '../refusal';
import type { Role } from '../roles';
import type { Settings } from '../settings';
import { hasTask, type OfficePerson } from '../tasks/assignment';
import { approvalLimit, isOverLimit, type OwnLimit } from './approval-limit';

/** A decision that a person asks for, against the task as it stands and what the person may do now. */
export interface ProposedDecision {
  task: {
    status: 'OPEN' | 'COMPLETED' | 'CANCELED';
    version: number;
    candidateGroup: Role;
    assigneeId: number | null;
    draftedBy: number | null;
    startedBy: number;
    excludedUserIds: readonly number[];
    amountCents: number | null;
    outcomes: Readonly<Record<string, { reasonRequired: boolean }>>;
  };
  actor: OfficePerson & { ownLimit: OwnLimit | null };
  limitsCents: Settings['approvalLimitsCents'];
  version: number;
  outcome: string;
  /** The outcome is one that four-eyes guards. */
  isApproval: boolean;
  comment: string | null;
}

/** Why this person cannot decide this now, or null. The first of the three places that hold four-eyes (design.md decision 6). */
export function refuseDecision(proposed: ProposedDecision): Refusal | null {
  const { task, actor, version, outcome, isApproval, comment, limitsCents } = proposed;
  if (actor.disabled) return { code: 'ROLE', message: 'Your user is disabled' };
  if (!actor.roles.includes(task.candidateGroup)) {
    return { code: 'ROLE', message: `Only the group ${task.candidateGroup} decides on this task` };
  }
  if (task.status !== 'OPEN') return { code: 'TASK_CLOSED', message: `The task is ${task.status}` };
  if (version !== task.version) {
    return { code: 'STALE_TASK', message: 'The task has changed since it was read', pointer: '#/version' };
  }
  const definition = Object.hasOwn(task.outcomes, outcome) ? task.outcomes[outcome] : undefined;
  if (!definition) {
    return { code: 'OUTCOME_UNKNOWN', message: 'This task cannot end this way', pointer: '#/outcome' };
  }
  if (definition.reasonRequired && !comment?.trim()) {
    return { code: 'REASON_REQUIRED', message: 'Give the reason', pointer: '#/comment' };
  }
  if (isApproval) {
    const ownWork = [task.draftedBy, task.startedBy, ...task.excludedUserIds].includes(actor.id);
    if (ownWork) return { code: 'OWN_WORK', message: 'Nobody approves what they drafted or started' };
    if (isOverLimit(task.amountCents, approvalLimit(actor.roles, limitsCents, actor.ownLimit))) {
      return { code: 'OVER_LIMIT', message: 'The amount is above what you may approve' };
    }
  }
  if (task.assigneeId !== null && !hasTask(task, actor)) {
    return { code: 'TASK_CLAIMED', message: 'Somebody else has claimed the task' };
  }
  return null;
}
