import { addNoShutOff } from '../../db/records/no-shut-off';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { order } from '../support/set-up';
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

const { moveOut, report, setUpAt, stepOf, chain } = flatStories(() => ({ system, town }));
const vacancy = () => system.db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
const meter = () => system.db.Meter.findByPk(town.meterId, { rejectOnEmpty: true });
const lines = async () =>
  (await system.db.VacancyLine.findAll({ order: ['id'] })).map(({ choice, status }) => `${choice} ${status}`);
const turnOffs = () => system.db.ServiceOrder.findAll({ where: { type: 'TURN_OFF' } });

/** The tenant leaves today, the landlord is asked, and Cliff asks for the supply to be shut off. */
async function askedToShutOff(data = {}): Promise<{ leftId: string; vacancyId: string }> {
  const { caseId: leftId } = await moveOut({ newTenant: 'NO' });
  await system.desk.decide(town.users.cliff, 'RECONNECT_TO_LANDLORD', 'SHUT_OFF', data);
  return { leftId, vacancyId: (await vacancy()).caseId };
}

async function protect(untilOn: string): Promise<void> {
  const given = { accountNumber: null, reason: 'MEDICAL' as const, note: null, untilOn };
  await inTransaction(system.db, town.users.cora, (tx) => addNoShutOff(tx, town.locationNumber, given));
}

/** Water may not be shut off on any day of the year. */
const always = () =>
  inTransaction(system.db, 1, (tx) =>
    putSetting(tx, 'shutOff', { moratoria: [{ services: ['WATER'], from: '01-01', to: '12-31' }] }),
  );

