import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive' | 'ada', string>;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  api = await testApi(system);
  const ids = { ...town.users, ada: await addUser(system.db, 'ada', ['admin']) };
  token = await api.allSignedIn(ids);
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const moveOut = (more: object = {}) => ({
  ...{ accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today, forwardingAddress: null },
  ...{ newTenant: 'NO', ...more },
});
const start = (more: object = {}, key?: string) => api.post('/cases/move-out', moveOut(more), token.cora, key);
const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
const orderOf = async (caseId: string) => (await api.get(`/service-orders?caseId=${caseId}`, token.fred)).body.data[0];
const readsOf = (value: string, readAt = town.today) => ({
  reads: [{ meterId: town.meterId, value, readAt, source: 'ACTUAL' }],
});

async function hasRead(caseId: string, value = '4500'): Promise<void> {
  const { orderNumber } = await orderOf(caseId);
  expect(codeOf(await api.post(`/service-orders/${orderNumber}/complete`, readsOf(value), token.fred))).toEqual([
    200,
    'APPLIED',
  ]);
}

const taskOf = (type: string, who: keyof typeof token) =>
  eventually(async () => {
    const { body } = await api.get('/tasks?view=group', token[who]);
    const task = body.data.find((each: { type: string }) => each.type === type);
    if (!task) throw new Error(`${who} sees no task ${type}`);
    return task as { taskId: string; version: number; amountCents: number | null };
  });

async function decide(who: keyof typeof token, type: string, outcome: string, more: object = {}): Promise<Answered> {
  const { taskId, version } = await taskOf(type, who);
  return api.post(`/tasks/${taskId}/complete`, { version, outcome, ...more }, token[who]);
}

