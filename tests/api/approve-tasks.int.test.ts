import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { scratchForm, service } from '../support/set-up';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let worker: { stop(): Promise<void> };
let sam: string;
const flat = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  worker = await system.startWorker();
  api = await testApi(system);
  sam = await api.signedIn(town.users.sam);
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const alsoClerk = (userId: number) =>
  inTransaction(system.db, 1, (tx) => tx.db.UserRole.create({ userId, role: 'clerk' }));
const approve = (tasks: object[], key?: string, more: object = {}) =>
  api.post('/tasks/approve', { tasks, ...more }, sam, key);
const results = ({ body }: Answered) =>
  (body.results as { status: string; code?: string }[]).map(({ status, code }) => code ?? status);
const decisionIds = ({ body }: Answered) =>
  (body.results as { decisionId: string | null }[]).map(({ decisionId }) => decisionId);

/** A set-up at a new place that policy wants seen, and its task. */
async function setUpTask(by: number, serial: string) {
  const form = scratchForm(town);
  const meters = form.meters.map((meter) => ({ ...meter, serial }));
  const services = [service('WATER'), service('REFUSE', { units: '2' })];
  const { caseId } = await system.desk.setUp(by, { ...form, meters, services });
  return asked((await system.desk.openTask('APPROVE_SETUP', caseId)).id);
}
async function finalBillTask() {
  const { caseId } = await flat.moveOut();
  await flat.report(caseId, '1500');
  return asked((await system.desk.openTask('APPROVE_FINAL_BILL', caseId)).id);
}
const asked = (taskId: string, version = 1) => ({ taskId, version });

describe('many approvals in one request', () => {
  it('are one decision each, answered in the order asked; one that is refused does not stop the others', async () => {
    const { cora, sam: samId } = town.users;
    await alsoClerk(samId);
    const bill = await finalBillTask();
    const prompt = asked((await system.desk.openTask('NEW_TENANT')).id);
    const mine = await setUpTask(samId, 'M-900003');
    const one = await setUpTask(cora, 'M-900002');
    const stale = { ...(await setUpTask(cora, 'M-900004')), version: 2 };
    const answer = await approve([mine, bill, prompt, one, stale, asked('task_X')], 'k1', { comment: 'looked at all' });
    expect([answer.status, results(answer)]).toEqual([
      ...[200, ['OWN_WORK', 'APPLIED', 'OUTCOME_UNKNOWN', 'APPLIED', 'STALE_TASK', 'NOT_FOUND']],
    ]);
    expect(decisionIds(answer).map((id) => id !== null)).toEqual([false, true, false, true, false, false]);
    const decisions = await system.db.Decision.findAll();
    expect(decisions.map(({ id }) => id).sort()).toEqual(decisionIds(answer).filter(Boolean).sort());
    for (const decision of decisions) {
      expect(decision).toMatchObject({
        actorId: samId,
        outcome: 'APPROVE',
        status: 'APPLIED',
        comment: 'looked at all',
      });
    }
    // Sent again it is the same answer, and no second row, whatever would be refused now.
    const again = await approve([mine, bill, prompt, one, stale, asked('task_X')], 'k1', { comment: 'looked at all' });
    expect([again.body, again.headers.get('idempotent-replayed')]).toEqual([answer.body, 'true']);
    expect(await system.db.Decision.count()).toBe(2);
    expect(results(await approve([bill, one], 'k2', { comment: 'looked at all' }))).toEqual(['APPLIED', 'APPLIED']);
    expect(results(await approve([bill, one], 'k3'))).toEqual(['TASK_CLOSED', 'TASK_CLOSED']);
    expect(await system.db.Decision.count()).toBe(2);
    await eventually(async () => expect(await system.db.Bill.count()).toBe(1));
  });

  it('stay recorded while no worker runs, and the same key tells the end of each', async () => {
    const { cora } = town.users;
    const bill = await finalBillTask();
    const one = await setUpTask(cora, 'M-900002');
    const tasks = [one, asked('task_X'), bill];
    await worker.stop();
    const first = await approve(tasks, 'k1');
    expect([first.status, results(first)]).toEqual([202, ['RECORDED', 'NOT_FOUND', 'RECORDED']]);
    // What a person may approve is read again when the case takes it up.
    await inTransaction(system.db, 1, (tx) => putSetting(tx, 'approvalLimitsCents', { supervisor: 1 }));
    await system.startWorker();
    const then = await eventually(async () => {
      const answer = await approve(tasks, 'k1');
      expect(answer.status).toBe(200);
      return answer;
    });
    expect(results(then)).toEqual(['APPLIED', 'NOT_FOUND', 'OVER_LIMIT']);
    expect(decisionIds(then)).toEqual(decisionIds(first));
    expect(await system.db.Decision.count()).toBe(2);
    const kept = await approve(tasks, 'k1');
    expect([kept.body, kept.headers.get('idempotent-replayed')]).toEqual([then.body, 'true']);
  });

  it('at once under one key are still one decision each', async () => {
    const tasks = [await finalBillTask(), await setUpTask(town.users.cora, 'M-900002')];
    const answers = await Promise.all([
      approve(tasks, 'k1'),
      approve(tasks, 'k1'),
      approve([...tasks].reverse(), 'k2'),
    ]);
    expect(answers.map(results).flat()).toEqual(Array.from({ length: 6 }, () => 'APPLIED'));
    expect(await system.db.Decision.count()).toBe(2);
  });

  it('are up to 25, each task once, for supervisors and clerks alone', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => asked(`task_${i}`));
    expect((await approve([])).status).toBe(400);
    expect((await approve(many(26))).status).toBe(400);
    const twice = await approve([asked('task_1'), asked('task_1', 2)]);
    expect([twice.status, twice.body.errors[0]]).toEqual([
      ...[400, { pointer: '#/tasks', code: 'FORMAT', detail: 'Name each task once' }],
    ]);
    expect(results(await approve(many(25)))).toEqual(Array.from({ length: 25 }, () => 'NOT_FOUND'));
    const fred = await api.signedIn(town.users.fred);
    expect((await api.post('/tasks/approve', { tasks: many(1) }, fred)).status).toBe(403);
  });
});

