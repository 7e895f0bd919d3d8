import { WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import type { StartFieldWork } from '../contract/field-work';
import { TASK_QUEUE } from '../contract/ids';
import type { ApiDeps } from './deps';
import { LIMITS } from './limits';
import { isUnavailable, TemporalUnavailable } from '../carry-out/ask-case';

/**
 * Has stored work carried out: starts its run, or finds it running, and waits a while for its end. What became of the
 * work is in its row. Throws TemporalUnavailable when Temporal did not take it.
 */
export async function carryOutWork({ temporal, taskQueue = TASK_QUEUE }: ApiDeps, work: StartFieldWork): Promise<void> {
  const { workId, kind } = work;
  const within = <T>(ask: () => Promise<T>) =>
    temporal.connection.withDeadline(Date.now() + LIMITS.answerWithinMs, ask);
  const start = () =>
    temporal.workflow.start('fieldWork', {
      ...{ workflowId: workId, taskQueue, args: [work], staticSummary: `Work ${kind}` },
      ...{ workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'REJECT_DUPLICATE' },
    });
  try {
    await within(start);
  } catch (error) {
    // It ran to its end before: the row tells.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    throw isUnavailable(error) ? new TemporalUnavailable(error) : error;
  }
  try {
    await within(() => temporal.workflow.result(workId));
  } catch (error) {
    // Ended by hand, or still at it: both are seen in the row alone.
    if (!isUnavailable(error) && !(error instanceof WorkflowFailedError)) throw error;
  }
}
