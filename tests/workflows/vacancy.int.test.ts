import { unassignedAt } from '../../db/reads/unassigned-usage';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { flatStories, invariantsHold } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

async function setUp(options: SmallTownOptions = { landlordDecision: 'ASK' }): Promise<void> {
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
const { moveOut, report, stepOf, chain, openCaseOf } = flat;
const vacancy = () => system.db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
const startVacancy = () => system.desk.vacancy(town.users.cora, { locationNumber: town.locationNumber });

/** The tenant has left, the landlord did not want the services, and the place is vacant. */
async function leftVacant(): Promise<void> {
  const { desk } = system;
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'DECLINE');
  await report(caseId, '1500');
  expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ status: 'COMPLETED', step: 'VACANT' });
}

describe('S19 a vacancy that a clerk starts', () => {
  it('gives a place that was vacant to the landlord from the day of the decision, with a read of that day', async () => {
    await setUp();
    const { desk, db } = system;
    expect(await refusalOf(startVacancy())).toBe('NOTHING_VACANT');
    await leftVacant();
    await desk.advance(5);
    const { caseId } = await startVacancy();
    await expect(startVacancy()).rejects.toMatchObject({
      cause: { type: 'CASE_OPEN', details: [expect.objectContaining({ caseId })] },
    });
    await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT');
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await stepOf(caseId, 'REVERTING');
    expect(await db.Case.findByPk(caseId)).toMatchObject({ waitingOn: 'FIELD' });
    const day = addDays(town.today, 5);
    await report(caseId, '1530', day);
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'REVERTED' });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD ACTIVE T+5..']);
    expect(await chain('REFUSE')).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD ACTIVE T+5..']);
    const water = await db.ServiceAgreement.findOne({ where: { serviceCode: 'WATER', status: 'ACTIVE' } });
    expect(await db.MeterRead.findByPk(water?.startReadId ?? 0)).toMatchObject({ value: '1530.000', readOn: day });
    const { locationId } = await vacancy();
    const days = { from: addDays(town.today, 1), through: addDays(town.today, 4), isOpen: false, warnings: [] };
    expect(await unassignedAt(db, locationId ?? 0)).toEqual([
      { ...days, serviceCode: 'REFUSE', position: 1, usage: null, unit: null },
      { ...days, serviceCode: 'WATER', position: 1, usage: '30', unit: 'gal' },
    ]);
    expect(await refusalOf(startVacancy())).toBe('NOTHING_VACANT');
  });

  it('can be canceled before the landlord has begun; one of a move-out cannot', async () => {
    await setUp();
    const { desk, db } = system;
    const left = await moveOut({ newTenant: 'NO' });
    await desk.openTask('RECONNECT_TO_LANDLORD');
    expect(await refusalOf(desk.command(town.users.cora, (await vacancy()).caseId, 'CANCEL'))).toBe('NOT_CANCELABLE');
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'DECLINE');
    await report(left.caseId, '1500');
    await desk.ended((await vacancy()).caseId);
    await desk.advance(5);
    const { caseId } = await startVacancy();
    await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT');
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await stepOf(caseId, 'REVERTING');
    await desk.command(town.users.cora, caseId, 'CANCEL');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'CANCELED', step: 'CANCELED' });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD CANCELED T+5..']);
    expect(await db.ServiceOrder.findAll({ where: { caseId } })).toMatchObject([{ status: 'CANCELED' }]);
    expect(await db.Notice.findAll({ where: { caseId } })).toMatchObject([{ status: 'CANCELED' }]);
  });

  it('shuts off what no landlord is asked about, where that is said with the answer', async () => {
    await setUp({ landlordDecision: null });
    const { desk, db } = system;
    const left = await moveOut({ newTenant: 'NO' });
    await report(left.caseId, '1500');
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'VACANT' });
    const { caseId } = await startVacancy();
    await desk.decide(town.users.cora, 'NEW_TENANT', 'SHUT_OFF');
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
    const turnOff = await db.ServiceOrder.findOne({ where: { caseId, type: 'TURN_OFF' }, rejectOnEmpty: true });
    await desk.report(town.users.fred, turnOff.orderNumber, null);
    expect(await desk.ended(caseId)).toMatchObject({ step: 'SHUT_OFF' });
  });

  it('is superseded when the leaver of the move-out stays after all', async () => {
    await setUp({ landlordDecision: null });
    const { desk } = system;
    const left = await moveOut({ newTenant: 'NO' });
    await report(left.caseId, '1500');
    await desk.ended((await vacancy()).caseId);
    const { caseId } = await startVacancy();
    await desk.openTask('NEW_TENANT');
    await desk.command(town.users.cora, left.caseId, 'CANCEL');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect(await chain()).toEqual(['TENANT ACTIVE ..']);
  });
});

