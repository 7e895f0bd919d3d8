import { INVARIANTS } from '../../tools/invariants';
import { deposit, scratchForm, service } from '../support/set-up';
import { makeSmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { copyOf, takenBack, type Copy } from './copy';
import { MORE_PLANTINGS, PLANTINGS } from './plantings';

let system: TestSystem;

/** A whole story, so that there are rows of every kind to break. */
beforeAll(async () => {
  system = await testSystem();
  const town = await makeSmallTown(system.db);
  await system.startWorker();
  const { desk, db } = system;
  const { cora, sam, sue, fred } = town.users;
  const { accountId, accountNumber, meterId, today } = town;
  const account = { accountId, accountNumber };
  const { caseId } = await desk.moveOut(cora, {
    ...{
      ...account,
      stopDate: today,
      vacateDate: today,
      stopReason: 'CUSTOMER',
      forwardingAddress: null,
      newTenant: 'NO',
    },
  });
  const order = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
  await desk.report(fred, order.orderNumber, { meterId, value: '4500', readOn: today });
  await desk.decide(sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
  const reads = [{ meterId, value: '4400', readOn: today, source: 'ACTUAL' }];
  await desk.decide(cora, 'CORRECT_FINAL_BILL', 'CORRECT_READ', { reads });
  await desk.pay(cora, {
    ...account,
    receiptNumber: 'R-1',
    amountCents: 100,
    receivedOn: today,
    method: 'CASH',
    applyTo: 'ACCOUNT',
  });
  await desk.decide(cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
  await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  const asked = scratchForm(town, {
    deposits: [deposit(5_000)],
    services: [service('WATER'), service('REFUSE', { units: '2' })],
  });
  const setUp = await desk.setUp(cora, asked);
  await desk.decide(sam, 'APPROVE_SETUP', 'APPROVE');
  const newcomer = await db.Account.findOne({ where: { accountNumber: setUp.accountNumber }, rejectOnEmpty: true });
  await desk.pay(cora, {
    ...{ accountId: newcomer.id, accountNumber: newcomer.accountNumber, receiptNumber: 'R-2', amountCents: 5_000 },
    ...{ receivedOn: today, method: 'CASH', applyTo: 'DEPOSIT' },
  });
  await desk.ended(setUp.caseId);
  const task = await desk.openTask('APPROVE_REFUND');
  await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
  await desk.ended(task.caseId);
});
afterAll(() => system.end());

const broken = async (db: TestSystem['db']) => {
  const names: string[] = [];
  for (const { name, find } of INVARIANTS) if ((await find(db)).length > 0) names.push(name);
  return names;
};

it('finds nothing broken after a whole story', async () => {
  expect(await broken(system.db)).toEqual([]);
});

it('has a planted violation for every invariant', () => {
  expect(Object.keys(PLANTINGS).sort()).toEqual(INVARIANTS.map(({ name }) => name).sort());
});

const plantings = [
  ...Object.entries(PLANTINGS).map(([name, statements]) => ({ name, how: 'the row is spoilt', statements })),
  ...MORE_PLANTINGS.map(([name, how, statements]) => ({ name, how, statements })),
];

/** What a transaction does not take back: a changed table ends it, and so does the one that the audit log is read in. */
const needsItsOwnCopy = ({ name, statements }: (typeof plantings)[number]) =>
  name === 'audit-chain' || statements.some((statement) => statement.startsWith('ALTER'));

async function brokenBy(db: TestSystem['db'], { name, statements }: (typeof plantings)[number]): Promise<string[]> {
  for (const statement of statements) await db.sequelize.query(statement);
  return INVARIANTS.find((invariant) => invariant.name === name)!.find(db);
}

describe('a planted violation is seen', () => {
  let copy: Copy;

  beforeAll(async () => {
    copy = await copyOf(system.db);
  });
  afterAll(() => copy.drop());

  it.each(plantings.filter((each) => !needsItsOwnCopy(each)))('of $name: $how', async (planting) => {
    expect(await takenBack(copy.db, () => brokenBy(copy.db, planting))).not.toEqual([]);
  });

  it('and was taken back each time', async () => {
    expect(await broken(copy.db)).toEqual([]);
  });

  it.each(plantings.filter(needsItsOwnCopy))('of $name in a database of its own: $how', async (planting) => {
    const { db, drop } = await copyOf(system.db);
    try {
      expect(await broken(db)).toEqual([]);
      expect(await brokenBy(db, planting)).not.toEqual([]);
    } finally {
      await drop();
    }
  });
});

it('lets a meter roll over on the day of the read before', async () => {
  const { db, drop } = await copyOf(system.db);
  try {
    const sameDay = 'UPDATE meter_read SET value = 99999, read_on = (SELECT day FROM (SELECT MAX(read_on) AS day FROM';
    await db.sequelize.query(`${sameDay} meter_read) AS last) WHERE id = 1`);
    expect(await broken(db)).toContain('reads-run-forward');
    await db.sequelize.query('UPDATE meter_read SET rollover = 1 WHERE id > 1');
    expect(await broken(db)).not.toContain('reads-run-forward');
  } finally {
    await drop();
  }
});
