import { addDays, weekdayOf } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { invariantsHold } from '../support/flat';
import { order, scratchForm } from '../support/set-up';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'fay', string>;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, fay: await addUser(system.db, 'fay', ['field']) });
});
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
const save = (more: object) => api.post('/cases/onboarding', { ...scratchForm(town), ...more }, token.cora);
const ordersOf = async (query: string, who: keyof typeof token = 'cora') =>
  (await api.get(`/service-orders?${query}`, token[who])).body.data;
const numbersOf = async (query: string, who?: keyof typeof token): Promise<string[]> =>
  (await ordersOf(query, who)).map(({ orderNumber }: { orderNumber: string }) => orderNumber);
async function plan(orderNumber: string, body: object, who: keyof typeof token = 'cora'): Promise<Answered> {
  const etag = (await api.get(`/service-orders/${orderNumber}`, token.cora)).headers.get('etag') ?? '';
  const sent = { token: token[who], body, headers: { 'if-match': etag } };
  return api.call('PATCH', `/api/v1/service-orders/${orderNumber}`, sent);
}
const say = (orderNumber: string, what: string, body: object, who: keyof typeof token = 'fred') =>
  api.post(`/service-orders/${orderNumber}/${what}`, body, token[who]);
const waits = async (caseId: string): Promise<string> => (await api.get(`/cases/${caseId}`, token.cora)).body.waitsFor;

