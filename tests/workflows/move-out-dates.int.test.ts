import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { secondMeter } from '../support/second-meter';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { refusalOf } from '../support/refusal';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
const flat = flatStories(() => ({ system, town }));

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
}
afterEach(() => system.end());

const inDays = (n: number) => addDays(town.today, n);
const move = (caseId: string, dates: object, by = town.users.cliff) =>
  system.desk.command(by, caseId, 'RESCHEDULE', dates);
const account = () => system.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });
const orders = async (caseId: string) =>
  (await system.db.ServiceOrder.findAll({ where: { caseId }, order: ['id'] })).map(
    ({ status, dueOn }) => `${status} ${dueOn === town.today ? 'T' : dueOn}`,
  );
/** What stands in the journal beyond what was there before the move-out, by kind. */
const posted = async () => (await system.db.JournalEntry.findAll({ order: ['id'] })).map(({ kind }) => kind);
const line = () =>
  system.db.VacancyLine.findOne({ where: { servicePointId: town.waterPointId }, order: [['id', 'DESC']] });
const vacancyOf = async (caseId: string) =>
  (await system.db.MoveOut.findByPk(caseId, { rejectOnEmpty: true })).vacancyCaseId ?? '';

describe('S17 a move-out whose stop is moved', () => {
  it('goes back to its reads with new orders, before and after the read, later and earlier, and is billed for the last day', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const { sue, cliff } = town.users;
    const { caseId } = await flat.moveOut({ newTenant: 'NO', stopDate: inDays(5), vacateDate: inDays(5) });
    await eventually(async () =>
      expect(await flat.chain()).toEqual(['TENANT PENDING_STOP ..T+5', 'LANDLORD PENDING_START T+5..']),
    );
    // To another day to come: the landlord's start moves along, with the notice.
    await move(caseId, { stopDate: inDays(3) });
    expect(await flat.chain()).toEqual(['TENANT PENDING_STOP ..T+3', 'LANDLORD PENDING_START T+3..']);
    expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ startOn: inDays(3) });
    expect(await db.Notice.findOne({ where: { kind: 'LANDLORD_RECONNECT' } })).toMatchObject({
      data: expect.objectContaining({ startOn: inDays(3) }),
    });
    expect(await account()).toMatchObject({ stopOn: inDays(3), vacateOn: inDays(3) });
    // The day of vacating alone, which leaves orders and tasks as they are.
    await move(caseId, { vacateDate: inDays(1) });
    expect(await account()).toMatchObject({ stopOn: inDays(3), vacateOn: inDays(1) });
    // To today, and then into the past: the landlord takes over on the read, and gives back.
    await move(caseId, { stopDate: town.today });
    expect(await orders(caseId)).toEqual([`CANCELED ${inDays(5)}`, `CANCELED ${inDays(3)}`, 'SCHEDULED T']);
    await flat.report(caseId, '1500');
    await desk.openTask('APPROVE_FINAL_BILL');
    await eventually(async () => expect(await flat.chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD ACTIVE T+0..']));
    await flat.stepOf(await vacancyOf(caseId), 'REVERTED');
    await move(caseId, { stopDate: inDays(-4) });
    await eventually(async () =>
      expect(await flat.chain()).toEqual(['TENANT STOPPED ..T-4', 'LANDLORD CANCELED T+0..', 'LANDLORD ACTIVE T-4..']),
    );
    // The read of today is kept, and the one of the new day lies on the line between the reads around it.
    expect(await db.MeterRead.findOne({ where: { readOn: inDays(-4) } })).toMatchObject({
      ...{ source: 'SYSTEM_PRORATED', value: '1300.000' },
    });
    const task = await eventually(async () => {
      const found = await db.HumanTask.findAll({ where: { caseId, type: 'APPROVE_FINAL_BILL', status: 'OPEN' } });
      expect(found).toHaveLength(1);
      expect(await db.BillRevision.findAll({ where: { caseId }, order: ['id'] })).toMatchObject([
        ...[{ status: 'CANCELED' }, { status: 'DRAFT', periodThrough: inDays(-4) }],
      ]);
      return found[0];
    });
    expect(task?.draftedBy).toBe(town.users.cora);
    expect(task?.excludedUserIds).toContain(cliff);
    // Nothing was posted for what did not happen, the landlord's other account and fee included.
    expect(await posted()).toEqual(['DEPOSIT_RECEIVED']);
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
    // 6 days: water 1000 * 6/30 + 300 gal * $3/1000, refuse 1200 * 6/30.
    expect(await db.Bill.findOne({ where: { kind: 'FINAL' } })).toMatchObject({ totalCents: 200 + 90 + 240 });
    expect(await refusalOf(move(caseId, { stopDate: town.today }))).toBe('CASE_CLOSED');
    await invariantsHold(system);
  });

  it('after the handover to the landlord gives the services back for a day to come, with orders cut anew', async () => {
    await setUp();
    const { desk, db } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await flat.report(caseId, '1500');
    await desk.openTask('APPROVE_FINAL_BILL');
    const before = await vacancyOf(caseId);
    await flat.stepOf(before, 'REVERTED');
    await move(caseId, { stopDate: inDays(7) });
    await flat.stepOf(caseId, 'AWAITING_READ');
    expect(await flat.chain()).toEqual(['TENANT PENDING_STOP ..T+7', 'LANDLORD CANCELED T+0..']);
    expect(await account()).toMatchObject({ status: 'PENDING_STOP', stopOn: inDays(7) });
    expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ status: 'CANCELED' });
    expect(await orders(caseId)).toEqual(['COMPLETED T', `SCHEDULED ${inDays(7)}`]);
    // The read is kept and used by nobody; the landlord is asked by a vacancy of its own.
    expect(await db.MeterRead.count({ where: { readOn: town.today } })).toBe(1);
    expect(await db.ServiceAgreement.count({ where: { accountId: town.accountId, stopReadId: null } })).toBe(2);
    const again = await vacancyOf(caseId);
    expect(again).not.toBe(before);
    expect((await desk.openTask('RECONNECT_TO_LANDLORD')).caseId).toBe(again);
    expect(await db.HumanTask.count({ where: { caseId, status: 'OPEN' } })).toBe(0);
    await desk.command(town.users.cora, caseId, 'CANCEL');
    await eventually(async () => expect(await db.Case.count({ where: { closedAt: null } })).toBe(0));
    expect(await flat.chain()).toEqual(['TENANT ACTIVE ..', 'LANDLORD CANCELED T+0..']);
    expect(await posted()).toEqual(['DEPOSIT_RECEIVED']);
    await invariantsHold(system);
  });

  it('asks again for the read of each meter that the other reads do not tell, and bills them all for the last day', async () => {
    await setUp({ landlordDecision: null });
    const { desk, db } = system;
    const { fred, sue } = town.users;
    const second = await secondMeter(system, town);
    const scheduledAt = (servicePointId: number) =>
      db.ServiceOrder.findAll({ where: { servicePointId, status: 'SCHEDULED' }, raw: true });
    const report = async (at: { meterId: number; servicePointId: number }, value: string, readOn: string) => {
      const [order] = await scheduledAt(at.servicePointId);
      await desk.report(fred, order?.orderNumber ?? '', { meterId: at.meterId, value, readOn });
    };
    const first = { meterId: town.meterId, servicePointId: town.waterPointId };
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await report(first, '1500', town.today);
    expect(await scheduledAt(second.servicePointId)).toHaveLength(1);

    // The first meter's read of the new day lies on the line to the one of today; nobody has read the second.
    await move(caseId, { stopDate: inDays(-4) });
    expect(await db.MeterRead.findOne({ where: { meterId: first.meterId, readOn: inDays(-4) } })).toMatchObject({
      ...{ source: 'SYSTEM_PRORATED', value: '1300.000' },
    });
    expect(await scheduledAt(first.servicePointId)).toEqual([]);
    expect(await scheduledAt(second.servicePointId)).toMatchObject([{ dueOn: inDays(-4) }]);
    await flat.stepOf(caseId, 'AWAITING_READ');

    // Of a day to come no read tells anything.
    await move(caseId, { stopDate: inDays(2) });
    for (const { servicePointId } of [first, second])
      expect(await scheduledAt(servicePointId)).toMatchObject([{ dueOn: inDays(2) }]);
    await desk.advance(2);
    await report(first, '1600', inDays(2));
    await flat.stepOf(caseId, 'AWAITING_READ');
    await report(second, '1700', inDays(2));
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
    // 12 days of 30: twice $10 of water and $12 of refuse; 600 and 700 gal at $3 per 1,000.
    expect(await db.Bill.findOne({ where: { kind: 'FINAL' } })).toMatchObject({ totalCents: 800 + 480 + 180 + 210 });
    await invariantsHold(system);
  });

  it('chooses for the services by the agreement and the season of the new day, and keeps what a clerk has said', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const [start, end] = [inDays(-1).slice(5), inDays(9).slice(5)];
    await inTransaction(db, 1, (tx) =>
      tx.db.LandlordAgreementLine.update({ seasonStart: start, seasonEnd: end }, { where: { serviceCode: 'WATER' } }),
    );
    const { caseId } = await flat.moveOut({ newTenant: 'NO', stopDate: inDays(5), vacateDate: inDays(5) });
    await eventually(async () => expect(await line()).toMatchObject({ choice: 'REVERT', status: 'REVERTING' }));
    await move(caseId, { stopDate: inDays(20) });
    await eventually(async () =>
      expect(await line()).toMatchObject({ choice: 'PROMPT_LANDLORD', reason: 'OUT_OF_SEASON', status: 'PROMPTED' }),
    );
    expect(await flat.chain()).toEqual(['TENANT PENDING_STOP ..T+20', 'LANDLORD CANCELED T+5..']);
    expect((await flat.chain('REFUSE'))[2] ?? (await flat.chain('REFUSE'))[1]).toBe('LANDLORD PENDING_START T+20..');
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await eventually(async () => expect(await line()).toMatchObject({ choice: 'REVERT', status: 'REVERTING' }));
    await move(caseId, { stopDate: inDays(21) });
    await eventually(async () => expect(await flat.chain()).toContain('LANDLORD PENDING_START T+21..'));
    expect(await line()).toMatchObject({ choice: 'REVERT', status: 'REVERTING' });
    expect(await db.HumanTask.count({ where: { status: 'OPEN' } })).toBe(0);
    await invariantsHold(system);
  });

  it('offers the days before a tenant who is set up to the landlord, and may not come after the tenant', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { db } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'YES', stopDate: inDays(10), vacateDate: inDays(10) });
    const tenant = await flat.setUpAt(inDays(10));
    await eventually(async () =>
      expect(await flat.chain()).toEqual(['TENANT PENDING_STOP ..T+10', 'TENANT PENDING_START T+10..']),
    );
    expect(await refusalOf(move(caseId, { stopDate: inDays(11) }))).toBe('NEW_TENANT_SET_UP');
    await move(caseId, { stopDate: inDays(6) });
    await eventually(async () =>
      expect((await flat.chain()).sort()).toEqual([
        ...['LANDLORD PENDING_START T+6..T+10', 'TENANT PENDING_START T+10..', 'TENANT PENDING_STOP ..T+6'],
      ]),
    );
    // The landlord in between comes along while a day is left, and has a move-out of their own that must go first.
    await move(caseId, { stopDate: inDays(8) });
    expect((await flat.chain()).sort()[0]).toBe('LANDLORD PENDING_START T+8..T+10');
    expect(await refusalOf(move(caseId, { stopDate: inDays(10) }))).toBe('LANDLORD_MOVES_OUT');
    const ofLandlord = await db.Case.findOne({ where: { type: 'MOVE_OUT', draftId: null }, rejectOnEmpty: true });
    expect(await refusalOf(move(ofLandlord.caseId, { stopDate: inDays(9) }))).toBe('NOT_RESCHEDULABLE');
    expect(tenant.status).toBe('OPEN');
    await invariantsHold(system);
  });

  it('is refused once a tenant has begun, or the landlord was billed', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'YES' });
    await flat.setUpAt(town.today);
    await flat.report(caseId, '1500');
    await desk.openTask('APPROVE_FINAL_BILL');
    await eventually(async () => expect(await flat.chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+0..']));
    expect(await refusalOf(move(caseId, { stopDate: inDays(2) }))).toBe('HANDED_OVER');
    expect(await refusalOf(desk.command(town.users.cora, caseId, 'CANCEL'))).toBe('HANDED_OVER');
    expect(await db.HumanTask.count({ where: { caseId, status: 'OPEN' } })).toBe(1);
  });

  it('is refused with every reason, and too often', async () => {
    await setUp();
    const { db } = system;
    await inTransaction(db, 1, (tx) => putSetting(tx, 'moveOut', { ...tx.settings.moveOut, maxFutureDays: 60 }));
    const { caseId } = await flat.moveOut({ stopDate: inDays(5), vacateDate: inDays(5) });
    const refused = async (dates: object) => refusalOf(move(caseId, dates));
    expect(await refused({ stopDate: inDays(61) })).toBe('STOP_TOO_FAR_AHEAD');
    expect(await refused({ stopDate: inDays(-10) })).toBe('BILLED_PAST_STOP');
    expect(await refused({ stopDate: inDays(-400) })).toBe('STOP_BEFORE_START');
    expect(await refused({ vacateDate: inDays(-401) })).toBe('VACATE_BEFORE_START');
    expect(await refused({ stopDate: inDays(5) })).toBe('NOTHING_TO_MOVE');
    for (let n = 0; n < 20; n++) await move(caseId, { vacateDate: inDays(n % 2) });
    expect(await refused({ stopDate: inDays(6) })).toBe('TOO_MANY_MOVES');
    expect(await account()).toMatchObject({ stopOn: inDays(5), vacateOn: inDays(1) });
  });
});

