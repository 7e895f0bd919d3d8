import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

const acts = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  // The next run of the Schedule is the retry.
  retry: { maximumAttempts: 1 },
});

/** One look of the reconciler, started by its Schedule: what people recorded and no case has answered is sent again. */
export async function reconcile({ afterSeconds }: { afterSeconds: number }) {
  return acts.resendUnanswered({ afterSeconds });
}
