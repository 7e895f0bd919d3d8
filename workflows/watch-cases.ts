import { setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow';
import type { Looked } from '../contract/watch';
import { found, lookActs } from './lib/looks';

/**
 * The detector: looks for cases that are stuck, twice a minute. The current details of its one open run list them with
 * links, so that the Temporal UI alone is enough to find them (design.md section 6); its Schedule starts the next run.
 */
export async function watchCases({
  graceSeconds = 60,
  everySeconds = 30,
  looks = 120,
}: {
  graceSeconds?: number;
  everySeconds?: number;
  looks?: number;
}) {
  const sum = { repaired: 0, failedLooks: 0 };
  let after: string | null = null;
  let outageSince: string | null = null;
  for (let done = 1; ; done += 1) {
    const at = new Date().toISOString();
    const looked: Looked | null = await found(lookActs.lookForStuckCases({ graceSeconds, after, outageSince }));
    if (looked) {
      sum.repaired += looked.repaired;
      after = looked.next;
      outageSince = looked.isDatabaseAway ? (outageSince ?? at) : null;
    } else sum.failedLooks += 1;
    setCurrentDetails(details({ at, looked, outageSince, ...sum }));
    if (done >= looks) return sum;
    await sleep(`${everySeconds} seconds`, { summary: 'until the next look' });
  }
}

function details(told: {
  at: string;
  looked: Looked | null;
  outageSince: string | null;
  repaired: number;
  failedLooks: number;
}): string {
  const { at, looked, outageSince, repaired, failedLooks } = told;
  if (!looked) return `**The look of ${at} failed**; ${failedLooks} failed in this run`;
  const { listed, more, cases } = looked;
  const total = listed.length + more;
  const { namespace } = workflowInfo();
  const link = (caseId: string) => `[${caseId}](/namespaces/${namespace}/workflows/${caseId})`;
  return [
    total === 0 ? '**Nothing is stuck**' : `**${total === 1 ? 'One thing needs' : `${total} things need`} somebody**`,
    `${cases} cases, looked at ${at}; ${repaired} repaired in this run`,
    ...(outageSince
      ? [`**The database cannot be used since ${outageSince}**: what is below is what Temporal knows`]
      : []),
    listed.map(({ kind, caseId, detail }) => `- ${kind} ${caseId ? link(caseId) : ''} ${detail}`).join('\n'),
    ...(more > 0 ? [`and ${more} more`] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}
