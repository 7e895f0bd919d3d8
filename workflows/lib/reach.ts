import { condition } from '@temporalio/workflow';
import type { CaseRun } from './case-run';

/** Sleeps until an instant of the case; wakes early to look again when the office's clock was moved or `until` holds. */
export async function reach(
  run: CaseRun,
  name: string,
  summary: string,
  until: () => boolean = () => false,
): Promise<void> {
  for (;;) {
    const left = Date.parse(run.times[name] ?? '') - Date.now();
    if (!(left > 0) || until()) return;
    run.show();
    const version = run.timesVersion();
    await condition(() => until() || run.timesVersion() !== version, left, { summary });
  }
}
