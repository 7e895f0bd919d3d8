import { addDays } from '../../domain/dates';
import { INVARIANTS } from '../../tools/invariants';
import { newCaseId } from '../../contract/ids';
import { freezeDraft, lockDraft } from '../../db/records/drafts';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { scratchForm } from '../support/set-up';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
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
  const ids = { ...town.users, ada: await addUser(system.db, 'ada', ['admin']) };
  token = await api.allSignedIn(ids);
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
const pointersOf = ({ body }: Answered) => body.errors.map(({ pointer }: { pointer: string }) => pointer);
const put = (draftId: string, content: unknown, etag: string | null, who: keyof typeof token = 'cora') =>
  api.call('PUT', `/api/v1/drafts/${draftId}`, {
    ...{ token: token[who], body: { content }, headers: { 'if-match': etag ?? '' } },
  });

/** The smallest form that a script can send: everything else has a default. */
const form = (n = 2, more: object = {}) => ({
  customer: { name: { line: 'Ottoline Quackenbush' } },
  location: { address: { line1: `${n} Zephyrine Walk`, city: 'Millbrook', state: 'CO', postalCode: '80000' } },
  startDate: town.today,
  services: [
    { serviceCode: 'WATER', rateCode: 'RES-WATER' },
    { serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' },
  ],
  meters: [
    { serviceCode: 'WATER', serial: `N-${n}`, dials: 6, unit: 'gal', beginRead: { value: '0', readOn: town.today } },
  ],
  ...more,
});
const save = (body: object, who: keyof typeof token = 'cora', key?: string) =>
  api.post('/cases/onboarding', body, token[who], key);

describe('S1 one form', () => {
  it('is saved with its numbers; the same request again is the same customer', async () => {
    await setUp();
    expect((await api.get('/customers/next-number', token.cora)).body).toEqual({
      ...{ customerNumber: 'C000001', autoIncrement: true, copyTicked: true },
    });
    const first = await save(form(), 'cora', 'k1');
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      ...{ status: 'COMPLETED', step: 'ACTIVE', customerNumber: 'C000001', locationNumber: 'L000001' },
    });
    expect((await save(form(), 'cora', 'k1')).body).toEqual(first.body);
    expect((await api.get('/customers/next-number', token.cora)).body.customerNumber).toBe('C000002');
    const customer = (await api.get('/customers/C000001', token.cora)).body;
    expect(customer).toMatchObject({ displayName: 'Quackenbush, Ottoline', accounts: [{ status: 'ACTIVE' }] });
    const theCase = (await api.get(`/cases/${first.body.caseId}`, token.cora)).body;
    expect(theCase.onboarding).toMatchObject({ customerNumber: 'C000001', startOn: town.today, approvalReasons: [] });
  });

  it('that breaks rules names every field at fault, and starts nothing where it is malformed', async () => {
    await setUp();
    const malformed = await save({ ...form(), customer: { name: { line: '' } }, startDate: '2026-02-30', more: 1 });
    expect(codeOf(malformed)).toEqual([400, 'MALFORMED']);
    expect(pointersOf(malformed).sort()).toEqual(['#/customer/name/line', '#/more', '#/startDate']);
    expect(await system.db.Draft.count()).toBe(0);
    const broken = await save({ ...form(), startDate: addDays(town.today, 999), services: [] });
    expect(codeOf(broken)).toEqual([422, 'START_TOO_FAR_AHEAD']);
    expect(pointersOf(broken)).toEqual(['#/startDate', '#/services', '#/meters/0']);
    expect(await system.db.Customer.count()).toBe(2);
  });
});

