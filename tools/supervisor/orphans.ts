import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stillRuns, type Identified } from '../servers/identity';
import type { Say } from './say';

const GRACE_MS = 20_000;
const POLL_MS = 50;

interface Recorded extends Identified {
  file: string;
  name: string;
}

/** Ends the processes that a killed supervisor left behind; their pid files prove that they are its own. */
export async function endOrphans(runDir: string, say: Say): Promise<void> {
  await Promise.all(
    recorded(runDir).map(async (orphan) => {
      if (stillRuns(orphan)) {
        say(`  ending the ${orphan.name} that an earlier start left behind (process ${orphan.pid})`);
        await end(orphan);
      }
      rmSync(orphan.file, { force: true });
    }),
  );
}

/** Kills what is recorded as running, at once. */
export function killRecorded(runDir: string): void {
  for (const child of recorded(runDir)) if (stillRuns(child)) process.kill(child.pid, 'SIGKILL');
}

async function end(orphan: Recorded): Promise<void> {
  process.kill(orphan.pid, 'SIGTERM');
  for (const deadline = Date.now() + GRACE_MS; stillRuns(orphan); await sleep(POLL_MS)) {
    if (Date.now() > deadline) process.kill(orphan.pid, 'SIGKILL');
  }
}

function recorded(runDir: string): Recorded[] {
  mkdirSync(runDir, { recursive: true });
  return readdirSync(runDir).flatMap((name) => {
    const file = join(runDir, name);
    try {
      return [{ ...(JSON.parse(readFileSync(file, 'utf8')) as Identified), file, name: name.replace('.json', '') }];
    } catch {
      // Cut off while it was written: the process has no proof and is left alone.
      return [];
    }
  });
}