describe('S15 a service order of a set-up', () => {
  it('goes to whom the clerk names, is found, planned anew, done or canceled; the start waits for it', async () => {
    const withAssignee = (assignee: string) => ({ serviceOrders: [order('TURN_ON', { assignee })] });
    for (const [assignee, code] of [
      ['nobody', 'ASSIGNEE_UNKNOWN'],
      ['sam', 'ASSIGNEE_NOT_FIELD'],
    ] as const) {
      const refused = await save(withAssignee(assignee));
      expect([codeOf(refused), pointersOf(refused)]).toEqual([[422, code], ['#/serviceOrders/0/assignee']]);
    }
    const notes = 'Key is with <b>the</b> neighbour & "Bo"';
    const serviceOrders = [order('TURN_ON', { assignee: 'fred', notes }), order('TURN_ON', { gating: false })];
    const { body: saved } = await save({ serviceOrders });
    const { caseId, locationNumber } = saved;
    const [first, second] = await numbersOf(`caseId=${caseId}`);
    expect((await api.get(`/service-orders/${first}`, token.fred)).body).toMatchObject({
      ...{ status: 'DISPATCHED', assignee: { username: 'fred' }, notes, gating: true, dueOn: town.today, alerts: [] },
      dueOnClosedDay: weekdayOf(town.today) > 5,
    });
    expect(await numbersOf(`locationNumber=${locationNumber}&assignee=me`, 'fred')).toEqual([first]);
    expect(await numbersOf(`assignee=fay`)).toEqual([]);
    expect(await numbersOf(`open=true`, 'fay')).toEqual([second]);
    expect(await numbersOf(`dueFrom=${addDays(town.today, 1)}`)).toEqual([]);

    // The place bites: whoever goes there reads it.
    const notesPath = `/locations/${locationNumber}/notes`;
    const alert = { kind: 'ALERT', text: 'Dog in <yard>' };
    expect((await api.post(notesPath, alert, token.cora)).status).toBe(201);
    const page = (await api.get(`/service-orders/${first}/print`, token.fred)).body;
    expect(page).toContain('Alert: Dog in &lt;yard&gt;');
    expect(page).toContain('Key is with &lt;b&gt;the&lt;/b&gt; neighbour &amp; &quot;Bo&quot;');
    expect(page).toContain('M-900002');
    expect((await api.get(`/service-orders/${first}/print`, token.fay)).status).toBe(404);

    // Not done: the set-up says so, and a clerk plans it anew.
    expect((await say(`${first}`, 'unable', { reason: 'Locked gate' })).status).toBe(200);
    await eventually(async () => expect(await waits(caseId)).toContain('could not be done'));
    expect(codeOf(await plan(`${first}`, { assignee: 'fay' }))).toEqual([422, 'RESCHEDULE_NEEDED']);
    const past = await plan(`${first}`, { dueOn: addDays(town.today, -1) });
    expect([codeOf(past), pointersOf(past)]).toEqual([[422, 'ORDER_IN_PAST'], ['#/dueOn']]);
    const stale = { token: token.cora, body: { notes: null }, headers: { 'if-match': '"99"' } };
    expect(codeOf(await api.call('PATCH', `/api/v1/service-orders/${first}`, stale))).toEqual([
      ...[412, 'PRECONDITION_FAILED'],
    ]);
    const again = await plan(`${first}`, { dueOn: addDays(town.today, 2), assignee: 'fay', notes: null });
    expect(again.body).toMatchObject({
      ...{ status: 'DISPATCHED', assignee: { username: 'fay' }, dueOn: addDays(town.today, 2), notes: null },
      unableReason: null,
    });
    expect((await plan(`${first}`, { assignee: null }, 'sam')).body).toMatchObject({ status: 'SCHEDULED' });
    await eventually(async () => expect(await waits(caseId)).not.toContain('could not be done'));

    // Not needed any more: the start does not wait for it.
    expect((await say(`${first}`, 'cancel', { reason: 'Supply was on' }, 'cora')).status).toBe(200);
    await system.desk.ended(caseId);
    expect((await api.get(`/service-orders/${first}`, token.cora)).body).toMatchObject({
      ...{ status: 'CANCELED', reports: [{ outcome: 'CANCELED' }, { outcome: 'UNABLE' }] },
    });
    expect(codeOf(await plan(`${first}`, { notes: 'late' }))).toEqual([409, 'ORDER_CLOSED']);
    expect((await api.get(`/accounts/${saved.accountNumber}`, token.cora)).body.status).toBe('ACTIVE');

    // The start did not wait for the other one: it goes on without the case.
    expect((await api.get(`/service-orders/${second}`, token.fred)).body).toMatchObject({
      caseId: null,
      gating: false,
    });
    expect((await say(`${second}`, 'complete', { reads: [] })).status).toBe(200);
  });

  it('of a move-out cannot be canceled by itself', async () => {
    const { accountNumber, today } = town;
    const dates = { stopDate: today, vacateDate: today };
    const form = { accountNumber, ...dates, forwardingAddress: null, newTenant: 'NO' };
    const { caseId } = (await api.post('/cases/move-out', form, token.cora)).body;
    const [number = ''] = await numbersOf(`caseId=${caseId}`);
    expect(codeOf(await say(number, 'cancel', { reason: 'no' }, 'cora'))).toEqual([409, 'ORDER_NEEDED']);
    expect((await api.get(`/service-orders/${number}`, token.cora)).body.status).toBe('SCHEDULED');
  });
});

