import { caseView } from '../../contract/messages';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { copiedForm, deposit, newCustomer, order, scratchForm, service } from '../support/set-up';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
}
afterEach(async () => {
  try {
    await invariantsHold(system);
  } finally {
    await system.end();
  }
});

const flat = flatStories(() => ({ system, town }));
const { moveOut, report, setUpAt, landlordsMoveOut, openCaseOf, openOrder, chain } = flat;
const inDays = (days: number) => addDays(town.today, days);
const cancel = (caseId: string) => system.desk.command(town.users.cora, caseId, 'CANCEL');
const reschedule = (caseId: string, startDate: string, by = town.users.cliff) =>
  system.desk.command(by, caseId, 'RESCHEDULE', { startDate });
/** The stop of the landlord's account, by a person. */
async function moveLandlordOut(stopDate: string) {
  const { id: accountId, accountNumber } = await system.db.Account.findOne({
    where: { role: 'LANDLORD' },
    rejectOnEmpty: true,
  });
  return moveOut({ accountId, accountNumber, stopDate, vacateDate: stopDate, newTenant: 'NO' });
}

describe('a newcomer of a place that is free already', () => {
  it('waits for deposit and order like any other', async () => {
    await setUp({ landlordDecision: 'ASK', askedDepositCents: 10_000 });
    const { desk, db } = system;
    const left = await moveOut();
    await report(left.caseId, '1500');
    await desk.openTask('NEW_TENANT');
    const more = { deposits: [deposit(10_000)], serviceOrders: [order('TURN_ON')] };
    const opened = await setUpAt(town.today, more);
    expect(opened).toMatchObject({ status: 'OPEN', step: 'PENDING_START' });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT PENDING_START T+0..']);
    const { conditions } = await system.client.workflow.getHandle(opened.caseId).query(caseView);
    expect(conditions).toEqual(['a deposit of $100.00', 'one service order']);
    await cancel(opened.caseId);
    expect(await db.ServiceOrder.findOne({ where: { type: 'TURN_ON' } })).toMatchObject({ status: 'CANCELED' });
  });

  it('begins at once when the start is moved to today', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk } = system;
    const left = await moveOut();
    await report(left.caseId, '1500');
    const opened = await setUpAt(inDays(1));
    await reschedule(opened.caseId, town.today);
    expect(await desk.ended(opened.caseId)).toMatchObject({ step: 'ACTIVE' });
  });

  it('who was here already and does not come after all leaves nobody’s place to be asked about', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk } = system;
    const left = await moveOut();
    await report(left.caseId, '1500');
    const refuseLater = [service('WATER'), service('REFUSE', { connectDate: inDays(5) })];
    const opened = await setUpAt(town.today, { services: refuseLater });
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'DECLINE');
    expect((await chain()).at(-1)).toBe('TENANT ACTIVE T+0..');
    await cancel(opened.caseId);
    expect((await chain()).at(-1)).toBe('TENANT CANCELED T+0..');
    await desk.openTask('NEW_TENANT');
  });
});