describe('S6 Copy From a Previous Customer', () => {
  it('brings location, services, deposits and meters with their last read, and changes nothing', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const before = await system.db.ServiceAgreement.findAll({ raw: true });
    const { body } = await api.get('/customers/C900001/copy', token.cora);
    expect(body.form).toMatchObject({
      ...{ location: { existing: town.locationNumber }, copiedFrom: town.accountNumber, role: 'TENANT' },
      ...{ deposits: [{ serviceCode: 'WATER', amountCents: 10_000, waivedBecause: null }] },
      services: [
        { serviceCode: 'WATER', rateCode: 'RES-WATER', units: '1' },
        { serviceCode: 'REFUSE', rateCode: 'RES-REFUSE', units: '1' },
      ],
    });
    expect(body.meters).toMatchObject([{ serial: 'M-900001', lastRead: { value: '1000.000' } }]);
    expect(body.asks).toEqual([]);
    expect(await system.db.ServiceAgreement.findAll({ raw: true })).toEqual(before);
    expect(codeOf(await api.get('/customers/C900002/copy', token.cora))).toEqual([404, 'NOT_FOUND']);
  });

  it('asks which, where the services of a place have different occupants', async () => {
    await setUp();
    const { db } = system;
    const other = await save(form());
    expect(other.status).toBe(201);
    await db.sequelize.transaction(async () => {
      const account = await db.Account.findOne({ where: { accountNumber: town.accountNumber }, rejectOnEmpty: true });
      const refuse = await db.ServiceAgreement.findOne({
        where: { accountId: account.id, serviceCode: 'REFUSE' },
        rejectOnEmpty: true,
      });
      const { id } = await db.Account.findOne({
        where: { accountNumber: other.body.accountNumber },
        rejectOnEmpty: true,
      });
      await refuse.update({ accountId: id });
      await db.Account.update({ locationId: account.locationId }, { where: { id } });
    });
    const { body } = await api.get(`/customers/C900001/copy?locationNumber=${town.locationNumber}`, token.cora);
    expect(body.form.services.map(({ serviceCode }: { serviceCode: string }) => serviceCode)).toEqual(['WATER']);
    expect(body.asks).toMatchObject([{ serviceCode: 'REFUSE', accountNumber: other.body.accountNumber }]);
  });

  it('fills a draft, which is autosaved half filled, saved, refused, corrected and saved again', async () => {
    await setUp();
    const begun = await api.post('/drafts', { copyFrom: { customerNumber: 'C900001' } }, token.cora);
    expect(begun.status).toBe(201);
    const { draftId, content, problems } = begun.body;
    const { accountNumber } = town;
    const occupied = {
      ...{ code: 'OCCUPIED', severity: 'ERROR', message: 'Somebody has this service; move them out first' },
      details: { accountNumber, offer: 'MOVE_OUT', stopDate: town.today },
    };
    const stillThere = [
      { ...occupied, pointer: '#/services/0' },
      { ...occupied, pointer: '#/services/1' },
    ];
    expect(problems).toEqual([
      { pointer: '#/customer/name/line', code: 'REQUIRED', message: 'This is needed', severity: 'ERROR' },
      ...stillThere,
    ]);
    expect(begun.body.computed).toMatchObject({
      ...{ nextNumber: 'C000001', name: null, approvalReasons: [], oldDebts: [], duplicates: [] },
      copied: { holders: [{ accountNumber, isActive: true }, { accountNumber }], meters: [{ serial: 'M-900001' }] },
      defaultServices: [{ serviceCode: 'WATER' }, { serviceCode: 'REFUSE' }],
    });
    // What is there of a customer is looked at before the name is.
    const phoned = { ...content.customer, phones: [{ value: '970-555-01475', purpose: null }] };
    const early = await put(draftId, { ...content, customer: phoned }, begun.headers.get('etag'));
    expect(early.body.problems).toContainEqual(
      expect.objectContaining({ pointer: '#/customer/phones/0/value', code: 'PHONE_NOT_POSSIBLE' }),
    );
    const named = { ...content, customer: { ...content.customer, name: { line: 'Barnaby Featherstonehaugh' } } };
    const half = await put(draftId, { ...named, startDate: 'soon', notes: 'calls back' }, early.headers.get('etag'));
    const places = half.body.problems.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]);
    expect(places).toEqual(
      expect.arrayContaining([
        ['#/notes', 'FIELD_UNKNOWN'],
        ['#/startDate', 'FORMAT'],
      ]),
    );
    // The landlord of the place bears this name: a hint that nobody has to follow.
    expect(half.body.problems).toContainEqual(
      expect.objectContaining({ code: 'LIKELY_DUPLICATE', pointer: '#/customer', severity: 'WARNING' }),
    );
    expect(half.body.computed).toMatchObject({
      name: { kind: 'PERSON', first: 'Barnaby', last: 'Featherstonehaugh' },
      duplicates: [{ customerNumber: 'C900002', score: 45, reasons: ['SAME_NAME'] }],
    });
    expect((await api.get('/drafts', token.cora)).body.data).toMatchObject([
      { draftId, customerName: 'Barnaby Featherstonehaugh', place: town.locationNumber, startDate: 'soon' },
    ]);
    expect((await api.get('/drafts', token.cliff)).body.data).toEqual([]);
    expect((await api.get('/drafts?view=all', token.cliff)).body.data).toHaveLength(1);
    expect((await api.get(`/drafts/${draftId}`, token.cliff)).body.content).toMatchObject({
      startDate: 'soon',
      notes: 'calls back',
    });
    expect(codeOf(await save({ draftId }))).toEqual([400, 'MALFORMED']);
    expect(codeOf(await put(draftId, named, begun.headers.get('etag')))).toEqual([412, 'PRECONDITION_FAILED']);
    const whole = await put(draftId, named, half.headers.get('etag'));
    expect(whole.body).toMatchObject({ status: 'OPEN' });
    expect(whole.body.problems).toEqual(expect.arrayContaining(stillThere));

    // The tenant has not moved out: refused, with the account to move out first; the form is the clerk's again.
    const refused = await save({ draftId });
    expect(codeOf(refused)).toEqual([409, 'OCCUPIED']);
    expect(refused.body.details).toEqual({
      ...{ accountNumber: town.accountNumber, offer: 'MOVE_OUT', stopDate: town.today },
    });
    expect((await api.get(`/drafts/${draftId}`, token.cora)).body).toMatchObject({ status: 'OPEN', caseId: null });
    const moveOut = { accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today };
    expect(
      (await api.post('/cases/move-out', { ...moveOut, forwardingAddress: null, newTenant: 'YES' }, token.cora)).status,
    ).toBe(201);
    const saved = await save({ draftId });
    expect(saved.status).toBe(201);
    const { caseId } = saved.body;
    const frozen = await api.get(`/drafts/${draftId}`, token.cora);
    expect(frozen.body).toMatchObject({ status: 'SAVED', caseId });
    expect(await put(draftId, named, frozen.headers.get('etag'))).toMatchObject({
      ...{ status: 409, body: { code: 'DRAFT_SAVED', details: { caseId } } },
    });
    expect(await save({ draftId }, 'cliff')).toMatchObject({
      status: 409,
      body: { code: 'DRAFT_SAVED', details: { caseId } },
    });

    // Canceled, the form can be corrected and saved as a new case.
    expect((await api.post(`/cases/${caseId}/cancel`, { reason: 'wrong date' }, token.cora)).status).toBe(200);
    const again = await put(draftId, { ...named, startDate: addDays(town.today, 1) }, frozen.headers.get('etag'));
    expect(again.status).toBe(412);
    const reopened = await api.get(`/drafts/${draftId}`, token.cora);
    expect(
      (await put(draftId, { ...named, startDate: addDays(town.today, 1) }, reopened.headers.get('etag'))).status,
    ).toBe(200);
    const second = await save({ draftId });
    expect(second.status).toBe(201);
    expect(second.body.caseId).not.toBe(caseId);
    expect(await system.db.DraftRevision.count({ where: { draftId } })).toBe(3);
    expect((await api.get('/drafts', token.cora)).body.data).toEqual([]);

    // A form that nobody will save is put away; writing in it brings it back.
    const unwanted = await api.post('/drafts', {}, token.cora);
    const away = `/api/v1/drafts/${unwanted.body.draftId}`;
    expect((await api.call('DELETE', away, { token: token.cora })).status).toBe(204);
    expect((await api.get('/drafts', token.cora)).body.data).toEqual([]);
    const still = await api.get(`/drafts/${unwanted.body.draftId}`, token.cora);
    expect(still.body.status).toBe('DISCARDED');
    await put(unwanted.body.draftId, { role: 'OWNER' }, still.headers.get('etag'));
    expect((await api.get('/drafts', token.cora)).body.data).toHaveLength(1);
    expect((await api.call('DELETE', `/api/v1/drafts/${draftId}`, { token: token.cora })).status).toBe(409);
  });
});

