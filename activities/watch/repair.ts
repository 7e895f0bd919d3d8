import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { StartCase } from '../../contract/cases';
import { LIFECYCLES } from '../../contract/lifecycles';
import { factsChanged } from '../../contract/messages';
import type { CaseState, Repair } from '../../domain/stuck/findings';

/** Mends a case in a way that is without risk, and says whether it did. */
export async function repair(
  { temporal, taskQueue }: { temporal: Client; taskQueue: string },
  way: Repair,
  caseId: string,
  row: CaseState,
): Promise<boolean> {
  if (way === 'WAKE') {
    await temporal.workflow.getHandle(caseId).signal(factsChanged, { reason: 'CANCELED' });
    return true;
  }
  const startedByCase = row.startedByCase ?? undefined;
  try {
    await temporal.workflow.start(LIFECYCLES[row.type], {
      ...{ workflowId: caseId, taskQueue, workflowIdReusePolicy: 'REJECT_DUPLICATE' },
      args: [{ caseId, startedByCase } satisfies StartCase],
      staticSummary: `${LIFECYCLES[row.type]}, started by ${startedByCase} and found by the detector`,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
