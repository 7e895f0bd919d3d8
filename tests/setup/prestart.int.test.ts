import { existsSync, readlinkSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { standInClone } from './stand-in/clone';

jest.setTimeout(120_000);

describe('The set-up before npm start', () => {
  let clone: ReturnType<typeof standInClone>;

  beforeEach(() => {
    clone = standInClone();
  });

  afterEach(() => clone.remove());

  describe('of the node modules', () => {
    it('installs what the lock file names, once', async () => {
      expect(await clone.setUp('modules')).toMatchObject({
        code: 0,
        printed: expect.stringContaining('1 packages installed'),
      });
      expect(await clone.setUp('modules')).toMatchObject({ code: 0, printed: expect.stringContaining('up to date') });

      expect(clone.calls()).toEqual(['npm ci --ignore-scripts']);
    });

    it('installs again when the lock file names another version, or an install was cut off', async () => {
      await clone.setUp('modules');
      clone.write('package-lock.json', clone.read('package-lock.json').replace('1.0.0', '1.0.1'));
      await clone.setUp('modules');
      rmSync(clone.path('node_modules/.package-lock.json'));
      await clone.setUp('modules');

      expect(clone.calls()).toHaveLength(3);
    });
  });

  describe('of the build', () => {
    it('builds when a source changed, from a clean folder, and not otherwise', async () => {
      await clone.setUp('build');
      await clone.setUp('build');
      expect(clone.calls()).toEqual(['npm run build']);

      clone.write('dist/left-over.js', '');
      clone.write('src/main.ts', 'two');
      await clone.setUp('build');

      expect(clone.calls()).toHaveLength(2);
      expect(clone.read('dist/main.js')).toBe('two');
      expect(existsSync(clone.path('dist/left-over.js'))).toBe(false);
    });

    it('does not build for a changed test', async () => {
      await clone.setUp('build');
      clone.write('src/main.test.ts', 'a test');
      await clone.setUp('build');

      expect(clone.calls()).toHaveLength(1);
    });

    it('shows the fault of a build that fails, and builds again the next time', async () => {
      clone.write('src/main.ts', 'fault');

      const failed = await clone.setUp('build');
      expect(failed.code).toBe(1);
      expect(failed.printed).toContain('error TS1: a fault');

      clone.write('src/main.ts', 'mended');
      expect((await clone.setUp('build')).code).toBe(0);
      expect(clone.read('dist/main.js')).toBe('mended');
    });
  });

  describe('of the Temporal server', () => {
    it('passes over one on the PATH that is too old, and builds it when it cannot be downloaded', async () => {
      const { code, printed } = await clone.setUp('temporal');

      expect(code).toBe(0);
      expect(printed).toContain('Temporal 1.29.1');
      expect(clone.calls()).toEqual(['go install']);
    });

    it('takes a new enough one from the PATH by a link', async () => {
      clone.write('path/temporal', clone.read('path/temporal').replace('1.20.0', '1.30.2'));

      expect((await clone.setUp('temporal')).printed).toContain('Temporal 1.30.2');

      expect(readlinkSync(clone.path('cache/bin/temporal'))).toBe(clone.path('path/temporal'));
      expect(clone.calls()).toEqual([]);
    });

    it('builds it once for two clones that start at the same time', async () => {
      const both = await Promise.all([clone.setUp('temporal'), clone.setUp('temporal')]);

      expect(both.map(({ code }) => code)).toEqual([0, 0]);
      expect(clone.calls()).toEqual(['go install']);
    });

    it('is left out where TEMPORAL_ADDRESS names one', async () => {
      const { printed } = await clone.setUp('temporal', { TEMPORAL_ADDRESS: 'temporal:7233' });

      expect(printed).toContain('the one at TEMPORAL_ADDRESS');
      expect(clone.calls()).toEqual([]);
    });

    it('names the ways out when it can get none, and why', async () => {
      clone.write('path/go', '#!/bin/sh\necho "no route to the proxy" >&2\nexit 1');

      const { code, printed } = await clone.setUp('temporal');

      expect(code).toBe(1);
      expect(printed).toContain('set TEMPORAL_ADDRESS');
      expect(printed).toContain('no route to the proxy');
    });
  });

  it('finds the database server that this machine has, and leaves it out for DATABASE_URL', async () => {
    expect((await clone.setUp('database')).printed).toMatch(/Database: (MariaDB|MySQL) \d+\.\d+\.\d+/);
    expect((await clone.setUp('database', { DATABASE_URL: 'mysql://h/k' })).printed).toContain(
      'the one at DATABASE_URL',
    );
  });

  it('takes over the lock of a set-up that died', async () => {
    mkdirSync(clone.path('cache/locks'), { recursive: true });
    writeFileSync(clone.path('cache/locks/temporal'), '999999999 somebody');

    expect((await clone.setUp('temporal')).code).toBe(0);

    expect(existsSync(clone.path('cache/locks/temporal'))).toBe(false);
  });

  it('lets one at a time into what a lock guards, however many wait', async () => {
    const code = `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      import { withLock } from './tools/setup/lock.mjs';
      await withLock('door', () => undefined, async () => {
        appendFileSync('visits', 'in\\n');
        await sleep(100);
        appendFileSync('visits', 'out\\n');
      });`;

    await Promise.all(Array.from({ length: 6 }, () => clone.runModule(code)));

    expect(clone.read('visits').trim().split('\n')).toEqual(Array.from({ length: 6 }, () => ['in', 'out']).flat());
  });

  it('names the steps when it is asked for one that does not exist', async () => {
    const { code, printed } = await clone.setUp('coffee');

    expect(code).toBe(1);
    expect(printed).toContain('modules, database, temporal, build');
  });
});
