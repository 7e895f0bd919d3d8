import { isCancellation, proxyActivities, setCurrentDetails, sleep } from '@temporalio/workflow';
import { ActivityFailure } from '@temporalio/common';
import type { Activities } from '../activities';

const acts = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  // The next look is the retry.
  retry: { maximumAttempts: 1 },
});

type Resent = Awaited<ReturnType<typeof acts.resendUnanswered>>;

/** How many of its last looks a run tells about. */
const TOLD = 10;

/**
 * The reconciler: what people recorded and no case has answered is sent again, once a minute. One run looks often, so
 * that the Temporal UI lists one an hour and not one a minute among the cases; its Schedule starts the next one.
 */
export async function reconcile({
  afterSeconds,
  everySeconds = 60,
  looks = 60,
}: {
  afterSeconds: number;
  everySeconds?: number;
  looks?: number;
}) {
  const sum = { applied: 0, refused: 0, unknown: 0, failedLooks: 0 };
  const told: string[] = [];
  let after: Resent['next'] = null;
  for (let done = 1; ; done += 1) {
    const resent = await look(afterSeconds, after);
    if (resent) {
      sum.applied += resent.applied;
      sum.refused += resent.refused;
      sum.unknown = resent.unknown;
    } else sum.failedLooks += 1;
    after = resent?.next ?? null;
    told.unshift(`- ${new Date().toISOString()}: ${resent ? said(resent) : 'the look failed'}`);
    setCurrentDetails([`Look ${done} of ${looks}`, ...told.slice(0, TOLD)].join('\n\n'));
    if (done >= looks) return sum;
    await sleep(`${everySeconds} seconds`, { summary: 'until the next look' });
  }
}

async function look(afterSeconds: number, after: Resent['next']): Promise<Resent | null> {
  try {
    return await acts.resendUnanswered({ afterSeconds, after });
  } catch (error) {
    if (error instanceof ActivityFailure && !isCancellation(error)) return null;
    throw error;
  }
}

const said = ({ applied, refused, unknown, next }: Resent): string =>
  `${applied} applied, ${refused} refused, ${unknown} not known yet${next ? '; more are left for the next look' : ''}`;
