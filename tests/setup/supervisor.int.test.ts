import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { pidIn, runs, startStandIn } from './stand-in/system';

jest.setTimeout(180_000);

describe('The supervisor', () => {
  let dataDir: string;
  let systems: ReturnType<typeof startStandIn>[];
  const start = (...parts: string[]) => {
    const system = startStandIn(dataDir, ...parts);
    systems.push(system);
    return system;
  };

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'keyturn-supervisor-'));
    systems = [];
  });

  afterEach(async () => {
    for (const system of systems) {
      system.send('SIGTERM');
      await system.ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('starts its parts in order and stops them in reverse, leaving nothing', async () => {
    const system = start('worker', 'api');
    await system.says('everything runs');
    const pids = [system.pidOf('worker'), system.pidOf('api')];
    expect(pids.map(runs)).toEqual([true, true]);

    system.send('SIGTERM');

    expect(await system.ended).toBe(0);
    expect(system.journal()).toEqual(['start worker', 'start api', 'stop api', 'stop worker']);
    expect(pids.map(runs)).toEqual([false, false]);
    expect(readdirSync(join(dataDir, 'run'))).toEqual([]);
    expect(existsSync(join(dataDir, 'supervisor.json'))).toBe(false);
  });

  it('starts a part again that died', async () => {
    const system = start('worker', 'api');
    await system.says('everything runs');
    const [worker, api] = [system.pidOf('worker'), system.pidOf('api')];

    process.kill(api, 'SIGKILL');

    await system.says('api ended (SIGKILL); starting it again');
    await system.says('api runs again');
    expect(system.pidOf('api')).not.toBe(api);
    expect(runs(system.pidOf('api'))).toBe(true);
    expect(system.pidOf('worker')).toBe(worker);
  });

  it('does not start a second time on the same data folder', async () => {
    const first = start('worker');
    await first.says('everything runs');

    const second = start('worker');

    expect(await second.ended).not.toBe(0);
    expect(second.printed()).toContain(`Keyturn already runs on ${dataDir}`);
    expect(runs(first.pidOf('worker'))).toBe(true);
  });

  it('leaves nothing behind that blocks the next start when it is killed', async () => {
    const killed = start('database', 'worker');
    await killed.says('everything runs');
    const [database, worker] = [killed.pidOf('database'), killed.pidOf('worker')];

    killed.send('SIGKILL');
    await killed.ended;
    await eventually(async () => expect(runs(worker)).toBe(false));
    expect(runs(database)).toBe(true);
    const next = start('database', 'worker');
    await next.says('everything runs');

    expect(next.printed()).toContain(`ending the database that an earlier start left behind (process ${database})`);
    expect(runs(database)).toBe(false);
    expect(runs(pidIn(dataDir, 'database'))).toBe(true);
  });

  it('leaves a process alone that only has the number of one it once started', async () => {
    const system = start('worker');
    await system.says('everything runs');
    system.send('SIGTERM');
    await system.ended;
    writeFileSync(join(dataDir, 'run', 'worker.json'), JSON.stringify({ pid: process.pid, identity: 'another' }));

    await start('worker').says('everything runs');

    expect(runs(process.pid)).toBe(true);
  });

  it('ends with what a part logged when that part cannot start, and stops the others', async () => {
    const system = start('worker', 'api:fails');

    expect(await system.ended).toBe(1);
    expect(system.printed()).toContain('api ended while starting (exit code 1)');
    expect(system.printed()).toContain('Error: api cannot start');
    expect(system.journal()).toEqual(['start worker', 'stop worker']);
  });

  it('can be stopped while a part is still starting', async () => {
    const system = start('worker', 'api:slow');
    await eventually(async () => expect(system.journal()).toContain('start api'));

    system.send('SIGINT');

    expect(await system.ended).toBe(0);
    expect(system.journal().slice(2)).toEqual(['stop api', 'stop worker']);
  });

  it('kills what will not stop when it is asked twice', async () => {
    const system = start('worker:deaf');
    await system.says('everything runs');
    const worker = system.pidOf('worker');

    system.send('SIGINT');
    await system.says('Stopping');
    await new Promise((resolve) => setTimeout(resolve, 700));
    system.send('SIGINT');

    expect(await system.ended).toBe(130);
    await eventually(async () => expect(runs(worker)).toBe(false));
  });

  it('takes the echo of one Ctrl+C, which npm hands on once more, for one', async () => {
    const system = start('worker', 'api');
    await system.says('everything runs');

    system.send('SIGINT');
    system.send('SIGINT');

    expect(await system.ended).toBe(0);
    expect(system.journal().slice(2)).toEqual(['stop api', 'stop worker']);
  });
});
