import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from './part';
import { describe, type Say } from './say';

/** How long to wait before a part that died is started again: the first time, at most, and when all is forgiven. */
export interface Backoff {
  firstMs: number;
  mostMs: number;
  forgivenAfterMs: number;
}

const BACKOFF: Backoff = { firstMs: 1_000, mostMs: 30_000, forgivenAfterMs: 60_000 };

/** A part that is started again whenever it ends by itself. */
export interface Kept {
  name: string;
  stop(): Promise<void>;
}

/** Starts a part, which must succeed, and from then on starts it again whenever it dies. */
export async function keepRunning(part: Part, off: AbortSignal, say: Say, backoff = BACKOFF): Promise<Kept> {
  const stopping = new AbortController();
  let child = await part.start(off);

  const watch = async () => {
    let delay = backoff.firstMs;
    let since = Date.now();
    let how = await child.exited;
    while (!stopping.signal.aborted) {
      if (Date.now() - since > backoff.forgivenAfterMs) delay = backoff.firstMs;
      say(`  ${part.name} ended (${how}); starting it again in ${delay / 1000} s`);
      if (!(await slept(delay, stopping.signal))) return;
      delay = Math.min(delay * 2, backoff.mostMs);
      since = Date.now();
      try {
        child = await part.start(stopping.signal);
      } catch (error) {
        how = describe(error);
        continue;
      }
      // The stop came in the moment between ready and here, and found the one before.
      if (stopping.signal.aborted) return child.stop();
      say(`  ${part.name} runs again`);
      how = await child.exited;
    }
  };

  const watching = watch();
  return {
    name: part.name,
    async stop() {
      stopping.abort();
      await child.stop();
      await watching;
    },
  };
}

async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal }).catch(() => false);
}
