import { changeUser } from '../../db/records/user-changes';
import { inTransaction } from '../../db/transaction';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { refusalOf } from '../support/refusal';
import { addUser, testApi, type Answered, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

let database: FreshDatabase;
let api: TestApi;
const temporal = noTemporal();
const ids: Record<string, number> = {};
let ada: string;

beforeEach(async () => {
  database = await freshDatabase();
  api = await testApi({ db: database.db, client: temporal.client });
  ids.ada = await addUser(database.db, 'ada', ['admin'], 'hash');
  ids.sue = await addUser(database.db, 'sue', ['supervisor'], 'hash');
  ada = await api.signedIn(ids.ada);
});
afterEach(async () => {
  await api.close();
  await database.drop();
});
afterAll(() => temporal.close());

const codeOf = ({ status, body }: Answered) => [status, body.code];
const shown = async (username: string) => (await api.get(`/users/${username}`, ada)).body;
async function patch(
  username: string,
  body: object,
  { token = ada, ifMatch }: { token?: string; ifMatch?: string } = {},
) {
  const etag = ifMatch ?? (await api.get(`/users/${username}`, token)).headers.get('etag') ?? '"0"';
  return api.call('PATCH', `/api/v1/users/${username}`, { token, body, headers: { 'if-match': etag } });
}
const audited = async () =>
  (await database.db.AuditLog.findAll({ where: { action: 'user.changed' }, order: ['seq'] })).map(
    ({ data }) => JSON.parse(data) as { before: object; after: object },
  );

describe('a user', () => {
  it('is shown with limit and version, alone and in the list', async () => {
    const sue = await api.get('/users/sue', ada);
    expect(sue.headers.get('etag')).toBe(`"${sue.body.version}"`);
    expect(sue.body).toMatchObject({ username: 'sue', roles: ['supervisor'], disabled: false, approvalLimit: null });
    expect((await api.get('/users', ada)).body.data).toMatchObject([{ username: 'ada' }, sue.body]);
    expect(codeOf(await api.get('/users/nobody', ada))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await api.get('/users/system', ada))).toEqual([404, 'NOT_FOUND']);
  });

  it('gets another name, other roles and a limit of their own, with audit of before and after', async () => {
    const body = { displayName: 'Sue Smith', roles: ['supervisor', 'clerk'], approvalLimit: { cents: 5000 } };
    const changed = await patch('sue', body);
    expect(changed.body).toMatchObject({
      ...{ displayName: 'Sue Smith', roles: ['clerk', 'supervisor'], approvalLimit: { cents: 5000 }, version: 1 },
    });
    expect(await audited()).toEqual([
      {
        before: { displayName: 'sue', roles: ['supervisor'], disabled: false, approvalLimit: null },
        after: {
          displayName: 'Sue Smith',
          roles: ['clerk', 'supervisor'],
          disabled: false,
          approvalLimit: { cents: 5000 },
        },
      },
    ]);
    expect((await patch('sue', { approvalLimit: { cents: null } })).body.approvalLimit).toEqual({ cents: null });
    expect(await database.db.ApprovalLimit.findOne()).toMatchObject({
      userId: ids.sue,
      limitCents: null,
      setBy: ids.ada,
    });
    expect((await patch('sue', { approvalLimit: null })).body.approvalLimit).toBeNull();
    expect(await database.db.ApprovalLimit.count()).toBe(0);
  });

  it('is not changed over a newer version, without one, or into nothing', async () => {
    const stale = (await api.get('/users/sue', ada)).headers.get('etag') ?? '';
    await patch('sue', { displayName: 'Sue Smith' });
    expect(codeOf(await patch('sue', { displayName: 'Susan' }, { ifMatch: stale }))).toEqual([
      412,
      'PRECONDITION_FAILED',
    ]);
    const bare = await api.call('PATCH', '/api/v1/users/sue', { token: ada, body: { disabled: true } });
    expect(codeOf(bare)).toEqual([428, 'PRECONDITION_REQUIRED']);
    for (const body of [{ roles: [] }, { roles: ['king'] }, { approvalLimit: { cents: -1 } }, { password: 'x' }]) {
      expect((await patch('sue', body)).status).toBe(400);
    }
    expect((await patch('sue', { displayName: 'Sue Smith' })).body.version).toBe(1);
    expect(await audited()).toHaveLength(1);
  });
});

