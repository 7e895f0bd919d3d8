import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time';
import { loadConfig } from '../../config';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes';
import { programIn } from '../../tools/servers/binaries';
import { ensureNamespace } from '../../tools/servers/namespace';
import { freePort } from '../../tools/servers/ports';
import { ensureSearchAttributes } from '../../tools/servers/search-attributes';
import { startTemporal, type Temporal, type TemporalOptions } from '../../tools/servers/temporal';

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;

describe('The embedded Temporal server', () => {
  const binary = programIn(loadConfig().cacheDir, 'temporal');
  let folder: string;
  let server: Temporal | undefined;
  let connection: Connection | undefined;

  const start = async (options: Partial<TemporalOptions> = {}) => {
    const port = options.port ?? (await freePort());
    server = await startTemporal({ binary, port, logFile: join(folder, 'log'), headless: true, ...options });
    connection = await Connection.connect({ address: server.address });
    return { server, connection };
  };
  const end = async (how: 'stop' | 'kill') => {
    await connection?.close();
    await server?.[how]();
    connection = server = undefined;
  };
  const retentionDays = async (namespace: string) => {
    const { config } = await connection!.workflowService.describeNamespace({ namespace });
    return tsToMs(config!.workflowExecutionRetentionTtl) / DAY_MS;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyturn-temporal-'));
  });

  afterEach(async () => {
    await end('kill');
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps closed cases for 90 days and knows the search attributes', async () => {
    await start();

    expect(await retentionDays('default')).toBe(90);
    const { customAttributes } = await connection!.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
  });

  it('finds an open case again after it was killed, and after it was stopped', async () => {
    const options = { dbFile: join(folder, 'data', 'cases.db'), port: await freePort() };
    await start(options);
    await new Client({ connection: connection! }).workflow.start('moveOut', {
      taskQueue: 'none',
      workflowId: 'moveout-1',
    });

    for (const how of ['kill', 'stop'] as const) {
      await end(how);
      await start(options);
      const found = await new Client({ connection: connection! }).workflow.getHandle('moveout-1').describe();
      expect(found.status.name).toBe('RUNNING');
    }
  });

  it('serves its UI on the port it is given', async () => {
    const uiPort = await freePort();

    const { server } = await start({ headless: false, uiPort });

    expect(server.uiUrl).toBe(`http://127.0.0.1:${uiPort}`);
    expect((await fetch(server.uiUrl!)).status).toBe(200);
  });

  it('runs in a namespace of another name', async () => {
    await start({ namespace: 'office', retention: 30 });

    expect(await retentionDays('office')).toBe(30);
    expect(await ensureSearchAttributes(connection!, 'office')).toBe(0);
  });

  describe('or a cluster that is not ours', () => {
    it('is given a namespace that it lacks, with search attributes, once', async () => {
      await start();

      await ensureNamespace(connection!, 'other-office');
      expect(await ensureSearchAttributes(connection!, 'other-office')).toBe(Object.keys(SEARCH_ATTRIBUTES).length);

      expect(await ensureSearchAttributes(connection!, 'other-office')).toBe(0);
      expect(await retentionDays('other-office')).toBe(90);
    });

    it('is not made to forget its cases sooner than it did', async () => {
      await start();
      await ensureNamespace(connection!, 'archive', 365);

      await ensureNamespace(connection!, 'archive', 90);

      expect(await retentionDays('archive')).toBe(365);
    });

    it('serves several processes that register at the same time', async () => {
      await start();
      await ensureNamespace(connection!, 'busy');

      await expect(Promise.all([1, 2, 3].map(() => ensureSearchAttributes(connection!, 'busy')))).resolves.toHaveLength(
        3,
      );
    });
  });
});
