import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { INVARIANTS } from '../../tools/invariants';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { incidentIn } from '../support/incidents';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'ada', string>;
const flat = flatStories(() => ({ system, town }));

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, ada: await addUser(system.db, 'ada', ['admin']) });
  await system.db.sequelize.transaction(() =>
    system.db.RateClass.bulkCreate(
      ['RESIDENTIAL', 'COMMERCIAL'].map((code) => ({ code, name: code, createdAt: new Date() })),
    ),
  );
}
afterEach(async () => {
  try {
    await eventually(async () => {
      for (const { name, find } of INVARIANTS)
        expect({ name, rows: await find(system.db) }).toEqual({ name, rows: [] });
    });
  } finally {
    await api.close();
    await system.end();
  }
});

const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
const faultsOf = ({ body }: Answered) =>
  body.errors.map(({ code, pointer }: { code?: string; pointer: string }) => `${code} ${pointer}`);
const change = async (method: 'PATCH' | 'PUT' | 'DELETE', path: string, who: keyof typeof token, body?: object) => {
  const etag = (await api.get(path, token[who])).headers.get('etag') ?? '';
  return api.call(method, `/api/v1${path}`, { token: token[who], body, headers: { 'if-match': etag } });
};
const address = { line1: '9 Zephyrine Walk', city: 'Millbrook', state: 'CO', postalCode: '80000' };
const customer = { name: { line: 'Ottoline Quackenbush' } };
const lines = [
  { serviceCode: 'WATER', rateCode: 'RES-WATER' },
  { serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' },
];
const meter = (more: object = {}) => ({
  ...{ serviceCode: 'WATER', serial: 'N-1', dials: 6, unit: 'gal', beginRead: { value: '0', readOn: town.today } },
  ...more,
});
const save = (body: object) => api.post('/cases/onboarding', { customer, startDate: town.today, ...body }, token.cora);
const atFlat = (more: object = {}) => save({ location: { existing: town.locationNumber }, services: lines, ...more });
const accountRow = (accountNumber: string) =>
  system.db.Account.findOne({ where: { accountNumber }, rejectOnEmpty: true });
/** A rate beside the town's own, for a class. */
async function addRate(code: string, serviceCode: string, classCode: string | null): Promise<void> {
  await system.db.sequelize.transaction(async () => {
    const usual = await system.db.Rate.findOne({ where: { serviceCode }, rejectOnEmpty: true });
    const version = await system.db.RateVersion.findOne({ where: { rateId: usual.id }, rejectOnEmpty: true });
    const { id: rateId } = await system.db.Rate.create({ code, serviceCode, name: code, classCode });
    const { effectiveFrom, definition, definitionHash, publishedAt } = version;
    await system.db.RateVersion.create({ rateId, effectiveFrom, definition, definitionHash, publishedAt });
  });
}

describe('S6 Copy From a Previous Customer', () => {
  it('offers the move-out of whoever is still there, with the day to stop on', async () => {
    await setUp();
    const { body } = await api.get('/customers/C900001/copy', token.cora);
    expect(body.holders).toMatchObject([
      { serviceCode: 'WATER', accountNumber: town.accountNumber, isActive: true, stopsOn: null },
      { serviceCode: 'REFUSE', isActive: true },
    ]);
    // The last read is 10 days old, and whoever is still there hands over on one read.
    expect(body.meters).toMatchObject([{ readAgeDays: 10, exchangedOn: null, isRemoved: false, needsReadIn: false }]);
    const occupied = await atFlat({ copiedFrom: town.accountNumber });
    expect(codeOf(occupied)).toEqual([409, 'OCCUPIED']);
    expect(occupied.body.details).toEqual({
      ...{ accountNumber: town.accountNumber, offer: 'MOVE_OUT', stopDate: town.today },
    });
    // Billed through ten days ago: no earlier stop is offered.
    const early = await atFlat({ startDate: addDays(town.today, -30) });
    expect(early.body.details).toMatchObject({ offer: 'MOVE_OUT', stopDate: addDays(town.today, -10) });
    const left = await flat.moveOut({ stopDate: addDays(town.today, 5), vacateDate: addDays(town.today, 5) });
    const stopping = await api.get('/customers/C900001/copy', token.cora);
    expect(stopping.body.holders[0]).toMatchObject({ isActive: true, stopsOn: addDays(town.today, 5) });
    const twice = await atFlat({ startDate: addDays(town.today, 5), serviceOrders: [readIn()] });
    expect(faultsOf(twice)).toEqual(['READ_IN_NOT_NEEDED #/serviceOrders/0/type']);
    await system.desk.command(town.users.cora, left.caseId, 'CANCEL');
  });

  it('proposes a READ_IN for an old read, warns of a Save without it, and changes nothing of who was final billed', async () => {
    await setUp({ landlordDecision: null });
    const left = await flat.moveOut({ newTenant: 'UNKNOWN' });
    await flat.report(left.caseId, '1500');
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.ended(left.caseId);
    const before = await everyRowOf(town.accountId);
    expect(before.agreement.map(({ status }) => status)).toEqual(['STOPPED', 'STOPPED']);
    expect([before.customer, before.contacts, before.bills, before.reads].every((rows) => rows.length > 0)).toBe(true);

    await api.post('/clock/advance', { days: 11 }, token.ada);
    const start = addDays(town.today, 11);
    const { body } = await api.get('/customers/C900001/copy', token.cora);
    expect(body.holders[0]).toMatchObject({ isActive: false, stopsOn: town.today });
    expect(body.meters).toMatchObject([{ lastRead: { value: '1500.000' }, readAgeDays: 11, needsReadIn: true }]);
    expect(body.form.serviceOrders).toMatchObject([{ serviceCode: 'WATER', type: 'READ_IN', gating: true }]);
    expect(await everyRowOf(town.accountId)).toEqual(before);

    const saved = await save({ ...body.form, customer });
    expect(saved.status).toBe(201);
    const codes = (saved.body.warnings ?? []).map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('READ_OLD');
    expect((await api.post(`/cases/${saved.body.caseId}/cancel`, { reason: 'a test' }, token.cora)).status).toBe(200);
    const without = await save({ ...body.form, customer, serviceOrders: [] });
    expect(without).toMatchObject({ status: 201, body: { step: 'ACTIVE' } });
    expect(without.body.warnings).toContainEqual(
      expect.objectContaining({ code: 'READ_OLD', pointer: '#/services/0' }),
    );
    const newcomer = await accountRow(without.body.accountNumber);
    const [water] = await system.db.ServiceAgreement.findAll({ where: { accountId: newcomer.id }, order: ['id'] });
    expect(water).toMatchObject({ status: 'ACTIVE', startOn: start, startReadId: before.agreement[0]?.stop_read_id });
    // Not a byte of the previous customer's: copied, saved, canceled and saved again.
    expect(await everyRowOf(town.accountId)).toEqual(before);
  });
});

const readIn = () => ({ serviceCode: 'WATER', type: 'READ_IN' });

/** Every column of everything that is a customer's through one account. */
async function everyRowOf(accountId: number) {
  const all = async (sql: string) => {
    const [rows] = await system.db.sequelize.query(sql, { replacements: { accountId } });
    return rows as Record<string, unknown>[];
  };
  const of = (table: string) => all(`SELECT * FROM ${table} WHERE account_id = :accountId ORDER BY id`);
  return {
    account: await all('SELECT * FROM account WHERE id = :accountId'),
    customer: await all('SELECT c.* FROM customer c JOIN account a ON a.customer_id = c.id WHERE a.id = :accountId'),
    contacts: await all(
      'SELECT k.* FROM customer_contact k JOIN account a ON a.customer_id = k.customer_id WHERE a.id = :accountId',
    ),
    agreement: await of('service_agreement'),
    deposit: await of('deposit'),
    bills: await of('bill'),
    lines: await all(
      'SELECT l.* FROM bill_line l JOIN bill b ON b.id = l.bill_id WHERE b.account_id = :accountId ORDER BY b.id, line_no',
    ),
    revisions: await of('bill_revision'),
    journal: await of('journal_entry'),
    postings: await of('posting'),
    orders: await of('service_order'),
    reads: await all(
      `SELECT r.* FROM meter_read r JOIN meter m ON m.id = r.meter_id JOIN service_point p ON p.id = m.service_point_id
         JOIN account a ON a.location_id = p.location_id WHERE a.id = :accountId ORDER BY r.id`,
    ),
  };
}

it('S10 who comes to a meter that was never read waits for its first read, says so, and begins with it', async () => {
  await setUp({ landlordDecision: null });
  await system.db.sequelize.transaction(async () => {
    const { locationNumber } = town;
    const { id: locationId } = await system.db.Location.findOne({ where: { locationNumber }, rejectOnEmpty: true });
    const { id } = await system.db.ServicePoint.create({ locationId, serviceCode: 'WATER', position: 2 });
    const never = { serial: 'U-1', dials: 6, multiplier: '1', unit: 'gal', servicePointId: id };
    const { id: meterId } = await system.db.Meter.create({ ...never, status: 'INSTALLED' });
    const installed = { meterId, servicePointId: id, installedOn: addDays(town.today, -90) };
    await system.db.MeterInstallation.create({
      ...installed,
      removedOn: null,
      installReadId: null,
      removalReadId: null,
    });
  });
  const second = { serviceCode: 'WATER', position: 2 };
  const saved = await atFlat({ services: [{ ...lines[0], ...second }], serviceOrders: [{ ...readIn(), ...second }] });
  const [order] = (await api.get(`/service-orders?caseId=${saved.body.caseId}`, token.cora)).body.data;
  const cancel = `/service-orders/${order.orderNumber}/cancel`;
  expect((await api.post(cancel, { reason: 'the round comes' }, token.cora)).status).toBe(200);
  const shown = await api.get(`/cases/${saved.body.caseId}`, token.cora);
  expect(shown.body).toMatchObject({ step: 'PENDING_START', waitingOn: 'FIELD' });
  expect(shown.body.waitsFor).toContain('a first read of the meter');
  const round = { sourceId: 'S-1', meterSerial: 'U-1', readOn: town.today, value: '77', source: 'ACTUAL' };
  expect((await api.post('/feeds/reads', { rows: [round] }, token.ada)).body).toMatchObject({ taken: 1 });
  await flat.stepOf(saved.body.caseId, 'ACTIVE');
});

describe('S7 classes of places', () => {
  it('decide what a new address gets and which rates it may have; the default of every place stays', async () => {
    await setUp();
    await addRate('COM-WATER', 'WATER', 'COMMERCIAL');
    const path = '/rate-classes/COMMERCIAL/services';
    expect((await api.get(path, token.cora)).body).toMatchObject({
      ...{ hasOwnList: false, services: [{ rateCode: 'RES-WATER' }, { rateCode: 'RES-REFUSE' }] },
    });
    const list = [{ serviceCode: 'WATER', rateCode: 'COM-WATER', depositCents: 30_000 }];
    expect(codeOf(await change('PUT', '/rate-classes/RESIDENTIAL/services', 'ada', { services: list }))).toEqual([
      ...[422, 'RATE_NOT_FOR_CLASS'],
    ]);
    expect((await change('PUT', path, 'ada', { services: list })).body).toMatchObject({ hasOwnList: true });
    const blank = await api.post('/drafts', { classCode: 'COMMERCIAL' }, token.cora);
    expect(blank.body.content).toMatchObject({ services: [{ rateCode: 'COM-WATER' }], location: { number: null } });
    expect(codeOf(await api.post('/drafts', { classCode: 'NONE' }, token.cora))).toEqual([422, 'RATE_CLASS_UNKNOWN']);
    const stale = { token: token.ada, body: { services: [] }, headers: { 'if-match': '"0"' } };
    expect(codeOf(await api.call('PUT', `/api/v1${path}`, stale))).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await api.get('/services/WATER', token.cora)).body).toMatchObject({
      rates: [
        { code: 'COM-WATER', classCode: 'COMMERCIAL' },
        { code: 'RES-WATER', classCode: null },
      ],
      classDefaults: [{ classCode: 'COMMERCIAL', rateCode: 'COM-WATER', depositCents: 30_000 }],
    });
    const shop = await api.post('/locations', { address, classCode: 'COMMERCIAL' }, token.cora);
    expect(shop.body).toMatchObject({ classCode: 'COMMERCIAL', services: ['WATER'] });
    expect(codeOf(await api.post('/locations', { address, classCode: 'FARM' }, token.cora))).toEqual([
      ...[422, 'RATE_CLASS_UNKNOWN'],
    ]);

    const commercial = [{ serviceCode: 'WATER', rateCode: 'COM-WATER' }];
    const home = { location: { address, classCode: 'RESIDENTIAL' }, meters: [meter()] };
    expect(faultsOf(await save({ ...home, services: commercial }))).toEqual([
      'RATE_NOT_FOR_CLASS #/services/0/rateCode',
    ]);
    // A place without a class has that of its first customer's type.
    await system.db.sequelize.transaction(() =>
      system.db.CustomerType.create({ code: 'SHOP', name: 'Shop', rateClass: 'COMMERCIAL', createdAt: new Date() }),
    );
    const shopkeeper = { ...customer, typeCode: 'SHOP' };
    const deposits = [{ serviceCode: 'WATER', amountCents: 30_000 }];
    const opened = await save({
      ...{ customer: shopkeeper, location: { address }, meters: [meter()], services: commercial, deposits },
    });
    expect(opened).toMatchObject({ status: 201, body: { step: 'PENDING_START' } });
    const where = `/locations/${opened.body.locationNumber}`;
    expect((await api.get(where, token.cora)).body.classCode).toBe('COMMERCIAL');
    expect(codeOf(await change('PATCH', where, 'cora', { classCode: 'RESIDENTIAL' }))).toEqual([
      ...[409, 'CLASS_HAS_RATES'],
    ]);
    const corrected = await change('PATCH', where, 'cora', { address: { ...address, line1: '90 Zephyrine Walk' } });
    expect(corrected.body).toMatchObject({ classCode: 'COMMERCIAL', address: { line1: '90 Zephyrine Walk' } });
    const audit = await system.db.AuditLog.findOne({ where: { action: 'location.changed' }, rejectOnEmpty: true });
    expect(audit.data).not.toContain('Zephyrine');

    // Whoever gets mail there gets it at the corrected address, and other systems hear of it.
    const told = () => system.db.FeedChange.findAll({ where: { kind: 'ADDRESS_CHANGED' }, raw: true });
    expect(await told()).toEqual([]);
    await change('PATCH', `/locations/${town.locationNumber}`, 'cora', {
      address: { ...address, line1: '13 Zephyrine' },
    });
    expect(await told()).toMatchObject([{ accountId: town.accountId, onDate: town.today }]);
  });
});