describe('S15 a service order beside the cases', () => {
  const ask = (more: object = {}, key?: string) =>
    api.post(
      '/service-orders',
      { accountNumber: town.accountNumber, serviceCode: 'WATER', type: 'READ_IN', ...more },
      token.cora,
      key,
    );

  it('is cut once, read, and its read counts like one of the round', async () => {
    for (const [more, code, pointer] of [
      [{ accountNumber: 'A-NONE' }, 'ACCOUNT_UNKNOWN', '#/accountNumber'],
      [{ serviceCode: 'SEWER' }, 'SERVICE_NOT_HELD', '#/serviceCode'],
      [{ serviceCode: 'REFUSE' }, 'METER_MISSING', '#/type'],
      [{ dueOn: addDays(town.today, -1) }, 'ORDER_IN_PAST', '#/dueOn'],
      [{ assignee: 'cora' }, 'ASSIGNEE_NOT_FIELD', '#/assignee'],
    ] as const) {
      const refused = await ask(more);
      expect([refused.body.code, pointersOf(refused)]).toEqual([code, [pointer]]);
    }
    expect(await system.db.ServiceOrder.count()).toBe(0);
    const cut = await ask({ assignee: 'fred', notes: 'High bill complaint' }, 'cut-1');
    expect(cut).toMatchObject({ status: 201, body: { status: 'APPLIED' } });
    expect((await ask({ assignee: 'fred', notes: 'High bill complaint' }, 'cut-1')).body).toEqual(cut.body);
    const { orderNumber } = cut.body;
    expect(await ordersOf('open=true', 'fred')).toMatchObject([
      { orderNumber, caseId: null, status: 'DISPATCHED', notes: 'High bill complaint' },
    ]);
    const read = (value: string, readAt = town.today) => ({
      reads: [{ meterId: town.meterId, value, readAt, source: 'ACTUAL' }],
    });
    const ahead = await say(orderNumber, 'complete', read('1200', addDays(town.today, 1)));
    expect([codeOf(ahead), pointersOf(ahead)]).toEqual([[422, 'READ_IN_FUTURE'], ['#/reads/0/readAt']]);
    expect((await say(orderNumber, 'unable', { reason: 'Nobody at home' })).status).toBe(200);
    expect((await plan(orderNumber, { dueOn: town.today })).body.status).toBe('DISPATCHED');
    const done = await api.post(`/service-orders/${orderNumber}/complete`, read('1200'), token.fred, 'done-1');
    expect(done).toMatchObject({ status: 200, body: { status: 'APPLIED' } });
    expect(
      (await api.post(`/service-orders/${orderNumber}/complete`, read('1200'), token.fred, 'done-1')).body,
    ).toEqual(done.body);
    expect((await api.get(`/service-orders/${orderNumber}`, token.cora)).body).toMatchObject({
      ...{ status: 'COMPLETED', meter: { lastRead: { value: '1200.000' } } },
      reports: [
        { outcome: 'DONE', status: 'APPLIED' },
        { outcome: 'UNABLE', status: 'APPLIED' },
        { outcome: 'DONE', status: 'VOID' },
      ],
    });
    expect(codeOf(await say(orderNumber, 'complete', read('1300')))).toEqual([409, 'ORDER_CLOSED']);

    const other = (await ask({ serviceCode: 'REFUSE', type: 'TURN_OFF' })).body.orderNumber;
    expect((await say(other, 'cancel', { reason: 'Changed their mind' }, 'cora')).status).toBe(200);
    expect((await api.get(`/service-orders/${other}`, token.cora)).body.status).toBe('CANCELED');
  });
});

describe('notes and alerts on a location', () => {
  it('are shown until they end or expire, and hold no card numbers', async () => {
    const path = `/locations/${town.locationNumber}/notes`;
    const add = (body: object) => api.post(path, body, token.cora);
    const shown = async () => (await api.get(`/locations/${town.locationNumber}`, token.cora)).body;
    const card = await add({ kind: 'NOTE', text: 'Card 4111 1111 1111 1111' });
    expect([codeOf(card), pointersOf(card)]).toEqual([[422, 'CARD_NUMBER'], ['#/text']]);
    expect(pointersOf(await add({ kind: 'ALERT', text: 'Dog', expiresOn: town.today }))).toEqual(['#/expiresOn']);
    const note = (await add({ kind: 'NOTE', text: 'Curb stop is under the hedge' })).body;
    const alert = (await add({ kind: 'ALERT', text: 'Dog in yard', expiresOn: addDays(town.today, 2) })).body;
    expect(await shown()).toMatchObject({
      ...{ alerts: [{ noteId: alert.noteId, text: 'Dog in yard' }], notes: [{ noteId: note.noteId }] },
    });
    expect((await api.post(`${path}/${note.noteId}/end`, {}, token.sam)).body.endedBy).toMatchObject({
      username: 'sam',
    });
    expect(codeOf(await api.post(`${path}/${note.noteId}/end`, {}, token.sam))).toEqual([409, 'NOTE_ENDED']);
    await system.desk.advance(2);
    expect(await shown()).toMatchObject({ alerts: [], notes: [] });
    expect((await api.get(path, token.cora)).body.data).toHaveLength(2);
    expect(codeOf(await api.get(path, token.fred))).toEqual([403, 'ROLE']);
  });
});
