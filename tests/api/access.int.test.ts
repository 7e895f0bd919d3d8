import { Validator } from '@seriousme/openapi-schema-validator';
import { ACCESS, mayUse, type Access, type RouteName } from '../../api/access';
import { methodAndPath } from '../../api/route';
import { inTransaction } from '../../db/transaction';
import { ROLES, type Role } from '../../domain/roles';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { addUser, testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

type Who = Role | 'nobody' | 'disabled' | 'expired';

let database: FreshDatabase;
let api: TestApi;
const temporal = noTemporal();
const users = {} as Record<Role | 'disabled', number>;

beforeAll(async () => {
  database = await freshDatabase();
  api = await testApi({ db: database.db, client: temporal.client });
  for (const role of ROLES) users[role] = await addUser(database.db, role, [role]);
  users.disabled = await addUser(database.db, 'disabled', [...ROLES]);
});
afterAll(async () => {
  await api.close();
  await temporal.close();
  await database.drop();
});

async function tokenOf(who: Who): Promise<string | null> {
  if (who === 'nobody') return null;
  const userId = users[who === 'expired' ? 'admin' : who];
  const token = await api.signedIn(userId);
  const { db } = database;
  if (who === 'disabled') {
    await inTransaction(db, 1, (tx) => tx.db.AppUser.update({ disabledAt: new Date() }, { where: { id: userId } }));
  }
  if (who === 'expired') {
    await inTransaction(db, 1, (tx) =>
      tx.db.Session.update({ expiresAt: new Date(Date.now() - 1) }, { where: { userId } }),
    );
  }
  return token;
}

describe('the document of the API', () => {
  it('is valid OpenAPI 3.1, describes every route of the access table and nothing else', async () => {
    const { body } = await api.get('/openapi.json');
    const checked = await new Validator().validate(structuredClone(body));
    expect(checked.errors ?? []).toEqual([]);
    expect(checked.valid).toBe(true);
    expect(body.openapi).toBe('3.1.0');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'servers')
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(Object.keys(ACCESS).sort());
  });

  it('names every operation, asks POSTs for an Idempotency-Key and says what a problem is', async () => {
    const { body } = await api.get('/openapi.json');
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a JSON document
    const operations = Object.values(body.paths as Record<string, Record<string, any>>).flatMap((path) =>
      Object.values(path),
    );
    const ids = operations.map(({ operationId }) => operationId as string);
    expect(new Set(ids).size).toBe(ids.length);
    const { parameters } = body.paths['/tasks/{taskId}/complete'].post;
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['taskId', 'Idempotency-Key']),
    );
    expect(body.paths['/tasks'].get.responses.default.content).toHaveProperty(['application/problem+json']);
    expect(body.paths['/cases/move-out'].post.requestBody.content['application/json'].schema).toBeDefined();
  });
});

describe.each(Object.keys(ACCESS) as RouteName[])('%s', (name) => {
  const access: Access = ACCESS[name];
  const { method, path } = methodAndPath(name);
  const base = name === 'GET /healthz' || name === 'GET /readyz' ? '' : '/api/v1';
  const url = base + path.replaceAll(/\{\w+\}/g, 'X-1');

  it.each<Who>(['nobody', 'disabled', 'expired', ...ROLES])('lets %s in only if the table says so', async (who) => {
    const token = await tokenOf(who);
    const roles = who === 'nobody' || who === 'disabled' || who === 'expired' ? null : [who];
    const { status, body } = await api.call(method.toUpperCase(), url, { token, headers: { 'if-match': '"0"' } });
    if (mayUse(access, roles)) {
      expect([status, body?.code]).not.toEqual([403, 'ROLE']);
      // Signing in needs no token, so an empty one is merely malformed.
      expect(status).not.toBe(401);
      if (name !== 'GET /readyz') expect(status).toBeLessThan(500);
    } else {
      expect([status, body.code]).toEqual(roles === null ? [401, 'NOT_SIGNED_IN'] : [403, 'ROLE']);
    }
  });
});
