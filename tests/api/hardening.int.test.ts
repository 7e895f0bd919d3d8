import { connect } from 'node:net';
import * as fc from 'fast-check';
import { ACCESS, type RouteName } from '../../api/access';
import { methodAndPath } from '../../api/route';
import { ROLES } from '../../domain/roles';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { addUser, testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

let database: FreshDatabase;
let api: TestApi;
let town: SmallTown;
let token: string;
const temporal = noTemporal();

beforeAll(async () => {
  database = await freshDatabase();
  town = await makeSmallTown(database.db);
  api = await testApi({ db: database.db, client: temporal.client });
  token = await api.signedIn(await addUser(database.db, 'all', [...ROLES]));
});
afterAll(async () => {
  await api.close();
  await temporal.close();
  await database.drop();
});

const users = (headers: Record<string, string>, body: unknown = {}) =>
  api.call('POST', '/api/v1/users', { token, headers, body });

describe('every answer', () => {
  it.each(['/api/v1/me', '/api/v1/nothing', '/healthz', '/api/docs/', '/', '/api/v1/cases/%E0%A4%A'])(
    '%s bears the security headers',
    async (path) => {
      const { headers } = await api.call('GET', path, { token });
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{24}$/);
      for (const part of [
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "script-src 'self'",
      ]) {
        expect(headers.get('content-security-policy')).toContain(part);
      }
    },
  );

  it('of an error names a code and no stack, SQL or name', async () => {
    const { status, body } = await api.get('/accounts/A0000000', token);
    expect([status, body.code, body.title]).toEqual([404, 'NOT_FOUND', 'Not Found']);
    expect(JSON.stringify(body)).not.toMatch(/SELECT|sequelize|at \w+ \(/i);
  });
});

describe('a body', () => {
  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/jsonp', 415],
    ['application/json; charset=latin1', 415],
    ['application/json; charset=utf-8', 400],
  ])('of type %s is answered %i', async (type, status) => {
    expect((await users({ 'content-type': type }, '{}')).status).toBe(status);
  });

  it.each(['{', 'null', '1', '"x"', '[]', '{"a":1}', '{"__proto__":{}}'])('%s is malformed', async (body) => {
    const answer = await users({}, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'MALFORMED']);
  });

  it('has up to 100 kB', async () => {
    expect((await users({}, { username: 'x'.repeat(102_400) })).status).toBe(413);
  });

  it('of a feed has up to 2 MB, in up to 500 rows', async () => {
    const sized = (bytes: number) => api.post('/feeds/reads', { rows: ['x'.repeat(bytes)] }, token);
    expect((await sized(1_000_000)).status).toBe(400);
    const tooLarge = await sized(2_200_000);
    expect([tooLarge.status, tooLarge.body.detail]).toEqual([413, 'This request may have up to 2097152 bytes']);
    const row = { sourceId: 'R1', meterSerial: 'M-1', readOn: '2026-11-01', value: '1', source: 'ACTUAL' };
    const { status, body } = await api.post('/feeds/reads', { rows: Array.from({ length: 501 }, () => row) }, token);
    expect([status, body.errors[0].pointer]).toEqual([400, '#/rows']);
  });

  it('names each field at fault by a pointer, unknown ones too', async () => {
    const { body } = await users({}, { username: '', password: 'short', roles: ['king'], isAdmin: true });
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer).sort();
    expect(pointers).toEqual(['#/displayName', '#/isAdmin', '#/password', '#/roles/0', '#/username']);
  });

  it('may hold no payment card number in free text', async () => {
    for (const reason of ['paid with 4111 1111 1111 1111', '4111-1111-1111-1111', '4111111111111111']) {
      expect((await api.post('/cases/moveout-1/cancel', { reason }, token)).status).toBe(400);
    }
    expect((await api.post('/cases/moveout-1/cancel', { reason: 'account 4111111111111112' }, token)).status).toBe(404);
  });
});

