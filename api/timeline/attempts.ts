import { WorkflowNotFoundError } from '@temporalio/common';
import { optionalTsToDate } from '@temporalio/common/lib/time';
import type { Client } from '@temporalio/client';
import { LIMITS } from '../limits';

/** A step that Temporal has yet to see done; instants are real time. */
interface PendingAttempt {
  activityId: string;
  step: string;
  attempt: number;
  /** The type of the failure before, never its text. */
  lastFailure: string | null;
  scheduledAt: Date;
  nextAttemptAt: Date | null;
}

/** What Temporal knows of a run's attempts: by the key of each done step, and those under way. */
export interface Attempts {
  state: 'KNOWN' | 'FORGOTTEN' | 'UNAVAILABLE';
  done: ReadonlyMap<string, number>;
  pending: readonly PendingAttempt[];
}

/** What Temporal knows; nothing, and so said, of a run past its retention or while Temporal cannot be asked. */
export async function attemptsOf(temporal: Client, runId: string): Promise<Attempts> {
  try {
    const look = () => lookAt(temporal, runId);
    return await temporal.connection.withDeadline(Date.now() + LIMITS.lookWithinMs, look);
  } catch (error) {
    const state = error instanceof WorkflowNotFoundError ? 'FORGOTTEN' : 'UNAVAILABLE';
    return { state, done: new Map(), pending: [] };
  }
}

async function lookAt(temporal: Client, runId: string): Promise<Attempts> {
  const handle = temporal.workflow.getHandle(runId);
  // One after the other: a call that is given up would go on trying, also while the connection closes.
  const { raw } = await handle.describe();
  const { events } = await handle.fetchHistory();
  const keys = new Map<string, string>();
  const done = new Map<string, number>();
  for (const event of events ?? []) {
    const { activityTaskScheduledEventAttributes: scheduled, activityTaskStartedEventAttributes: started } = event;
    const key = scheduled && keyIn(scheduled.input?.payloads?.[0]?.data);
    if (key) keys.set(String(event.eventId), key);
    const doneKey = started && keys.get(String(started.scheduledEventId));
    if (doneKey) done.set(doneKey, started.attempt ?? 1);
  }
  const pending = (raw.pendingActivities ?? []).map((each) => ({
    activityId: each.activityId ?? '',
    step: each.activityType?.name ?? '',
    attempt: each.attempt ?? 1,
    lastFailure: each.lastFailure ? (each.lastFailure.applicationFailureInfo?.type ?? 'TIMEOUT') : null,
    scheduledAt: optionalTsToDate(each.scheduledTime) ?? new Date(),
    nextAttemptAt: optionalTsToDate(each.nextAttemptScheduleTime) ?? null,
  }));
  return { state: 'KNOWN', done, pending };
}

/** The key in a step's input, the one thing of it that is read here. */
function keyIn(input: Uint8Array | null | undefined): string | null {
  if (!input) return null;
  try {
    const { key } = JSON.parse(Buffer.from(input).toString('utf8')) as { key?: unknown };
    return typeof key === 'string' ? key : null;
  } catch {
    return null;
  }
}
