import { caseView } from '../../contract/messages';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { invariantsHold } from '../support/flat';
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

const accountOf = (accountNumber = '') => system.db.Account.findOne({ where: { accountNumber }, rejectOnEmpty: true });
const viewOf = (caseId: string) => system.client.workflow.getHandle(caseId).query(caseView);
const row = (caseId: string) => system.db.Case.findByPk(caseId, { rejectOnEmpty: true });
/** Pays a deposit of the account of this case. */
async function payDeposit(accountNumber = '', amountCents: number, receiptNumber: string, receivedOn = town.today) {
  const { id: accountId } = await accountOf(accountNumber);
  const payment = { accountId, accountNumber, receiptNumber, amountCents, receivedOn };
  return system.desk.pay(town.users.cora, { ...payment, method: 'CASH', applyTo: 'DEPOSIT' });
}

describe('S7 a start from scratch', () => {
  it('adds the location with its services, and is active at once when nothing is left to wait for', async () => {
    await setUp();
    const { desk, db } = system;
    const opened = await desk.setUp(town.users.cora, scratchForm(town));
    expect(opened).toMatchObject({
      status: 'COMPLETED',
      step: 'ACTIVE',
      customerNumber: 'C000001',
      locationNumber: 'L000001',
    });
    expect(await accountOf(opened.accountNumber)).toMatchObject({
      status: 'ACTIVE',
      startOn: town.today,
      billCycle: 'C1',
    });
    const [water, refuse] = await db.ServiceAgreement.findAll({ where: { startOn: town.today }, order: ['id'] });
    const meter = await db.Meter.findOne({ where: { serial: 'M-900002' }, rejectOnEmpty: true });
    const read = await db.MeterRead.findOne({ where: { meterId: meter.id }, rejectOnEmpty: true });
    expect(read).toMatchObject({ value: '25.000', readOn: town.today });
    expect(water).toMatchObject({ status: 'ACTIVE', startReadId: read.id, followsId: null });
    expect(refuse).toMatchObject({ status: 'ACTIVE', startReadId: null });
    expect(await db.Notice.findOne({ where: { kind: 'WELCOME' } })).toMatchObject({ caseId: opened.caseId });
    const history = await system.client.workflow.getHandle(opened.caseId).fetchHistory();
    const activities = history.events?.filter((event) => event.activityTaskScheduledEventAttributes);
    expect(activities).toHaveLength(1);
    expect(history.events?.length).toBeLessThanOrEqual(25);
  });

  it('S3 S4 S5 S11 S12 keeps name, type, contacts and both addresses of the customer', async () => {
    await setUp();
    const { desk, db } = system;
    await db.sequelize.transaction(() =>
      db.CustomerType.create({ code: 'SENIOR', name: 'Senior', createdAt: new Date() }),
    );
    const mailingAddress = { line1: 'PO Box 9', line2: null, city: 'Millbrook', state: 'CO', postalCode: '80000' };
    const alternateAddress = {
      ...mailingAddress,
      line1: '1 Zephyrine Beach',
      seasonStart: '11-15',
      seasonEnd: '03-31',
    };
    const customer = newCustomer({
      ...{ number: 'C000777', name: { line: 'Dr. Ottoline B. Quackenbush Jr.' }, typeCode: 'SENIOR' },
      ...{ mailingAddress, alternateAddress, emails: [{ value: 'ottoline@example.com', purpose: 'bills' }] },
    });
    expect(await desk.setUp(town.users.cora, scratchForm(town, { customer }))).toMatchObject({
      customerNumber: 'C000777',
    });
    const found = await db.Customer.findOne({ where: { customerNumber: 'C000777' }, rejectOnEmpty: true });
    expect(found).toMatchObject({
      ...{ kind: 'PERSON', namePrefix: 'Dr.', firstName: 'Ottoline', middleName: 'B.', lastName: 'Quackenbush' },
      ...{ nameSuffix: 'Jr.', displayName: 'Quackenbush, Ottoline B. Jr.', typeCode: 'SENIOR', mailLine1: 'PO Box 9' },
      ...{ altLine1: '1 Zephyrine Beach', altSeasonStart: '11-15', altSeasonEnd: '03-31' },
    });
    const contacts = await db.CustomerContact.findAll({ where: { customerId: found.id }, order: ['position'] });
    expect(contacts.map(({ kind, value }) => [kind, value])).toEqual([
      ['PHONE', '+19705550147'],
      ['EMAIL', 'ottoline@example.com'],
    ]);
  });

  it('S1 is refused with the field at fault and leaves no record but the form', async () => {
    await setUp();
    const { desk, db } = system;
    const before = await db.AuditLog.count();
    const bad: [string, object][] = [
      ['START_TOO_FAR_AHEAD', { startDate: addDays(town.today, 400) }],
      ['SERVICE_UNKNOWN', { services: [service('WATER'), service('GAS')] }],
      ['RATE_UNKNOWN', { services: [service('WATER', { rateCode: 'RES-REFUSE' }), service('REFUSE')] }],
      ['METER_MISSING', { meters: [] }],
      ['METER_INSTALLED', { meters: [{ ...scratchForm(town).meters[0], serial: 'M-900001' }] }],
      ['CUSTOMER_TYPE_UNKNOWN', { customer: newCustomer({ typeCode: 'NOBODY' }) }],
      ['NUMBER_TAKEN', { customer: newCustomer({ number: 'C900001' }) }],
      ['NUMBER_TAKEN', { location: { ...scratchForm(town).location, number: town.locationNumber } }],
      ['CUSTOMER_UNKNOWN', { customer: { existing: 'C1' } }],
      ['LOCATION_UNKNOWN', { location: { existing: 'L1' } }],
      ['COPIED_FROM_UNKNOWN', { copiedFrom: town.accountNumber }],
    ];
    for (const [code, more] of bad) {
      expect(await refusalOf(desk.setUp(town.users.cora, scratchForm(town, more)))).toBe(code);
    }
    expect(await db.Customer.count()).toBe(2);
    expect(await db.Location.count()).toBe(1);
    expect(await db.Account.count()).toBe(1);
    expect(await db.Meter.count()).toBe(1);
    expect(await db.Case.count()).toBe(0);
    expect(await db.NumberCounter.findByPk('customer')).toMatchObject({ nextValue: 1 });
    // Each Save froze its form, which the audit tells; nothing else was written.
    const written = await db.AuditLog.findAll({ offset: before, limit: 1000, order: ['seq'] });
    expect(new Set(written.map(({ action }) => action))).toEqual(new Set(['draft.created', 'draft.saved']));
    expect(await desk.setUp(town.users.cora, scratchForm(town))).toMatchObject({ customerNumber: 'C000001' });
  });

  it('S2 gives out no number twice, typed or not', async () => {
    await setUp();
    const { desk } = system;
    const at = (n: number) => ({
      location: {
        number: null,
        address: { line1: `${n} Zephyrine`, line2: null, city: 'Millbrook', state: 'CO', postalCode: '80000' },
      },
      meters: [{ ...scratchForm(town).meters[0]!, serial: `M-${n}` }],
    });
    const typed = scratchForm(town, { ...at(1), customer: newCustomer({ number: 'C000003' }) });
    const first = await desk.setUp(town.users.cora, typed);
    const forms = [2, 3, 4, 5, 6].map((n) => scratchForm(town, at(n)));
    const atOnce = await Promise.all(forms.map((form) => desk.setUp(town.users.cora, form)));
    const numbers = [first, ...atOnce].map(({ customerNumber }) => customerNumber);
    expect(numbers.sort()).toEqual(['C000001', 'C000002', 'C000003', 'C000004', 'C000005', 'C000006']);
  });
});