describe('a landlord', () => {
  it('whom a clerk sets up is a customer like any other: nobody takes their place unasked', async () => {
    await setUp({ landlordDecision: null });
    await moveOut({ stopDate: inDays(2), vacateDate: inDays(2) });
    const landlord = await setUpAt(inDays(2), { role: 'LANDLORD' });
    expect(await refusalOf(setUpAt(inDays(2)))).toBe('CASE_OPEN');
    expect(await refusalOf(setUpAt(inDays(6)))).toBe('CASE_OPEN');
    await cancel(landlord.caseId);
    expect(await setUpAt(inDays(2))).toMatchObject({ status: 'OPEN' });
  });

  it('stays whole when a newcomer with two connect dates does not come', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    await flat.handedToLandlord();
    const services = [service('WATER'), service('REFUSE', { connectDate: inDays(8) })];
    const opened = await setUpAt(inDays(3), { services });
    await cancel(opened.caseId);
    expect((await chain('WATER'))[1]).toBe('LANDLORD ACTIVE T+0..');
    expect((await chain('REFUSE'))[1]).toBe('LANDLORD ACTIVE T+0..');
    expect(await openCaseOf('SETTLEMENT')).toMatchObject({ accountId: town.accountId });
  });

  it('hands over to two newcomers on two days, and keeps what the one who does not come leaves', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    await flat.handedToLandlord();
    const { desk, db } = system;
    const water = await setUpAt(inDays(8), { services: [service('WATER')] });
    const refuse = await setUpAt(inDays(3), { services: [service('REFUSE')] });
    const leaves = await landlordsMoveOut(refuse.caseId);
    expect(await db.MoveOut.findByPk(leaves.caseId)).toMatchObject({ stopOn: inDays(8) });
    expect(await openOrder(leaves.caseId)).toBeTruthy();
    await desk.advance(3);
    await desk.ended(refuse.caseId);
    await cancel(water.caseId);
    expect(await desk.ended(leaves.caseId)).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect((await chain('WATER'))[1]).toBe('LANDLORD ACTIVE T+0..');
    expect((await chain('REFUSE')).slice(1)).toEqual(['LANDLORD STOPPED T+0..T+3', 'TENANT ACTIVE T+3..']);
    expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ status: 'ACTIVE', stopOn: null });
  });

  it('is not moved out while one of the services goes to a tenant, and not taken from while they move out', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk } = system;
    const left = await moveOut({ newTenant: 'NO' });
    await report(left.caseId, '1500');
    await eventually(async () => expect((await chain()).at(-1)).toBe('LANDLORD ACTIVE T+0..'));
    const refuse = await setUpAt(inDays(3), { services: [service('REFUSE')] });
    expect(await refusalOf(moveLandlordOut(inDays(8)))).toBe('SERVICE_MOVES');
    await cancel(refuse.caseId);
    const leaves = await moveLandlordOut(inDays(3));
    expect(await refusalOf(cancel(left.caseId))).toBe('LANDLORD_MOVES_OUT');
    await cancel(leaves.caseId);
    await cancel(left.caseId);
    expect((await chain()).filter((link) => !link.includes('CANCELED'))).toEqual(['TENANT ACTIVE ..']);
    await desk.ended(left.caseId);
  });

  it('gives way with money on the account, which goes back', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    await flat.handedToLandlord();
    const { id: accountId, accountNumber } = await db.Account.findOne({
      where: { role: 'LANDLORD' },
      rejectOnEmpty: true,
    });
    await desk.pay(town.users.cora, {
      ...{ accountId, accountNumber, receiptNumber: 'R-9', amountCents: 5_000, receivedOn: town.today },
      ...{ method: 'CASH', applyTo: 'ACCOUNT' },
    });
    await setUpAt(town.today);
    expect(await db.Account.findByPk(accountId)).toMatchObject({ status: 'CANCELED' });
    const settlement = await db.Case.findOne({ where: { type: 'SETTLEMENT', accountId }, rejectOnEmpty: true });
    await desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE', {}, settlement.caseId);
    await desk.ended(settlement.caseId);
  });

  it('is not asked any more once the new tenant is there', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk } = system;
    const left = await moveOut();
    const opened = await setUpAt(inDays(3));
    await desk.openTask('RECONNECT_TO_LANDLORD');
    await report(left.caseId, '1500');
    await desk.advance(3);
    await desk.ended(opened.caseId);
    await eventually(async () =>
      expect(await system.db.Case.findOne({ where: { type: 'VACANCY' } })).toMatchObject({ status: 'COMPLETED' }),
    );
  });
});

