import { join } from 'node:path';
import { CalledOff } from '../servers/ready';
import { lockDataDir } from './data-lock';
import { keepRunning, type Backoff, type Kept } from './keep-running';
import { rotateLogs } from './log-file';
import { endOrphans, killRecorded } from './orphans';
import type { Part } from './part';
import { describe, timed, type Say } from './say';
import { onStopSignals } from './stop-signals';

/** One step of the start: a part that stays, or work that ends with a word on how. */
export type Step = { title: string } & ({ part: Part } | { run: (off: AbortSignal) => Promise<string | void> });

/** A system to run on one data folder. Steps in a list of their own are done at the same time. */
export interface Plan {
  dataDir: string;
  steps: (Step | Step[])[];
  /** What to say once everything runs. */
  ready: () => string;
  say: Say;
  backoff?: Backoff;
}

/** Runs a system until a signal stops it: parts end in reverse order. Returns the exit code. */
export async function supervise({ dataDir, steps, ready, say, backoff }: Plan): Promise<number> {
  const runDir = join(dataDir, 'run');
  const unlock = lockDataDir(dataDir);
  const off = new AbortController();
  const stopped = new Promise<void>((resolve) => off.signal.addEventListener('abort', () => resolve(), { once: true }));
  let asked = false;
  const release = onStopSignals(
    () => {
      asked = true;
      off.abort();
      say('Stopping. Ctrl+C again kills what still runs.');
    },
    () => {
      killRecorded(runDir);
      unlock();
      process.exit(130);
    },
  );
  const kept: (Kept | undefined)[] = [];
  try {
    rotateLogs(join(dataDir, 'logs'));
    await endOrphans(runDir, say);
    for (const group of steps) await doTogether([group].flat());
    say(ready());
    await stopped;
    return 0;
  } catch (error) {
    if (asked) return 0;
    say(`\n${describe(error)}`);
    return 1;
  } finally {
    for (const part of kept.reverse()) if (part) await timed(say, `${part.name} stopped`, () => part.stop());
    unlock();
    release();
  }

  async function doTogether(group: Step[]) {
    const first = kept.length;
    const outcomes = await Promise.allSettled(
      group.map((step, index) =>
        timed(say, step.title, async () => {
          if (off.signal.aborted) throw new CalledOff(`${step.title} was called off`);
          if ('run' in step) return step.run(off.signal);
          kept[first + index] = await keepRunning(step.part, off.signal, say, backoff);
        }).catch((error: unknown) => {
          // What starts beside it is called off; its own outcome is still waited for.
          off.abort(error);
          throw error;
        }),
      ),
    );
    const failed = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
    if (failed) throw off.signal.reason ?? failed.reason;
  }
}
