import { sessionCookie } from '../../api/session-cookie';
import { cookieHash } from '../../api/authenticate';
import { hashPassword } from '../../api/passwords';
import { inTransaction } from '../../db/transaction';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { addUser, testApi, type TestApi } from './support/api';
import { asPage, cookieOf, opened, read } from './support/browser';
import { noTemporal } from './support/no-temporal';

const PASSWORD = 'correct horse battery';
let database: FreshDatabase;
let api: TestApi;
let userId: number;
let users = 0;
const temporal = noTemporal();

beforeAll(async () => {
  database = await freshDatabase();
  api = await testApi({ db: database.db, client: temporal.client });
});
beforeEach(async () => {
  userId = await addUser(database.db, `cora${++users}`, ['clerk'], await hashPassword(PASSWORD));
});
afterAll(async () => {
  await api.close();
  await temporal.close();
  await database.drop();
});

const at = (path: string) => `${api.url}/api/v1${path}`;
const disable = () =>
  inTransaction(database.db, 1, (tx) => tx.db.AppUser.update({ disabledAt: new Date() }, { where: { id: userId } }));
const change = (values: object, where: { tokenHash: string }) =>
  inTransaction(database.db, 1, (tx) => tx.db.Session.update(values, { where }));

async function signIn(cookie?: string) {
  const body = { username: `cora${users}`, password: PASSWORD };
  const got = await asPage(at('/session'), { method: 'POST', body, ...(cookie && { headers: { cookie } }) });
  expect(got.status).toBe(201);
  return { got, cookie: cookieOf(got), token: cookieOf(got).split('=')[1] ?? '' };
}
const me = (cookie: string, headers = {}) => asPage(at('/me'), { headers: { cookie, ...headers } });

