import { addDays } from '../../domain/dates';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { makeFlats, makeSmallTown, type Flat, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let flats: Flat[];
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sue', string>;

beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  flats = await makeFlats(system.db, 11);
  await system.startWorker();
  api = await testApi(system);
  const { cora, cliff, sue } = town.users;
  token = await api.allSignedIn({ cora, cliff, sue });
  for (const [i, { accountId, accountNumber }] of flats.entries()) {
    const stopDate = i === 0 ? addDays(town.today, 5) : town.today;
    const form = { accountId, accountNumber, stopDate, vacateDate: stopDate, stopReason: 'CUSTOMER' as const };
    await system.desk.moveOut(cora, { ...form, forwardingAddress: null, newTenant: 'NO' });
  }
});
afterAll(async () => {
  await api.close();
  await system.end();
});

const home = async (who: keyof typeof token = 'cora') => {
  const { status, body } = await api.get('/home', token[who]);
  expect(status).toBe(200);
  return body;
};

describe('the first page', () => {
  it('has ten of each list and says how many there are', async () => {
    const body = await eventually(async () => {
      const now = await home();
      // Each vacancy asks what becomes of the services.
      if (now.groupTasks.total < flats.length) throw new Error('The vacancies have not asked yet');
      return now;
    });
    expect(body.today).toBe(town.today);
    expect(body.groupTasks.total).toBe(flats.length);
    expect(body.groupTasks.data).toHaveLength(10);
    expect(body.groupTasks.data[0]).toMatchObject({ type: 'RECONNECT_TO_LANDLORD', caseId: expect.any(String) });
    expect(body.myTasks).toEqual({ total: 0, data: [] });
    expect(body.incidents).toEqual({ total: 0, data: [] });
  });

  it('shows who leaves today, with the case, and not who leaves later', async () => {
    const { stopsToday } = await home();
    expect(stopsToday.total).toBe(flats.length - 1);
    for (const { accountNumber, caseId, onDate } of stopsToday.data) {
      const moveOut = await system.db.Case.findByPk(caseId, { rejectOnEmpty: true });
      expect([moveOut.type, onDate]).toEqual(['MOVE_OUT', town.today]);
      expect(flats.slice(1).map((flat) => flat.accountNumber)).toContain(accountNumber);
    }
  });

  it('shows who starts today or was to have started, and nobody else', async () => {
    const set = (n: number, startOn: string, status: 'PENDING_START' | 'ACTIVE' | 'CANCELED') =>
      inTransaction(system.db, 1, (tx) =>
        tx.db.Account.update(
          { startOn, stopOn: null, status },
          { where: { accountNumber: n < 0 ? town.accountNumber : flats[n]!.accountNumber } },
        ),
      );
    const starts = async () =>
      (await home()).startsToday.data.map(({ accountNumber }: { accountNumber: string }) => accountNumber);
    expect(await starts()).toEqual([]);
    await set(-1, town.today, 'ACTIVE');
    expect(await starts()).toEqual([town.accountNumber]);
    await set(-1, addDays(town.today, -2), 'PENDING_START');
    expect(await starts()).toEqual([town.accountNumber]);
    await set(-1, addDays(town.today, -2), 'ACTIVE');
    expect(await starts()).toEqual([]);
    await set(-1, addDays(town.today, 1), 'PENDING_START');
    expect(await starts()).toEqual([]);
    await set(-1, town.today, 'CANCELED');
    expect(await starts()).toEqual([]);
  });

  it('shows the cases that wait for the field, for customers, and those in an incident', async () => {
    const waiting = (await home()).waitingForField;
    expect(waiting.total).toBeGreaterThan(10);
    const [first] = waiting.data;
    expect(first).toMatchObject({ type: 'MOVE_OUT', status: 'OPEN' });
    const change = (values: object) =>
      inTransaction(system.db, 1, (tx) => tx.db.Case.update(values, { where: { caseId: first.caseId } }));
    await change({ waitingOn: 'CUSTOMER' });
    expect((await home()).waitingForCustomer).toMatchObject({ total: 1, data: [{ caseId: first.caseId }] });
    await change({ status: 'INCIDENT' });
    const { waitingForCustomer, waitingForField, incidents } = await home();
    expect([waitingForCustomer.total, waitingForField.total]).toEqual([0, waiting.total - 1]);
    expect(incidents).toMatchObject({ total: 1, data: [{ caseId: first.caseId, status: 'INCIDENT' }] });
    await change({ status: 'OPEN', waitingOn: 'FIELD' });
  });

  it('shows each person their own tasks, and a supervisor what the clerks are late with', async () => {
    const [{ taskId }] = (await home()).groupTasks.data;
    expect((await api.post(`/tasks/${taskId}/claim`, {}, token.cora)).status).toBe(200);
    expect((await home()).myTasks).toMatchObject({ total: 1, data: [{ taskId }] });
    expect((await home('cliff')).myTasks.total).toBe(0);
    expect((await home('sue')).overdueTasks.total).toBe(0);
    await inTransaction(system.db, 1, (tx) =>
      tx.db.HumanTask.update({ dueAt: new Date(Date.now() - 400 * 86_400_000) }, { where: { id: taskId } }),
    );
    for (const who of ['cora', 'sue'] as const) {
      expect((await home(who)).overdueTasks).toMatchObject({ total: 1, data: [{ taskId }] });
    }
  });
});
