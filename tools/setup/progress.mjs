// @ts-check
const HEARTBEAT_MS = 15_000;

/** @typedef {(detail: string) => void} Report what a step calls to say how far it is */
/** @typedef {(report: Report) => Promise<string>} Work does a step and returns how it ended, in a few words */

/**
 * Runs steps one after another and prints each with its time: on a terminal one live line, elsewhere a plain line
 * when it ends and a heartbeat while it lasts.
 * @param {[name: string, work: Work][]} steps
 * @param {NodeJS.WriteStream} out
 */
export async function runSteps(steps, out = process.stdout) {
  for (const [index, [name, work]] of steps.entries()) {
    const began = performance.now();
    let detail = '';
    const line = () => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      return `[${index + 1}/${steps.length}] ${name}${detail && `: ${detail}`} (${seconds} s)`;
    };
    const live = () => out.write(`\r${line().slice(0, (out.columns ?? 80) - 1)}\x1b[K`);
    const ticker = out.isTTY ? setInterval(live, 200) : setInterval(() => out.write(`${line()} …\n`), HEARTBEAT_MS);
    try {
      detail = await work((text) => (detail = text));
    } catch (error) {
      detail = 'failed';
      throw error;
    } finally {
      clearInterval(ticker);
      out.write(`${out.isTTY ? '\r\x1b[K' : ''}${line()}\n`);
    }
  }
}
