import { ulid } from 'ulid';
import type { CaseType } from '../domain/states';

/** The one task queue of this product's workflows and activities. */
export const TASK_QUEUE = 'keyturn';

/** The run whose current details list the stuck cases of a queue. */
export const stuckCasesId = (taskQueue: string = TASK_QUEUE): string => `${taskQueue}-stuck-cases`;

const PREFIX: Record<CaseType, string> = {
  ONBOARD: 'onboard',
  MOVE_OUT: 'moveout',
  VACANCY: 'vacancy',
  SETTLEMENT: 'settle',
  PAYMENT: 'payment',
  CORRECTION: 'correct',
};

/** A new case id, which is also the workflow id (design.md decision 5). Not for workflow code: it is random. */
export const newCaseId = (type: CaseType): string => `${PREFIX[type]}-${ulid()}`;
export const newTaskId = (): string => `task_${ulid()}`;
export const newDecisionId = (): string => `dec_${ulid()}`;
export const newDraftId = (): string => `draft_${ulid()}`;
/** Stored work that is not a case: its id is also its workflow id. */
export const newWorkId = (): string => `field-${ulid()}`;
export const newCommandId = (): string => `cmd_${ulid()}`;
