import { addDays } from '../../domain/dates';
import { invariantsHold } from '../support/flat';
import { newCustomer, scratchForm } from '../support/set-up';
import { makeFlats, makeSmallTown, type Flat, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { eventually } from '../support/eventually';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'ada', string>;

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, ada: await addUser(system.db, 'ada', ['admin']) });
}
afterEach(async () => {
  try {
    await invariantsHold(system);
  } finally {
    await api.close();
    await system.end();
  }
});

const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
const pointersOf = ({ body }: Answered) => body.errors.map(({ pointer }: { pointer: string }) => pointer);
const line = (serviceCode: string, more: object = {}) => ({
  ...{ serviceCode, decision: 'ALWAYS', rateCode: `RES-${serviceCode}`, ...more },
});
const terms = (more: object = {}) => ({ lines: [line('WATER'), line('REFUSE')], ...more });
const send = async (method: 'PUT' | 'PATCH', path: string, body: object, etag?: string | null) =>
  api.call(method, `/api/v1${path}`, { token: token.cora, body, headers: etag ? { 'if-match': etag } : {} });
const landlordPath = (locationNumber = town.locationNumber) => `/locations/${locationNumber}/landlord-agreement`;
const etagOf = async (path: string) => (await api.get(path, token.cora)).headers.get('etag');
/** Makes a customer the landlord of the place as it was last read. */
const agree = async (body: object, path = landlordPath()) => send('PUT', path, body, await etagOf(path));
const moveOut = (flat: Pick<SmallTown, 'accountNumber' | 'today'> = town, stopDate = town.today) =>
  api.post(
    '/cases/move-out',
    {
      ...{ accountNumber: flat.accountNumber, stopDate, vacateDate: stopDate },
      ...{ forwardingAddress: null, newTenant: 'NO' },
    },
    token.cora,
  );
async function handIn(caseId: string, value: string): Promise<void> {
  const [order] = (await api.get(`/service-orders?caseId=${caseId}&open=true`, token.fred)).body.data;
  const reads = [{ meterId: order.meter.meterId, value, readAt: town.today, source: 'ACTUAL' }];
  expect((await api.post(`/service-orders/${order.orderNumber}/complete`, { reads }, token.fred)).status).toBe(200);
}
const vacancyOf = async () =>
  system.db.Case.findOne({ where: { type: 'VACANCY' }, order: [['openedAt', 'DESC']], rejectOnEmpty: true });

describe('S16 a landlord is set up', () => {
  const landlordForm = (more: object = {}) => ({
    ...scratchForm(town, { role: 'LANDLORD' }),
    landlordAgreement: terms({ feeCents: 2500, noticeBy: 'MAIL' }),
    ...more,
  });

  it('with the agreement for the place in the same save; whatever is wrong in it saves nothing', async () => {
    await setUp();
    const save = (body: object) => api.post('/cases/onboarding', body, token.cora);
    const asTenant = await save(landlordForm({ role: 'TENANT' }));
    expect([codeOf(asTenant), pointersOf(asTenant)]).toEqual([[422, 'NOT_LANDLORD'], ['#/landlordAgreement']]);
    const bad = await save(
      landlordForm({
        landlordAgreement: terms({
          lines: [line('WATER', { seasonStart: '11-15' }), line('REFUSE', { rateCode: 'NO-RATE' })],
        }),
      }),
    );
    expect([codeOf(bad), pointersOf(bad)]).toEqual([
      [422, 'SEASON_INCOMPLETE'],
      ['#/landlordAgreement/lines/0/seasonEnd', '#/landlordAgreement/lines/1/rateCode'],
    ]);
    const noEmail = await save(landlordForm({ landlordAgreement: terms({ noticeBy: 'EMAIL' }) }));
    expect([codeOf(noEmail), pointersOf(noEmail)]).toEqual([[422, 'NO_EMAIL'], ['#/landlordAgreement/noticeBy']]);
    const elsewhere = await save(landlordForm({ services: [scratchForm(town).services[0]] }));
    expect([codeOf(elsewhere), pointersOf(elsewhere)]).toEqual([
      [422, 'SERVICE_NOT_AT_LOCATION'],
      ['#/landlordAgreement/lines/1/serviceCode'],
    ]);
    expect(await system.db.Customer.count()).toBe(2);
    expect(await system.db.LandlordAgreement.count()).toBe(1);

    const customer = newCustomer({ emails: [{ value: 'barnaby@example.com', purpose: null }] });
    const season = { seasonStart: '11-15', seasonEnd: '03-31', stopReasonsExcluded: ['NONPAY'] };
    const lines = [line('WATER', season), line('REFUSE', { decision: 'NEVER' })];
    const saved = await save(landlordForm({ customer, landlordAgreement: terms({ lines, noticeBy: 'EMAIL' }) }));
    expect(saved.status).toBe(201);
    const location = (await api.get(`/locations/${saved.body.locationNumber}`, token.cora)).body;
    expect(location.landlord).toMatchObject({
      ...{ customerNumber: saved.body.customerNumber, startOn: town.today, endOn: null, noticeBy: 'EMAIL' },
      lines: [{ serviceCode: 'REFUSE', decision: 'NEVER' }, season],
    });
    expect((await api.get(`/landlords/${saved.body.customerNumber}`, token.cora)).body).toMatchObject({
      accounts: [{ accountNumber: saved.body.accountNumber, status: 'ACTIVE', balanceCents: 0 }],
      locations: { data: [{ locationNumber: saved.body.locationNumber }] },
    });
  });
});