describe('S19 a landlord who has said yes', () => {
  it('can say no until the handover: the services fall vacant, and nobody is told', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const S = addDays(town.today, 5);
    const left = await moveOut({ newTenant: 'NO', stopDate: S, vacateDate: S });
    const { caseId } = await vacancy();
    await stepOf(caseId, 'REVERTING');
    await desk.command(town.users.cora, caseId, 'LANDLORD_DECLINES', { servicePointIds: [town.waterPointId] });
    expect(await chain()).toEqual(['TENANT PENDING_STOP ..T+5', 'LANDLORD CANCELED T+5..']);
    await desk.command(town.users.cora, caseId, 'LANDLORD_DECLINES');
    expect(await refusalOf(desk.command(town.users.cora, caseId, 'LANDLORD_DECLINES'))).toBe('NOTHING_TO_DECLINE');
    expect(await db.Notice.findAll({ where: { caseId } })).toMatchObject([{ status: 'CANCELED' }]);
    await desk.advance(5);
    await report(left.caseId, '1500', S);
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'VACANT' });
  });
});

describe('S19 a landlord whose agreement says always, and who leaves', () => {
  /** The landlord has the services for three days, and is then moved out by Cora. */
  async function landlordLeaves(newTenant: 'NO' | 'UNKNOWN', before = () => Promise.resolve()) {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    await flat.handedToLandlord();
    await desk.ended((await vacancy()).caseId);
    await desk.advance(3);
    await before();
    const where = { role: 'LANDLORD' as const };
    const { id: accountId, accountNumber } = await db.Account.findOne({ where, rejectOnEmpty: true });
    const stopDate = addDays(town.today, 3);
    const left = await moveOut({ accountId, accountNumber, stopDate, vacateDate: stopDate, newTenant });
    const { caseId } = await openCaseOf('VACANCY');
    return { left, caseId, stopDate };
  }
  const LEFT = ['TENANT STOPPED ..T+0', 'LANDLORD STOPPED T+0..T+3'];

  it('does not get them back: they fall vacant, and a clerk who deals with the place later is to ask', async () => {
    const { left, caseId, stopDate } = await landlordLeaves('NO');
    const { desk, db } = system;
    const orders = await db.ServiceOrder.findAll({ where: { caseId: left.caseId } });
    expect(orders).toMatchObject([{ type: 'READ_OUT' }]);
    await report(left.caseId, '1510', stopDate);
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'VACANT' });
    expect(await chain()).toEqual(LEFT);
    expect(await chain('REFUSE')).toEqual(LEFT);
    expect(await db.VacancyLine.findAll({ where: { caseId } })).toMatchObject([
      { choice: 'VACANT', reason: 'LANDLORD_LEFT' },
      { choice: 'VACANT', reason: 'LANDLORD_LEFT' },
    ]);
    const later = await startVacancy();
    await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT', {}, later.caseId);
    await desk.openTask('RECONNECT_TO_LANDLORD', later.caseId);
  });

  it('nor when no new tenant comes after all', async () => {
    const { left, caseId, stopDate } = await landlordLeaves('UNKNOWN');
    const { desk } = system;
    await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT', {}, caseId);
    await report(left.caseId, '1510', stopDate);
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'VACANT' });
    expect(await chain()).toEqual(LEFT);
  });

  it('hands them to the landlord who comes after them', async () => {
    const { left, caseId, stopDate } = await landlordLeaves('NO', async () => {
      const { customerId } = await system.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });
      const where = { customerId: town.landlordCustomerId };
      await inTransaction(system.db, 1, (tx) => tx.db.LandlordAgreement.update({ customerId }, { where }));
    });
    await report(left.caseId, '1510', stopDate);
    expect(await system.desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'REVERTED' });
    expect(await chain()).toEqual([...LEFT, 'LANDLORD ACTIVE T+3..']);
  });
});
