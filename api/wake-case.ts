import { WorkflowNotFoundError } from '@temporalio/client';
import { isUnavailable } from '../carry-out/ask-case';
import { factsChanged, type FactsChanged } from '../contract/messages';
import type { ApiDeps } from './deps';
import { LIMITS } from './limits';

/**
 * Has an open case look at the records again after a desk change. Only what it shows may be late: nothing is lost when
 * Temporal is away, since the case reads the records whenever it looks.
 */
export async function wakeCase({ temporal, logger }: ApiDeps, caseId: string, reason: FactsChanged['reason']) {
  const signal = () => temporal.workflow.getHandle(caseId).signal(factsChanged, { reason });
  try {
    await temporal.connection.withDeadline(Date.now() + LIMITS.lookWithinMs, signal);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return;
    if (!isUnavailable(error)) throw error;
    logger.warn({ caseId }, 'a case was not woken: Temporal is away');
  }
}
