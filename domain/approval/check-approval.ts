import type { Role } from '../roles';
import { isOverLimit, type LimitFrom } from './approval-limit';

/** A decision on a task that can be approved, as an auditor looks at it, perhaps a year later. */
export interface AuditedDecision {
  isApproval: boolean;
  actorId: number;
  /** Everybody who had a hand in what was approved, or approved it before. */
  handIn: readonly (number | null)[];
  candidateGroup: Role;
  amountCents: number | null;
  /** What was noted of the actor when they decided; null in rows from before it was. */
  actorRoles: readonly Role[] | null;
  limitFrom: LimitFrom | null;
  limitCents: number | null;
  /** The maximum of the policy that the system itself went by. */
  policyMaximumCents: number | null;
}

/** NOT_NEEDED where the rule asks nothing of this decision, UNKNOWN where nobody noted what it asks. */
export type Check = 'OK' | 'BROKEN' | 'NOT_NEEDED' | 'UNKNOWN';

export interface ApprovalChecks {
  /** Neither drafted, started nor approved before by whoever decided. */
  fourEyes: Check;
  /** Within what they might approve then. */
  limit: Check;
  /** Of the group that decides on such tasks. */
  role: Check;
}

/** Works out from the rows alone whether a decision was allowed. */
export function checkApproval(decision: AuditedDecision): ApprovalChecks {
  const { isApproval, actorId, handIn, candidateGroup, actorRoles, limitFrom } = decision;
  return {
    fourEyes: !isApproval ? 'NOT_NEEDED' : verdict(!handIn.includes(actorId)),
    limit: !isApproval ? 'NOT_NEEDED' : limitFrom === null ? 'UNKNOWN' : verdict(isWithin(decision)),
    role:
      limitFrom === 'POLICY' ? 'NOT_NEEDED' : !actorRoles ? 'UNKNOWN' : verdict(actorRoles.includes(candidateGroup)),
  };
}

const verdict = (holds: boolean): Check => (holds ? 'OK' : 'BROKEN');

function isWithin({ amountCents, limitFrom, limitCents, policyMaximumCents }: AuditedDecision): boolean {
  if (limitFrom === 'NONE') return false;
  if (limitFrom === 'POLICY') return policyMaximumCents !== null && !isOverLimit(amountCents, policyMaximumCents);
  return !isOverLimit(amountCents, limitCents);
}
