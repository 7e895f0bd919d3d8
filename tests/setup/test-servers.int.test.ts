import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { selectOne } from '../../tools/servers/sql';
import { startTestServers } from '../support/servers';
import { eventually } from '../support/eventually';
import { pidIn, runs } from './stand-in/system';

jest.setTimeout(180_000);

describe('The servers of a test run', () => {
  const { DATABASE_URL } = process.env;
  const pidsIn = (folder: string) => ['temporal', 'database'].map((name) => pidIn(folder, name));

  beforeAll(() => {
    delete process.env.DATABASE_URL;
  });

  afterAll(() => {
    if (DATABASE_URL) process.env.DATABASE_URL = DATABASE_URL;
  });

  it('serve a database and Temporal, and leave nothing', async () => {
    const servers = await startTestServers();
    const pids = pidsIn(servers.folder);
    expect(pids.map(runs)).toEqual([true, true]);

    await expect(selectOne(servers.databaseUrl)).resolves.toBeUndefined();
    await (await Connection.connect({ address: servers.temporal })).close();
    await servers.stop();

    expect(pids.map(runs)).toEqual([false, false]);
    expect(existsSync(servers.folder)).toBe(false);
  });

  it('do not pile up when runs are killed', async () => {
    const module = join(__dirname, '../support/servers.ts');
    const script = `import(${JSON.stringify(module)})
      .then((servers) => (servers.default ?? servers).startTestServers())
      .then(({ folder }) => console.log(folder, 'is up'))`;
    const run = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    run.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await eventually(async () => expect(printed).toContain('is up'));
    const [folder = ''] = printed.split(' is up');
    const pids = pidsIn(folder);
    run.kill('SIGKILL');
    await eventually(async () => expect(runs(run.pid!)).toBe(false));
    expect(pids.map(runs)).toEqual([true, true]);

    await (await startTestServers()).stop();

    expect(pids.map(runs)).toEqual([false, false]);
    expect(existsSync(folder)).toBe(false);
  });
});
