import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Say } from './say';

const LARGEST = 5 * 1024 * 1024;
const GENERATIONS = 3;
const WARN = 40;
const REPEAT_MS = 10_000;

/** Moves logs that have grown too large out of the way: x.log to x.log.1 and so on. */
export function rotateLogs(logDir: string): void {
  mkdirSync(logDir, { recursive: true });
  for (const name of readdirSync(logDir).filter((each) => each.endsWith('.log'))) {
    const file = join(logDir, name);
    if (statSync(file).size < LARGEST) continue;
    for (let n = GENERATIONS; n > 1; n--) {
      if (existsSync(`${file}.${n - 1}`)) renameSync(`${file}.${n - 1}`, `${file}.${n}`);
    }
    renameSync(file, `${file}.1`);
  }
}

/** Writes what a child prints to its log, and says its warnings; one that repeats itself is said now and then. */
export function logOutput(name: string, streams: Readable[], logFile: string, say: Say): void {
  const log = createWriteStream(logFile, { flags: 'a' });
  const saidAt = new Map<string, number>();
  let open = streams.length;
  for (const stream of streams) {
    const lines = createInterface({ input: stream });
    lines.on('line', (line) => {
      log.write(`${line}\n`);
      const warning = warningIn(line);
      if (warning === null || Date.now() - (saidAt.get(warning) ?? 0) < REPEAT_MS) return;
      saidAt.set(warning, Date.now());
      say(`  ${name}: ${warning}`);
    });
    lines.on('close', () => --open === 0 && log.end());
  }
}

// Our own processes log JSON by pino; anything else, such as the trace of a crash, is worth a look.
function warningIn(line: string): string | null {
  if (line.trim() === '') return null;
  try {
    const { level, msg } = JSON.parse(line) as { level?: number; msg?: string };
    return typeof level === 'number' && level >= WARN ? (msg ?? line) : null;
  } catch {
    return line;
  }
}
