import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child';

const POLL_MS = 50;
const TAIL_LINES = 15;
const CALLED_OFF_GRACE_MS = 3_000;

/** A start that the person, or the failure of another part, put an end to. */
export class CalledOff extends Error {}

/** A child that is to become ready, and how to tell. */
export interface Awaited {
  name: string;
  child: Child;
  logFile: string;
  /** Rejects or returns false as long as it is not ready. */
  answers: () => Promise<unknown>;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** Waits until a child answers. One that ends first, takes too long or is called off is ended, and that is an error. */
export async function untilReady({ name, child, logFile, answers, signal, timeoutMs = 120_000 }: Awaited) {
  let ended: string | undefined;
  void child.exited.then((how) => (ended = how));
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const error = await answers().then(
      (ok) => (ok === false ? new Error('it is not ready') : null),
      (reason: unknown) => reason as Error,
    );
    if (!error && ended === undefined) return;
    if (ended !== undefined) throw new Error(`${name} ended while starting (${ended})${tailOf(logFile)}`);
    if (signal?.aborted) {
      // A server that has only begun may not hear a polite word yet; it has nothing to lose.
      await child.stop(CALLED_OFF_GRACE_MS);
      throw new CalledOff(`${name} was called off`);
    }
    if (Date.now() > deadline) {
      await child.kill();
      throw new Error(`${name} did not answer in ${timeoutMs / 1000} s${tailOf(logFile)}`, { cause: error });
    }
    await sleep(POLL_MS);
  }
}

/** The end of a log, to go below an error message. */
function tailOf(logFile: string): string {
  try {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
    return ['', `the end of ${logFile}:`, ...lines].join('\n  ');
  } catch {
    return '';
  }
}
