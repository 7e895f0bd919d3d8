import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { flatStories, invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<keyof SmallTown['users'], string>;
const flat = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db, { landlordDecision: null });
  await inTransaction(system.db, 1, async (tx) => {
    await putSetting(tx, 'finalBillApproval', 'POLICY');
    await putSetting(tx, 'finalBillPolicy', { maxTotalCents: 100_000, samplePercent: '0' });
  });
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
const give = (orderNumber: string, value: string, who: keyof typeof token = 'cora', key?: string) =>
  api.post(`/service-orders/${orderNumber}/customer-read`, { value, readAt: town.today }, token[who], key);

describe('S17 a customer who moves out gives the final read at the counter', () => {
  it('is entered by a clerk, once, and a person approves the bill, but not that clerk', async () => {
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    const orderNumber = await flat.openOrder(caseId);
    expect(codeOf(await give(orderNumber, '1025', 'fred'))).toEqual([403, 'ROLE']);
    expect(codeOf(await give(orderNumber, '1025', 'sam'))).toEqual([403, 'ROLE']);
    expect(codeOf(await give(orderNumber, '1025', 'cliff', 'key-1'))).toEqual([200, 'APPLIED']);
    expect(codeOf(await give(orderNumber, '1025', 'cliff', 'key-1'))).toEqual([200, 'APPLIED']);
    expect(codeOf(await give(orderNumber, '1026'))).toEqual([409, 'ORDER_CLOSED']);
    const reads = await system.db.MeterRead.findAll({ where: { readOn: town.today } });
    expect(reads).toMatchObject([{ value: '1025.000', source: 'CUSTOMER', recordedBy: town.users.cliff }]);
    const task = await system.desk.openTask('APPROVE_FINAL_BILL');
    expect(task.subject).toMatchObject({ personDecidesBecause: ['CUSTOMER_READ'] });
    expect(task.excludedUserIds).toContain(town.users.cliff);
    const audited = await system.db.AuditLog.findAll({ where: { actorId: town.users.cliff, action: 'read.recorded' } });
    expect(audited).toHaveLength(1);
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.ended(caseId);
    // 25 gal at $3 per 1,000 are 7.5 cents; base and refuse for 10 of 30 days.
    expect(await system.db.Bill.findOne({ where: { kind: 'FINAL' } })).toMatchObject({ totalCents: 8 + 333 + 400 });
    await invariantsHold(system);
  });

  it('is looked at by a supervisor where it is far from the average, and refused where it is none', async () => {
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    const orderNumber = await flat.openOrder(caseId);
    expect(codeOf(await give(orderNumber, '1234567'))).toEqual([422, 'READ_TOO_MANY_DIGITS']);
    expect(codeOf(await give(orderNumber, 'many'))).toEqual([400, 'MALFORMED']);
    const early = { value: '1025', readAt: addDays(town.today, -1) };
    const path = `/service-orders/${orderNumber}/customer-read`;
    expect(codeOf(await api.post(path, early, token.cora))).toEqual([422, 'READ_BEFORE_STOP']);
    expect(codeOf(await give(orderNumber, '4500'))).toEqual([200, 'APPLIED']);
    const task = await system.desk.openTask('READ_EXCEPTION');
    expect(task.subject).toMatchObject({ code: 'USAGE_UNUSUAL', read: { value: '4500', source: 'CUSTOMER' } });
    expect([task.draftedBy, ...(task.excludedUserIds ?? [])]).toContain(town.users.cora);
    await system.desk.decide(town.users.sam, 'READ_EXCEPTION', 'REREAD');
    await flat.report(caseId, '4500');
    await system.desk.ended(caseId);
    // Read by the field, the policy lets it pass.
    expect(await system.db.Bill.findOne({ where: { kind: 'FINAL' } })).toMatchObject({ totalCents: 1783 });
  });

  it('is none for an order that is not of a move-out', async () => {
    const { accountNumber } = town;
    const order = { accountNumber, serviceCode: 'WATER', position: 1, type: 'READ_IN' as const };
    await system.desk.order(town.users.cora, { ...order, dueOn: null, assignee: null, notes: null });
    const { orderNumber } = await system.db.ServiceOrder.findOne({ where: { caseId: null }, rejectOnEmpty: true });
    expect(codeOf(await give(orderNumber, '1025'))).toEqual([422, 'ORDER_NOT_OF_MOVE_OUT']);
    expect(codeOf(await give('SO999999', '1025'))).toEqual([404, 'NOT_FOUND']);
    expect(await system.db.FieldReport.count()).toBe(0);
  });
});