describe('a query', () => {
  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=x',
    'cursor=W10',
    'cursor=WyJ4IiwieCJd',
    'type=X',
    'q=',
    'type[$ne]=1',
    'limit=1&limit=2',
    'sort=name',
  ])('%s is malformed', async (query) => {
    expect((await api.get(`/cases?${query}`, token)).status).toBe(400);
  });
});

describe('a browser', () => {
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:1' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'http://evil.test' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://office.test' }, 200],
  ])('that sends %j gets %i', async (headers, status) => {
    // fetch would not let these headers pass.
    expect(await rawStatus(headers as Record<string, string>)).toBe(status);
  });
});

function rawStatus(headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(api.url);
  const lines = Object.entries({ host: hostname, authorization: `Bearer ${token}`, connection: 'close', ...headers });
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /api/v1/me HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
    );
    socket.once('data', (data) => resolve(Number(data.toString().split(' ')[1])));
    socket.once('error', reject);
  });
}

describe('the documentation', () => {
  it('is served from here, without a script in the page', async () => {
    const page = await api.call('GET', '/api/docs/');
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/<script>|https?:\/\//);
    for (const file of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await api.call('GET', file[1])).status).toBe(200);
    }
    expect((await api.call('GET', '/api/docs/package.json')).status).toBe(404);
  });
});

describe('too many requests', () => {
  it('are answered 429 with the time to wait: sign-ins by address, writes by user', async () => {
    const signIn = { triesBeforeLock: 5, lockMs: 1, perAddress: 2, windowMs: 60_000 };
    const few = await testApi({
      db: database.db,
      client: temporal.client,
      limits: { signIn, writes: { perUser: 2, windowMs: 60_000 } },
    });
    const tries = [];
    for (let n = 0; n < 3; n++) tries.push(await few.post('/tokens', { username: 'x', password: 'x' }));
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 429]);
    expect(tries[2]?.headers.get('retry-after')).toMatch(/^\d+$/);
    const writes = [];
    for (let n = 0; n < 3; n++) writes.push((await few.post('/users', {}, token)).status);
    expect(writes).toEqual([400, 400, 429]);
    expect((await few.get('/me', token)).status).toBe(200);
    await few.close();
  });
});