describe('S7 activation', () => {
  it('proves once more that the rate is one of the place’s class, before the next bill run would find that it is not', async () => {
    await setUp({ landlordDecision: null, depositCents: 0 });
    const { db, desk } = system;
    await addRate('COM-WATER', 'WATER', 'COMMERCIAL');
    const shop = { code: 'SHOP', name: 'Shop', rateClass: 'COMMERCIAL' };
    expect((await api.post('/customer-types', shop, token.ada)).status).toBe(201);
    const left = await flat.moveOut();
    await flat.report(left.caseId, '1500');
    const services = [{ serviceCode: 'WATER', rateCode: 'COM-WATER' }];
    const startDate = addDays(town.today, 2);
    const saved = await atFlat({ customer: { ...customer, typeCode: 'SHOP' }, startDate, services });
    await desk.decide(town.users.sam, 'APPROVE_SETUP', 'APPROVE', {}, saved.body.caseId);
    expect((await change('PATCH', '/customer-types/SHOP', 'ada', { rateClass: null })).status).toBe(200);
    await desk.advance(2);
    expect(await incidentIn(db, saved.body.caseId)).toMatchObject({ code: 'NOT_BILLABLE', step: 'refreshOnboarding' });
    expect((await change('PATCH', '/customer-types/SHOP', 'ada', { rateClass: 'COMMERCIAL' })).status).toBe(200);
    await desk.command(town.users.olive, saved.body.caseId, 'RETRY');
    await flat.stepOf(saved.body.caseId, 'ACTIVE');
  });
});