describe('whoever is disabled', () => {
  it('is signed out everywhere at once, and signs in anew when enabled again', async () => {
    const sessions = [await api.signedIn(ids.sue ?? 0), await api.signedIn(ids.sue ?? 0)];
    expect((await api.get('/me', sessions[0])).status).toBe(200);
    expect((await patch('sue', { disabled: true })).body).toMatchObject({ disabled: true });
    for (const token of sessions) expect((await api.get('/me', token)).status).toBe(401);
    expect(await database.db.Session.count({ where: { userId: ids.sue, revokedAt: null } })).toBe(0);
    expect((await patch('sue', { disabled: false })).body).toMatchObject({ disabled: false });
    for (const token of sessions) expect((await api.get('/me', token)).status).toBe(401);
    expect((await api.get('/me', await api.signedIn(ids.sue ?? 0))).status).toBe(200);
  });
});

describe('an administrator', () => {
  it('changes their own name, and not their own roles, limit or disabled state', async () => {
    for (const body of [{ roles: ['admin', 'supervisor'] }, { disabled: true }, { approvalLimit: { cents: null } }]) {
      expect(codeOf(await patch('ada', body))).toEqual([403, 'OWN_WORK']);
    }
    expect((await patch('ada', { displayName: 'Ada Smith', roles: ['admin'] })).body.displayName).toBe('Ada Smith');
    expect(await shown('ada')).toMatchObject({ roles: ['admin'], disabled: false, approvalLimit: null });
  });

  it('who is the last is neither disabled nor deprived of the role', async () => {
    const { db } = database;
    const bySystem = (change: object) => inTransaction(db, 1, (tx) => changeUser(tx, 'ada', '"0"', change));
    expect(await refusalOf(bySystem({ disabled: true }))).toBe('LAST_ADMIN');
    expect(await refusalOf(bySystem({ roles: ['clerk'] }))).toBe('LAST_ADMIN');
    expect(await shown('ada')).toMatchObject({ roles: ['admin'], disabled: false, version: 0 });
  });

  it('and another who disable each other at once leave one of them', async () => {
    ids.abe = await addUser(database.db, 'abe', ['admin'], 'hash');
    const abe = await api.signedIn(ids.abe);
    const answers = await Promise.all([
      patch('abe', { disabled: true }, { token: ada, ifMatch: '"0"' }),
      patch('ada', { disabled: true }, { token: abe, ifMatch: '"0"' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await database.db.AppUser.count({ where: { id: [ids.ada ?? 0, ids.abe], disabledAt: null } })).toBe(1);
  });
});

describe('the people of the office', () => {
  it('are known by name and role to whoever gives them work, without those who left and the system', async () => {
    const carl = await api.signedIn(await addUser(database.db, 'carl', ['clerk', 'field'], 'hash'));
    const gone = await addUser(database.db, 'gone', ['field'], 'hash');
    const olive = await api.signedIn(await addUser(database.db, 'olive', ['operator'], 'hash'));
    await inTransaction(database.db, 1, (tx) =>
      tx.db.AppUser.update({ disabledAt: new Date() }, { where: { id: gone } }),
    );
    const names = async (query = '') =>
      (await api.get(`/people${query}`, carl)).body.data.map(({ username }: { username: string }) => username);
    expect(await names()).toEqual(['ada', 'carl', 'olive', 'sue']);
    expect(await names('?role=supervisor')).toEqual(['sue']);
    expect((await api.get('/people?role=field', carl)).body.data).toEqual([
      { username: 'carl', displayName: 'carl', roles: ['clerk', 'field'] },
    ]);
    expect((await api.get('/people?role=king', carl)).status).toBe(400);
    expect((await api.get('/people', olive)).status).toBe(403);
  });
});
