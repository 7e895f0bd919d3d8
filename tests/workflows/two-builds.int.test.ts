import { Connection } from '@temporalio/client';
import { makeCurrent } from '../../tools/servers/worker-version';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { bundleForTests } from '../support/bundle';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { testServers } from '../support/servers';
import { makeFlats, makeSmallTown, type Flat, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

/** Open cases while the workers are replaced by another build of them. */
let system: TestSystem;
let town: SmallTown;
let flats: Flat[];
let connection: Connection;
const flat = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  flats = [town, ...(await makeFlats(system.db, 1))];
  connection = await Connection.connect({ address: testServers().temporal });
});
afterEach(async () => {
  await connection.close();
  await system.end();
});

const next = () => bundleForTests(require.resolve('./builds/next'));
const careless = () => bundleForTests(require.resolve('./builds/careless'));
const workerOf = (buildId: string, bundlePath = process.env.KEYTURN_TEST_BUNDLE) =>
  system.startWorker({}, {}, { version: { deploymentName: system.taskQueue, buildId }, bundlePath });
const current = (buildId: string) => makeCurrent(connection, 'default', { deploymentName: system.taskQueue, buildId });

/** A move-out that waits for its read, with a vacancy that asks, and one whose bill waits for approval. */
async function openCases() {
  const read = await flat.moveOut({ newTenant: 'NO' });
  const [, second] = flats;
  if (!second) throw new Error('There is one flat only');
  const { accountId, accountNumber } = second;
  const billed = await flat.moveOut({ accountId, accountNumber, newTenant: 'NO' });
  const order = await flat.openOrder(billed.caseId);
  const taken = { meterId: second.meterId, value: '1500', readOn: town.today };
  await system.desk.report(town.users.fred, order, taken);
  await system.desk.openTask('APPROVE_FINAL_BILL', billed.caseId);
  return { read, billed };
}

async function finish({ read, billed }: Awaited<ReturnType<typeof openCases>>): Promise<number[]> {
  const { desk, db } = system;
  await flat.report(read.caseId, '1500');
  for (const { caseId } of [read, billed]) {
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, caseId);
    await desk.ended(caseId);
  }
  return (await db.Bill.findAll({ order: ['id'] })).map(({ totalCents }) => totalCents);
}

it('open cases go on with a build that came after them, and new ones begin with it', async () => {
  const before = await workerOf('one');
  await current('one');
  const open = await openCases();
  await before.stop();
  // The office changes its mind while no build runs: a bill is due by what holds on the day on which it is posted.
  const dueDays = await inTransaction(system.db, 1, async (tx) => {
    const days = tx.settings.finalBillDueDays + 9;
    await putSetting(tx, 'finalBillDueDays', days);
    return days;
  });

  await workerOf('two', await next());
  expect(await current('two')).toEqual({ before: 'one' });
  // 500 gal at $3 per 1,000, ten days of $10 and of $12 by thirtieths: the same to the cent on either side.
  expect(await finish(open)).toEqual([150 + 333 + 400, 150 + 333 + 400]);
  const bills = await system.db.Bill.findAll();
  expect(bills.map(({ postedOn, dueOn }) => dueOn === addDays(postedOn ?? '', dueDays))).toEqual([true, true]);
  const patches = async (caseId: string) => {
    const { events } = await system.client.workflow.getHandle(caseId).fetchHistory();
    return (events ?? []).filter(({ markerRecordedEventAttributes }) => markerRecordedEventAttributes).length;
  };
  expect(await patches(open.read.caseId)).toBe(0);
  const [third] = await makeFlats(system.db, 1, {}, 3);
  const { accountId, accountNumber } = third ?? town;
  const begun = await flat.moveOut({ accountId, accountNumber });
  expect(await patches(begun.caseId)).toBe(1);
});

it('a bad deploy harms no case: it waits until the build before is current again', async () => {
  const before = await workerOf('one');
  await current('one');
  const open = await openCases();
  await before.stop();

  const bad = await workerOf('bad', await careless());
  await current('bad');
  const reporting = flat.report(open.read.caseId, '1500').catch((error: Error) => error.name);
  await eventually(async () => {
    const { raw } = await system.client.workflow.getHandle(open.read.caseId).describe();
    expect(raw.pendingWorkflowTask?.attempt ?? 0).toBeGreaterThan(1);
  });
  expect((await system.db.Case.findByPk(open.read.caseId))?.status).toBe('OPEN');

  await workerOf('one');
  expect(await current('one')).toEqual({ before: 'bad' });
  await bad.stop();
  await reporting;
  await system.desk.openTask('APPROVE_FINAL_BILL', open.read.caseId);
  for (const { caseId } of [open.read, open.billed]) {
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, caseId);
    await system.desk.ended(caseId);
  }
  expect(await system.db.Incident.count()).toBe(0);
});
