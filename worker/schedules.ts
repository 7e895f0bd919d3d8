import { ScheduleAlreadyRunning, type Client, type ScheduleOptions } from '@temporalio/client';
import { TASK_QUEUE } from '../contract/ids';

/** How often the reconciler looks (each look is a run that Temporal keeps), and how long a row waits for its case's verdict. */
const EVERY = '1 minute';
const AFTER_SECONDS = 20;

/** Makes the reconciler's Schedule, or brings the one that is there up to date. */
export async function ensureReconciler(
  temporal: Client,
  { taskQueue = TASK_QUEUE, afterSeconds = AFTER_SECONDS }: { taskQueue?: string; afterSeconds?: number } = {},
): Promise<void> {
  const scheduleId = `${taskQueue}-reconciler`;
  const schedule = {
    spec: { intervals: [{ every: EVERY }] },
    // A look that was missed is made good by the next one.
    policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
    action: {
      type: 'startWorkflow',
      workflowType: 'reconcile',
      workflowId: scheduleId,
      taskQueue,
      args: [{ afterSeconds }],
      staticSummary: 'Sends again what no case has answered',
    },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  try {
    await temporal.schedule.create({ scheduleId, ...schedule });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await temporal.schedule.getHandle(scheduleId).update((present) => ({ ...present, ...schedule }));
  }
}
