import { ScheduleAlreadyRunning, type Client, type ScheduleOptions } from '@temporalio/client';
import { stuckCasesId, TASK_QUEUE } from '../contract/ids';

/** How soon after the end of a run the next one is started. */
const EVERY = '1 minute';

/** Longer than a run whose every look takes its whole time: one that hangs ends, and the next is started. */
const RUN_TIMEOUT = '8 hours';

/** How long a row waits for its case's verdict before it is sent again. */
const AFTER_SECONDS = 20;

/** Makes the Schedules that each keep one run alive, or brings those that are there up to date. */
export async function ensureSchedules(temporal: Client): Promise<void> {
  await ensureReconciler(temporal);
  await ensureDetector(temporal);
}

/** The reconciler: what people recorded and no case has answered is sent again. */
export function ensureReconciler(
  temporal: Client,
  {
    taskQueue = TASK_QUEUE,
    afterSeconds = AFTER_SECONDS,
    looks,
  }: { taskQueue?: string; afterSeconds?: number; looks?: number } = {},
): Promise<void> {
  return ensureSchedule(temporal, `${taskQueue}-reconciler`, {
    ...{ workflowType: 'reconcile', taskQueue, args: [{ afterSeconds, looks }] },
    staticSummary: 'Sends again what no case has answered',
  });
}

/** The detector: its run lists the cases that are stuck, and where the two stores differ. */
export function ensureDetector(
  temporal: Client,
  {
    taskQueue = TASK_QUEUE,
    ...times
  }: { taskQueue?: string; graceSeconds?: number; everySeconds?: number; looks?: number } = {},
): Promise<void> {
  return ensureSchedule(temporal, stuckCasesId(taskQueue), {
    ...{ workflowType: 'watchCases', taskQueue, args: [times] },
    staticSummary: 'Lists the cases that are stuck',
  });
}

async function ensureSchedule(
  temporal: Client,
  scheduleId: string,
  action: { workflowType: string; taskQueue: string; args: unknown[]; staticSummary: string },
): Promise<void> {
  const schedule = {
    spec: { intervals: [{ every: EVERY }] },
    // A start that was missed is made good by the next one.
    policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
    action: { type: 'startWorkflow', workflowId: scheduleId, workflowRunTimeout: RUN_TIMEOUT, ...action },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  try {
    await temporal.schedule.create({ scheduleId, ...schedule });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await temporal.schedule.getHandle(scheduleId).update((present) => ({ ...present, ...schedule }));
  }
}
