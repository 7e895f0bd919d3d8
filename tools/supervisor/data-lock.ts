import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, stillRuns, type Identified } from '../servers/identity';

/** Another supervisor runs on this data folder. */
export class AlreadyRunning extends Error {
  constructor(dataDir: string, pid: number) {
    super(
      `Keyturn already runs on ${dataDir} (process ${pid}). Stop it, or give this one another folder by KEYTURN_DATA.`,
    );
    this.name = 'AlreadyRunning';
  }
}

/** Takes a data folder for this process, over from one that died if need be. Returns how to give it back. */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'supervisor.json');
  const mine = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  for (;;) {
    if (write(file, mine)) return () => read(file) === mine && rmSync(file, { force: true });
    const held = read(file);
    const holder = parsed(held);
    if (holder && stillRuns(holder)) throw new AlreadyRunning(dataDir, holder.pid);
    if (held !== null) moveAway(file, held);
  }
}

// Written whole under another name: a reader never sees half of it and takes it for a dead one's.
function write(file: string, mine: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft);
  }
}

// Between the look and the rename another supervisor may have taken it over: theirs is put back.
function moveAway(file: string, held: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== held) linkSync(aside, file);
  } catch {
    // Moved by another one: the next look finds theirs.
  }
  rmSync(aside, { force: true });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parsed(text: string | null): Identified | null {
  try {
    return text === null ? null : (JSON.parse(text) as Identified);
  } catch {
    return null;
  }
}
