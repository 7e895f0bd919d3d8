import { sha256 } from '../../db/canonical';
import { hashPassword } from '../../api/passwords';
import { inTransaction } from '../../db/transaction';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { addUser, testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

const PASSWORD = 'correct horse battery';
let database: FreshDatabase;
let api: TestApi;
let userId: number;
const temporal = noTemporal();

beforeAll(async () => {
  database = await freshDatabase();
  api = await testApi({ db: database.db, client: temporal.client });
});
beforeEach(async () => {
  userId = await addUser(
    database.db,
    `cora${Date.now()}${Math.random()}`.replace('.', ''),
    ['clerk'],
    await hashPassword(PASSWORD),
  );
});
afterAll(async () => {
  await api.close();
  await temporal.close();
  await database.drop();
});

const user = () => database.db.AppUser.findByPk(userId, { rejectOnEmpty: true });
const change = (values: object) =>
  inTransaction(database.db, 1, (tx) => tx.db.AppUser.update(values, { where: { id: userId } }));
const signIn = async (password = PASSWORD) => api.post('/tokens', { username: (await user()).username, password });

describe('signing in', () => {
  it('gives out a token that says who it is, and keeps only its hash', async () => {
    const { status, body } = await signIn();
    expect(status).toBe(201);
    expect(body.user).toMatchObject({ roles: ['clerk'] });
    expect(Buffer.from(body.token, 'base64url')).toHaveLength(32);
    expect((await api.get('/me', body.token)).body).toEqual({
      ...body.user,
      ...{ expiresAt: body.expiresAt, idleSeconds: 3600 },
    });
    expect(await database.db.Session.findByPk(sha256(body.token))).not.toBeNull();
    expect(JSON.stringify(await database.db.Session.findAll())).not.toContain(body.token);
  });

  it('answers the same to a wrong password, an unknown, a disabled and a passwordless user', async () => {
    const wrong = await signIn('wrong horse');
    const unknown = await api.post('/tokens', { username: 'nobody', password: PASSWORD });
    const system = await api.post('/tokens', { username: 'system', password: '' });
    await change({ disabledAt: new Date() });
    const disabled = await signIn();
    for (const answer of [wrong, unknown, system, disabled]) {
      expect(answer.status).toBe(401);
      expect({ ...answer.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    }
  });

  it('locks the account after five failures, for the right password too, and opens it again in time', async () => {
    for (let n = 0; n < 5; n++) expect((await signIn('wrong')).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    expect((await user()).lockedUntil!.getTime()).toBeGreaterThan(Date.now() + 14 * 60_000);
    await change({ lockedUntil: new Date(Date.now() - 1) });
    expect((await signIn()).status).toBe(201);
    expect(await user()).toMatchObject({ failedSignIns: 0, lockedUntil: null });
  });

  it('counts failures that come at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => signIn('wrong')));
    expect((await signIn()).status).toBe(401);
  });
});

describe('a token', () => {
  it('ends with the session, and the back button does not bring it back', async () => {
    const { token } = (await signIn()).body;
    expect((await api.call('DELETE', '/api/v1/tokens/current', { token })).status).toBe(204);
    expect((await api.get('/me', token)).status).toBe(401);
  });

  it('is worth nothing once the user is disabled, and takes new roles at once', async () => {
    const { token } = (await signIn()).body;
    expect((await api.get('/users', token)).status).toBe(403);
    await inTransaction(database.db, 1, (tx) => tx.db.UserRole.create({ userId, role: 'admin' }));
    expect((await api.get('/users', token)).status).toBe(200);
    await change({ disabledAt: new Date() });
    expect((await api.get('/me', token)).status).toBe(401);
  });

  it('ends after twelve hours, or an hour without use; using it notes the time', async () => {
    const { token } = (await signIn()).body;
    const tokenHash = sha256(token);
    const session = () => database.db.Session.findByPk(tokenHash, { rejectOnEmpty: true });
    const set = (values: object) =>
      inTransaction(database.db, 1, (tx) => tx.db.Session.update(values, { where: { tokenHash } }));
    await set({ lastUsedAt: new Date(Date.now() - 59 * 60_000) });
    expect((await api.get('/me', token)).status).toBe(200);
    expect((await session()).lastUsedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await set({ lastUsedAt: new Date(Date.now() - 61 * 60_000) });
    expect((await api.get('/me', token)).status).toBe(401);
    await set({ lastUsedAt: new Date(), expiresAt: new Date(Date.now() - 1) });
    expect((await api.get('/me', token)).status).toBe(401);
  });

  it.each(['', 'x', `${'A'.repeat(43)}`, "' OR 1=1 --"])('that is none is refused: %p', async (token) => {
    expect((await api.get('/me', token)).status).toBe(401);
  });
});
