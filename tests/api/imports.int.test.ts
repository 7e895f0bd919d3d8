import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCase } from '../../db/records/cases';
import { isServerLockHeld } from '../../db/server-lock';
import { inTransaction } from '../../db/transaction';
import { freePort } from '../../tools/servers/ports';
import { INVARIANTS } from '../../tools/invariants';
import { smallTownFolder, type Folder } from '../import/support/folder';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { testServers } from '../support/servers';
import { addUser, testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

let database: FreshDatabase;
let folder: Folder;
let api: TestApi;
let token: string;
const temporal = noTemporal();

beforeAll(() => {
  folder = smallTownFolder();
});
beforeEach(async () => {
  folder.restore();
  database = await freshDatabase();
  api = await testApi({ db: database.db, client: temporal.client });
  token = await api.signedIn(await addUser(database.db, 'ada-of-the-test', ['admin']));
});
afterEach(async () => {
  await api.close();
  await database.drop();
});
afterAll(async () => {
  folder.remove();
  await temporal.close();
});

const typeOf = (name: string) => (name.endsWith('.json') ? 'application/json' : 'text/csv');

/** Opens an import and sends these files of the folder, or all; its path. */
async function sent(files = readdirSync(folder.path)): Promise<string> {
  const opened = await api.post('/imports', {}, token);
  expect([opened.status, opened.body.status]).toEqual([201, 'COLLECTING']);
  const path = `/imports/${opened.body.importId}`;
  for (const name of files) expect((await send(path, name)).status).toBe(200);
  return path;
}

const send = (path: string, name: string, text = readFileSync(join(folder.path, name), 'utf8')) =>
  api.call('PUT', `/api/v1${path}/files/${name}`, { token, body: text, headers: { 'content-type': typeOf(name) } });

/** The import once nothing of it runs any more. */
const settled = (path: string) =>
  eventually(async () => {
    const { body } = await api.get(path, token);
    expect([body.progress, await isServerLockHeld(database.db, 'import')]).toEqual([null, false]);
    return body;
  });

async function checked(path: string) {
  expect((await api.post(`${path}/check`, { asOf: 'today' }, token)).status).toBe(202);
  return settled(path);
}

async function loaded(path: string, skipBad = false) {
  expect((await api.post(`${path}/load`, { skipBad }, token)).status).toBe(202);
  return settled(path);
}

const sum = (run: { files: Record<string, number>[] }, of: 'read' | 'loaded' | 'already' | 'bad') =>
  run.files.reduce((total, file) => total + (file[of] ?? 0), 0);

/** Keeps every check and load from its rows until `act` is done. */
async function whileImportsWait(act: () => Promise<void>): Promise<void> {
  const { sequelize, NumberCounter } = database.db;
  const transaction = await sequelize.transaction();
  try {
    await NumberCounter.findAll({ lock: true, transaction });
    await act();
  } finally {
    await transaction.rollback();
  }
}

const aCase = () =>
  inTransaction(database.db, 1, (tx) =>
    openCase(tx, {
      ...{ caseId: 'payment-X', type: 'PAYMENT', step: 'REQUESTED', waitingOn: 'SYSTEM', occurrenceKey: 'PAYMENT:X' },
      ...{ locationId: null, accountId: null, startedBy: 1 },
    }),
  );

it('checks what was sent without loading it, then loads all of it in the name of whoever asked', async () => {
  const path = await sent();
  const after = await checked(path);
  expect(after).toMatchObject({ status: 'CHECKED', loadable: true, faults: 0, failure: null });
  expect(sum(after, 'read')).toBeGreaterThan(500);
  expect([sum(after, 'loaded'), sum(after, 'bad'), await database.db.Customer.count()]).toEqual([0, 0, 0]);

  const done = await loaded(path);
  expect(done).toMatchObject({ status: 'LOADED', faults: 0, startedBy: { username: 'ada-of-the-test' } });
  expect(sum(done, 'loaded')).toBe(sum(after, 'read'));
  for (const { find } of INVARIANTS) expect(await find(database.db)).toEqual([]);
  const { db } = database;
  const ada = await db.AppUser.findOne({ where: { username: 'ada-of-the-test' }, rejectOnEmpty: true });
  expect(await db.AuditLog.count({ where: { action: 'import.loaded', actorId: ada.id } })).toBeGreaterThan(5);
  expect(existsSync(join(api.deps.config.importDir, done.importId))).toBe(false);
  expect((await api.post(`${path}/load`, {}, token)).body.code).toBe('IMPORT_ENDED');

  const again = await checked(await sent());
  expect([sum(again, 'already'), again.faults]).toEqual([sum(done, 'read'), 0]);
  const second = await loaded(`/imports/${again.importId}`);
  expect([second.status, sum(second, 'loaded')]).toEqual(['LOADED', 0]);
  expect((await api.get('/imports?limit=1', token)).body.data).toMatchObject([{ importId: again.importId }]);
}, 60_000);

it('names bad rows with file, line, column and reason, loads nothing, and the rest when they are left out', async () => {
  folder.change('customers.csv', (rows) => void Object.assign(rows[0] ?? {}, { phones: '=cmd()' }));
  folder.change('rates.csv', (rows) => [...rows, { ...rows[0], code: '=A1' }]);
  const path = await sent();
  const after = await checked(path);
  expect(after.faults).toBeGreaterThan(1);

  const first = await api.get(`${path}/bad-rows?limit=1`, token);
  expect(first.body.data).toMatchObject([{ file: 'rates.csv', line: 10, field: 'code' }]);
  const rest = await api.get(`${path}/bad-rows?cursor=${first.body.nextCursor}`, token);
  expect(rest.body.data).toContainEqual({
    ...{ seq: 2, file: 'customers.csv', line: 2, field: 'phones/0/value' },
    reason: expect.stringContaining('telephone'),
  });
  const file = await api.get(`${path}/bad-rows?format=csv`, token);
  expect(file.body).toMatch(/^file,line,field,reason\nrates\.csv,10,code,/);
  expect(file.body.trim().split('\n')).toHaveLength(after.faults + 1);

  const refused = await api.post(`${path}/load`, {}, token);
  expect([refused.status, refused.body.code]).toEqual([422, 'IMPORT_BAD_ROWS']);
  expect(await database.db.Customer.count()).toBe(0);

  const done = await loaded(path, true);
  expect([done.status, done.faults]).toEqual(['LOADED', after.faults]);
  expect(sum(done, 'loaded') + sum(done, 'bad')).toBe(sum(done, 'read'));
  expect(await database.db.Customer.count()).toBe(folder.read('customers.csv').length - 1);
}, 60_000);

it('says what is wrong with a file as a whole, and takes a better one in its place', async () => {
  const path = await sent();
  const text = readFileSync(join(folder.path, 'meters.csv'), 'utf8');
  await send(path, 'meters.csv', text.replace('serial', 'number'));
  const spoilt = await checked(path);
  expect(spoilt).toMatchObject({ status: 'CHECKED', loadable: false, faults: 2 });
  const { body } = await api.get(`${path}/bad-rows`, token);
  expect(body.data[0]).toMatchObject({ file: 'meters.csv', line: 1, field: 'serial', reason: 'The column is missing' });
  expect((await api.post(`${path}/load`, { skipBad: true }, token)).body.code).toBe('IMPORT_BAD_ROWS');

  await send(path, 'meters.csv', text);
  expect((await api.get(path, token)).body).toMatchObject({ status: 'COLLECTING', faults: null });
  expect((await api.post(`${path}/load`, {}, token)).body.code).toBe('IMPORT_UNCHECKED');
  expect(await checked(path)).toMatchObject({ loadable: true, faults: 0 });
}, 60_000);

it('takes only files of an import, as what they are, and one import at a time', async () => {
  const path = await sent([]);
  expect((await api.post(`${path}/check`, {}, token)).body.code).toBe('IMPORT_EMPTY');
  const unknown = await send(path, 'customers-2.csv', 'code\n');
  expect([unknown.status, unknown.body.code]).toEqual([422, 'IMPORT_FILE_UNKNOWN']);
  const form = { token, body: 'x', headers: { 'content-type': 'text/plain' } };
  const asText = await api.call('PUT', `/api/v1${path}/files/customers.csv`, form);
  expect([asText.status, asText.body.detail]).toEqual([415, 'Send text/csv or application/json in UTF-8']);
  const climbs = await api.call('PUT', `/api/v1${path}/files/..%2Fcustomers.csv`, form);
  expect(climbs.status).not.toBe(200);

  const second = await api.post('/imports', {}, token);
  expect([second.status, second.body.code]).toEqual([409, 'IMPORT_OPEN']);
  expect((await api.call('DELETE', `/api/v1${path}`, { token })).status).toBe(204);
  expect((await send(path, 'customers.csv')).body.code).toBe('IMPORT_ENDED');
  expect((await api.post('/imports', {}, token)).status).toBe(201);
  expect((await api.get('/imports/import_none', token)).status).toBe(404);
}, 60_000);

it('refuses files, a check and a load while one runs, and a repeated request starts no second one', async () => {
  const path = await sent();
  await whileImportsWait(async () => {
    const key = 'the-same';
    const begun = await api.post(`${path}/check`, { asOf: 'today' }, token, key);
    expect(begun.body.status).toBe('CHECKING');
    for (const request of [
      () => send(path, 'meters.csv'),
      () => api.post(`${path}/check`, {}, token),
      () => api.post(`${path}/load`, {}, token),
      () => api.call('DELETE', `/api/v1${path}`, { token }),
    ])
      expect([(await request()).body.code]).toEqual(['IMPORT_RUNS']);
    const repeated = await api.post(`${path}/check`, { asOf: 'today' }, token, key);
    expect([repeated.status, repeated.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
  });
  expect(await settled(path)).toMatchObject({ status: 'CHECKED', faults: 0 });
}, 60_000);

it('is refused while a case is open, also one that opened when the load had begun', async () => {
  const path = await sent();
  await checked(path);
  await whileImportsWait(async () => {
    expect((await api.post(`${path}/load`, {}, token)).status).toBe(202);
    await aCase();
  });
  const given = await settled(path);
  expect(given).toMatchObject({ status: 'FAILED', failure: expect.stringContaining('1 cases are open') });
  expect(await database.db.Customer.count()).toBe(0);

  expect(await checked(path)).toMatchObject({ status: 'CHECKED' });
  const refused = await api.post(`${path}/load`, {}, token);
  expect([refused.status, refused.body.code]).toEqual([409, 'CASES_OPEN']);
}, 60_000);

it('has loaded nothing when the API is killed in the middle; the import can be checked and loaded again', async () => {
  const path = await sent();
  await checked(path);
  const port = await freePort();
  const process = apiProcess(port);
  const url = `http://127.0.0.1:${port}/api/v1`;
  try {
    await new Promise((resolve) => process.once('message', resolve));
    await whileImportsWait(async () => {
      const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'k', 'content-type': 'application/json' };
      const begun = await fetch(`${url}${path}/load`, { method: 'POST', headers, body: '{}' });
      expect(begun.status).toBe(202);
      expect((await api.get(path, token)).body.status).toBe('LOADING');
      const gone = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGKILL');
      await gone;
    });
  } finally {
    process.kill('SIGKILL');
  }
  const given = await settled(path);
  expect(given).toMatchObject({ status: 'FAILED', failure: expect.stringContaining('Nothing was loaded') });
  expect(await database.db.Customer.count()).toBe(0);
  await checked(path);
  expect(await loaded(path)).toMatchObject({ status: 'LOADED' });
}, 90_000);

/** The API as a process of its own, on the same database and folder. */
function apiProcess(port: number): ChildProcess {
  return fork(join(__dirname, '../../api/main.ts'), [], {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: testServers().temporal, PORT: String(port) },
      ...{ LOG_LEVEL: 'silent', IMPORT_DIR: api.deps.config.importDir },
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}