describe('S9 S15 the conditions of a start', () => {
  it('wait together, each in its own line, and the last one begins service', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const startDate = addDays(town.today, 5);
    const form = scratchForm(town, { startDate, deposits: [deposit(10_000)], serviceOrders: [order('TURN_ON')] });
    const { caseId, accountNumber, status, step } = await desk.setUp(town.users.cora, form);
    expect({ status, step }).toEqual({ status: 'OPEN', step: 'PENDING_START' });
    expect(await viewOf(caseId)).toMatchObject({
      waitingOn: 'CUSTOMER',
      conditions: ['a deposit of $100.00', 'one service order', `the start date, ${startDate}`],
    });
    await payDeposit(accountNumber, 4_000, 'R-1');
    expect(await refusalOf(payDeposit(accountNumber, 6_001, 'R-2'))).toBe('OVER_DEPOSIT');
    await eventually(async () => expect((await viewOf(caseId)).conditions?.[0]).toBe('a deposit of $60.00'));
    await payDeposit(accountNumber, 6_000, 'R-3');
    await eventually(async () => expect(await row(caseId)).toMatchObject({ waitingOn: 'FIELD' }));
    const { orderNumber } = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
    await desk.report(town.users.fred, orderNumber, null);
    await eventually(async () => expect(await row(caseId)).toMatchObject({ waitingOn: 'DATE' }));
    expect(await accountOf(accountNumber)).toMatchObject({ status: 'PENDING_START' });
    await desk.advance(5);
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
    expect(await accountOf(accountNumber)).toMatchObject({ status: 'ACTIVE', startOn: startDate });
    expect(await db.Deposit.sum('amountCents', { where: { paymentId: [2, 1, 3] } })).toBe(10_000);
  });

  it('met late move the start to the day on which the last was met', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const form = scratchForm(town, { deposits: [deposit(10_000)] });
    const { caseId, accountNumber } = await desk.setUp(town.users.cora, form);
    await desk.advance(3);
    await eventually(async () => expect(await db.CaseEvent.count({ where: { caseId, kind: 'START_PASSED' } })).toBe(1));
    await payDeposit(accountNumber, 10_000, 'R-1', addDays(town.today, 2));
    await desk.ended(caseId);
    expect(await accountOf(accountNumber)).toMatchObject({ status: 'ACTIVE', startOn: addDays(town.today, 2) });
  });

  it('that are open for too long are asked about: wait longer, then expire, and the money goes back', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const { cora, sam } = town.users;
    const { caseId, accountNumber } = await desk.setUp(cora, scratchForm(town, { deposits: [deposit(10_000)] }));
    await payDeposit(accountNumber, 2_500, 'R-1');
    await desk.advance(30);
    const today = addDays(town.today, 30);
    expect(await refusalOf(desk.decide(cora, 'EXPIRE_OR_EXTEND', 'EXTEND', { until: today }))).toBe('EXTEND_TO_PAST');
    await desk.decide(cora, 'EXPIRE_OR_EXTEND', 'EXTEND', { until: addDays(today, 4) });
    expect(await row(caseId)).toMatchObject({ waitingOn: 'CUSTOMER' });
    await desk.advance(4);
    await desk.decide(cora, 'EXPIRE_OR_EXTEND', 'EXPIRE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'CANCELED', step: 'EXPIRED' });
    expect(await db.DepositRequest.findOne()).toMatchObject({ status: 'CANCELED' });
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    await eventually(async () =>
      expect(await db.Refund.findOne()).toMatchObject({ status: 'ISSUED', amountCents: 2_500 }),
    );
    const settlement = await db.Case.findOne({ where: { type: 'SETTLEMENT' }, rejectOnEmpty: true });
    await desk.ended(settlement.caseId);
    expect(await accountOf(accountNumber)).toMatchObject({ status: 'CANCELED' });
  });
});