describe('a form that was frozen, but never reached Temporal', () => {
  it('does not change, and is handed over as the same case by the next Save', async () => {
    await setUp();
    const { draftId } = (await api.post('/drafts', {}, token.cora)).body;
    const caseId = newCaseId('ONBOARD');
    const content = { ...scratchForm(town) };
    await inTransaction(system.db, town.users.cora, async (tx) =>
      freezeDraft(tx, await lockDraft(tx, draftId), content, caseId),
    );
    const etag = (await api.get(`/drafts/${draftId}`, token.cora)).headers.get('etag');
    expect(codeOf(await put(draftId, content, etag))).toEqual([409, 'DRAFT_SAVED']);
    expect((await save({ draftId }, 'cliff')).body).toMatchObject({ caseId, status: 'COMPLETED' });
    expect(codeOf(await save({ draftId }))).toEqual([409, 'DRAFT_SAVED']);
  });
});

describe('S4 S7 S8 what the form is filled from', () => {
  it('has customer types at once, the services with their rates, and new locations of their own', async () => {
    await setUp();
    expect((await api.get('/customer-types', token.cora)).body.data).toEqual([]);
    const type = { code: 'senior', name: 'Senior citizen' };
    expect((await api.post('/customer-types', type, token.cora)).status).toBe(201);
    expect(codeOf(await api.post('/customer-types', type, token.cliff))).toEqual([409, 'TYPE_TAKEN']);
    expect((await api.get('/customer-types', token.cliff)).body.data).toMatchObject([
      { code: 'SENIOR', name: 'Senior citizen' },
    ]);
    const services = (await api.get('/services', token.cora)).body.data;
    expect(services).toMatchObject([
      { code: 'WATER', metered: true, rates: [{ code: 'RES-WATER', isDefault: true }] },
      { code: 'REFUSE', metered: false },
    ]);
    const blank = (await api.post('/drafts', {}, token.cora)).body;
    expect(blank.content.services).toHaveLength(2);
    const address = { line1: '77 Zephyrine Walk', city: 'Millbrook', state: 'CO', postalCode: '80000' };
    const location = await api.post('/locations', { number: 'L000050', address }, token.cora);
    expect(location.body).toMatchObject({ locationNumber: 'L000050', services: ['WATER', 'REFUSE'] });
    expect(codeOf(await api.post('/locations', { number: 'L000050', address }, token.cora))).toEqual([
      409,
      'NUMBER_TAKEN',
    ]);
    const customer = { name: { line: 'Ottoline Quackenbush' }, typeCode: 'SENIOR' };
    const saved = await save(form(3, { location: { existing: 'L000050' }, customer }));
    expect(saved).toMatchObject({ status: 201, body: { locationNumber: 'L000050' } });
    expect((await api.get(`/customers/${saved.body.customerNumber}`, token.cora)).body.typeCode).toBe('SENIOR');
  });
});

