import { cookieHash } from '../../api/authenticate';
import { LIMITS } from '../../api/limits';
import { openSession } from '../../db/records/sessions';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';
import { asPage } from './support/browser';
import { listen, type Heard } from './support/event-stream';

const EVENTS = { ...LIMITS.events, pollMs: 50, beatMs: 300, checkMs: 400, perUser: 2, mostBehind: 200 };
let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let replica: TestApi;
let token: Record<'cora' | 'sue' | 'fred' | 'olive', string>;
let stopping: AbortController;
const listening: Heard[] = [];

beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  stopping = new AbortController();
  api = await testApi({ ...system, limits: { events: EVENTS }, stopping: stopping.signal });
  replica = await testApi({ ...system, limits: { events: EVENTS } });
  const { cora, sue, fred, olive } = town.users;
  token = await api.allSignedIn({ cora, sue, fred, olive });
});
afterEach(async () => {
  for (const each of listening.splice(0)) {
    each.close();
    await each.ended;
  }
});
afterAll(async () => {
  await api.close();
  await replica.close();
  await system.end();
});

async function hear(who: keyof typeof token | { cookie: string }, more: Record<string, string> = {}, query = '') {
  const proof = typeof who === 'string' ? { authorization: `Bearer ${token[who]}` } : who;
  const heard = await listen(`${api.url}/api/v1/events${query}`, { ...proof, ...more });
  listening.push(heard);
  return heard;
}
const truly = (is: () => Promise<boolean>) =>
  eventually(async () => {
    if (!(await is())) throw new Error('This has not become true');
  });
const draft = async (): Promise<string> => {
  const { status, body } = await replica.post('/drafts', {}, token.sue);
  expect(status).toBe(201);
  return body.draftId;
};
const hasDraft =
  (draftId: string) =>
  ({ data }: Heard['events'][number]) =>
    data.drafts?.includes(draftId) ?? false;

