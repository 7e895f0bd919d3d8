import { caseView } from '../../contract/messages';
import { parsedJson } from '../../db/reads/select';
import { unassignedAt } from '../../db/reads/unassigned-usage';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { deposit, newCustomer, order, service } from '../support/set-up';
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

const { moveOut, report, setUpAt, stepOf, landlordsMoveOut, chain } = flatStories(() => ({ system, town }));
const vacancy = () => system.db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });

describe('S18 a new tenant after a move-out', () => {
  it('is prompted for with a form filled by copy; saving it answers the task and hands over on one read', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk, db } = system;
    const left = await moveOut();
    const task = await desk.openTask('NEW_TENANT');
    const { draftId } = parsedJson<{ draftId: string }>(task.subject);
    const draft = await db.Draft.findByPk(draftId, { rejectOnEmpty: true });
    expect(parsedJson(draft.content)).toMatchObject({
      ...{ location: { existing: town.locationNumber }, copiedFrom: town.accountNumber, startDate: town.today },
      ...{ role: 'TENANT', billCycle: 'C1' },
      services: [service('WATER'), service('REFUSE')],
    });
    const account = await db.Account.findByPk(town.accountId, { raw: true });
    const opened = await setUpAt();
    expect(opened).toMatchObject({ status: 'OPEN', step: 'PENDING_START' });
    // Copying and saving change nothing of the previous customer's.
    expect(await db.Account.findByPk(town.accountId, { raw: true })).toEqual(account);
    expect(await db.HumanTask.findByPk(task.id)).toMatchObject({ status: 'CANCELED' });
    const waits = await vacancy();
    await stepOf(waits.caseId, 'NEW_TENANT_SETUP');
    await eventually(async () =>
      expect(await system.client.workflow.getHandle(waits.caseId).query(caseView)).toMatchObject({ tasks: [] }),
    );
    await report(left.caseId, '1500');
    expect(await desk.ended(opened.caseId)).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
    expect(await desk.ended(waits.caseId)).toMatchObject({ status: 'COMPLETED', step: 'COMPLETED' });
    const [leaver, newcomer] = await db.ServiceAgreement.findAll({ where: { serviceCode: 'WATER' }, order: ['id'] });
    expect(newcomer).toMatchObject({ status: 'ACTIVE', followsId: leaver?.id, startReadId: leaver?.stopReadId });
    expect(await db.Account.findOne({ where: { accountNumber: opened.accountNumber } })).toMatchObject({
      ...{ copiedFromId: town.accountId, startOn: town.today },
    });
  });

  it('does not come after all: the prompt is back, and the landlord may take over', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk } = system;
    const left = await moveOut({ newTenant: 'UNKNOWN' });
    await desk.openTask('NEW_TENANT');
    const opened = await setUpAt();
    expect(await refusalOf(desk.command(town.users.cora, left.caseId, 'CANCEL'))).toBe('NEW_TENANT_SET_UP');
    await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
    await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT');
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await report(left.caseId, '1500');
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'REVERTED' });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT CANCELED T+0..', 'LANDLORD ACTIVE T+0..']);
  });

  it('who has not been named is asked for again when the final bill is posted', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk, db, client } = system;
    const left = await moveOut();
    const task = await desk.openTask('NEW_TENANT');
    await report(left.caseId, '1500');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    const { caseId } = await vacancy();
    expect(await db.CaseEvent.count({ where: { caseId, kind: 'PROMPTED_AGAIN' } })).toBe(1);
    const again = await db.HumanTask.findByPk(task.id, { rejectOnEmpty: true });
    expect(again.dueAt.getTime()).toBeLessThan(task.dueAt.getTime());
    await eventually(async () => {
      const { tasks } = await client.workflow.getHandle(caseId).query(caseView);
      expect(tasks).toMatchObject([{ taskId: task.id, dueAt: again.dueAt.toISOString() }]);
    });
  });

  it('who takes only one service leaves the others to the prompt', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const left = await moveOut();
    const opened = await setUpAt(town.today, { services: [service('WATER')] });
    await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT');
    await report(left.caseId, '1500');
    await desk.ended(opened.caseId);
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'REVERTED' });
    const refuse = await db.ServiceAgreement.findOne({
      where: { serviceCode: 'REFUSE', status: 'ACTIVE' },
      rejectOnEmpty: true,
    });
    expect(await db.Account.findByPk(refuse.accountId)).toMatchObject({ role: 'LANDLORD' });
  });

  it('whose deposit comes late begins later; the days between are nobody’s', async () => {
    await setUp({ landlordDecision: null, askedDepositCents: 10_000 });
    const { desk, db } = system;
    const left = await moveOut();
    const opened = await setUpAt(town.today, { deposits: [deposit(10_000)] });
    await report(left.caseId, '1500');
    await desk.advance(3);
    const { id: accountId } = await db.Account.findOne({
      where: { accountNumber: opened.accountNumber },
      rejectOnEmpty: true,
    });
    await desk.pay(town.users.cora, {
      ...{ accountId, accountNumber: opened.accountNumber ?? '', receiptNumber: 'R-1', amountCents: 10_000 },
      ...{ receivedOn: addDays(town.today, 3), method: 'CASH', applyTo: 'DEPOSIT' },
    });
    await desk.ended(opened.caseId);
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+3..']);
  });
});