describe('a set-up that waits', () => {
  it('shows what it waits for, takes the deposit, moves its date, and is listed when it is late', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const deposits = [{ serviceCode: 'WATER', amountCents: 10_000 }];
    const { caseId, accountNumber } = (await save(form(2, { startDate: addDays(town.today, 3), deposits }))).body;
    expect((await api.get(`/cases/${caseId}`, token.cora)).body.onboarding.conditions).toEqual([
      { name: 'DEPOSIT', waitingOn: 'CUSTOMER', text: 'a deposit of $100.00' },
      { name: 'START_DATE', waitingOn: 'DATE', text: `the start date, ${addDays(town.today, 3)}` },
    ]);
    const reschedule = (startDate: string) =>
      api.post(`/cases/${caseId}/reschedule`, { startDate, reason: 'the keys come later' }, token.cora);
    expect(codeOf(await reschedule(addDays(town.today, 999)))).toEqual([422, 'START_TOO_FAR_AHEAD']);
    expect(codeOf(await reschedule(addDays(town.today, 5)))).toEqual([200, 'APPLIED']);
    expect((await api.get('/cases?overdue=true', token.cora)).body.data).toEqual([]);
    await api.post('/clock/advance', { days: 6 }, token.ada);
    expect((await api.get('/cases?overdue=true', token.cora)).body.data).toMatchObject([
      { caseId, waitingOn: 'CUSTOMER' },
    ]);
    const pay = (receiptNumber: string, amountCents: number) =>
      api.post(
        `/accounts/${accountNumber}/payments`,
        { receiptNumber, amountCents, receivedOn: addDays(town.today, 6), method: 'CASH', applyTo: 'DEPOSIT' },
        token.cora,
      );
    expect(codeOf(await pay('R-1', 10_001))).toEqual([422, 'OVER_DEPOSIT']);
    expect((await pay('R-2', 10_000)).status).toBe(201);
    await eventually(async () => expect((await api.get(`/cases/${caseId}`, token.cora)).body.status).toBe('COMPLETED'));
    const account = (await api.get(`/accounts/${accountNumber}`, token.cora)).body;
    expect(account).toMatchObject({
      ...{ status: 'ACTIVE', startOn: addDays(town.today, 6), depositsHeldCents: 10_000 },
      askedDeposits: [{ amountCents: 10_000, receivedCents: 10_000, status: 'PAID' }],
    });
    expect(codeOf(await reschedule(addDays(town.today, 9)))).toEqual([409, 'CASE_CLOSED']);
    expect(codeOf(await pay('R-3', 1))).toEqual([409, 'NO_DEPOSIT_ASKED']);
  });

  it('for approval is approved or rejected by a second person', async () => {
    await setUp({ askedDepositCents: 10_000 });
    // Whoever wrote in the form had a hand in it, also when a clerk saves it.
    const { draftId } = (await api.post('/drafts', {}, token.cora)).body;
    const etag = (await api.get(`/drafts/${draftId}`, token.cora)).headers.get('etag');
    expect((await put(draftId, { ...scratchForm(town) }, etag, 'sue')).status).toBe(200);
    const { caseId } = (await save({ draftId })).body;
    const task = await eventually(async () => {
      const [found] = (await api.get('/tasks', token.sam)).body.data;
      expect(found).toMatchObject({ type: 'APPROVE_SETUP', caseId });
      return found;
    });
    const decide = (outcome: string, comment: string | null, who: 'sam' | 'sue' = 'sam') =>
      api.post(`/tasks/${task.taskId}/complete`, { version: 1, outcome, comment }, token[who]);
    expect(codeOf(await decide('APPROVE', null, 'sue'))).toEqual([403, 'OWN_WORK']);
    expect(codeOf(await decide('REJECT', null))).toEqual([422, 'REASON_REQUIRED']);
    expect(codeOf(await decide('APPROVE', null))).toEqual([200, 'APPLIED']);
    await eventually(async () => expect((await api.get(`/cases/${caseId}`, token.cora)).body.step).toBe('ACTIVE'));
  });
});