describe('a stream of changes', () => {
  it('says what somebody else does at another replica: cases, tasks, orders, accounts and drafts, by ids alone', async () => {
    const heard = await hear('cora');
    expect(heard.answer.statusCode).toBe(200);
    expect(heard.answer.headers).toMatchObject({
      ...{ 'content-type': expect.stringMatching(/^text\/event-stream/), 'cache-control': 'no-store' },
    });
    await heard.until(hasDraft(await draft()));

    const { accountNumber, today } = town;
    const body = { accountNumber, stopDate: today, vacateDate: today, stopReason: 'CUSTOMER', newTenant: 'NO' };
    const opened = await replica.post('/cases/move-out', { ...body, forwardingAddress: null }, token.sue);
    const { caseId } = opened.body;
    await heard.until(({ data }) => (data.cases?.includes(caseId) && data.orders?.length === 1) ?? false);
    expect(heard.events.some(({ data }) => data.accounts?.includes(accountNumber))).toBe(true);

    const { id: taskId } = await system.desk.openTask('RECONNECT_TO_LANDLORD');
    await heard.until(({ data }) => data.tasks?.includes(taskId) ?? false);
    const before = heard.events.length;
    expect((await replica.post(`/tasks/${taskId}/claim`, {}, token.cora)).status).toBe(200);
    await truly(async () => heard.events.slice(before).some(({ data }) => data.tasks?.includes(taskId)));
    for (const { event, data } of heard.events) {
      expect(event).toBe('change');
      expect(Object.keys(data)).toEqual(['cases', 'tasks', 'orders', 'accounts', 'drafts']);
    }
  });

  it('tells nobody of what they may not look at', async () => {
    const [clerk, field, operator] = [await hear('cora'), await hear('fred'), await hear('olive')];
    await clerk.until(hasDraft(await draft()));
    await truly(async () => Number(field.lastId()) >= Number(clerk.lastId()));
    await truly(async () => Number(operator.lastId()) >= Number(clerk.lastId()));
    expect([...field.events, ...operator.events].filter(({ data }) => (data.drafts ?? []).length > 0)).toEqual([]);
  });

  it('misses nothing and tells nothing twice where many commit at once', async () => {
    const heard = await hear('cora');
    const made = await Promise.all(Array.from({ length: 20 }, () => draft()));
    await Promise.all(made.map((draftId) => heard.until(hasDraft(draftId))));
    const told = heard.events.flatMap(({ data }) => data.drafts ?? []);
    expect(told.sort()).toEqual(made.sort());
  });

  it('goes on where the listener left off, by header or query; from now where they do not say', async () => {
    const first = await hear('cora');
    await first.until(hasDraft(await draft()));
    first.close();
    await first.ended;
    const missed = await draft();
    const resumed = await hear('cora', { 'last-event-id': first.lastId() });
    const event = await resumed.until(hasDraft(missed));
    expect(event.data.drafts).toEqual([missed]);
    resumed.close();
    await resumed.ended;
    const asked = await hear('cora', {}, `?after=${first.lastId()}`);
    await asked.until(hasDraft(missed));
    const fresh = await hear('cora');
    await fresh.until(hasDraft(await draft()));
    expect(fresh.events.some(hasDraft(missed))).toBe(false);
  });

  it.each(['0', '999999999', 'nonsense'])('tells who comes with the id %p to fetch everything again', async (id) => {
    await inTransaction(system.db, 1, async (tx) => {
      for (let n = 0; n <= EVENTS.mostBehind; n++) tx.audit({ action: 'x', entity: 'x', entityId: n });
    });
    const heard = await hear('cora', { 'last-event-id': id });
    const event = await heard.until(() => true);
    expect(event).toMatchObject({ event: 'reset', data: {} });
    await heard.until(hasDraft(await draft()));
  });

  it('beats while nothing happens, and is no use of a session', async () => {
    const userId = town.users.cora;
    const secret = 'B'.repeat(43);
    const tokenHash = cookieHash(secret);
    await inTransaction(system.db, userId, (tx) => openSession(tx, userId, { tokenHash, lifeMs: 3_600_000 }));
    const idle = new Date(Date.now() - LIMITS.session.consoleIdleMs + 1500);
    await inTransaction(system.db, 1, (tx) => tx.db.Session.update({ lastUsedAt: idle }, { where: { tokenHash } }));
    const heard = await hear({ cookie: `keyturn=${secret}` });
    await truly(async () => heard.beats() >= 2);
    await heard.ended;
    expect(heard.answer.complete).toBe(true);
  });

  it('ends when its user signs out, at another replica too', async () => {
    const userId = town.users.cora;
    const secret = 'C'.repeat(43);
    const session = { tokenHash: cookieHash(secret), lifeMs: 3_600_000 };
    await inTransaction(system.db, userId, (tx) => openSession(tx, userId, session));
    const headers = { cookie: `keyturn=${secret}` };
    const [leaves, stays] = [await hear(headers), await hear('cora')];
    expect((await asPage(`${replica.url}/api/v1/session`, { method: 'DELETE', headers })).status).toBe(204);
    await leaves.ended;
    await stays.until(hasDraft(await draft()));
  });

  it('ends when its user is disabled, and takes new roles', async () => {
    const userId = town.users.fred;
    const heard = await hear('fred');
    await inTransaction(system.db, 1, (tx) => tx.db.UserRole.create({ userId, role: 'clerk' }));
    await new Promise((resolve) => setTimeout(resolve, 2 * EVENTS.checkMs));
    await heard.until(hasDraft(await draft()));
    await inTransaction(system.db, 1, (tx) =>
      tx.db.AppUser.update({ disabledAt: new Date() }, { where: { id: userId } }),
    );
    await heard.ended;
    expect((await api.get('/events', token.fred)).status).toBe(401);
  });

  it('is one of a few that a user may have open; a closed one makes room', async () => {
    const one = await hear('cora');
    await hear('cora');
    const refused = await api.get('/events', token.cora);
    expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    await (await hear('sue')).until(hasDraft(await draft()));
    one.close();
    await one.ended;
    await truly(async () => (await api.get('/events', token.cora)).status === 200);
  });

  // The last: this API tells nothing after it.
  it('ends when the process stops', async () => {
    const heard = await hear('cora');
    stopping.abort();
    await heard.ended;
    expect(heard.answer.complete).toBe(true);
  });
});