describe('S8 billing services', () => {
  it('have quantity and units apart, and every fault of a form is named at once', async () => {
    await setUp();
    const services = [
      { serviceCode: 'WATER', rateCode: 'NONE' },
      { serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' },
      { serviceCode: 'GAS', rateCode: 'GAS' },
    ];
    const meters = [meter({ serviceCode: 'REFUSE' })];
    const billCycle = 'C99';
    const all = await atFlat({ startDate: addDays(town.today, 999), services, meters, billCycle });
    expect(codeOf(all)).toEqual([422, 'START_TOO_FAR_AHEAD']);
    expect(faultsOf(all)).toEqual([
      'START_TOO_FAR_AHEAD #/startDate',
      ...['#/services/0/connectDate', '#/services/1/connectDate', '#/services/2/connectDate'].map(
        (pointer) => `START_TOO_FAR_AHEAD ${pointer}`,
      ),
      'RATE_UNKNOWN #/services/0/rateCode',
      'SERVICE_UNKNOWN #/services/2/serviceCode',
      'OCCUPIED #/services/1',
      'METER_NOT_NEEDED #/meters/0',
      'BILL_CYCLE_UNKNOWN #/billCycle',
    ]);
    expect(all.body.details).toMatchObject({ offer: 'MOVE_OUT' });

    const cans = [lines[0], { ...lines[1], quantity: '2' }];
    const saved = await save({ location: { address }, meters: [meter()], services: cans });
    expect(saved).toMatchObject({ status: 201, body: { step: 'PENDING_APPROVAL' } });
    const theCase = (await api.get(`/cases/${saved.body.caseId}`, token.cora)).body;
    expect(theCase.onboarding.approvalReasons).toEqual(['UNITS']);
    await system.desk.decide(town.users.sam, 'APPROVE_SETUP', 'APPROVE', {}, saved.body.caseId);
    await flat.stepOf(saved.body.caseId, 'ACTIVE');
    const { accountNumber } = saved.body;
    const account = (await api.get(`/accounts/${accountNumber}`, token.cora)).body;
    expect(account.agreements[1]).toMatchObject({ quantity: '2.0000', units: '1.0000' });

    // The services of an active account: one more can of another service, terms of the unbilled days, what was never billed.
    const services2 = (body: object, who: 'cora' | 'sue' = 'cora') =>
      api.post(`/accounts/${accountNumber}/services`, { reason: 'the customer asked', ...body }, token[who]);
    const second = { serviceCode: 'REFUSE', position: 2, rateCode: 'RES-REFUSE', connectDate: town.today };
    const added = await services2({ add: [second] });
    expect(added).toMatchObject({ status: 201, body: { status: 'APPLIED', result: { accountNumber } } });
    const refused = await services2({
      add: [{ ...second, position: 1 }],
      change: [{ serviceCode: 'WATER', effectiveOn: addDays(town.today, 1), quantity: '2' }],
      remove: [{ serviceCode: 'WATER' }],
    });
    expect(codeOf(refused)).toEqual([409, 'OCCUPIED']);
    expect(faultsOf(refused)).toEqual([
      ...['OCCUPIED #/add/0', 'CHANGE_NEEDS_BILL #/change/0/effectiveOn', 'STOP_DATE_MISSING #/remove/0/stopDate'],
    ]);
    const three = { change: [{ serviceCode: 'REFUSE', effectiveOn: town.today, quantity: '3' }] };
    expect(codeOf(await services2(three))).toEqual([403, 'TERMS_NEED_SUPERVISOR']);
    expect((await services2({ ...three, remove: [{ serviceCode: 'REFUSE', position: 2 }] }, 'sue')).status).toBe(201);
    const now = (await api.get(`/accounts/${accountNumber}`, token.cora)).body.agreements;
    expect(now.map((each: { status: string; quantity: string }) => [each.status, each.quantity])).toEqual([
      ['ACTIVE', '1.0000'],
      ['ACTIVE', '3.0000'],
      ['CANCELED', '1.0000'],
    ]);
    await flat.moveOut({ stopDate: addDays(town.today, 1), vacateDate: addDays(town.today, 1) });
    const leaving = await api.post(
      `/accounts/${town.accountNumber}/services`,
      { add: [second], reason: 'too late' },
      token.cora,
    );
    expect(codeOf(leaving)).toEqual([409, 'CASE_OPEN']);
    expect(leaving.body.details.caseId).toMatch(/^moveout-/);
  });
});

it('S8 a service that is added later goes round no policy of a set-up, and begins on the read of its day', async () => {
  await setUp({ askedDepositCents: 10_000, landlordDecision: null });
  const left = await flat.moveOut({ newTenant: 'NO', stopReason: 'CUSTOMER' });
  await flat.report(left.caseId, '1500');
  await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await system.desk.ended(left.caseId);
  await api.post('/clock/advance', { days: 2 }, token.ada);
  const saved = await save({
    ...{ location: { existing: town.locationNumber }, startDate: addDays(town.today, 2) },
    services: [lines[1]],
  });
  expect(saved).toMatchObject({ status: 201, body: { step: 'ACTIVE' } });
  await api.post('/clock/advance', { days: 8 }, token.ada);
  const beginRead = { value: '1600', readOn: addDays(town.today, 10) };
  const add = (days: number, who: 'cora' | 'sue') =>
    api.post(
      `/accounts/${saved.body.accountNumber}/services`,
      { add: [{ ...lines[0], connectDate: addDays(town.today, days), beginRead }], reason: 'asked for water' },
      token[who],
    );
  const early = await add(2, 'cora');
  expect([codeOf(early), faultsOf(early)]).toEqual([
    ...[[403, 'TERMS_NEED_SUPERVISOR'], ['TERMS_NEED_SUPERVISOR #/add/0/connectDate']],
  ]);
  const unsecured = await add(5, 'cora');
  expect([codeOf(unsecured), faultsOf(unsecured)]).toEqual([
    ...[[403, 'TERMS_NEED_SUPERVISOR'], ['TERMS_NEED_SUPERVISOR #/add/0']],
  ]);
  expect(codeOf(await add(5, 'sue'))).toEqual([201, 'APPLIED']);
  const { id: accountId } = await accountRow(saved.body.accountNumber);
  const water = await system.db.ServiceAgreement.findOne({
    where: { accountId, serviceCode: 'WATER' },
    rejectOnEmpty: true,
  });
  // 1500 ten days ago and 1600 today: five days of use are the customer's, five nobody's.
  expect(await system.db.MeterRead.findByPk(water.startReadId ?? 0)).toMatchObject({
    ...{ value: '1550.000', readOn: addDays(town.today, 5), source: 'SYSTEM_PRORATED' },
  });
});

describe('S8 one service of several', () => {
  it('ends on its day with its read, is billed to it by the final bill, and does not come back with a canceled move-out', async () => {
    await setUp({ landlordDecision: 'ALWAYS', depositCents: 0 });
    const { db, desk } = system;
    const path = `/accounts/${town.accountNumber}/services`;
    const stopDate = addDays(town.today, -2);
    const end = (more: object) =>
      api.post(
        path,
        { reason: 'a well of their own', remove: [{ serviceCode: 'WATER', stopDate, ...more }] },
        token.cora,
      );
    expect(faultsOf(await end({}))).toEqual(['STOP_READ_MISSING #/remove/0/finalRead']);
    expect(faultsOf(await end({ finalRead: { value: '900', readOn: stopDate } }))).toEqual([
      ...['READ_BELOW_LAST #/remove/0/finalRead'],
    ]);
    expect((await end({ finalRead: { value: '1200', readOn: stopDate } })).status).toBe(201);
    expect(await flat.chain()).toEqual(['TENANT STOPPED ..T-2']);
    expect(await accountRow(town.accountNumber)).toMatchObject({ status: 'ACTIVE', stopOn: null });
    expect(await db.FeedChange.count({ where: { accountId: town.accountId, kind: 'STOPPED' } })).toBe(1);
    expect(faultsOf(await api.post(path, { reason: 'all', remove: [{ serviceCode: 'REFUSE' }] }, token.cora))).toEqual([
      ...['LAST_SERVICE #/remove/0'],
    ]);

    // The move-out stops what is left; canceled, it gives back that alone.
    const first = await flat.moveOut({ stopDate, vacateDate: stopDate, newTenant: 'NO' });
    // The landlord's start is the vacancy's doing, a case of its own that runs beside.
    await eventually(async () => expect(await flat.chain('REFUSE')).toHaveLength(2));
    await desk.command(town.users.cora, first.caseId, 'CANCEL');
    expect([await flat.chain(), await flat.chain('REFUSE')]).toEqual([
      ['TENANT STOPPED ..T-2'],
      ['TENANT ACTIVE ..', 'LANDLORD CANCELED T-2..'],
    ]);
    const left = await flat.moveOut({ newTenant: 'NO' });
    const lines = await db.VacancyLine.findAll({ where: { status: 'REVERTED' } });
    expect(lines.map(({ servicePointId }) => servicePointId)).not.toContain(town.waterPointId);
    // 200 gal at $3 per 1,000, and 8 and 10 days of $10 and $12 by thirtieths.
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, left.caseId);
    await desk.ended(left.caseId);
    const bill = await db.Bill.findOne({ where: { accountId: town.accountId }, rejectOnEmpty: true });
    expect(bill).toMatchObject({ totalCents: 60 + 267 + 400 });
  });
});

