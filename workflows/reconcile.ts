import { setCurrentDetails, sleep } from '@temporalio/workflow';
import { found, lookActs } from './lib/looks';

type Resent = Awaited<ReturnType<typeof lookActs.resendUnanswered>>;

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
    const resent: Resent | null = await found(lookActs.resendUnanswered({ afterSeconds, after }));
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

const said = ({ applied, refused, unknown, next }: Resent): string =>
  `${applied} applied, ${refused} refused, ${unknown} not known yet${next ? '; more are left for the next look' : ''}`;