describe('S19 a place that nobody takes is shut off', () => {
  it('when a supervisor has confirmed it and the field has turned the supply off; what has no meter falls vacant', async () => {
    await setUp();
    const { desk, db } = system;
    const { leftId, vacancyId } = await askedToShutOff();
    await stepOf(vacancyId, 'PROMPTED');
    expect(await vacancy()).toMatchObject({ waitingOn: 'SUPERVISOR' });
    const task = await desk.openTask('CONFIRM_SHUT_OFF');
    expect(task).toMatchObject({ draftedBy: town.users.cliff, candidateGroup: 'supervisor' });
    expect(await turnOffs()).toEqual([]);
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
    await stepOf(vacancyId, 'SHUTTING_OFF');
    expect(await vacancy()).toMatchObject({ status: 'OPEN', waitingOn: 'FIELD' });
    const [turnOff] = await turnOffs();
    const { orderNumber = '' } = turnOff ?? {};
    expect(await refusalOf(desk.report(town.users.fred, orderNumber, null))).toBe('STILL_SERVED');
    await report(leftId, '1500');
    await desk.report(town.users.fred, orderNumber, null);
    expect(await desk.ended(vacancyId)).toMatchObject({ status: 'COMPLETED', step: 'SHUT_OFF' });
    expect(await meter()).toMatchObject({ switchState: 'OFF' });
    expect(await lines()).toEqual(['SHUT_OFF SHUT_OFF', 'VACANT VACANT']);
    expect(await db.FeedChange.findAll({ where: { kind: 'SHUT_OFF' } })).toMatchObject([
      { accountId: town.accountId, onDate: town.today },
    ]);
  });

  it('not when the supervisor rejects it: the landlord is asked again, and takes it', async () => {
    await setUp();
    const { desk } = system;
    const { leftId, vacancyId } = await askedToShutOff({ servicePointIds: [town.waterPointId] });
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'REJECT');
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await report(leftId, '1500');
    expect(await desk.ended(vacancyId)).toMatchObject({ step: 'REVERTED' });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD ACTIVE T+0..']);
    expect(await turnOffs()).toEqual([]);
  });

  it('service by service: water is shut off while refuse goes to the landlord', async () => {
    await setUp();
    const { desk } = system;
    const { leftId, vacancyId } = await askedToShutOff({ servicePointIds: [town.waterPointId] });
    const unknown = { servicePointIds: [town.waterPointId] };
    expect(await refusalOf(desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT', unknown))).toBe(
      'SERVICE_NOT_ASKED',
    );
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
    await report(leftId, '1500');
    const [turnOff] = await turnOffs();
    await desk.report(town.users.fred, turnOff?.orderNumber ?? '', null);
    expect(await desk.ended(vacancyId)).toMatchObject({ step: 'REVERTED' });
    expect(await lines()).toEqual(['SHUT_OFF SHUT_OFF', 'REVERT REVERTED']);
  });

  it('by no deadline: what is not decided is reminded of and escalated, and the supply stays on', async () => {
    await setUp();
    const { desk, db } = system;
    const { leftId, vacancyId } = await askedToShutOff();
    await report(leftId, '1500');
    const { id } = await desk.openTask('CONFIRM_SHUT_OFF');
    await desk.advance(40);
    await eventually(async () => expect((await db.HumanTask.findByPk(id))?.escalation).toBeGreaterThan(0));
    expect(await db.HumanTask.findByPk(id)).toMatchObject({ status: 'OPEN' });
    expect(await vacancy()).toMatchObject({ caseId: vacancyId, status: 'OPEN', step: 'PROMPTED' });
    expect(await meter()).toMatchObject({ switchState: 'ON' });
    expect(await turnOffs()).toEqual([]);
  });

  it('not by who asked for it', async () => {
    await setUp();
    const { desk } = system;
    const { caseId } = await moveOut({ newTenant: 'NO' });
    await inTransaction(system.db, 1, (tx) => tx.db.UserRole.create({ userId: town.users.sam, role: 'clerk' }));
    await desk.decide(town.users.sam, 'RECONNECT_TO_LANDLORD', 'SHUT_OFF');
    await expect(desk.decide(town.users.sam, 'CONFIRM_SHUT_OFF', 'APPROVE')).rejects.toMatchObject({
      refusal: { code: 'OWN_WORK' },
    });
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
    expect(await turnOffs()).toHaveLength(1);
    await desk.command(town.users.cora, caseId, 'CANCEL');
  });

  it('not in a moratorium, when it is asked for and again when it is confirmed', async () => {
    await setUp();
    const { desk, db } = system;
    const { vacancyId } = await askedToShutOff();
    await always();
    expect(await refusalOf(desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE'))).toBe('MORATORIUM');
    expect(await turnOffs()).toEqual([]);
    expect(await db.Case.findByPk(vacancyId)).toMatchObject({ step: 'PROMPTED' });
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'REJECT');
    expect(await refusalOf(desk.decide(town.users.cliff, 'RECONNECT_TO_LANDLORD', 'SHUT_OFF'))).toBe('MORATORIUM');
  });

  it('not where somebody must not be shut off, when it is asked for and again when it is confirmed', async () => {
    await setUp();
    const { desk } = system;
    await askedToShutOff();
    await protect(addDays(town.today, 30));
    expect(await refusalOf(desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE'))).toBe('NO_SHUT_OFF');
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'REJECT');
    expect(await refusalOf(desk.decide(town.users.cliff, 'RECONNECT_TO_LANDLORD', 'SHUT_OFF'))).toBe('NO_SHUT_OFF');
  });

  it('not when a new tenant comes first: the field is not sent', async () => {
    await setUp();
    const { desk } = system;
    const { leftId, vacancyId } = await askedToShutOff();
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
    const { caseId } = await setUpAt();
    expect(await turnOffs()).toMatchObject([{ status: 'CANCELED' }]);
    await report(leftId, '1500');
    await desk.ended(caseId);
    expect(await desk.ended(vacancyId)).toMatchObject({ step: 'COMPLETED' });
    expect(await meter()).toMatchObject({ switchState: 'ON' });
  });

  it('and turned on for the next tenant, by an order of the set-up that it warns about', async () => {
    await setUp();
    const { desk } = system;
    const { leftId, vacancyId } = await askedToShutOff();
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
    await report(leftId, '1500');
    const [turnOff] = await turnOffs();
    await desk.report(town.users.fred, turnOff?.orderNumber ?? '', null);
    await desk.ended(vacancyId);
    const without = await setUpAt(addDays(town.today, 1));
    expect(without.warnings).toContainEqual(expect.objectContaining({ code: 'SUPPLY_OFF', pointer: '#/services/0' }));
    await desk.command(town.users.cliff, without.caseId, 'CANCEL');
    const withIt = await setUpAt(town.today, { serviceOrders: [order('TURN_ON')] });
    expect(withIt.warnings?.map(({ code }) => code)).not.toContain('SUPPLY_OFF');
    const turnOn = await system.db.ServiceOrder.findOne({ where: { type: 'TURN_ON' }, rejectOnEmpty: true });
    await desk.report(town.users.fred, turnOn.orderNumber, null);
    await desk.ended(withIt.caseId);
    expect(await meter()).toMatchObject({ switchState: 'ON' });
  });

  it('and turned on again when the leaver stays after all', async () => {
    await setUp();
    const { desk } = system;
    const { leftId, vacancyId } = await askedToShutOff();
    await desk.decide(town.users.sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
    await report(leftId, '1500');
    const [turnOff] = await turnOffs();
    await desk.report(town.users.fred, turnOff?.orderNumber ?? '', null);
    await desk.ended(vacancyId);
    await desk.openTask('APPROVE_FINAL_BILL');
    await desk.command(town.users.cora, leftId, 'CANCEL');
    expect(await system.db.ServiceOrder.findAll({ where: { type: 'TURN_ON' } })).toMatchObject([
      { accountId: town.accountId, caseId: null },
    ]);
  });
});
