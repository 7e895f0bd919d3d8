import { isCancellation, proxyActivities } from '@temporalio/workflow';
import { ActivityFailure } from '@temporalio/common';
import type { Activities } from '../../activities';

/** The steps of those who look again and again: a look that fails is not repeated, the next one is its retry. */
export const lookActs = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { maximumAttempts: 1 },
});

/** What a look found, or null when it failed. */
export async function found<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof ActivityFailure && !isCancellation(error)) return null;
    throw error;
  }
}
