import { freshDatabase, type FreshDatabase } from '../support/database';
import { addUser, testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

let database: FreshDatabase;
let api: TestApi;
let ada: string;
const temporal = noTemporal();

beforeAll(async () => {
  database = await freshDatabase();
  api = await testApi({ db: database.db, client: temporal.client });
  ada = await api.signedIn(await addUser(database.db, 'ada', ['admin']));
});
afterAll(async () => {
  await api.close();
  await temporal.close();
  await database.drop();
});

async function patch(body: object) {
  const etag = (await api.get('/settings', ada)).headers.get('etag') ?? '';
  return api.call('PATCH', '/api/v1/settings', { token: ada, body, headers: { 'if-match': etag } });
}

describe('the policy of approvals', () => {
  it('lets a person approve every final bill, and one person every refund, until the office says otherwise', async () => {
    expect((await api.get('/settings', ada)).body).toMatchObject({
      ...{ finalBillApproval: 'ALWAYS', refundSecondApprovalAboveCents: null },
    });
  });

  it('is changed as often as one likes, words and nothing too, with what it was before in the audit', async () => {
    const steps = [
      { finalBillApproval: 'POLICY', refundSecondApprovalAboveCents: 50_000 },
      { finalBillApproval: 'ALWAYS', refundSecondApprovalAboveCents: null },
      { finalBillApproval: 'POLICY', refundSecondApprovalAboveCents: 0 },
    ];
    for (const step of steps) expect(await patch(step)).toMatchObject({ status: 200, body: step });
    const lines = await database.db.AuditLog.findAll({
      where: { action: 'settings.changed', entityId: 'refundSecondApprovalAboveCents' },
      order: ['seq'],
    });
    expect(lines.map(({ data }) => JSON.parse(data) as object)).toEqual([
      { before: null, after: 50_000 },
      { before: 50_000, after: null },
      { before: null, after: 0 },
    ]);
  });

  it.each(['0', '5', '12.5', '0.75', '100', '100.00'])('takes a sample of %s percent', async (samplePercent) => {
    const finalBillPolicy = { maxTotalCents: 25_000, samplePercent };
    expect((await patch({ finalBillPolicy })).body.finalBillPolicy).toEqual(finalBillPolicy);
  });

  it.each(['101', '100.5', '-1', '1.234', '.5', '5%', ''])('takes no sample of "%s" percent', async (samplePercent) => {
    expect((await patch({ finalBillPolicy: { maxTotalCents: 1, samplePercent } })).status).toBe(400);
  });

  it('has no amount below nothing', async () => {
    expect((await patch({ refundSecondApprovalAboveCents: -1 })).status).toBe(400);
    expect((await patch({ finalBillPolicy: { maxTotalCents: -1, samplePercent: '5' } })).status).toBe(400);
    expect((await patch({ finalBillApproval: 'NEVER' })).status).toBe(400);
  });
});

describe('the times of tasks', () => {
  const officeHours = { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' };
  const tasks = { remindAfterHours: 9, dueAfterHours: 27, escalateAgainAfterHours: 45, priority: 50, byType: {} };
  const pointer = async (body: object) => {
    const { status, body: problem } = await patch(body);
    return [status, problem.errors?.[0]?.pointer];
  };

  it('come one after the other, also for a kind of task with times of its own', async () => {
    expect((await patch({ tasks })).status).toBe(200);
    expect(await pointer({ tasks: { ...tasks, dueAfterHours: 46 } })).toEqual([400, '#/tasks/dueAfterHours']);
    expect(await pointer({ tasks: { ...tasks, remindAfterHours: 28 } })).toEqual([400, '#/tasks/dueAfterHours']);
    const own = (times: object) => ({ tasks: { ...tasks, byType: { APPROVE_REFUND: times } } });
    expect((await patch(own({ dueAfterHours: 45 }))).status).toBe(200);
    expect(await pointer(own({ dueAfterHours: 8 }))).toEqual([400, '#/tasks/byType/APPROVE_REFUND']);
  });

  it('count in hours in which the office is open for an hour or more', async () => {
    expect((await patch({ officeHours: { ...officeHours, from: '16:00' } })).status).toBe(200);
    expect(await pointer({ officeHours: { ...officeHours, from: '16:01' } })).toEqual([400, '#/officeHours/to']);
    expect(await pointer({ officeHours: { ...officeHours, to: '07:00' } })).toEqual([400, '#/officeHours/to']);
    expect((await patch({ officeHours: { ...officeHours, weekdays: [] } })).status).toBe(400);
  });
});

describe('the bill cycle of a set-up that names none', () => {
  it('is one of the list', async () => {
    const { onboarding } = (await api.get('/settings', ada)).body;
    const other = await patch({ onboarding: { ...onboarding, defaultBillCycle: 'C77' } });
    expect([other.status, other.body.code]).toEqual([422, 'BILL_CYCLE_UNKNOWN']);
    expect(other.body.errors).toMatchObject([{ pointer: '#/onboarding/defaultBillCycle' }]);
    expect((await api.post('/bill-cycles', { code: 'C77', name: 'Cycle 77' }, ada)).status).toBe(201);
    expect((await patch({ onboarding: { ...onboarding, defaultBillCycle: 'C77' } })).status).toBe(200);
  });
});
