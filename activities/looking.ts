import type { Context } from '@temporalio/activity';

/** A look stops before its attempt would be timed out, and the next one goes on there. */
const LOOK_MS = 4 * 60_000;

/** What a look asks before each thing that it looks at, and tells after it. */
export function looking<P>(context: Context): { mayGoOn: () => boolean; progress: (progress: P) => void } {
  const until = Date.now() + LOOK_MS;
  return {
    mayGoOn: () => Date.now() < until && !context.cancellationSignal.aborted,
    progress: (progress) => context.heartbeat(progress),
  };
}