describe('the read of a handover', () => {
  it('that comes days late, and for leaver and landlord at once, is one read, prorated to each day', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const left = await moveOut({ newTenant: 'UNKNOWN' });
    await eventually(async () => expect((await chain()).at(-1)).toBe('LANDLORD PENDING_START T+0..'));
    const opened = await setUpAt(inDays(3));
    await desk.advance(5);
    const leaves = await landlordsMoveOut(opened.caseId);
    // 15 days and 750 gallons after the last read.
    await report(left.caseId, '1750', inDays(5));
    await report(leaves.caseId, '1750', inDays(5));
    await desk.ended(opened.caseId);
    const reads = await db.MeterRead.findAll({
      where: { meterId: town.meterId },
      order: ['readOn'],
      offset: 2,
      limit: 9,
    });
    expect(reads.map(({ value, readOn, source }) => [value, readOn, source])).toEqual([
      ['1500.000', town.today, 'SYSTEM_PRORATED'],
      ['1650.000', inDays(3), 'SYSTEM_PRORATED'],
      ['1750.000', inDays(5), 'ACTUAL'],
    ]);
  });

  it('that is taken after days without a holder does not make those days the newcomer’s', async () => {
    await setUp({ landlordDecision: null });
    const { desk, db } = system;
    const left = await moveOut();
    const opened = await setUpAt(inDays(3));
    await desk.advance(5);
    await report(left.caseId, '1750', inDays(5));
    await desk.ended(opened.caseId);
    const newcomer = await db.ServiceAgreement.findOne({
      where: { serviceCode: 'WATER', status: 'ACTIVE' },
      rejectOnEmpty: true,
    });
    expect(await db.MeterRead.findByPk(newcomer.startReadId ?? 0)).toMatchObject({
      ...{ value: '1650.000', readOn: inDays(3), source: 'SYSTEM_PRORATED' },
    });
  });
});

describe('a set-up that waits for approval', () => {
  it('is asked anew when its date moves, and not approved by whoever moved it', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const { cora, sam, sue } = town.users;
    const { caseId } = await desk.setUp(cora, scratchForm(town, { deposits: [deposit(10_000, 'Good credit')] }));
    const first = await desk.openTask('APPROVE_SETUP');
    await reschedule(caseId, inDays(-20), sam);
    expect(await db.HumanTask.findByPk(first.id)).toMatchObject({ status: 'CANCELED' });
    expect(await db.Onboarding.findByPk(caseId)).toMatchObject({ approvalReasons: ['DEPOSIT', 'BACK_DATED'] });
    expect(await refusalOf(desk.decide(sam, 'APPROVE_SETUP', 'APPROVE'))).toBe('OWN_WORK');
    await eventually(() => desk.decide(sue, 'APPROVE_SETUP', 'APPROVE'));
    expect(await desk.ended(caseId)).toMatchObject({ step: 'ACTIVE' });
  });

  it('does not move to a day on which a rate has no prices', async () => {
    await setUp();
    await system.db.sequelize.transaction(() =>
      system.db.RateVersion.update({ effectiveFrom: inDays(-1) }, { where: {} }),
    );
    const opened = await system.desk.setUp(
      town.users.cora,
      scratchForm(town, { startDate: inDays(2), customer: newCustomer() }),
    );
    expect(await refusalOf(reschedule(opened.caseId, inDays(-5)))).toBe('RATE_NOT_IN_FORCE');
    await reschedule(opened.caseId, inDays(1));
  });
});

it('answers each of two who report on the same order at once', async () => {
  await setUp({ landlordDecision: null });
  const left = await moveOut();
  const orderNumber = await openOrder(left.caseId);
  const read = { meterId: town.meterId, readOn: town.today };
  const reports = ['1500', '1501'].map((value) =>
    refusalOf(system.desk.report(town.users.fred, orderNumber, { ...read, value })),
  );
  expect((await Promise.all(reports)).sort()).toEqual(['ORDER_CLOSED', 'nothing was refused']);
});

it('offers the days before a new tenant to the landlord, also of a set-up that was saved before the vacancy looked', async () => {
  await setUp({ landlordDecision: 'ALWAYS' });
  await flat.handedToLandlord();
  const opened = await system.desk.setUp(town.users.cliff, copiedForm(town, { serviceOrders: [order('TURN_ON')] }));
  await reschedule(opened.caseId, inDays(8));
  await eventually(async () =>
    expect((await chain()).filter((link) => !link.includes('CANCELED'))).toEqual([
      ...['TENANT STOPPED ..T+0', 'TENANT PENDING_START T+8..', 'LANDLORD PENDING_STOP T+0..T+8'],
    ]),
  );
});
