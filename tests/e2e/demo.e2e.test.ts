import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../tools/servers/ports';

const DIST = join(__dirname, '..', '..', 'dist', 'tools');

let data: string;
let env: NodeJS.ProcessEnv;
let supervisor: ChildProcess | undefined;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'keyturn-e2e-'));
  env = { ...process.env, KEYTURN_DATA: data, PORT: String(await freePort()), DATABASE_URL: '', TEMPORAL_ADDRESS: '' };
});
afterAll(async () => {
  await stop('SIGINT');
  rmSync(data, { recursive: true, force: true });
});

/** Runs the whole system as npm start does, until it says that it runs. */
async function start(): Promise<void> {
  const child = spawn(process.execPath, [join(DIST, 'start.js')], { env });
  supervisor = child;
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Keyturn runs.')) resolve();
    });
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('exit', (code) => reject(new Error(`The supervisor ended with ${code}:\n${said}`)));
  });
}

async function stop(signal: 'SIGINT' | 'SIGKILL'): Promise<number | null> {
  const child = supervisor;
  supervisor = undefined;
  if (!child || child.exitCode !== null) return null;
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return gone;
}

function demo(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(DIST, 'demo.js'), ...args], { env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, said })));
}

it('tells the whole story, also over a kill of the supervisor between draft and approval, and stops clean', async () => {
  // Where this is a second look (tests/support/patience.ts), the system of the first one still runs.
  await stop('SIGINT');
  await start();
  const first = await demo('--until-draft');
  expect(first.said).toContain('waits for a supervisor');
  expect(first.code).toBe(0);
  const caseId = /--from-draft (moveout-\w+)/.exec(first.said)?.[1] ?? '';
  await stop('SIGKILL');
  await start();
  const second = await demo('--from-draft', caseId);
  expect(second.said).toContain('All as it should be.');
  expect(second.said).not.toContain('Two clerks');
  const third = await demo();
  expect(third.said).toContain('Two clerks save on the same place at once');
  expect(third.said).toContain('All as it should be.');
  expect(third.code).toBe(0);
  expect(await stop('SIGINT')).toBe(0);
}, 300_000);
