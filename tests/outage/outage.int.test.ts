import { factsChanged } from '../../contract/messages';
import { isOutage } from '../../db/errors';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import type { CaseType } from '../../domain/states';
import { INVARIANTS } from '../../tools/invariants';
import { compareWithTemporal } from '../../tools/invariants/temporal';
import { eventually } from '../support/eventually';
import { makeFlats, makeSmallTown, type Flat, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { privateDatabase, type PrivateDatabase } from './private-database';
import { recordedDecisions, recordedRead, type RecordedAct } from './recorded-acts';

const SECONDS = Number(process.env.KEYTURN_OUTAGE_SECONDS ?? 15);
/** So many that fifty cases or more are open at the beginning of each outage. */
const FLATS = 40;
/** After the outage: a step that was tried last just before its end waits half a minute. */
const DRAINED_WITHIN_MS = 180_000;
jest.setTimeout(3 * (SECONDS * 1_000 + DRAINED_WITHIN_MS) + 300_000);

let database: PrivateDatabase;
let system: TestSystem;
let town: SmallTown;
let flats: Flat[];

beforeAll(async () => {
  database = await privateDatabase();
  system = await testSystem(database.url);
  town = await makeSmallTown(system.db);
  flats = await makeFlats(system.db, FLATS);
  await system.startWorker();
});
afterAll(async () => {
  await system.end();
  await database.close();
});

const moveOut = ({ accountId, accountNumber, today }: Flat) =>
  system.desk.moveOut(town.users.cora, {
    ...{ accountId, accountNumber, stopDate: today, vacateDate: today, stopReason: 'CUSTOMER' },
    ...{ forwardingAddress: null, newTenant: 'NO' },
  });
const openCases = () => system.db.Case.findAll({ where: { closedAt: null } });
const count = (type: CaseType, where: object) => system.db.Case.count({ where: { type, ...where } });
const decisions = (by: number, ...what: [type: 'APPROVE_FINAL_BILL' | 'APPROVE_REFUND', outcome: 'APPROVE']) =>
  recordedDecisions(system, by, ...what);
/** A third of the landlords who are still asked. */
const someReconnect = (of: number) =>
  recordedDecisions(system, town.users.cliff, 'RECONNECT_TO_LANDLORD', 'RECONNECT', (place) => place % of === 0);

/** The clock was moved a day, and the cases hear of it only now. */
async function tellTheClock(caseIds: string[]): Promise<void> {
  for (const caseId of caseIds)
    await system.client.workflow.getHandle(caseId).signal(factsChanged, { reason: 'CLOCK' });
}

/**
 * Takes the database away while the recorded acts reach their cases, the clock moves and a clerk goes on asking, and
 * gives it back. Every act must then be carried out, and no case may have got an incident.
 */
async function during(kind: keyof PrivateDatabase['outages'], acts: RecordedAct[]): Promise<void> {
  const open = await openCases();
  expect(open.length).toBeGreaterThanOrEqual(50);
  await inTransaction(system.db, 1, async (tx) => {
    const { clock } = tx.settings;
    await putSetting(tx, 'clock', { ...clock, offsetSeconds: clock.offsetSeconds + 86_400 });
  });
  const outage = database.outages[kind];
  const begun = Date.now();
  await outage.begin();
  const told = Promise.all(acts.map((act) => act()));
  await tellTheClock(open.map(({ caseId }) => caseId));
  let turnedAway = 0;
  while (Date.now() < begun + SECONDS * 1_000) {
    const error: unknown = await moveOut(town).catch((reason: unknown) => reason);
    expect([kind, isOutage(error)]).toEqual([kind, true]);
    turnedAway += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const attempts = (await system.pendingActivities()).map(({ attempt }) => attempt);
  const seconds = Math.round((Date.now() - begun) / 1_000);
  await outage.end();
  const back = Date.now();
  await told;
  expect(await system.db.Incident.count()).toBe(0);
  expect(await count('MOVE_OUT', { status: 'INCIDENT' })).toBe(0);
  const drained = Math.round((Date.now() - back) / 1_000);
  process.stdout.write(
    `outage (${kind}) of ${seconds} s with ${open.length} open cases: ${attempts.length} steps waited, tried up to ` +
      `${Math.max(0, ...attempts)} times; ${turnedAway} requests turned away; ${acts.length} acts done ${drained} s after it\n`,
  );
  expect(Math.max(0, ...attempts)).toBeGreaterThan(1);
}

it('opens the cases', async () => {
  const opened = await Promise.all(flats.map(moveOut));
  expect(opened.every(({ status }) => status === 'OPEN')).toBe(true);
  await eventually(
    async () => expect(await system.db.HumanTask.count({ where: { type: 'RECONNECT_TO_LANDLORD' } })).toBe(FLATS),
    DRAINED_WITHIN_MS,
  );
});

it('takes every read after the server was killed', async () => {
  const acts: RecordedAct[] = await someReconnect(3);
  for (const { accountId, meterId, today } of flats) {
    const theCase = await system.db.Case.findOne({ where: { type: 'MOVE_OUT', accountId }, rejectOnEmpty: true });
    acts.push(await recordedRead(system, town.users.fred, theCase.caseId, { meterId, value: '1500', readOn: today }));
  }
  await during('killed', acts);
  await eventually(
    async () => expect(await count('MOVE_OUT', { step: 'AWAITING_APPROVAL' })).toBe(FLATS),
    DRAINED_WITHIN_MS,
  );
});

it('posts every final bill after the server was stopped', async () => {
  const acts = [...(await decisions(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE')), ...(await someReconnect(2))];
  await during('stopped', acts);
  await eventually(
    async () => expect(await system.db.HumanTask.count({ where: { type: 'APPROVE_REFUND' } })).toBe(FLATS),
    DRAINED_WITHIN_MS,
  );
  expect(await count('MOVE_OUT', { status: 'COMPLETED' })).toBe(FLATS);
});

it('issues every refund after the server only read', async () => {
  const acts = [...(await decisions(town.users.sam, 'APPROVE_REFUND', 'APPROVE')), ...(await someReconnect(1))];
  await during('read only', acts);
  await eventually(
    async () => expect(await count('SETTLEMENT', { step: 'REFUND_ISSUED' })).toBe(FLATS),
    DRAINED_WITHIN_MS,
  );
});

it('has nothing open, nothing stuck and every account where it should be, and holds every invariant', async () => {
  const { db, client, taskQueue } = system;
  await eventually(async () => expect((await openCases()).map(({ caseId }) => caseId)).toEqual([]), DRAINED_WITHIN_MS);
  expect(await count('VACANCY', { step: 'REVERTED' })).toBe(FLATS);
  const ids = flats.map(({ accountId }) => accountId);
  expect(await db.Account.count({ where: { id: ids, status: 'CLOSED' } })).toBe(FLATS);
  expect(await db.Account.count({ where: { role: 'LANDLORD', status: 'ACTIVE' } })).toBe(FLATS);
  expect(await db.Incident.count()).toBe(0);
  for (const { name, find } of INVARIANTS) expect({ name, rows: await find(db) }).toEqual({ name, rows: [] });
  await eventually(async () => expect(await compareWithTemporal(db, client, taskQueue)).toEqual([]), DRAINED_WITHIN_MS);
  // The clerk who was turned away asks again, and it is done.
  expect(await moveOut(town)).toMatchObject({ status: 'OPEN' });
});
