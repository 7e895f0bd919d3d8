import {
  CancellationScope,
  ChildWorkflowCancellationType,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Wake } from '../../contract/activities';
import type { StartCase } from '../../contract/cases';
import { factsChanged } from '../../contract/messages';

/** Has the cases that a step brought facts for read their records again. */
export async function wake(wakes: Wake[]): Promise<void> {
  for (const { caseId: other, reason } of wakes) {
    try {
      await getExternalWorkflowHandle(other).signal(factsChanged, { reason });
    } catch (error) {
      // Closed already: its last step found nothing left under the lock that this step's facts were written under.
      if ((error as Error).name !== 'ExternalWorkflowExecutionNotFoundError' && !isNotFound(error)) throw error;
    }
  }
}

/** Starts a case whose row a step of `starter` has written. It outlives its starter; already running is fine. */
export async function startSibling(starter: string, workflowType: string, sibling: string): Promise<void> {
  try {
    await CancellationScope.nonCancellable(() =>
      startChild(workflowType, {
        workflowId: sibling,
        args: [{ caseId: sibling, startedByCase: starter } satisfies StartCase],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        cancellationType: ChildWorkflowCancellationType.ABANDON,
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        staticSummary: `${workflowType}, started by ${starter}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const isNotFound = (error: unknown): boolean => /not found|already completed/i.test((error as Error).message);
