import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '../../../tools/servers/identity';
import { eventually } from '../../support/eventually';

const root = join(__dirname, '..', '..', '..');

/** Runs a system of stand-ins in a process of its own, as "npm start" runs the real one. */
export function startStandIn(dataDir: string, ...parts: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'start.ts'), dataDir, ...parts], {
    cwd: root,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code)),
  );
  return {
    ended,
    printed: () => printed,
    send: (signal: NodeJS.Signals) => child.kill(signal),
    says: (text: string) => eventually(async () => expect(printed).toContain(text)),
    pidOf: (part: string) => pidIn(dataDir, part),
    journal: () => readFileSync(join(dataDir, 'journal'), 'utf8').trim().split('\n'),
  };
}

/** The pid that a part has on record. */
export function pidIn(dataDir: string, part: string): number {
  const file = join(dataDir, 'run', `${part}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid : 0;
}

/** Whether a process runs. */
export function runs(pid: number): boolean {
  return pid > 0 && identityOf(pid) !== null;
}