describe('S20 a set-up that policy wants a second person to see', () => {
  it('waits for a supervisor who did not hand it in, then begins', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const { cora, sam } = town.users;
    await db.sequelize.transaction(() => db.UserRole.create({ userId: cora, role: 'supervisor' }));
    const form = scratchForm(town, {
      deposits: [deposit(10_000, 'Good credit letter')],
      services: [service('WATER'), service('REFUSE', { units: '2' })],
    });
    const { caseId, accountNumber, step } = await desk.setUp(cora, form);
    expect(step).toBe('PENDING_APPROVAL');
    expect(await db.Onboarding.findByPk(caseId)).toMatchObject({ approvalReasons: ['DEPOSIT', 'UNITS'] });
    expect(await accountOf(accountNumber)).toMatchObject({ status: 'PENDING_APPROVAL' });
    expect(await refusalOf(desk.decide(cora, 'APPROVE_SETUP', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(sam, 'APPROVE_SETUP', 'APPROVE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
    expect(await db.DepositRequest.findOne()).toMatchObject({ status: 'WAIVED', waivedBecause: 'Good credit letter' });
  });

  it('is back where it was when it is rejected', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const { caseId, accountNumber } = await desk.setUp(town.users.cora, scratchForm(town));
    await desk.decide(town.users.sam, 'APPROVE_SETUP', 'REJECT');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'CANCELED', step: 'CANCELED' });
    expect(await accountOf(accountNumber)).toMatchObject({ status: 'CANCELED' });
    const left = await db.ServiceAgreement.findAll({ where: { startOn: town.today } });
    expect(left.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED']);
  });

  it('is seen for an old debt of the same customer', async () => {
    await setUp({ openingCents: 5_000, depositCents: 0 });
    const { desk, db } = system;
    const { cora, fred, sue } = town.users;
    const form = {
      accountId: town.accountId,
      accountNumber: town.accountNumber,
      stopDate: town.today,
      vacateDate: town.today,
    };
    const left = await desk.moveOut(cora, {
      ...form,
      stopReason: 'CUSTOMER',
      forwardingAddress: null,
      newTenant: 'NO',
    });
    const { orderNumber } = await db.ServiceOrder.findOne({ rejectOnEmpty: true });
    await desk.report(fred, orderNumber, { meterId: town.meterId, value: '1500', readOn: town.today });
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(left.caseId);
    const opened = await desk.setUp(cora, scratchForm(town, { customer: { existing: 'C900001' } }));
    expect(opened).toMatchObject({ step: 'PENDING_APPROVAL', customerNumber: 'C900001' });
    expect(await db.Onboarding.findByPk(opened.caseId)).toMatchObject({ approvalReasons: ['DEBT'] });
  });
});

describe('a set-up that is canceled or moved', () => {
  it('moves to another day, and is canceled before it begins, not after', async () => {
    await setUp();
    const { desk, db } = system;
    const { cora } = town.users;
    const startDate = addDays(town.today, 10);
    const { caseId, accountNumber } = await desk.setUp(cora, scratchForm(town, { startDate }));
    const move = (to: string) => desk.command(cora, caseId, 'RESCHEDULE', { startDate: to });
    expect(await refusalOf(move(addDays(town.today, 400)))).toBe('START_TOO_FAR_AHEAD');
    expect(await refusalOf(move(addDays(town.today, -20)))).toBe('START_NEEDS_APPROVAL');
    await move(addDays(town.today, 3));
    await eventually(async () =>
      expect((await viewOf(caseId)).conditions).toEqual([`the start date, ${addDays(town.today, 3)}`]),
    );
    await desk.command(cora, caseId, 'CANCEL');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'CANCELED' });
    expect(await accountOf(accountNumber)).toMatchObject({ status: 'CANCELED' });
    const meter = { ...scratchForm(town).meters[0]!, serial: 'M-900003' };
    const second = await desk.setUp(cora, scratchForm(town, { meters: [meter] }));
    // A canceled number is not given out again.
    expect(second).toMatchObject({ customerNumber: 'C000002', status: 'COMPLETED' });
    expect(await refusalOf(desk.command(cora, second.caseId, 'CANCEL'))).toBe('CASE_CLOSED');
    expect(await db.Case.count({ where: { closedAt: null } })).toBe(0);
  });
});

describe('two clerks who save at the same place', () => {
  it('at once: one is set up, the other is refused with the case', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const { cora, cliff } = town.users;
    const first = await desk.setUp(cora, scratchForm(town, { deposits: [deposit(10_000)] }));
    const location = { existing: first.locationNumber ?? '' };
    const again = scratchForm(town, { location, meters: [], deposits: [deposit(10_000)] });
    expect(await refusalOf(desk.setUp(cliff, again))).toBe('CASE_OPEN');
    await desk.command(cora, first.caseId, 'CANCEL');
    const answers = await Promise.all(
      [cora, cliff, cora, cliff].map((by) =>
        desk.setUp(by, again).then(
          () => 'SAVED',
          (error: unknown) => refusalOf(Promise.reject(error)),
        ),
      ),
    );
    expect(answers.sort()).toEqual(['CASE_OPEN', 'CASE_OPEN', 'CASE_OPEN', 'SAVED']);
    expect(await db.Account.count({ where: { status: 'PENDING_START' } })).toBe(1);
  });

  it('where somebody lives: refused with the account that is to be moved out first', async () => {
    await setUp();
    expect(await refusalOf(system.desk.setUp(town.users.cora, copiedForm(town)))).toBe('OCCUPIED');
  });
});