describe('a console session', () => {
  it('is a cookie that scripts cannot read; the answer says who signed in and not the token', async () => {
    const { got, cookie, token } = await signIn();
    expect(got.body).toEqual({
      expiresAt: expect.any(String),
      user: { username: `cora${users}`, displayName: `cora${users}`, roles: ['clerk'] },
    });
    expect(got.headers['set-cookie']).toEqual([`keyturn=${token}; Path=/; HttpOnly; SameSite=Strict`]);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const shown = await me(cookie);
    expect(shown.body).toMatchObject({ ...got.body.user, expiresAt: got.body.expiresAt, idleSeconds: 900 });
    expect(JSON.stringify(await database.db.Session.findAll())).not.toContain(token);
  });

  it('bears the __Host- prefix and Secure in production, where no other name is taken', async () => {
    const cookie = sessionCookie(true);
    const token = 'A'.repeat(43);
    expect(cookie.set(token)).toBe(`__Host-keyturn=${token}; Path=/; HttpOnly; SameSite=Strict; Secure`);
    expect(cookie.clear()).toBe('__Host-keyturn=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0');
    expect(cookie.valueIn(`a=b; __Host-keyturn=${token}`)).toBe(token);
    expect(cookie.valueIn(`keyturn=${token}`)).toBeNull();
  });

  it('is worth nothing as a Bearer token, which may idle for longer', async () => {
    const { token } = await signIn();
    expect((await api.get('/me', token)).status).toBe(401);
    const program = (await api.post('/tokens', { username: `cora${users}`, password: PASSWORD })).body.token;
    expect((await me(`keyturn=${program}`)).status).toBe(401);
  });

  it('is a new one at each sign-in: the one the browser had is over', async () => {
    const first = await signIn();
    const second = await signIn(first.cookie);
    expect(second.token).not.toBe(first.token);
    expect((await me(first.cookie)).status).toBe(401);
    expect((await me(second.cookie)).status).toBe(200);
  });

  it('ends by signing out, which takes the cookie back', async () => {
    const { cookie } = await signIn();
    const out = await asPage(at('/session'), { method: 'DELETE', headers: { cookie } });
    expect([out.status, out.headers['set-cookie']]).toEqual([
      204,
      ['keyturn=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0'],
    ]);
    expect((await me(cookie)).status).toBe(401);
  });

  it('ends after 15 minutes without use, after twelve hours, and with its user', async () => {
    const { cookie, token } = await signIn();
    const where = { tokenHash: cookieHash(token) };
    const idle = (minutes: number) => change({ lastUsedAt: new Date(Date.now() - minutes * 60_000) }, where);
    await idle(14);
    expect((await me(cookie)).status).toBe(200);
    await idle(16);
    expect((await me(cookie)).status).toBe(401);
    await idle(0);
    const { expiresAt } = await database.db.Session.findByPk(where.tokenHash, { rejectOnEmpty: true });
    expect(Math.abs(expiresAt.getTime() - Date.now() - 12 * 3_600_000)).toBeLessThan(60_000);
    await change({ expiresAt: new Date(Date.now() - 1) }, where);
    expect((await me(cookie)).status).toBe(401);
    await change({ expiresAt: new Date(Date.now() + 60_000) }, where);
    expect((await me(cookie)).status).toBe(200);
    await disable();
    expect((await me(cookie)).status).toBe(401);
  });

  it('is not kept alive by what a screen fetches by itself', async () => {
    const { cookie, token } = await signIn();
    const tokenHash = cookieHash(token);
    const before = new Date(Date.now() - 10 * 60_000);
    await change({ lastUsedAt: before }, { tokenHash });
    const used = async () => (await database.db.Session.findByPk(tokenHash, { rejectOnEmpty: true })).lastUsedAt;
    expect((await me(cookie, { 'x-background': 'true' })).status).toBe(200);
    expect((await used()).getTime()).toBe(before.getTime());
    await me(cookie);
    expect((await used()).getTime()).toBeGreaterThan(before.getTime());
  });

  it('takes new roles at once', async () => {
    const { cookie } = await signIn();
    const all = () => asPage(at('/users'), { headers: { cookie } });
    expect((await all()).status).toBe(403);
    await inTransaction(database.db, 1, (tx) => tx.db.UserRole.create({ userId, role: 'admin' }));
    expect((await all()).status).toBe(200);
  });
});

describe('a write that a cookie vouches for', () => {
  it.each<[Record<string, string>, number]>([
    [{}, 403],
    [{ 'sec-fetch-site': 'none' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'http://evil.test' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://office.test' }, 403],
    [{ origin: 'http://office.test' }, 204],
    [{ 'sec-fetch-site': 'same-origin' }, 204],
  ])('with %j is answered %i', async (headers, status) => {
    const { cookie } = await signIn();
    const got = await read(await opened(at('/session'), { method: 'DELETE', headers: { ...headers, cookie } }));
    expect([got.status, got.body.code]).toEqual([status, status === 403 ? 'CROSS_SITE' : undefined]);
    expect((await me(cookie)).status).toBe(status === 403 ? 200 : 401);
  });
});

describe('signing in to the console', () => {
  it('answers as POST /tokens does to what is wrong, and sets nothing', async () => {
    const body = { username: `cora${users}`, password: 'wrong horse' };
    const got = await asPage(at('/session'), { method: 'POST', body });
    expect([got.status, got.body.code, got.headers['set-cookie']]).toEqual([401, 'SIGN_IN_FAILED', undefined]);
  });

  it('counts with POST /tokens towards what an address may try', async () => {
    const signInLimit = { triesBeforeLock: 5, lockMs: 1, perAddress: 2, windowMs: 60_000 };
    const few = await testApi({ db: database.db, client: temporal.client, limits: { signIn: signInLimit } });
    const wrong = { username: 'x', password: 'x' };
    expect((await few.post('/tokens', wrong)).status).toBe(401);
    expect((await few.post('/session', wrong)).status).toBe(401);
    expect((await few.post('/session', wrong)).status).toBe(429);
    await few.close();
  });
});