describe('S17 over HTTP: a tenant moves out', () => {
  it('is read, final billed, sent back, corrected, approved, posted, refunded and closed; the landlord takes over', async () => {
    const opened = await start({
      forwardingAddress: { line1: '1 New Street', city: 'Millbrook', state: 'CO', postalCode: '80001' },
    });
    const { caseId } = opened.body;
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({ status: 'OPEN', step: 'AWAITING_READ', accountNumber: town.accountNumber });
    expect(opened.headers.get('location')).toBe(`/api/v1/cases/${caseId}`);

    await hasRead(caseId);
    expect((await decide('sam', 'APPROVE_FINAL_BILL', 'SEND_BACK')).body.code).toBe('REASON_REQUIRED');
    expect((await decide('sam', 'APPROVE_FINAL_BILL', 'SEND_BACK', { comment: 'The read looks high' })).status).toBe(
      200,
    );
    const reads = [{ meterId: town.meterId, value: '4400', readOn: town.today, source: 'ACTUAL' }];
    const correction = (await api.get(`/tasks/${(await taskOf('CORRECT_FINAL_BILL', 'cora')).taskId}`, token.cora))
      .body;
    expect(correction.outcomes).toContainEqual(
      expect.objectContaining({
        outcome: 'CORRECT_READ',
        dataSchema: expect.objectContaining({ required: ['reads'], additionalProperties: false }),
      }),
    );
    expect((await decide('cora', 'CORRECT_FINAL_BILL', 'CORRECT_READ', { data: {}, comment: 'misread' })).status).toBe(
      400,
    );
    expect((await decide('cora', 'CORRECT_FINAL_BILL', 'REDRAFT', { data: { reads } })).status).toBe(400);
    expect(
      (await decide('cora', 'CORRECT_FINAL_BILL', 'CORRECT_READ', { data: { reads }, comment: 'misread' })).status,
    ).toBe(200);
    expect((await decide('cora', 'RECONNECT_TO_LANDLORD', 'RECONNECT')).status).toBe(200);

    const draft = await api.get(`/cases/${caseId}/final-bill`, token.sue);
    expect(draft.body).toMatchObject({
      revision: 2,
      status: 'DRAFT',
      totalCents: 1753,
      accountNumber: town.accountNumber,
    });
    const { taskId } = await taskOf('APPROVE_FINAL_BILL', 'sue');
    const task = (await api.get(`/tasks/${taskId}`, token.sue)).body;
    expect(task.outcomes).toContainEqual({
      outcome: 'APPROVE',
      label: 'Approve',
      reasonRequired: false,
      refusedBecause: null,
      dataSchema: expect.objectContaining({ type: 'object', properties: {}, additionalProperties: false }),
    });
    const approved = await decide('sue', 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(approved.body).toMatchObject({ status: 'APPLIED', decisionId: expect.stringMatching(/^dec_/) });

    await eventually(async () => expect((await api.get(`/cases/${caseId}`, token.cora)).body.status).toBe('COMPLETED'));
    const theCase = (await api.get(`/cases/${caseId}`, token.cora)).body;
    expect(theCase.moveOut).toMatchObject({ finalBillCents: 1753, newTenant: 'NO' });
    expect(theCase.links.temporal).toBe(`http://ui.test/namespaces/default/workflows/${caseId}`);
    const bill = (await api.get(`/bills/${theCase.moveOut.finalBillNumber}`, token.cora)).body;
    expect(bill).toMatchObject({ totalCents: 1753, revision: 2, approvedBy: { username: 'sue' } });
    expect(bill.lines.reduce((sum: number, line: { amountCents: number }) => sum + line.amountCents, 0)).toBe(1753);

    expect((await taskOf('APPROVE_REFUND', 'sam')).amountCents).toBe(10_000 - 1753);
    expect((await decide('sam', 'APPROVE_REFUND', 'APPROVE')).status).toBe(200);
    const account = await eventually(async () => {
      const { body } = await api.get(`/accounts/${town.accountNumber}`, token.cora);
      expect(body.status).toBe('CLOSED');
      return body;
    });
    expect(account).toMatchObject({ balanceCents: 0, depositsHeldCents: 0, openCases: [] });
    expect(account.forwardingAddress).toMatchObject({ line1: '1 New Street' });

    const ledger = (await api.get(`/accounts/${town.accountNumber}/ledger?limit=2`, token.cora)).body;
    expect(ledger.data[0].balanceCents).toBe(0);
    const rest = (
      await api.get(`/accounts/${town.accountNumber}/ledger?limit=100&cursor=${ledger.nextCursor}`, token.cora)
    ).body;
    const entries = [...ledger.data, ...rest.data];
    expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(entries.length);
    expect(entries.reduce((sum, entry) => sum + entry.receivableCents, 0)).toBe(0);

    const place = (await api.get(`/locations/${town.locationNumber}`, token.cora)).body;
    const [water] = place.servicePoints;
    expect(water.meter.lastRead).toMatchObject({ value: '4400.000', readOn: town.today });
    expect(water.agreements.filter(({ holds }: { holds: boolean }) => holds)).toMatchObject([
      { accountRole: 'LANDLORD', status: 'ACTIVE' },
    ]);
    expect(place.landlord.lines).toHaveLength(2);
  });
});

describe('one request, sent again', () => {
  it('with the same key and body is answered as before, whether it opened or was refused', async () => {
    const first = await start({}, 'key-1');
    const again = await start({}, 'key-1');
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);

    const refused = await start({}, 'key-2');
    expect(codeOf(refused)).toEqual([409, 'CASE_OPEN']);
    expect(refused.body.details).toEqual({ caseId: first.body.caseId });
    const refusedAgain = await start({}, 'key-2');
    expect(refusedAgain.body).toEqual(refused.body);
    expect(refusedAgain.headers.get('idempotent-replayed')).toBe('true');
    expect(await system.db.Case.count({ where: { type: 'MOVE_OUT' } })).toBe(1);
  });

  it('at once, several times, opens one case with one id', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => start({}, 'key-1')));
    expect(new Set(answers.map(({ body }) => body.caseId)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(await system.db.Draft.count()).toBe(1);
  });

  it('with the same key and another body or route is refused; without a key too', async () => {
    await start({}, 'key-1');
    expect(codeOf(await start({ newTenant: 'YES' }, 'key-1'))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const payment = {
      receiptNumber: 'R-1',
      amountCents: 100,
      receivedOn: town.today,
      method: 'CASH',
      applyTo: 'ACCOUNT',
    };
    expect(codeOf(await api.post(`/accounts/${town.accountNumber}/payments`, payment, token.cora, 'key-1'))).toEqual([
      422,
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect(codeOf(await start({}, ''))).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
    // Another person's key is another key.
    expect(codeOf(await api.post('/cases/move-out', moveOut(), token.cliff, 'key-1'))).toEqual([409, 'CASE_OPEN']);
  });

  it('is answered the same refusal from Temporal when the answer was not saved', async () => {
    const first = await start({ stopDate: addDays(town.today, 400) }, 'key-1');
    expect(codeOf(first)).toEqual([422, 'STOP_TOO_FAR_AHEAD']);
    const { code, detail } = first.body;
    expect(first.body.errors).toEqual([{ pointer: '#/stopDate', code, detail }]);
    await system.db.sequelize.transaction(() =>
      system.db.HttpRequest.update({ status: null, response: null }, { where: { idempotencyKey: 'key-1' } }),
    );
    const again = await start({ stopDate: addDays(town.today, 400) }, 'key-1');
    expect(codeOf(again)).toEqual([422, 'STOP_TOO_FAR_AHEAD']);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
    const { subjectId } = await system.db.HttpRequest.findOne({
      where: { idempotencyKey: 'key-1' },
      rejectOnEmpty: true,
    });
    const shown = await api.get(`/cases/${subjectId}`, token.cora);
    expect(shown.body).toMatchObject({ status: 'REFUSED', problem: { code: 'STOP_TOO_FAR_AHEAD' } });
  });
});

describe('a request for what is not there', () => {
  it('is refused before anything starts', async () => {
    expect(codeOf(await start({ accountNumber: 'A0' }))).toEqual([404, 'NOT_FOUND']);
    expect(await system.db.Draft.count()).toBe(0);
  });
});

describe('a decision', () => {
  it('is refused to who started the case, to other groups, over the limit and on an older version', async () => {
    await system.db.sequelize.transaction(() =>
      system.db.UserRole.create({ userId: town.users.cora, role: 'supervisor' }),
    );
    const { caseId } = (await start()).body;
    await hasRead(caseId);
    const { taskId, version } = await taskOf('APPROVE_FINAL_BILL', 'sue');
    const complete = (who: keyof typeof token, body: object) =>
      api.post(`/tasks/${taskId}/complete`, { version, outcome: 'APPROVE', ...body }, token[who]);
    expect(codeOf(await complete('cora', {}))).toEqual([403, 'OWN_WORK']);
    expect(codeOf(await complete('cliff', {}))).toEqual([403, 'ROLE']);
    expect(codeOf(await complete('sue', { version: version + 1 }))).toEqual([409, 'STALE_TASK']);
    expect(codeOf(await complete('sue', { outcome: 'MAYBE' }))).toEqual([422, 'OUTCOME_UNKNOWN']);
    const settings = await api.get('/settings', token.ada);
    const etag = settings.headers.get('etag') ?? '';
    const limit = { approvalLimitsCents: { supervisor: 100 } };
    const patch = (ifMatch: string) =>
      api.call('PATCH', '/api/v1/settings', { token: token.ada, body: limit, headers: { 'if-match': ifMatch } });
    expect((await patch('"0"')).status).toBe(412);
    expect((await patch(etag)).body.approvalLimitsCents).toEqual({ supervisor: 100 });
    expect((await patch(etag)).status).toBe(412);
    expect(codeOf(await complete('sue', {}))).toEqual([403, 'OVER_LIMIT']);
    expect(await system.db.Decision.count()).toBe(0);
  });

  it('of two at once is one; a claimed task is its holder’s; the same decision again is the same', async () => {
    const { caseId } = (await start()).body;
    await hasRead(caseId);
    const { taskId, version } = await taskOf('APPROVE_FINAL_BILL', 'sue');
    const approve = (who: keyof typeof token, key?: string) =>
      api.post(`/tasks/${taskId}/complete`, { version, outcome: 'APPROVE' }, token[who], key);
    expect((await api.post(`/tasks/${taskId}/claim`, {}, token.sue)).body.assignee).toMatchObject({ username: 'sue' });
    expect(codeOf(await api.post(`/tasks/${taskId}/claim`, {}, token.sam))).toEqual([409, 'TASK_CLAIMED']);
    expect(codeOf(await api.post(`/tasks/${taskId}/release`, {}, token.sam))).toEqual([409, 'TASK_CLAIMED']);
    expect(codeOf(await approve('sam'))).toEqual([409, 'TASK_CLAIMED']);
    expect((await api.get('/tasks?view=mine', token.sue)).body.data).toHaveLength(1);
    expect((await api.post(`/tasks/${taskId}/release`, {}, token.sue)).body.assignee).toBeNull();
    const [one, two, three] = await Promise.all([approve('sue', 'k1'), approve('sue', 'k2'), approve('sam')]);
    const won = [one, two, three].filter(({ status }) => status === 200);
    expect(new Set(won.map(({ body }) => body.decisionId)).size).toBe(1);
    expect(await system.db.Decision.count({ where: { status: 'APPLIED' } })).toBe(1);
    const winner = one.status === 200 ? 'sue' : 'sam';
    expect((await approve(winner)).body).toMatchObject({ status: 'APPLIED', decisionId: won[0]?.body.decisionId });
    expect(codeOf(await approve(winner === 'sue' ? 'sam' : 'sue'))[0]).toBe(409);
  });
});

describe('the field', () => {
  it('sees its own and unassigned orders, and is told why a read is refused', async () => {
    const { caseId } = (await start()).body;
    const { orderNumber, meter } = await orderOf(caseId);
    expect(meter).toMatchObject({ meterId: town.meterId, lastRead: { value: '1000.000' } });
    const order = `/service-orders/${orderNumber}`;
    expect(codeOf(await api.post(`${order}/complete`, readsOf('9999999'), token.fred))).toEqual([
      422,
      'READ_TOO_MANY_DIGITS',
    ]);
    expect((await api.get(order, token.fred)).body.reports).toMatchObject([
      { status: 'VOID', readsTaken: [{ value: '9999999' }] },
    ]);
    expect(codeOf(await api.post(`${order}/unable`, { reason: 'Locked gate' }, token.fred))).toEqual([200, 'APPLIED']);
    expect((await api.get(order, token.cora)).body).toMatchObject({ status: 'UNABLE', unableReason: 'Locked gate' });
    const other = await addUser(system.db, 'fay', ['field']);
    await system.db.sequelize.transaction(() =>
      system.db.ServiceOrder.update({ assigneeId: other }, { where: { orderNumber } }),
    );
    expect((await api.get(order, token.fred)).status).toBe(404);
    expect((await api.post(`${order}/complete`, readsOf('1500'), token.fred)).status).toBe(404);
    expect((await api.get('/service-orders', token.fred)).body.data).toEqual([]);
    expect(codeOf(await api.post(`${order}/complete`, readsOf('1500'), await api.signedIn(other)))).toEqual([
      200,
      'APPLIED',
    ]);
    expect(codeOf(await api.post(`${order}/complete`, readsOf('1600'), await api.signedIn(other)))).toEqual([
      409,
      'ORDER_CLOSED',
    ]);
  });
});

describe('a case', () => {
  it('is listed page by page, and shown to operators without names and addresses', async () => {
    const { caseId } = (await start()).body;
    await eventually(async () => expect((await api.get('/cases', token.cora)).body.data).toHaveLength(2));
    const first = (await api.get('/cases?limit=1', token.cora)).body;
    const second = (await api.get(`/cases?limit=1&cursor=${first.nextCursor}`, token.cora)).body;
    expect(new Set([...first.data, ...second.data].map(({ type }) => type))).toEqual(new Set(['MOVE_OUT', 'VACANCY']));
    expect(second.nextCursor).toBeNull();
    expect((await api.get('/cases?q=Quacken&type=MOVE_OUT', token.cora)).body.data).toHaveLength(1);
    expect((await api.get(`/cases?q=${town.accountNumber}`, token.olive)).body.data.length).toBeGreaterThan(0);
    expect((await api.get('/cases?q=Quacken', token.olive)).body.data).toEqual([]);
    for (const path of ['/cases', `/cases/${caseId}`]) {
      const { body } = await api.get(path, token.olive);
      expect(JSON.stringify(body)).toContain(town.accountNumber);
      expect(JSON.stringify(body)).not.toMatch(/Ottoline|Quackenbush|Featherstonehaugh|Zephyrine|555-0147/);
    }
  });

  it('is canceled once, and has no incident to retry', async () => {
    const { caseId } = (await start()).body;
    const retry = { action: 'RETRY', reason: 'looked at it' };
    expect(codeOf(await api.post(`/cases/${caseId}/incident`, retry, token.olive))).toEqual([409, 'NO_INCIDENT']);
    const later = { startDate: addDays(town.today, 3), reason: 'later' };
    expect(codeOf(await api.post(`/cases/${caseId}/reschedule`, later, token.cliff))).toEqual([
      422,
      'DATE_NOT_OF_CASE',
    ]);
    expect(codeOf(await api.post(`/cases/${caseId}/reschedule`, { reason: 'later' }, token.cliff))).toEqual([
      422,
      'DATE_MISSING',
    ]);
    const same = { stopDate: town.today, reason: 'the same' };
    expect(codeOf(await api.post(`/cases/${caseId}/reschedule`, same, token.cliff))).toEqual([422, 'NOTHING_TO_MOVE']);
    expect(codeOf(await api.post(`/cases/${caseId}/cancel`, { reason: 'stays after all' }, token.cliff))).toEqual([
      200,
      'APPLIED',
    ]);
    expect(codeOf(await api.post(`/cases/${caseId}/cancel`, { reason: 'again' }, token.cliff))).toEqual([
      409,
      'CASE_CLOSED',
    ]);
    expect(codeOf(await api.post('/cases/moveout-0/cancel', { reason: 'x' }, token.cliff))).toEqual([404, 'NOT_FOUND']);
    expect((await api.get(`/cases/${caseId}`, token.cora)).body).toMatchObject({ status: 'CANCELED' });
    const { body } = await api.get(`/audit?caseId=${caseId}`, token.ada);
    const actions = body.data.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['case.requested', 'command.recorded', 'command.voided']));
  });
});