describe('S16 an existing customer becomes the landlord of a place', () => {
  it('from a day on; the one before ends on it, and who they were stays to be seen', async () => {
    await setUp();
    const body = { customerNumber: 'C900001', startOn: addDays(town.today, 5), ...terms({ feeCents: 1000 }) };
    expect(codeOf(await send('PUT', landlordPath(), body))).toEqual([428, 'PRECONDITION_REQUIRED']);
    const etag = await etagOf(landlordPath());
    const put = await send('PUT', landlordPath(), body, etag);
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      current: { customerNumber: 'C900002', endOn: addDays(town.today, 5), endReason: 'REPLACED' },
      agreements: [{ customerNumber: 'C900001', endOn: null, feeCents: 1000 }, { customerNumber: 'C900002' }],
    });
    expect(codeOf(await send('PUT', landlordPath(), body, etag))).toEqual([412, 'PRECONDITION_FAILED']);
    const early = await agree({ ...body, customerNumber: 'C900002', startOn: addDays(town.today, 4) });
    expect([codeOf(early), pointersOf(early)]).toEqual([[409, 'LATER_AGREEMENT'], ['#/startOn']]);
    const unknown = await agree({ ...body, customerNumber: 'C0' });
    expect([codeOf(unknown), pointersOf(unknown)]).toEqual([[422, 'CUSTOMER_UNKNOWN'], ['#/customerNumber']]);
    expect(codeOf(await agree({ ...body, startOn: addDays(town.today, -999) }))).toEqual([422, 'START_TOO_FAR_BACK']);
    expect((await api.get('/landlords?q=C900001', token.cora)).body.data).toMatchObject([{ locations: 1 }]);
    expect((await api.get('/landlords', token.cora)).body.data).toHaveLength(2);

    const end = { endOn: addDays(town.today, 40), reason: 'OTHER' };
    const ended = await api.post(`${landlordPath()}/end`, end, token.cora);
    expect(ended.body.agreements[0]).toMatchObject({ endOn: addDays(town.today, 40), endReason: 'OTHER' });
    expect(
      codeOf(await api.post(`${landlordPath()}/end`, { ...end, endOn: addDays(town.today, 50) }, token.cora)),
    ).toEqual([409, 'NO_AGREEMENT']);
  });
});

/** Refuse needs no read, so it goes to the landlord first; with the read in already, both services would go at once. */
const refuseReverts = () =>
  eventually(async () => expect(await system.db.JournalEntry.count({ where: { kind: 'REVERSION_FEE' } })).toBe(1));

