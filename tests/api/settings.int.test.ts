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
