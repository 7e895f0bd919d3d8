import { carryOut } from '../carry-out/carry-out';
import { decisionRow } from '../carry-out/rows';
import { APPROVAL, TASK_TYPES } from '../contract/task-types';
import { recordDecision, type NewDecision, type RecordedDecision } from '../db/records/decisions';
import type { Tx } from '../db/transaction';
import type { ApiDeps } from './deps';

/** Records what a person decided on a task: the first half of a decision. */
export const recordOn = (tx: Tx, given: Omit<NewDecision, 'isApproval' | 'outcomesOf'>): Promise<RecordedDecision> =>
  recordDecision(tx, {
    ...given,
    isApproval: given.outcome === APPROVAL,
    outcomesOf: (type) => TASK_TYPES[type].outcomes,
  });

/** Has the case carry out a recorded decision: the second half, which may run again. */
export const carryOutDecision = (
  deps: ApiDeps,
  actorId: number,
  decision: RecordedDecision,
): Promise<'APPLIED' | 'RECORDED'> => carryOut(deps, decisionRow(decision, actorId));