describe('fifty clerks who save at once', () => {
  const CLERKS = 50;
  async function clerks(): Promise<string[]> {
    const ids = [];
    for (let n = 0; n < CLERKS; n++) ids.push(await addUser(system.db, `clerk${n}`, ['clerk']));
    return Promise.all(ids.map((id) => api.signedIn(id)));
  }
  /** A verdict may take longer than the API waits: the same request is sent again, as the console does. */
  const saveUntilKnown = (body: object, who: string, key: string) =>
    eventually(async () => {
      const answer = await api.post('/cases/onboarding', body, who, key);
      expect(answer.status).not.toBe(202);
      return answer;
    });

  it('on one location: one is set up, forty-nine are refused with a link to the case', async () => {
    await setUp();
    const location = (await api.post('/locations', form().location, token.cora)).body.locationNumber;
    const answers = await Promise.all(
      (await clerks()).map((who, n) =>
        saveUntilKnown(form(n, { location: { existing: location }, startDate: addDays(town.today, 1) }), who, `k${n}`),
      ),
    );
    const winners = answers.filter(({ status }) => status === 201);
    expect(winners).toHaveLength(1);
    const losers = answers.filter(({ status }) => status === 409);
    expect(losers).toHaveLength(CLERKS - 1);
    for (const { body } of losers)
      expect(body).toMatchObject({ code: 'CASE_OPEN', details: { caseId: winners[0]?.body.caseId } });
    expect(await system.db.Customer.count()).toBe(2 + 1);
  });

  it('on fifty locations: fifty different numbers', async () => {
    await setUp();
    const answers = await Promise.all((await clerks()).map((who, n) => saveUntilKnown(form(n), who, `k${n}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(CLERKS).fill(201));
    for (const number of ['customerNumber', 'accountNumber', 'locationNumber']) {
      expect(new Set(answers.map(({ body }) => body[number])).size).toBe(CLERKS);
    }
  });
});
