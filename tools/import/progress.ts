/** Work of which it is known how far it is: in units of its own, with the rows that are done. */
export interface Task {
  at(done: number, rows: number): void;
  done(rows: number): void;
}

/** Shows how far the import is. */
export interface Progress {
  task(title: string, total: number): Task;
}

const EVERY_MS = { terminal: 200, pipe: 5_000 };

/** Shows tasks on a terminal in one line that is written over, elsewhere as a line now and then. */
export function createProgress(out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): Progress {
  const everyMs = out.isTTY ? EVERY_MS.terminal : EVERY_MS.pipe;
  return {
    task(title, total) {
      const began = performance.now();
      let shown = began;
      const print = (text: string, last: boolean) =>
        out.write(out.isTTY ? `\r\u001b[K  ${text}${last ? '\n' : ''}` : `  ${text}\n`);
      return {
        at(done, rows) {
          const now = performance.now();
          if (now - shown < everyMs) return;
          shown = now;
          const seconds = (now - began) / 1000;
          const left = done > 0 ? (seconds * (total - done)) / done : 0;
          const percent = Math.floor((100 * done) / Math.max(total, 1));
          print(`${title}: ${percent} %, ${rows} rows, ${rate(rows, seconds)}, ${left.toFixed(0)} s left`, false);
        },
        done(rows) {
          const seconds = (performance.now() - began) / 1000;
          print(`${title}: ${rows} rows, ${rate(rows, seconds)} (${seconds.toFixed(1)} s)`, true);
        },
      };
    },
  };
}

/** Shows nothing. */
export const silent: Progress = { task: () => ({ at: () => undefined, done: () => undefined }) };

/** Rows in a second, as people read it. */
export const rate = (rows: number, seconds: number): string => `${Math.round(rows / Math.max(seconds, 0.001))} rows/s`;