describe('S9 deposits', () => {
  it('are proposed by the policy of the service and the history of the place, and the receipt says what was paid', async () => {
    await setUp({ askedDepositCents: 10_000, landlordDecision: null });
    const policy = { kind: 'AVERAGE_BILL', times: '2', fallbackCents: 15_000 };
    const patched = await change('PATCH', '/services/WATER', 'ada', { depositPolicy: policy });
    expect(patched.body.depositPolicy).toEqual({ ...policy, times: '2.00' });
    expect(codeOf(await change('PATCH', '/services/WATER', 'ada', { depositPolicy: { kind: 'FIXED' } }))).toEqual([
      ...[400, 'MALFORMED'],
    ]);
    const proposal = async () => (await api.get('/customers/C900001/copy', token.cora)).body;
    expect((await proposal()).deposits[0]).toEqual({
      ...{ serviceCode: 'WATER', amountCents: 15_000, why: 'NO_HISTORY', averageBillCents: null },
    });
    // A year of bills, $45 in 30 days: $45.63 a month.
    await inTransaction(system.db, 1, async () => {
      const bill = await system.db.Bill.create({
        ...{ billNumber: 'B-1', accountId: town.accountId, kind: 'REGULAR', status: 'POSTED', billRevisionId: null },
        ...{ periodFrom: addDays(town.today, -39), periodThrough: addDays(town.today, -10), totalCents: 4500 },
        ...{ postedOn: addDays(town.today, -9), dueOn: town.today },
      });
      const agreement = await system.db.ServiceAgreement.findOne({
        where: { accountId: town.accountId, serviceCode: 'WATER' },
        rejectOnEmpty: true,
      });
      await system.db.BillLine.create({
        ...{ billId: bill.id, lineNo: 1, serviceAgreementId: agreement.id, serviceCode: 'WATER', kind: 'SERVICE' },
        ...{ code: 'SERVICE', name: 'Water', quantity: null, unit: null, amountCents: 4500, steps: '[]' },
      });
      const entry = { entryKey: 'bill/B-1', kind: 'REGULAR_BILL', accountId: town.accountId, caseId: null };
      const { id: entryId } = await system.db.JournalEntry.create({
        ...{ ...entry, entryOn: town.today, createdAt: new Date() },
      });
      const posting = { entryId, accountId: town.accountId, serviceCode: 'WATER', depositId: null };
      await system.db.Posting.bulkCreate([
        { ...posting, ledgerAccount: 'RECEIVABLE', amountCents: 4500 },
        { ...posting, ledgerAccount: 'REVENUE', amountCents: -4500 },
      ]);
    });
    const copied = await proposal();
    expect(copied.deposits[0]).toMatchObject({ amountCents: 9_100, why: 'AVERAGE_BILL', averageBillCents: 4_563 });
    expect(copied.form.deposits).toEqual([{ serviceCode: 'WATER', amountCents: 9_100, waivedBecause: null }]);

    const reasons = async (body: object) => {
      const { caseId, accountNumber, step } = (await save({ location: { address }, meters: [meter()], ...body })).body;
      const { approvalReasons } = (await api.get(`/cases/${caseId}`, token.cora)).body.onboarding;
      return { approvalReasons, accountNumber, caseId, step };
    };
    const asked = [{ serviceCode: 'WATER', amountCents: 15_000 }];
    const lower = await reasons({ services: lines, deposits: [{ serviceCode: 'WATER', amountCents: 14_999 }] });
    expect(lower.approvalReasons).toEqual(['DEPOSIT']);
    const { caseId, accountNumber, approvalReasons } = await reasons({
      ...{ services: lines, deposits: asked, meters: [meter({ serial: 'N-2' })] },
    });
    expect(approvalReasons).toEqual([]);
    const payment = { receiptNumber: 'R-1', amountCents: 15_000, receivedOn: town.today, method: 'CASH' };
    const paid = await api.post(`/accounts/${accountNumber}/payments`, { ...payment, applyTo: 'DEPOSIT' }, token.cora);
    expect(paid.status).toBe(201);
    await flat.stepOf(caseId, 'ACTIVE');
    expect((await api.get('/payments/R-1/receipt', token.cora)).body).toMatchObject({
      ...{ ...payment, accountNumber, takenBy: { username: 'cora' }, balanceAfterCents: 0 },
      paidFor: [{ kind: 'DEPOSIT', serviceCode: 'WATER', amountCents: 15_000 }],
      depositsHeldAfterCents: 15_000,
    });
    const page = await api.get('/payments/R-1/receipt.html', token.cora);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain('Deposit, WATER');
    expect(page.body).toContain('$150.00');
    expect(codeOf(await api.get('/payments/R-9/receipt', token.cora))).toEqual([404, 'NOT_FOUND']);

    // A customer of 13 months who left no debt is asked for none, once the office says so; nobody approves it.
    const { body: settings, headers } = await api.get('/settings', token.ada);
    const onboarding = { ...settings.onboarding, depositWaivedAfterMonths: 12 };
    const put = { token: token.ada, body: { onboarding }, headers: { 'if-match': headers.get('etag') ?? '' } };
    expect((await api.call('PATCH', '/api/v1/settings', put)).status).toBe(200);
    const known = { customer: { existing: 'C900001' }, services: lines, meters: [meter({ serial: 'N-3' })] };
    expect(await reasons(known)).toMatchObject({ approvalReasons: [], step: 'ACTIVE' });
  });
});
