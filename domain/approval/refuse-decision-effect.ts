import type { Refusal } from '../refusal';
import type { Role } from '../roles';
import { isOverLimit } from './approval-limit';

/** A decision row and its task, as they stand in the transaction that would carry the decision out. */
export interface DecisionInEffect {
  decision: {
    status: 'RECORDED' | 'APPLIED' | 'VOID';
    taskVersion: number;
    actorId: number;
    outcome: string;
    isApproval: boolean;
    draftedBy: number | null;
    startedBy: number;
    subjectHash: string | null;
  };
  task: {
    status: 'OPEN' | 'COMPLETED' | 'CANCELED';
    version: number;
    candidateGroup: Role;
    draftedBy: number | null;
    startedBy: number;
    excludedUserIds: number[];
    subjectHash: string | null;
    amountCents: number | null;
  };
  actor: { disabled: boolean; roles: readonly Role[] };
  /** The highest amount in cents that this actor may approve now: null without limit, undefined: none at all. */
  limitCents: number | null | undefined;
}

/** Why a recorded decision has no effect, or null. The last of the three places that hold four-eyes (design.md decision 6). */
export function refuseDecisionEffect({ decision, task, actor, limitCents }: DecisionInEffect): Refusal | null {
  if (task.status !== 'OPEN') return { code: 'TASK_CLOSED', message: `The task is ${task.status}` };
  if (decision.taskVersion !== task.version || decision.subjectHash !== task.subjectHash) {
    return { code: 'STALE_TASK', message: 'The decision was made on an older version of the task' };
  }
  if (actor.disabled) return { code: 'ROLE', message: 'The person who decided is disabled' };
  if (!actor.roles.includes(task.candidateGroup)) {
    return { code: 'ROLE', message: `Only the group ${task.candidateGroup} decides on this task` };
  }
  if (!decision.isApproval) return null;
  const own = [task.draftedBy, task.startedBy, ...task.excludedUserIds];
  if (own.includes(decision.actorId)) {
    return { code: 'OWN_WORK', message: 'Nobody approves what they drafted or started' };
  }
  if (isOverLimit(task.amountCents, limitCents)) {
    return { code: 'OVER_LIMIT', message: 'The amount is above what this person may approve' };
  }
  return null;
}