describe('whatever is sent', () => {
  const writes = (Object.keys(ACCESS) as RouteName[]).filter(
    (name) => /^(POST|PUT|PATCH)/.test(name) && name !== 'POST /clock/advance',
  );
  const ids: Record<string, () => string> = { accountNumber: () => town.accountNumber };
  const valid: Partial<Record<RouteName, object>> = {
    'POST /tokens': { username: 'cora', password: 'x' },
    'POST /session': { username: 'cora', password: 'x' },
    'POST /cases/onboarding': {
      ...{ customer: { existing: 'C1' }, location: { existing: 'L1' }, startDate: '2026-11-30' },
      services: [{ serviceCode: 'WATER', rateCode: 'RES-WATER' }],
      ...{ meters: [], deposits: [], serviceOrders: [] },
    },
    'POST /accounts/{accountNumber}/move-out-check': { stopDate: '2026-11-30' },
    'POST /cases/{caseId}/reschedule': { startDate: '2026-11-30', reason: 'x' },
    'POST /drafts': { copyFrom: { customerNumber: 'C1' } },
    'POST /customer-types': { code: 'X', name: 'x' },
    'PATCH /customer-types/{code}': { name: 'x', rateClass: null, billCycle: null, depositPercent: 1, inUse: true },
    'PUT /customers/next-number': { nextValue: 1 },
    'POST /names/split': { line: 'Smith, x & x' },
    'PATCH /customers/{customerNumber}': {
      ...{ name: { line: 'x' }, typeCode: null, phones: [], emails: [], mailingAddress: null, alternateAddress: null },
    },
    'POST /locations': { number: 'L1', address: { line1: 'x', city: 'x', state: 'x', postalCode: 'x' } },
    'PUT /drafts/{draftId}': { content: {} },
    'POST /cases/move-out': {
      accountNumber: 'A1',
      stopDate: '2026-11-30',
      vacateDate: '2026-11-30',
      forwardingAddress: null,
      newTenant: 'NO',
    },
    'POST /accounts/{accountNumber}/payments': {
      receiptNumber: 'R1',
      amountCents: 1,
      receivedOn: '2026-11-30',
      method: 'CASH',
      applyTo: 'ACCOUNT',
    },
    'POST /feeds/bills': {
      rows: [
        {
          ...{ sourceId: 'B1', accountNumber: 'A1', billedThrough: '2026-11-01', dueOn: '2026-11-30' },
          lines: [{ serviceCode: 'WATER', amountCents: 1, taxCents: 0 }],
        },
      ],
    },
    'POST /feeds/reads': {
      rows: [{ sourceId: 'R1', meterSerial: 'M-1', readOn: '2026-11-01', value: '1', source: 'ACTUAL' }],
    },
    'POST /feeds/payments': {
      rows: [{ receiptNumber: 'R1', accountNumber: 'A1', amountCents: 1, receivedOn: '2026-11-01', method: 'CASH' }],
    },
    'POST /tasks/{taskId}/complete': { version: 1, outcome: 'APPROVE', data: {}, comment: null },
    'POST /tasks/approve': { tasks: [{ taskId: 'task_1', version: 1 }], comment: null },
    'PATCH /users/{username}': { displayName: 'x', roles: ['clerk'], disabled: false, approvalLimit: { cents: 1 } },
    'POST /service-orders/{orderNumber}/complete': {
      reads: [{ meterId: 1, value: '1', readAt: '2026-11-30', source: 'ACTUAL' }],
    },
    'POST /users': { username: 'x', displayName: 'x', password: 'x'.repeat(12), roles: ['clerk'] },
    'PATCH /settings': {
      ...{ utility: { name: 'x' }, finalBillDueDays: 1, finalBillApproval: 'POLICY' },
      ...{ finalBillPolicy: { maxTotalCents: 1, samplePercent: '0.5' }, refundSecondApprovalAboveCents: null },
    },
  };
  // A valid body with one field replaced, or anything at all.
  const bodyOf = (name: RouteName) => {
    const base = Object.entries(valid[name] ?? { reason: 'x' });
    const change = fc.tuple(fc.constantFrom(...base.map(([field]) => field)), fc.jsonValue({ noUnicodeString: false }));
    return fc.oneof(
      fc.jsonValue({ noUnicodeString: false }),
      change.map(([field, value]) => ({ ...Object.fromEntries(base), [field]: value })),
      fc
        .string({ unit: 'binary', size: 'max', maxLength: 200 })
        .map((text) => Object.fromEntries(base.map(([field, was]) => [field, typeof was === 'string' ? text : was]))),
    );
  };

  it.each(writes)('%s never breaks and always answers a problem', async (name) => {
    const { method, path } = methodAndPath(name);
    const url = `/api/v1${path.replaceAll(/\{(\w+)\}/g, (_all, id: string) => ids[id]?.() ?? 'X-1')}`;
    await fc.assert(
      fc.asyncProperty(bodyOf(name), async (body) => {
        // Without Temporal nothing can start: a body that passes every check is answered UNAVAILABLE.
        const answer = await api.call(method.toUpperCase(), url, { token, body, headers: { 'if-match': '"x"' } });
        return answer.status < 500 || (answer.status === 503 && answer.body.code === 'UNAVAILABLE');
      }),
      { numRuns: 40 },
    );
  });

  it('a path or a search never breaks', async () => {
    const reads = (Object.keys(ACCESS) as RouteName[]).filter((name) => name.startsWith('GET /') && name.includes('{'));
    const id = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .filter((text) => !/\p{Surrogate}/u.test(text) && !/^\.{1,2}$/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...reads), id, async (name, text) => {
        const path = methodAndPath(name).path.replaceAll(/\{\w+\}/g, encodeURIComponent(text));
        return (await api.get(path, token)).status < 500;
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('cases', 'customers', 'locations'), id, async (list, text) => {
        return (await api.get(`/${list}?q=${encodeURIComponent(text)}`, token)).status < 500;
      }),
      { numRuns: 100 },
    );
  });
});