describe('the new tenant’s start T against the stop S, while the landlord’s start is pending', () => {
  it('T = S: the landlord gives way', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk } = system;
    const left = await moveOut({ newTenant: 'UNKNOWN' });
    await stepOf((await vacancy()).caseId, 'REVERTING');
    const opened = await setUpAt();
    await report(left.caseId, '1500');
    await desk.ended(opened.caseId);
    await desk.ended((await vacancy()).caseId);
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD CANCELED T+0..', 'TENANT ACTIVE T+0..']);
    expect(await system.db.Notice.findOne({ where: { kind: 'LANDLORD_RECONNECT' } })).toMatchObject({
      status: 'CANCELED',
    });
  });

  it('T = S, and the tenant does not come: the landlord takes over by itself again', async () => {
    await setUp({ landlordDecision: 'ALWAYS', askedDepositCents: 100 });
    const { desk } = system;
    const left = await moveOut({ newTenant: 'NO' });
    await stepOf((await vacancy()).caseId, 'REVERTING');
    const opened = await setUpAt(town.today, { deposits: [deposit(100)] });
    await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
    await report(left.caseId, '1500');
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'REVERTED' });
    expect(await chain()).toEqual([
      ...['TENANT STOPPED ..T+0', 'LANDLORD CANCELED T+0..', 'TENANT CANCELED T+0..', 'LANDLORD ACTIVE T+0..'],
    ]);
  });

  it('T < S before the read: S moves to T, and the field reads on that day', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const S = addDays(town.today, 5);
    const left = await moveOut({ newTenant: 'UNKNOWN', stopDate: S, vacateDate: S });
    await stepOf((await vacancy()).caseId, 'REVERTING');
    const opened = await setUpAt(addDays(town.today, 2));
    expect(await db.MoveOut.findByPk(left.caseId)).toMatchObject({ stopOn: addDays(town.today, 2) });
    await desk.advance(2);
    await report(left.caseId, '1500', addDays(town.today, 2));
    await desk.ended(opened.caseId);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(left.caseId);
    expect(await db.Bill.findOne()).toMatchObject({ periodThrough: addDays(town.today, 2) });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+2', 'LANDLORD CANCELED T+5..', 'TENANT ACTIVE T+2..']);
  });

  it('T < S after the read and the draft: the read is prorated and the bill is drafted anew', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const left = await moveOut({ newTenant: 'UNKNOWN' });
    await report(left.caseId, '2000');
    const first = await desk.openTask('APPROVE_FINAL_BILL');
    await desk.ended((await vacancy()).caseId);
    const opened = await setUpAt(addDays(town.today, -5));
    expect(opened).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
    expect(await db.HumanTask.findByPk(first.id)).toMatchObject({ status: 'CANCELED' });
    const second = await eventually(async () => {
      const task = await desk.openTask('APPROVE_FINAL_BILL');
      expect(task.id).not.toBe(first.id);
      return task;
    });
    // 1,000 gallons over ten days: half of them are the leaver's. 5 of 30 days of $10 and $12, 500 gal at $3 per 1,000.
    expect(second.amountCents).toBe(167 + 150 + 200);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(left.caseId);
    expect(await chain()).toEqual(['TENANT STOPPED ..T-5', 'LANDLORD CANCELED T+0..', 'TENANT ACTIVE T-5..']);
    const [leaver, , newcomer] = await db.ServiceAgreement.findAll({ where: { serviceCode: 'WATER' }, order: ['id'] });
    expect(newcomer?.startReadId).toBe(leaver?.stopReadId);
    expect(await db.MeterRead.findByPk(leaver?.stopReadId ?? 0)).toMatchObject({
      value: '1500.000',
      source: 'SYSTEM_PRORATED',
    });
  });

  it('T < S, and the tenant does not come: the leaver stops when they asked to', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const S = addDays(town.today, 5);
    const left = await moveOut({ newTenant: 'UNKNOWN', stopDate: S, vacateDate: S });
    await stepOf((await vacancy()).caseId, 'REVERTING');
    const opened = await setUpAt(addDays(town.today, 2));
    await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
    expect(await db.MoveOut.findByPk(left.caseId)).toMatchObject({ stopOn: S });
    await desk.advance(5);
    await report(left.caseId, '1500', S);
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'REVERTED' });
    await desk.openTask('APPROVE_FINAL_BILL');
  });

  it('T > S: the landlord has the days between and is final billed for them', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const T = addDays(town.today, 10);
    const left = await moveOut({ newTenant: 'UNKNOWN' });
    await stepOf((await vacancy()).caseId, 'REVERTING');
    const opened = await setUpAt(T);
    await report(left.caseId, '1500');
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'REVERTED' });
    expect(await chain()).toEqual([
      'TENANT STOPPED ..T+0',
      'LANDLORD PENDING_STOP T+0..T+10',
      'TENANT PENDING_START T+10..',
    ]);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(left.caseId);
    await desk.advance(10);
    const landlords = await landlordsMoveOut(opened.caseId);
    await report(landlords.caseId, '1600', T);
    await desk.ended(opened.caseId);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, landlords.caseId);
    await desk.ended(landlords.caseId);
    // Ten of 30 days of $10 and $12, 100 gal at $3 per 1,000.
    const bill = await db.Bill.findOne({ where: { accountId: landlords.accountId ?? 0 }, rejectOnEmpty: true });
    expect(bill).toMatchObject({ totalCents: 333 + 30 + 400, periodThrough: T });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD STOPPED T+0..T+10', 'TENANT ACTIVE T+10..']);
  });

  it('T > S, and the tenant does not come: the landlord stays', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk, db } = system;
    const left = await moveOut({ newTenant: 'UNKNOWN' });
    await stepOf((await vacancy()).caseId, 'REVERTING');
    const opened = await setUpAt(addDays(town.today, 10));
    await report(left.caseId, '1500');
    await desk.ended((await vacancy()).caseId);
    await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD ACTIVE T+0..', 'TENANT CANCELED T+10..']);
    expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ status: 'ACTIVE', stopOn: null });
    const landlords = await landlordsMoveOut(opened.caseId);
    expect(await desk.ended(landlords.caseId)).toMatchObject({ status: 'CANCELED', step: 'SUPERSEDED' });
    expect(await system.client.workflow.getHandle(landlords.caseId).result()).toMatchObject({ status: 'CANCELED' });
  });

  it('T > S without a pending landlord: the days between are offered, and taken', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk } = system;
    const T = addDays(town.today, 3);
    const left = await moveOut();
    await desk.openTask('NEW_TENANT');
    const opened = await setUpAt(T);
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await report(left.caseId, '1500');
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'REVERTED' });
    await desk.advance(3);
    const { caseId: startedByCase } = await vacancy();
    const landlords = await landlordsMoveOut(startedByCase);
    await report(landlords.caseId, '1510', T);
    await desk.ended(opened.caseId);
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+3..', 'LANDLORD STOPPED T+0..T+3']);
  });

  describe('T > S without a pending landlord, who answers when the tenant has begun with refuse', () => {
    async function answeredLate() {
      await setUp({ landlordDecision: 'ASK' });
      const { desk } = system;
      const left = await moveOut();
      await desk.openTask('NEW_TENANT');
      const opened = await setUpAt(addDays(town.today, 2));
      await desk.openTask('RECONNECT_TO_LANDLORD');
      await desk.advance(2);
      await eventually(async () =>
        expect(await chain('REFUSE')).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+2..']),
      );
      await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
      expect(await chain()).toEqual([
        'TENANT PENDING_STOP ..T+0',
        'TENANT PENDING_START T+2..',
        'LANDLORD PENDING_START T+0..T+2',
      ]);
      return { left, opened };
    }

    it('the landlord has water between and is billed for that alone; refuse was nobody’s, which the place shows', async () => {
      const { left, opened } = await answeredLate();
      const { desk, db } = system;
      const T = addDays(town.today, 2);
      await report(left.caseId, '1500');
      expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'REVERTED' });
      const landlords = await landlordsMoveOut((await vacancy()).caseId);
      await report(landlords.caseId, '1510', T);
      await desk.ended(opened.caseId);
      await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, landlords.caseId);
      await desk.ended(landlords.caseId);
      expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+2..', 'LANDLORD STOPPED T+0..T+2']);
      expect(await chain('REFUSE')).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+2..']);
      // Two of 30 days of $10, 10 gal at $3 per 1,000.
      const bill = await db.Bill.findOne({ where: { accountId: landlords.accountId ?? 0 }, rejectOnEmpty: true });
      expect(bill).toMatchObject({ totalCents: 67 + 3, periodThrough: T });
      const day = addDays(town.today, 1);
      expect(await unassignedAt(db, landlords.locationId ?? 0)).toMatchObject([
        { serviceCode: 'REFUSE', from: day, through: day, isOpen: false },
      ]);
    });

    it('and the tenant does not come: the landlord goes on with water, and is asked about refuse', async () => {
      const { opened } = await answeredLate();
      const { desk } = system;
      await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
      await desk.decide(town.users.cora, 'NEW_TENANT', 'NO_NEW_TENANT');
      expect(await chain('REFUSE')).toEqual(['TENANT STOPPED ..T+0', 'TENANT CANCELED T+2..']);
      const task = await desk.openTask('RECONNECT_TO_LANDLORD');
      const refuse = await system.db.ServicePoint.findOne({ where: { serviceCode: 'REFUSE' }, rejectOnEmpty: true });
      expect(parsedJson(task.subject)).toEqual({ servicePointIds: [refuse.id] });
      await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
      expect(await chain('REFUSE')).toEqual(['TENANT STOPPED ..T+0', 'TENANT CANCELED T+2..', 'LANDLORD ACTIVE T+0..']);
      expect(await chain()).toEqual([
        'TENANT PENDING_STOP ..T+0',
        'TENANT CANCELED T+2..',
        'LANDLORD PENDING_START T+0..',
      ]);
    });
  });

  it('T > S without a pending landlord, who declines: nobody has the days between', async () => {
    await setUp({ landlordDecision: 'ASK' });
    const { desk } = system;
    const left = await moveOut();
    await desk.openTask('NEW_TENANT');
    const opened = await setUpAt(addDays(town.today, 3));
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'DECLINE');
    await report(left.caseId, '1500');
    await desk.advance(3);
    await desk.ended(opened.caseId);
    expect(await desk.ended((await vacancy()).caseId)).toMatchObject({ step: 'COMPLETED' });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+3..']);
  });
});