it('S17 a canceled move-out leaves services that were cut, the address and the forms as they were', async () => {
  await setUp();
  const { desk, db } = system;
  await inTransaction(db, 1, (tx) =>
    tx.db.ServiceAgreement.update({ status: 'CUT_NONPAY' }, { where: { serviceCode: 'WATER' } }),
  );
  const forward = { line1: '1 New Street', city: 'Millbrook', state: 'CO', postalCode: '80001' };
  const { caseId } = await flat.moveOut({ forwardingAddress: forward });
  const { subject } = await desk.openTask('NEW_TENANT');
  const { draftId } = subject as { draftId: string };
  await move(caseId, { stopDate: inDays(3) });
  await eventually(async () =>
    expect(await db.Draft.findByPk(draftId)).toMatchObject({
      content: expect.objectContaining({ startDate: inDays(3) }),
    }),
  );
  await desk.command(town.users.cora, caseId, 'CANCEL');
  await eventually(async () => expect(await db.Case.count({ where: { closedAt: null } })).toBe(0));
  expect(await flat.chain()).toEqual(['TENANT CUT_NONPAY ..']);
  expect(await flat.chain('REFUSE')).toEqual(['TENANT ACTIVE ..']);
  expect(await account()).toMatchObject({ status: 'ACTIVE', forwardLine1: null, stopOn: null, vacateOn: null });
  expect((await orders(caseId)).every((each) => each.startsWith('CANCELED'))).toBe(true);
  expect((await db.Draft.findByPk(draftId))?.discardedAt).not.toBeNull();
  await invariantsHold(system);
});
