import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { LIFECYCLES } from '../../contract/lifecycles';
import type { RunState } from '../../domain/stuck/findings';

const { PendingActivityState, PendingWorkflowTaskState, EventType } = temporal.api.enums.v1;

/** How far back the failure of a workflow task is looked for. */
const LAST_EVENTS = 5;

/** A run that visibility lists: it lags behind, the run's own description does not. */
export interface ListedRun {
  caseId: string;
  isCase: boolean;
}

/** What runs, on a queue or on any: cases, and stored work that is no case. */
export async function listRuns(client: Client, taskQueue?: string): Promise<ListedRun[]> {
  const lifecycles: string[] = Object.values(LIFECYCLES);
  const types = [...lifecycles, 'fieldWork'].map((type) => `'${type}'`).join(', ');
  const ofQueue = taskQueue ? ` AND TaskQueue = '${taskQueue}'` : '';
  const query = `ExecutionStatus = 'Running' AND WorkflowType IN (${types})${ofQueue}`;
  const runs: ListedRun[] = [];
  for await (const { workflowId, type } of client.workflow.list({ query }))
    runs.push({ caseId: workflowId, isCase: lifecycles.includes(type) });
  return runs;
}

/** The newest run of a case as Temporal describes it now. */
export async function describeRun(client: Client, caseId: string): Promise<RunState> {
  try {
    const { raw, status, startTime } = await client.workflow.getHandle(caseId).describe();
    const task = raw.pendingWorkflowTask;
    const attempt = task?.attempt ?? 1;
    return {
      ...{ caseId, status: status.name, startedAt: startTime.getTime() },
      task: task
        ? {
            attempt,
            scheduledAt: tsToMs(task.scheduledTime ?? null),
            isStarted: task.state === PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED,
            failure: attempt > 1 ? await taskFailure(client, caseId) : null,
          }
        : null,
      steps: (raw.pendingActivities ?? []).map((each) => ({
        name: each.activityType?.name ?? '',
        attempt: each.attempt ?? 1,
        scheduledAt: tsToMs(each.scheduledTime ?? null),
        isStarted: each.state === PendingActivityState.PENDING_ACTIVITY_STATE_STARTED,
        failure: each.lastFailure
          ? {
              type: each.lastFailure.applicationFailureInfo?.type ?? 'TIMEOUT',
              message: each.lastFailure.message ?? '',
            }
          : null,
      })),
    };
  } catch (error) {
    // Only this answer means that there is none: a server that cannot be reached says nothing about its runs.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { caseId, status: 'NOT_FOUND', startedAt: 0, task: null, steps: [] };
  }
}

/** Why the last workflow task failed; null when it only timed out. Attempts after the first leave no event. */
async function taskFailure(client: Client, caseId: string): Promise<string | null> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId: caseId },
    maximumPageSize: LAST_EVENTS,
  });
  const failed = history?.events?.find(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
  return failed?.workflowTaskFailedEventAttributes?.failure?.message ?? null;
}