describe('a payment', () => {
  it('is posted once per receipt, and its case answers the balance', async () => {
    const pay = (receiptNumber: string, amountCents = 250, key?: string) =>
      api.post(
        `/accounts/${town.accountNumber}/payments`,
        { receiptNumber, amountCents, receivedOn: town.today, method: 'CHECK', applyTo: 'ACCOUNT' },
        token.cora,
        key,
      );
    const paid = await pay('R-1', 250, 'k1');
    expect(paid.status).toBe(201);
    expect(paid.body).toMatchObject({ status: 'COMPLETED', step: 'POSTED', receiptNumber: 'R-1', balanceCents: -250 });
    expect((await pay('R-1', 250, 'k1')).body).toEqual(paid.body);
    expect(codeOf(await pay('R-1'))).toEqual([409, 'RECEIPT_USED']);
    expect((await api.get(`/accounts/${town.accountNumber}`, token.cora)).body.balanceCents).toBe(-250);
  });
});

describe('the clock', () => {
  it('moves the date once per request and wakes the cases that wait for it', async () => {
    const stopDate = addDays(town.today, 20);
    const { caseId } = (await start({ stopDate })).body;
    const before = (await api.get('/clock', token.fred)).body.today;
    const advance = (key: string) => api.post('/clock/advance', { days: 21 }, token.ada, key);
    expect((await advance('k1')).body.today).toBe(addDays(before, 21));
    expect((await advance('k1')).body.today).toBe(addDays(before, 21));
    await system.db.sequelize.transaction(() =>
      system.db.HttpRequest.update({ status: null, response: null }, { where: { idempotencyKey: 'k1' } }),
    );
    expect((await advance('k1')).body.today).toBe(addDays(before, 21));
    const { orderNumber } = await orderOf(caseId);
    expect(
      codeOf(await api.post(`/service-orders/${orderNumber}/complete`, readsOf('2000', stopDate), token.fred)),
    ).toEqual([200, 'APPLIED']);
    expect(await taskOf('APPROVE_FINAL_BILL', 'sue')).toBeDefined();
  });

  it('is not moved in production', async () => {
    const production = await testApi({ ...system, config: { ...api.deps.config, production: true } });
    expect(codeOf(await production.post('/clock/advance', { days: 1 }, token.ada))).toEqual([403, 'NOT_IN_PRODUCTION']);
    await production.close();
  });
});