it('a task of a final bill shows why the policy leaves it to a person', async () => {
  await inTransaction(system.db, 1, async (tx) => {
    await putSetting(tx, 'finalBillApproval', 'POLICY');
    await putSetting(tx, 'finalBillPolicy', { maxTotalCents: 0, samplePercent: '100' });
  });
  const { taskId } = await finalBillTask();
  expect((await api.get(`/tasks/${taskId}`, sam)).body.subject).toEqual({
    ...{ revision: 1, personDecidesBecause: ['ABOVE_MAXIMUM', 'SAMPLE'] },
  });
});

describe('the roles and limits at a decision', () => {
  it('are shown before it, read as they are now, and kept with it', async () => {
    const bill = await finalBillTask();
    const refusedBecause = async () =>
      (await api.get(`/tasks/${bill.taskId}`, sam)).body.outcomes[0].refusedBecause as string | null;
    const limit = (limitCents: number | null) =>
      inTransaction(system.db, 1, (tx) =>
        tx.db.ApprovalLimit.upsert({ userId: town.users.sam, limitCents, setBy: 1, setAt: tx.now }),
      );
    expect(await refusedBecause()).toBeNull();
    await limit(882);
    expect(await refusedBecause()).toBe('OVER_LIMIT');
    expect(results(await approve([bill]))).toEqual(['OVER_LIMIT']);
    await limit(883);
    expect(await refusedBecause()).toBeNull();
    expect(results(await approve([bill]))).toEqual(['APPLIED']);
    expect(await system.db.Decision.findOne()).toMatchObject({
      ...{ actorRoles: ['supervisor'], limitFrom: 'OWN', limitCents: 883 },
    });
  });
});
