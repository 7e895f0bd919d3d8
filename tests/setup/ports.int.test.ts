import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../tools/servers/ports';
import { keptPorts, type ApiPort } from '../../tools/supervisor/kept-ports';

describe('The ports of a data folder', () => {
  let dataDir: string;
  let wish: ApiPort;
  let said: string[];
  let squatter: Server | undefined;
  const choose = (api: Partial<ApiPort> = {}) => keptPorts(dataDir, { ...wish, ...api }, (line) => said.push(line));
  const occupy = (port: number) =>
    new Promise<void>((resolve) => {
      squatter = createServer().listen(port, '127.0.0.1', resolve);
    });

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'keyturn-ports-'));
    wish = { host: '127.0.0.1', port: await freePort(), portGiven: false };
    said = [];
  });

  afterEach(() => {
    squatter?.close();
    squatter = undefined;
    rmSync(dataDir, { recursive: true });
  });

  it('are all different, and the same at every start', async () => {
    const first = await choose();

    expect(new Set(Object.values(first)).size).toBe(4);
    expect(first.api).toBe(wish.port);
    expect(await choose()).toEqual(first);
    expect(said).toEqual([]);
  });

  it('give way to another process that took one meanwhile, and say so', async () => {
    const first = await choose();
    await occupy(first.temporalUi);

    const second = await choose();

    expect(second).toEqual({ ...first, temporalUi: expect.any(Number) as number });
    expect(second.temporalUi).not.toBe(first.temporalUi);
    expect(said).toEqual([expect.stringContaining(`port ${first.temporalUi} (temporalUi) is taken`)]);
  });

  it('take the place of the default when that is taken', async () => {
    await occupy(wish.port);

    expect((await choose()).api).not.toBe(wish.port);
  });

  it('follow PORT, for that one start', async () => {
    const kept = await choose();
    const given = await freePort();

    expect((await choose({ port: given, portGiven: true })).api).toBe(given);

    expect(await choose()).toEqual(kept);
  });

  it('are an error when PORT asks for one that is taken', async () => {
    await occupy(wish.port);

    await expect(choose({ portGiven: true })).rejects.toThrow(`Port ${wish.port}, which PORT asks for, is taken`);
  });
});
