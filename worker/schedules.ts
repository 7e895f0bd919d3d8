import { ScheduleAlreadyRunning, type Client, type ScheduleOptions } from '@temporalio/client';
import { TASK_QUEUE } from '../contract/ids';

/** How soon after the end of a reconciler's run the next one is started. */
const EVERY = '1 minute';

/** Longer than a run whose every look takes its whole time: one that hangs ends, and the next is started. */
const RUN_TIMEOUT = '8 hours';

/** How long a row waits for its case's verdict before it is sent again. */
const AFTER_SECONDS = 20;

/**
 * Makes the reconciler's Schedule, or brings the one that is there up to date. It keeps one run alive, which looks `looks`
 * times.
 */
export async function ensureReconciler(
  temporal: Client,
  {
    taskQueue = TASK_QUEUE,
    afterSeconds = AFTER_SECONDS,
    looks,
  }: { taskQueue?: string; afterSeconds?: number; looks?: number } = {},
): Promise<void> {
  const scheduleId = `${taskQueue}-reconciler`;
  const schedule = {
    spec: { intervals: [{ every: EVERY }] },
    // A start that was missed is made good by the next one.
    policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
    action: {
      type: 'startWorkflow',
      workflowType: 'reconcile',
      workflowId: scheduleId,
      taskQueue,
      workflowRunTimeout: RUN_TIMEOUT,
      args: [{ afterSeconds, looks }],
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
