import { Client } from '@temporalio/client';
import { createDb } from '../../db/create-db';
import { eventually } from '../support/eventually';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: string;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  api = await testApi(system);
  token = await api.signedIn(town.users.cora);
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const moveOut = () => ({
  accountNumber: town.accountNumber,
  stopDate: town.today,
  vacateDate: town.today,
  forwardingAddress: null,
  newTenant: 'NO',
});

describe('without a worker', () => {
  it('a start is taken, shows as saving, and is carried out when a worker comes', async () => {
    const taken = await api.post('/cases/move-out', moveOut(), token, 'k1');
    expect(taken.status).toBe(202);
    expect(taken.body).toMatchObject({ status: 'SAVING', location: `/api/v1/cases/${taken.body.caseId}` });
    expect((await api.get(taken.body.location.slice(7), token)).body).toMatchObject({ status: 'SAVING' });
    expect((await api.post(`/cases/${taken.body.caseId}/cancel`, { reason: 'no' }, token)).body.code).toBe(
      'CASE_SAVING',
    );
    await system.startWorker();
    await eventually(async () => expect((await api.get(taken.body.location.slice(7), token)).body.status).toBe('OPEN'));
    const again = await api.post('/cases/move-out', moveOut(), token, 'k1');
    expect([again.status, again.body.caseId]).toEqual([201, taken.body.caseId]);
  });

  it('a report and a decision are recorded, and applied when the request comes again', async () => {
    const worker = await system.startWorker();
    const { caseId } = (await api.post('/cases/move-out', moveOut(), token)).body;
    await worker.stop();
    const fred = await api.signedIn(town.users.fred);
    const { orderNumber } = (await api.get(`/service-orders?caseId=${caseId}`, fred)).body.data[0];
    const report = () =>
      api.post(
        `/service-orders/${orderNumber}/complete`,
        { reads: [{ meterId: town.meterId, value: '1500', readAt: town.today, source: 'ACTUAL' }] },
        fred,
        'r1',
      );
    expect(await report()).toMatchObject({ status: 202, body: { status: 'RECORDED' } });
    const second = await system.startWorker();
    expect(await report()).toMatchObject({ status: 200, body: { status: 'APPLIED' } });
    const sue = await api.signedIn(town.users.sue);
    const task = await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
    await second.stop();
    const approve = () => api.post(`/tasks/${task.id}/complete`, { version: 1, outcome: 'APPROVE' }, sue, 'd1');
    const recorded = await approve();
    expect(recorded).toMatchObject({ status: 202, body: { status: 'RECORDED' } });
    const sam = await api.signedIn(town.users.sam);
    expect((await api.post(`/tasks/${task.id}/complete`, { version: 1, outcome: 'APPROVE' }, sam)).body.code).toBe(
      'ALREADY_DECIDED',
    );
    await system.startWorker();
    expect(await approve()).toMatchObject({ status: 200, body: { ...recorded.body, status: 'APPLIED' } });
    await system.desk.ended(caseId);
    expect(await approve()).toMatchObject({ status: 200, body: { status: 'APPLIED' } });
  });
});

describe('a decision that the case refuses', () => {
  it('is void, keeps its reason, and another one can be made', async () => {
    const worker = await system.startWorker();
    const { cora, fred, sue } = town.users;
    const { caseId } = await system.desk.moveOut(cora, {
      ...moveOut(),
      accountId: town.accountId,
      stopReason: 'CUSTOMER',
      newTenant: 'NO',
    });
    const order = await system.db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
    await system.desk.report(fred, order.orderNumber, { meterId: town.meterId, value: '1500', readOn: town.today });
    const { id } = await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
    await worker.stop();
    const supervisor = await api.signedIn(sue);
    const approve = (key: string) =>
      api.post(`/tasks/${id}/complete`, { version: 1, outcome: 'APPROVE' }, supervisor, key);
    expect((await approve('d1')).status).toBe(202);
    const role = { userId: sue, role: 'supervisor' as const };
    await system.db.sequelize.transaction(() => system.db.UserRole.destroy({ where: role }));
    await system.startWorker();
    // The route itself is closed to her now; the clerk's role lets her ask what became of it.
    await system.db.sequelize.transaction(() => system.db.UserRole.create({ userId: sue, role: 'clerk' }));
    const refused = await approve('d1');
    expect([refused.status, refused.body.code]).toEqual([403, 'ROLE']);
    expect(await system.db.Decision.findOne()).toMatchObject({ status: 'VOID', voidReason: 'ROLE' });
    expect((await approve('d1')).headers.get('idempotent-replayed')).toBe('true');
    await system.db.sequelize.transaction(() => system.db.UserRole.create(role));
    expect(await approve('d2')).toMatchObject({ status: 200, body: { status: 'APPLIED' } });
    expect(await system.desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('without Temporal', () => {
  it('writes are answered 503 and can be sent again; reading goes on', async () => {
    const nowhere = noTemporal();
    const cut = await testApi({ ...system, client: nowhere.client });
    const refused = await cut.post('/cases/move-out', moveOut(), token, 'k1');
    expect([refused.status, refused.body.code]).toEqual([503, 'UNAVAILABLE']);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    const request = await system.db.HttpRequest.findOne({ where: { idempotencyKey: 'k1' }, rejectOnEmpty: true });
    expect(request.status).toBeNull();
    expect((await cut.get(`/cases/${request.subjectId}`, token)).body).toMatchObject({ status: 'SAVING' });
    expect((await cut.get('/cases', token)).status).toBe(200);
    const ready = await cut.call('GET', '/readyz');
    expect([ready.status, ready.body.details]).toEqual([503, { down: 'temporal' }]);
    await cut.close();
    await nowhere.close();

    await system.startWorker();
    const opened = await api.post('/cases/move-out', moveOut(), token, 'k1');
    expect([opened.status, opened.body.caseId]).toEqual([201, request.subjectId]);
    expect((await api.call('GET', '/readyz')).body).toEqual({ status: 'READY' });
  });

  it('a namespace that is not there is a fault of ours, and says nothing about it', async () => {
    const elsewhere = new Client({ connection: system.client.connection as never, namespace: 'nowhere' });
    const cut = await testApi({ ...system, client: elsewhere });
    const { status, body } = await cut.post('/cases/move-out', moveOut(), token);
    expect(status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(body)).not.toContain('nowhere');
    await cut.close();
  });
});

describe('without the database', () => {
  it('everything is answered 503, never let through', async () => {
    const gone = createDb('mysql://root@127.0.0.1:9/keyturn');
    const cut = await testApi({ ...system, db: gone });
    for (const answer of [
      await cut.get('/me', token),
      await cut.post('/cases/move-out', moveOut(), token),
      await cut.call('GET', '/readyz'),
    ]) {
      expect(answer.status).toBe(503);
    }
    expect((await cut.call('GET', '/healthz')).status).toBe(200);
    await cut.close();
    await gone.close();
  });
});
