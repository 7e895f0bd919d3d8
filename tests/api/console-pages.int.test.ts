import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

const PAGE = '<!doctype html><title>Keyturn</title><script src="/assets/app-1a2b.js"></script>';
let database: FreshDatabase;
let folder: string;
let api: TestApi;
const temporal = noTemporal();

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'keyturn-console-'));
  const consoleDir = join(folder, 'dist');
  mkdirSync(join(consoleDir, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  writeFileSync(join(consoleDir, 'index.html'), PAGE);
  writeFileSync(join(consoleDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(consoleDir, 'assets', 'app-1a2b.js'), 'export {};');
  api = await testApi({ db: database.db, client: temporal.client, consoleDir });
});
afterAll(async () => {
  await api.close();
  await temporal.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';
const go = async (path: string, accept = HTML, method = 'GET') => {
  const answer = await fetch(api.url + path, { method, headers: { accept } });
  const { headers } = answer;
  return {
    status: answer.status,
    text: await answer.text(),
    type: headers.get('content-type') ?? '',
    cache: headers.get('cache-control'),
    policy: headers.get('content-security-policy'),
  };
};

describe('the console', () => {
  it.each(['/', '/index.html', '/cases/moveout-1a.2', '/customers?q=smith', '/apiary'])(
    'has its page at %s, which nobody keeps a copy of',
    async (path) => {
      const { status, text, type, cache, policy } = await go(path);
      expect([status, text, cache]).toEqual([200, PAGE, 'no-store']);
      expect(type).toMatch(/^text\/html/);
      for (const rule of ["script-src 'self'", "font-src 'self'", "connect-src 'self'"]) expect(policy).toContain(rule);
    },
  );

  it('lets browsers keep the assets that are named by their content, and nothing else', async () => {
    const script = await go('/assets/app-1a2b.js', '*/*');
    expect([script.status, script.cache]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(script.type).toMatch(/javascript/);
    const icon = await go('/favicon.svg', 'image/*');
    expect([icon.status, icon.cache, icon.type]).toEqual([200, 'no-store', 'image/svg+xml']);
  });

  it.each([
    ['/assets/app-0.js', HTML],
    ['/assets/', HTML],
    ['/assets', HTML],
    ['/picture.png', 'image/*,*/*'],
    ['/api', HTML],
    ['/api/v1/nothing', HTML],
    ['/..%2foutside.txt', 'text/plain'],
    ['/assets/..%2f..%2foutside.txt', HTML],
  ])('does not answer for %s', async (path, accept) => {
    const { status, type, cache } = await go(path, accept);
    expect([404, 403, 400]).toContain(status);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(cache).toBe('no-store');
  });

  it('is read only', async () => {
    expect((await go('/', HTML, 'POST')).status).toBe(404);
    expect(await go('/', HTML, 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('that was not built is a plain 404', async () => {
    const without = await testApi({ db: database.db, client: temporal.client, consoleDir: join(folder, 'none') });
    for (const path of ['/', '/cases', '/assets/app-1a2b.js']) {
      const { status, body } = await without.call('GET', path, { headers: { accept: HTML } });
      expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
    }
    await without.close();
  });
});
