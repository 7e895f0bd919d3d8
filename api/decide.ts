import { completeTask } from '../contract/messages';
import { APPROVAL, TASK_TYPES } from '../contract/task-types';
import { recordDecision, voidDecision, type NewDecision, type RecordedDecision } from '../db/records/decisions';
import type { Tx } from '../db/transaction';
import { carryOut } from './carry-out';
import type { ApiDeps } from './deps';

/** Records what a person decided on a task: the first half of a decision. */
export const recordOn = (tx: Tx, given: Omit<NewDecision, 'isApproval' | 'outcomesOf'>): Promise<RecordedDecision> =>
  recordDecision(tx, {
    ...given,
    isApproval: given.outcome === APPROVAL,
    outcomesOf: (type) => TASK_TYPES[type].outcomes,
  });

/** Has the case carry out a recorded decision: the second half, which may run again. */
export function carryOutDecision(
  deps: ApiDeps,
  actorId: number,
  { status, decisionId, caseId, taskId, version, outcome }: RecordedDecision,
): Promise<'APPLIED' | 'RECORDED'> {
  return carryOut(deps, {
    ...{ status, actorId },
    send: (temporal) =>
      temporal.workflow.getHandle(caseId).executeUpdate(completeTask, {
        updateId: decisionId,
        args: [{ taskId, version, outcome, decisionId }],
      }),
    statusNow: async (db) => (await db.Decision.findByPk(decisionId, { rejectOnEmpty: true })).status,
    void: (tx, reason) => voidDecision(tx, decisionId, reason),
  });
}