describe('S16 a reversion', () => {
  it('costs the landlord the fee once, and nothing when a tenant takes the place on the same day after all', async () => {
    await setUp();
    const lines = [line('WATER', { feeCents: 300 }), line('REFUSE')];
    const body = { customerNumber: 'C900002', startOn: town.today, ...terms({ lines, feeCents: 2500 }) };
    expect((await agree(body)).status).toBe(200);
    const left = await moveOut();
    await refuseReverts();
    await handIn(left.body.caseId, '1500');
    const landlord = () => api.get('/landlords/C900002', token.cora);
    await eventually(async () =>
      expect((await landlord()).body).toMatchObject({ balanceCents: 2800, accounts: [{ status: 'ACTIVE' }] }),
    );
    const [{ accountNumber }] = (await landlord()).body.accounts;
    expect(await system.db.Notice.findOne({ where: { kind: 'LANDLORD_RECONNECT' } })).toMatchObject({
      data: { accountNumber, by: 'MAIL' },
    });
    expect(await system.db.JournalEntry.count({ where: { kind: 'REVERSION_FEE' } })).toBe(2);

    const tenant = {
      ...{ customer: { name: { line: 'Ottoline B. Quackenbush' } }, location: { existing: town.locationNumber } },
      ...{ copiedFrom: town.accountNumber, startDate: town.today },
      services: [
        { serviceCode: 'WATER', rateCode: 'RES-WATER' },
        { serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' },
      ],
    };
    expect((await api.post('/cases/onboarding', tenant, token.cora)).status).toBe(201);
    expect((await landlord()).body).toMatchObject({ balanceCents: 0, accounts: [] });
    expect((await api.get(`/accounts/${accountNumber}`, token.cora)).body).toMatchObject({
      ...{ status: 'CANCELED', balanceCents: 0, openCases: [] },
    });
  });
});

it('S16 the fee of a place stays with what the landlord keeps, whichever service it was charged with', async () => {
  await setUp();
  const lines = [line('WATER', { feeCents: 300 }), line('REFUSE')];
  const body = { customerNumber: 'C900002', startOn: town.today, ...terms({ lines, feeCents: 2500 }) };
  expect((await agree(body)).status).toBe(200);
  const left = await moveOut();
  await refuseReverts();
  await handIn(left.body.caseId, '1500');
  const balanceIs = (balanceCents: number) =>
    eventually(async () =>
      expect((await api.get('/landlords/C900002', token.cora)).body).toMatchObject({ balanceCents }),
    );
  await balanceIs(2800);
  // Refuse stopped first, without a read: the place's fee was charged with it, and it has none of its own.
  expect(await system.db.JournalEntry.count({ where: { kind: 'REVERSION_FEE' } })).toBe(2);
  const take = (serviceCode: string, firstName: string) =>
    api.post(
      '/cases/onboarding',
      {
        ...{ customer: { name: { line: `${firstName} Quackenbush` } }, location: { existing: town.locationNumber } },
        ...{ startDate: town.today, services: [{ serviceCode, rateCode: `RES-${serviceCode}` }] },
      },
      token.cora,
    );
  expect((await take('REFUSE', 'Rosalind')).status).toBe(201);
  await balanceIs(2800);
  expect((await take('WATER', 'Walburga')).status).toBe(201);
  await balanceIs(0);
});

describe('S16 a place is sold', () => {
  it('the agreement ends on that day, and whoever agreed for the day of a stop has the services', async () => {
    await setUp({ landlordDecision: 'ALWAYS' });
    const path = `/locations/${town.locationNumber}/sale`;
    const soldOn = addDays(town.today, 3);
    expect(pointersOf(await api.post(path, { soldOn, newAgreement: terms() }, token.cora))).toEqual([
      '#/buyerCustomerNumber',
    ]);
    const buyer = await api.post(
      '/cases/onboarding',
      { ...scratchForm(town), customer: newCustomer(), role: 'OWNER' },
      token.cora,
    );
    const { customerNumber } = buyer.body;
    // A service that goes to the landlord on that day, or later, stands against an end without a sale.
    const stopOn = addDays(town.today, 5);
    await moveOut(town, stopOn);
    await eventually(async () => expect(await system.db.VacancyLine.count({ where: { status: 'REVERTING' } })).toBe(2));
    const { caseId } = await vacancyOf();
    const end = { endOn: soldOn, reason: 'OTHER' };
    const refused = await api.post(`/locations/${town.locationNumber}/landlord-agreement/end`, end, token.cora);
    expect(refused).toMatchObject({ status: 409, body: { code: 'CASE_OPEN', details: { caseId } } });

    const sale = { soldOn, buyerCustomerNumber: customerNumber, newAgreement: terms() };
    const sold = await api.post(path, sale, token.cora, 'sale-1');
    expect(sold.body).toMatchObject({
      current: { customerNumber: 'C900002', endOn: soldOn, endReason: 'SALE' },
      agreements: [{ customerNumber, startOn: soldOn }, { customerNumber: 'C900002' }],
    });
    expect((await api.post(path, sale, token.cora, 'sale-1')).body).toEqual(sold.body);
    // The seller's start that was pending is taken back: the buyer begins instead.
    const { id } = await system.db.Customer.findOne({ where: { customerNumber }, rejectOnEmpty: true });
    await eventually(async () =>
      expect(await system.db.Account.findAll({ where: { role: 'LANDLORD' }, order: ['id'] })).toMatchObject([
        { customerId: town.landlordCustomerId, status: 'CANCELED' },
        { customerId: id, status: 'PENDING_START', startOn: stopOn },
      ]),
    );
    expect((await api.get(`/landlords/${customerNumber}`, token.cora)).body.vacancies).toMatchObject([
      { locationNumber: town.locationNumber, stopOn },
    ]);
  });
});

it('S19 a landlord who agrees before the tenant stops has the services by themselves', async () => {
  await setUp({ landlordDecision: null });
  await moveOut(town, addDays(town.today, 5));
  const lines = (status: 'OPENED' | 'REVERTING') => system.db.VacancyLine.count({ where: { status } });
  await eventually(async () => expect(await lines('OPENED')).toBe(2));
  expect((await agree({ customerNumber: 'C900002', startOn: town.today, ...terms() })).status).toBe(200);
  await eventually(async () => expect(await lines('REVERTING')).toBe(2));
});

describe('S16 many places at once', () => {
  let flats: Flat[];
  const numbers = () => flats.map(({ locationNumber }) => locationNumber);

  it('are agreed on and changed all together or not at all, each one at fault named', async () => {
    await setUp();
    flats = await makeFlats(system.db, 3, { landlordDecision: null });
    const path = '/landlords/C900002/agreements';
    const body = { locations: numbers(), startOn: town.today, ...terms() };
    const [first = ''] = numbers();
    const bad = await api.post(path, { ...body, locations: [...numbers(), 'L-NONE', first] }, token.cora);
    expect(codeOf(bad)).toEqual([422, 'BAD_LOCATIONS']);
    expect(bad.body.errors).toMatchObject([
      { pointer: '#/locations/3', code: 'LOCATION_UNKNOWN' },
      { pointer: '#/locations/4', code: 'LOCATION_TWICE' },
    ]);
    expect(await system.db.LandlordAgreement.count()).toBe(1);
    const made = await api.post(path, body, token.cora);
    expect(made.status).toBe(201);
    expect(made.body.locations).toEqual(numbers().map((locationNumber) => ({ locationNumber, ended: false })));

    const etag = await etagOf('/landlords/C900002');
    const effectiveOn = addDays(town.today, 10);
    const change = (more: object, version = etag) => send('PATCH', path, { effectiveOn, ...more }, version);
    const changes = { lines: [{ serviceCode: 'WATER', decision: 'ALWAYS' }], noticeBy: 'BOTH' };
    const wrong = await change({ changes, locations: [first, 'L-NONE'] });
    expect(wrong.body.errors).toMatchObject([{ pointer: '#/locations/1', code: 'LOCATION_UNKNOWN' }]);
    const noRate = await change({ changes: { lines: [{ serviceCode: 'WATER', rateCode: 'RES-REFUSE' }] } });
    expect([codeOf(noRate), pointersOf(noRate)]).toEqual([[422, 'RATE_UNKNOWN'], ['#/changes/lines/0/rateCode']]);
    const decided = { lines: [{ serviceCode: 'WATER', decision: 'ALWAYS' }] };
    expect((await change({ changes: decided })).body).toMatchObject({
      ...{ changed: [town.locationNumber], unchanged: numbers() },
    });
    expect(codeOf(await change({ changes }))).toEqual([412, 'PRECONDITION_FAILED']);
    const again = await change({ changes: { feeCents: 700 }, locations: [first] }, await etagOf('/landlords/C900002'));
    expect(again.body).toMatchObject({ changed: [first], unchanged: [] });
    const shown = (await api.get(landlordPath(first), token.cora)).body;
    expect(shown).toMatchObject({
      current: { feeCents: 0, endOn: effectiveOn, endReason: 'CHANGED' },
      agreements: [{ feeCents: 700, startOn: effectiveOn }, { feeCents: 0 }],
    });
  });
});

it('S16 a change of terms leaves the day on which an agreement ends', async () => {
  await setUp();
  const soldOn = addDays(town.today, 20);
  expect((await api.post(`/locations/${town.locationNumber}/sale`, { soldOn }, token.cora)).status).toBe(200);
  const etag = await etagOf('/landlords/C900002');
  const change = { effectiveOn: addDays(town.today, 5), changes: { feeCents: 700 } };
  const changed = await send('PATCH', '/landlords/C900002/agreements', change, etag);
  expect(changed.body).toMatchObject({ changed: [town.locationNumber] });
  expect((await api.get(landlordPath(), token.cora)).body.agreements).toMatchObject([
    { feeCents: 700, startOn: change.effectiveOn, endOn: soldOn, endReason: 'SALE' },
    { feeCents: 0, endOn: change.effectiveOn, endReason: 'CHANGED' },
  ]);
  const again = { customerNumber: 'C900002', startOn: addDays(town.today, 6), ...terms({ feeCents: 800 }) };
  expect((await agree(again)).body.agreements[0]).toMatchObject({ feeCents: 800, endOn: soldOn, endReason: 'SALE' });
  // Not sold after all: the landlord agrees anew from that day on.
  const kept = { ...again, startOn: soldOn };
  expect((await agree(kept)).body.agreements[0]).toMatchObject({ startOn: soldOn, endOn: null });
});

it('S16 a landlord agrees on rates of the class of the place alone, and the class stays while they do', async () => {
  await setUp();
  await system.db.sequelize.transaction(async () => {
    const createdAt = new Date();
    await system.db.RateClass.bulkCreate(['HOMES', 'SHOPS'].map((code) => ({ code, name: code, createdAt })));
    const usual = await system.db.Rate.findOne({ where: { code: 'RES-WATER' }, rejectOnEmpty: true });
    const version = await system.db.RateVersion.findOne({ where: { rateId: usual.id }, rejectOnEmpty: true });
    const shop = { code: 'SHOP-WATER', serviceCode: 'WATER', name: 'Shops', classCode: 'SHOPS' };
    const { id: rateId } = await system.db.Rate.create(shop);
    const { effectiveFrom, definition, definitionHash, publishedAt } = version;
    await system.db.RateVersion.create({ rateId, effectiveFrom, definition, definitionHash, publishedAt });
  });
  const give = async (classCode: string) =>
    send(
      'PATCH',
      `/locations/${town.locationNumber}`,
      { classCode },
      await etagOf(`/locations/${town.locationNumber}`),
    );
  expect((await give('HOMES')).status).toBe(200);
  const lines = [line('REFUSE'), line('WATER', { rateCode: 'SHOP-WATER' })];
  const body = { customerNumber: 'C900002', startOn: town.today, ...terms({ lines }) };
  const refused = await agree(body);
  expect([codeOf(refused), pointersOf(refused)]).toEqual([[422, 'RATE_NOT_FOR_CLASS'], ['#/lines/1/rateCode']]);
  const { customerNumber, ...same } = body;
  const many = { ...same, locations: [town.locationNumber] };
  const bad = await api.post(`/landlords/${customerNumber}/agreements`, many, token.cora);
  expect(bad.body.errors).toMatchObject([{ pointer: '#/locations/0', code: 'RATE_NOT_FOR_CLASS' }]);
  const changes = { lines: [{ serviceCode: 'WATER', rateCode: 'SHOP-WATER' }] };
  const patch = { effectiveOn: town.today, changes };
  const patched = await send('PATCH', '/landlords/C900002/agreements', patch, await etagOf('/landlords/C900002'));
  expect(patched.body.errors).toMatchObject([{ pointer: '#/locations/0', code: 'RATE_NOT_FOR_CLASS' }]);
  const landlordAgreement = terms({ lines: [line('WATER', { rateCode: 'SHOP-WATER' })] });
  const form = { ...scratchForm(town, { role: 'LANDLORD' }), landlordAgreement };
  const saved = await api.post('/cases/onboarding', form, token.cora);
  expect([codeOf(saved), pointersOf(saved)]).toEqual([
    [422, 'RATE_NOT_FOR_CLASS'],
    ['#/landlordAgreement/lines/0/rateCode'],
  ]);
  expect((await give('SHOPS')).status).toBe(200);
  expect((await agree(body)).status).toBe(200);
  expect(codeOf(await give('HOMES'))).toEqual([409, 'CLASS_HAS_RATES']);
});
