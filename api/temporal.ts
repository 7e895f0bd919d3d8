import { WorkflowNotFoundError } from '@temporalio/common';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type Client } from '@temporalio/client';
import { LIMITS } from './limits';

/** Whether a workflow with this id exists, running or closed; null when Temporal did not say. */
export async function caseIsKnown(temporal: Client, caseId: string): Promise<boolean | null> {
  try {
    const look = () => temporal.workflow.getHandle(caseId).describe();
    await temporal.connection.withDeadline(Date.now() + LIMITS.lookWithinMs, look);
    return true;
  } catch (error) {
    return error instanceof WorkflowNotFoundError ? false : null;
  }
}

/** For Connection.lazy: gives up on an unreachable Temporal after about a second, so that callers get their 503. */
export const impatientRetries = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 4 }))];
