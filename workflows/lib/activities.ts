import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities';

/**
 * The steps. An attempt gets a little more than the database's own waits; it is repeated without limit, because the
 * worker's interceptor turns whatever time does not heal into a failure that is not retried (design.md decision 7).
 */
const retry = { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' } as const;
export const acts = proxyActivities<Activities>({ startToCloseTimeout: '15 seconds', retry });

/** Steps that take hundreds of rows in one transaction. */
export const longActs = proxyActivities<Activities>({ startToCloseTimeout: '2 minutes', retry });
