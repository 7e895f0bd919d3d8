import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { selectOne } from '../../tools/servers/sql';
import { startTestServers } from '../support/servers';
import { eventually } from './stand-in/eventually';
import { pidIn, runs } from './stand-in/system';

jest.setTimeout(180_000);

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('keyturn-tests-'));

describe('The servers of a test run', () => {
  it('serve a database and Temporal, and leave nothing', async () => {
    const before = folders();
    const servers = await startTestServers();
    const [folder = ''] = folders().filter((name) => !before.includes(name));
    const pids = ['temporal', 'database'].map((name) => pidIn(join(tmpdir(), folder), name));

    await expect(selectOne(servers.databaseUrl)).resolves.toBeUndefined();
    await (await Connection.connect({ address: servers.temporal })).close();
    await servers.stop();

    expect(pids.map(runs)).toEqual([false, false]);
    expect(folders()).not.toContain(folder);
  });

  it('do not pile up when runs are killed', async () => {
    const script = `import('${join(__dirname, '../support/servers.ts')}').then((m) => (m.default ?? m).startTestServers()).then(() => console.log('up'))`;
    const before = folders();
    const run = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    run.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await eventually(() => expect(printed).toContain('up'));
    const [folder = ''] = folders().filter((name) => !before.includes(name));
    const pids = ['temporal', 'database'].map((name) => pidIn(join(tmpdir(), folder), name));
    run.kill('SIGKILL');
    await eventually(() => expect(runs(run.pid!)).toBe(false));
    expect(pids.map(runs)).toEqual([true, true]);

    await (await startTestServers()).stop();

    expect(pids.map(runs)).toEqual([false, false]);
    expect(folders()).not.toContain(folder);
  });
});