describe('after the landlord has taken over', () => {
  async function reverted(): Promise<void> {
    await setUp({ landlordDecision: 'ALWAYS' });
    const left = await moveOut({ newTenant: 'NO' });
    await report(left.caseId, '1500');
    await system.desk.ended((await vacancy()).caseId);
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.ended(left.caseId);
    await system.desk.advance(5);
  }

  it('a new tenant is a normal handover from the landlord’s account, which is final billed', async () => {
    await reverted();
    const { desk } = system;
    const T = addDays(town.today, 5);
    const opened = await setUpAt(T);
    const landlords = await landlordsMoveOut(opened.caseId);
    await report(landlords.caseId, '1600', T);
    await desk.ended(opened.caseId);
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD STOPPED T+0..T+5', 'TENANT ACTIVE T+5..']);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, landlords.caseId);
    expect(await desk.ended(landlords.caseId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('a new tenant of one service takes it from the landlord, who keeps the others', async () => {
    await reverted();
    const { desk, db } = system;
    const T = addDays(town.today, 5);
    const opened = await setUpAt(T, { services: [service('WATER')] });
    await report(opened.caseId, '1600', T);
    await desk.ended(opened.caseId);
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD STOPPED T+0..T+5', 'TENANT ACTIVE T+5..']);
    expect(await db.Account.findOne({ where: { role: 'LANDLORD' } })).toMatchObject({ status: 'ACTIVE' });
  });

  it('a new tenant who began with the landlord takes their place; when they do not come, it is asked again', async () => {
    await reverted();
    const { desk, db } = system;
    const opened = await setUpAt(town.today, { serviceOrders: [order('TURN_ON')] });
    expect(await chain()).toEqual(['TENANT STOPPED ..T+0', 'LANDLORD CANCELED T+0..', 'TENANT PENDING_START T+0..']);
    await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
    await eventually(async () =>
      expect(await db.Case.count({ where: { type: 'VACANCY', status: 'COMPLETED' } })).toBe(2),
    );
    expect((await chain()).at(-1)).toBe('LANDLORD ACTIVE T+0..');
  });
});

describe('a set-up that moves', () => {
  it('from T > S to T = S takes the days that were left to the landlord', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const { desk } = system;
    const left = await moveOut({ newTenant: 'UNKNOWN' });
    await stepOf((await vacancy()).caseId, 'REVERTING');
    const opened = await setUpAt(addDays(town.today, 8), { customer: newCustomer({ name: { line: 'Quackenbush' } }) });
    await desk.command(town.users.cliff, opened.caseId, 'RESCHEDULE', { startDate: town.today });
    await report(left.caseId, '1500');
    await desk.ended(opened.caseId);
    expect((await chain()).filter((link) => !link.includes('CANCELED'))).toEqual([
      ...['TENANT STOPPED ..T+0', 'TENANT ACTIVE T+0..'],
    ]);
    await eventually(async () =>
      expect(await system.db.Case.count({ where: { type: 'MOVE_OUT', status: 'CANCELED' } })).toBe(1),
    );
  });
});
