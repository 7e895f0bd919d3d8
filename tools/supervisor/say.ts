import { CalledOff } from '../servers/ready';

const HEARTBEAT_MS = 15_000;

/** Prints one line for the person who started the system. */
export type Say = (line: string) => void;

/** Does a step of the start and prints its name, how it ended and its time; a long one shows that it is alive. */
export async function timed(say: Say, title: string, work: () => Promise<string | void>): Promise<void> {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const heartbeat = setInterval(() => say(`  ${title} … (${seconds()})`), HEARTBEAT_MS);
  try {
    const outcome = await work();
    say(`  ${title}${outcome ? `: ${outcome}` : ''} (${seconds()})`);
  } catch (error) {
    say(
      `  ${title}: ${error instanceof CalledOff || (error as Error).name === 'AbortError' ? 'called off' : 'failed'} (${seconds()})`,
    );
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/** An error in one line or more; some of the network's have only a code, and some a cause that says more. */
export function describe(error: unknown): string {
  const { message, code, cause } = error as NodeJS.ErrnoException;
  return `${message || code || String(error)}${cause ? `: ${describe(cause)}` : ''}`;
}
