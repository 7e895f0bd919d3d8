import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { TASK_QUEUE } from '../../contract/ids';
import { testServers } from '../support/servers';
import { eventually } from '../support/eventually';

jest.setTimeout(120_000);

const root = join(__dirname, '..', '..');

describe('The jobs of a deployment', () => {
  const namespace = `deploy-${process.pid}`;
  const run = (program: string, env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number; printed: string }>((resolve) => {
      const settings = {
        ...process.env,
        TEMPORAL_ADDRESS: testServers().temporal,
        TEMPORAL_NAMESPACE: namespace,
        ...env,
      };
      execFile(process.execPath, ['--import', 'tsx', program], { cwd: root, env: settings }, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), printed: stdout + stderr }),
      );
    });

  beforeAll(() => Runtime.install({ logger: new DefaultLogger('ERROR') }));

  it('prepare the namespace, and find it ready the next time', async () => {
    expect(await run('tools/prepare-temporal.ts')).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/ready, [1-9]\d* search attributes added/) as string,
    });
    expect((await run('tools/prepare-temporal.ts')).printed).toContain('ready, 0 search attributes added');
  });

  it('say which setting they need', async () => {
    expect(await run('tools/prepare-temporal.ts', { TEMPORAL_ADDRESS: '' })).toMatchObject({
      code: 1,
      printed: expect.stringContaining('TEMPORAL_ADDRESS') as string,
    });
    expect(await run('tools/migrate.ts', { DATABASE_URL: '' })).toMatchObject({
      code: 1,
      printed: expect.stringContaining('DATABASE_URL') as string,
    });
  });

  it('find a worker well while it polls', async () => {
    const health = () => run('tools/worker-health.ts');
    expect((await health()).code).toBe(1);
    const connection = await NativeConnection.connect({ address: testServers().temporal });
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: TASK_QUEUE,
      workflowsPath: join(__dirname, 'stand-in', 'workflow.ts'),
    });

    await worker.runUntil(async () => eventually(async () => expect(await health()).toEqual({ code: 0, printed: '' })));

    await connection.close();
  });

  it('make a build current once a worker of it polls, and find that worker well', async () => {
    const version = { deploymentName: 'keyturn', buildId: '2026.11-a' };
    expect(await run('tools/worker-version.ts')).toMatchObject({
      code: 1,
      printed: expect.stringContaining('WORKER_BUILD_ID') as string,
    });
    const connection = await NativeConnection.connect({ address: testServers().temporal });
    const worker = await Worker.create({
      ...{ connection, namespace, taskQueue: TASK_QUEUE, workflowsPath: join(__dirname, 'stand-in', 'workflow.ts') },
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' },
    });
    await worker.runUntil(async () => {
      expect(await run('tools/worker-version.ts', { WORKER_BUILD_ID: version.buildId })).toEqual({
        code: 0,
        printed: 'Build 2026.11-a of keyturn is current; before it none\n',
      });
      await eventually(async () => expect((await run('tools/worker-health.ts')).code).toBe(0));
    });
    await connection.close();
  });
});
