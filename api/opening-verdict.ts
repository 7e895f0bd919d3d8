import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Opened } from '../contract/cases';
import { RefusedError } from '../db/errors';
import { LIMITS } from './limits';
import { askCase, refusalIn, type Verdict } from '../carry-out/ask-case';

/** What the opening of a case that Temporal already has was answered; a refusal is thrown again as it was. */
export async function openingVerdict(temporal: Client, caseId: string): Promise<Verdict<Opened>> {
  const handle = temporal.workflow.getHandle(caseId);
  try {
    return await askCase(temporal, () => handle.getUpdateHandle<Opened>('open').result(), LIMITS.lookWithinMs);
  } catch (error) {
    // No such Update: it was lost before a worker took it, and the run itself knows how it ended.
    if (!(error instanceof RefusedError) || error.refusal.code !== 'CASE_CLOSED') throw error;
  }
  if (!(await isClosed(temporal, caseId))) return { known: false };
  const refusal = await endOf(temporal, caseId);
  if (refusal) throw refusal;
  return { known: false };
}

/** Whether Temporal has the run, ended; it has none of a case that was never handed to it. */
async function isClosed(temporal: Client, caseId: string): Promise<boolean> {
  try {
    const look = () => temporal.workflow.getHandle(caseId).describe();
    const { status } = await temporal.connection.withDeadline(Date.now() + LIMITS.lookWithinMs, look);
    return status.name !== 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

// A run that ended well has its row, or says itself that it was refused.
async function endOf(temporal: Client, caseId: string): Promise<RefusedError | null> {
  try {
    const result = await temporal.connection.withDeadline(Date.now() + LIMITS.lookWithinMs, () =>
      temporal.workflow.result(caseId),
    );
    const isRefused = (result as { status?: unknown } | null)?.status === 'REFUSED';
    return isRefused ? new RefusedError({ code: 'CASE_REFUSED', message: 'The case was refused' }) : null;
  } catch (error) {
    if (error instanceof WorkflowFailedError) return refusalIn(error.cause);
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
