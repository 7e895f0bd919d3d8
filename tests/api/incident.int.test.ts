import { parsedJson } from '../../db/reads/select';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { flatRate, incidentIn, pricesGone, refusePoint, refuseRates, tableGone } from '../support/incidents';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive' | 'ada', string>;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db, { landlordDecision: null, depositCents: 0 });
  await system.startWorker();
  api = await testApi(system);
  const ids = { ...town.users, ada: await addUser(system.db, 'ada', ['admin']) };
  token = await api.allSignedIn(ids);
});
afterEach(async () => {
  await api.close();
  try {
    await invariantsHold(system);
  } finally {
    await system.end();
  }
});

const flat = flatStories(() => ({ system, town }));
const codeOf = ({ status, body }: Answered) => [status, body.code ?? body.status];
const pointersOf = ({ body }: Answered) => body.errors.map(({ pointer }: { pointer: string }) => pointer);
const act = (who: keyof typeof token, caseId: string, action: string, more: object = {}) =>
  api.post(`/cases/${caseId}/incident`, { action, reason: 'looked at it', ...more }, token[who]);
const incidents = async (who: keyof typeof token, caseId: string) =>
  (await api.get(`/cases/${caseId}`, token[who])).body.incidents;
const refusals = (incident: { actions: { action: string; refusedBecause: string | null }[] }) =>
  incident.actions.map(({ action, refusedBecause }) => [action, refusedBecause]);
const data = (rateCode = 'ALT-REFUSE') => ({ data: { rates: [{ serviceCode: 'REFUSE', rateCode }] } });

/** A tenant's final bill cannot be drafted: the rate of refuse has no prices any more; another one has. */
async function billWithoutPrices() {
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  const prices = await pricesGone(system.db, 'RES-REFUSE');
  await flatRate(system.db, 'REFUSE', 'ALT-REFUSE', 1500);
  await flat.report(caseId, '1500');
  const { id: incidentId } = await incidentIn(system.db, caseId);
  return { caseId, incidentId, prices };
}

describe('an incident', () => {
  it('says its cause and what can be done by whom, to each what they may, and nothing once it is resolved', async () => {
    const { caseId, incidentId, prices } = await billWithoutPrices();
    const [shown] = await incidents('olive', caseId);
    expect(shown).toMatchObject({
      ...{ incidentId, step: 'draftFinalBill', causeKind: 'REFUSAL', code: 'RATE_MISSING' },
      ...{ cause: 'The service has no rate', status: 'OPEN', resolvedBy: null, amendmentTaskId: null },
      actions: [
        { action: 'RETRY', roles: ['operator'], refusedBecause: null },
        { action: 'AMEND', roles: ['clerk', 'supervisor'], refusedBecause: 'ROLE' },
        { action: 'ABORT', roles: ['operator'], refusedBecause: null },
      ],
    });
    const byClerk = [
      ['RETRY', 'ROLE'],
      ['AMEND', null],
      ['ABORT', 'ROLE'],
    ];
    expect(refusals((await incidents('cora', caseId))[0])).toEqual(byClerk);
    expect(codeOf(await act('cora', caseId, 'RETRY'))).toEqual([403, 'ROLE']);
    expect(codeOf(await act('olive', caseId, 'AMEND', data()))).toEqual([403, 'ROLE']);
    expect(codeOf(await act('fred', caseId, 'ABORT'))).toEqual([403, 'ROLE']);
    expect(codeOf(await act('olive', caseId, 'SKIP'))).toEqual([409, 'NOT_SKIPPABLE']);
    expect(codeOf(await act('olive', caseId, 'RETRY', { incidentId: incidentId + 1 }))).toEqual([409, 'NO_INCIDENT']);
    await prices.putBack();
    const both = await Promise.all([act('olive', caseId, 'RETRY'), act('olive', caseId, 'RETRY', { incidentId })]);
    expect(both.map(codeOf).sort()).toEqual([
      [200, 'APPLIED'],
      [409, 'NO_INCIDENT'],
    ]);
    expect((await incidents('olive', caseId))[0]).toMatchObject({
      ...{ status: 'RESOLVED', resolution: 'RETRY', reason: 'looked at it', actions: [] },
      resolvedBy: { username: 'olive' },
    });
    expect(codeOf(await act('olive', caseId, 'ABORT'))).toEqual([409, 'NO_INCIDENT']);
    expect(codeOf(await act('olive', 'moveout-0', 'RETRY'))).toEqual([404, 'NOT_FOUND']);
  });

  it('takes no action without a reason, none that it does not know, and no amendment without its data', async () => {
    const { caseId, prices } = await billWithoutPrices();
    for (const body of [
      { action: 'ABORT' },
      { action: 'SKIP', reason: ' ' },
      { action: 'RESET', reason: 'x' },
      { action: 'AMEND', reason: 'x' },
      { action: 'AMEND', reason: 'x', data: { rates: [] } },
      { action: 'RETRY', reason: 'x', ...data() },
    ])
      expect(codeOf(await api.post(`/cases/${caseId}/incident`, body, token.olive))).toEqual([400, 'MALFORMED']);
    const wrong = await act('cora', caseId, 'AMEND', data('RES-WATER'));
    expect([codeOf(wrong), pointersOf(wrong)]).toEqual([[422, 'RATE_UNKNOWN'], ['#/data/rates/0/rateCode']]);
    await prices.putBack();
  });
});

describe('an amendment', () => {
  it('is a task that shows what changes, approved by a second person and not by whoever proposed it', async () => {
    const { caseId } = await billWithoutPrices();
    expect(codeOf(await act('sam', caseId, 'AMEND', data()))).toEqual([200, 'APPLIED']);
    const group = (await api.get('/tasks?view=group', token.sue)).body.data;
    const task = group.find(({ type }: { type: string }) => type === 'APPROVE_AMENDMENT');
    expect(task).toMatchObject({ caseId, candidateGroup: 'supervisor' });
    expect(refusals((await incidents('cora', caseId))[0])).toContainEqual(['AMEND', 'AMENDMENT_PENDING']);
    expect((await incidents('cora', caseId))[0]).toMatchObject({ amendmentTaskId: task.taskId });
    expect(codeOf(await act('cora', caseId, 'AMEND', data()))).toEqual([409, 'AMENDMENT_PENDING']);
    const seen = (await api.get(`/tasks/${task.taskId}`, token.sam)).body;
    expect(seen.subject).toMatchObject({
      ...{ step: 'draftFinalBill', code: 'RATE_MISSING', reason: 'looked at it' },
      rates: [{ serviceCode: 'REFUSE', before: 'RES-REFUSE', after: 'ALT-REFUSE' }],
    });
    expect(seen.outcomes).toContainEqual(expect.objectContaining({ outcome: 'APPROVE', refusedBecause: 'OWN_WORK' }));
    const decide = (who: 'sam' | 'sue', outcome: string, comment?: string) =>
      api.post(`/tasks/${task.taskId}/complete`, { version: 1, outcome, comment }, token[who]);
    expect(codeOf(await decide('sam', 'APPROVE'))).toEqual([403, 'OWN_WORK']);
    expect(codeOf(await decide('sue', 'REJECT'))).toEqual([422, 'REASON_REQUIRED']);
    expect(codeOf(await decide('sue', 'APPROVE'))).toEqual([200, 'APPLIED']);
    await eventually(async () => expect((await api.get(`/cases/${caseId}`, token.cora)).body.status).toBe('OPEN'));
    expect((await incidents('cora', caseId))[0]).toMatchObject({
      ...{ resolution: 'AMEND', reason: 'looked at it', resolvedBy: { username: 'sue' }, amendmentTaskId: null },
    });
    // The office's reason may speak of the customer.
    expect((await incidents('olive', caseId))[0]).toMatchObject({ resolution: 'AMEND', reason: null });
    await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
  });
});

it('the approval of an amendment says in its history that it is asked no more, once its incident is resolved', async () => {
  const { caseId, prices } = await billWithoutPrices();
  expect(codeOf(await act('sam', caseId, 'AMEND', data()))).toEqual([200, 'APPLIED']);
  const { id } = await system.desk.openTask('APPROVE_AMENDMENT', caseId);
  await prices.putBack();
  expect(codeOf(await act('olive', caseId, 'RETRY'))).toEqual([200, 'APPLIED']);
  const { status, history } = (await api.get(`/tasks/${id}`, token.sue)).body;
  expect(status).toBe('CANCELED');
  expect(history.map(({ action }: { action: string }) => action)).toEqual(['task.opened', 'task.canceled']);
  expect(history[1]).toMatchObject({ actor: { username: 'olive' } });
});

it('an amendment says which row needs a position, and is not approved once another rate was set', async () => {
  const { db } = system;
  await flatRate(db, 'REFUSE', 'OWN-REFUSE', 900);
  await refusePoint(db, town, { position: 2, rateCode: 'OWN-REFUSE' });
  const { caseId } = await billWithoutPrices();
  const ambiguous = await act('cora', caseId, 'AMEND', data());
  expect([codeOf(ambiguous), pointersOf(ambiguous)]).toEqual([[422, 'SERVICE_AMBIGUOUS'], ['#/data/rates/0']]);
  const row = { serviceCode: 'REFUSE', position: 1, rateCode: 'ALT-REFUSE' };
  const missing = await act('cora', caseId, 'AMEND', { data: { rates: [row, { ...row, position: 3 }] } });
  expect([codeOf(missing), pointersOf(missing)]).toEqual([[422, 'SERVICE_UNKNOWN'], ['#/data/rates/1/position']]);
  const none = await act('cora', caseId, 'AMEND', { data: { rates: [{ ...row, position: 0 }] } });
  expect([codeOf(none), pointersOf(none)]).toEqual([[400, 'MALFORMED'], ['#/data/rates/0/position']]);
  expect(codeOf(await act('cora', caseId, 'AMEND', { data: { rates: [row] } }))).toEqual([200, 'APPLIED']);
  const { id, subject } = await system.desk.openTask('APPROVE_AMENDMENT', caseId);
  const shown = { serviceCode: 'REFUSE', position: 1, before: 'RES-REFUSE', after: 'ALT-REFUSE' };
  expect((await api.get(`/tasks/${id}`, token.sue)).body.subject.rates).toEqual([expect.objectContaining(shown)]);
  const [{ agreementId }] = parsedJson<{ rates: [{ agreementId: number }] }>(subject).rates;
  const { id: rateId } = await db.Rate.findOne({ where: { code: 'OWN-REFUSE' }, rejectOnEmpty: true });
  await inTransaction(db, 1, (tx) => tx.db.ServiceAgreement.update({ rateId }, { where: { id: agreementId } }));
  const approved = await api.post(`/tasks/${id}/complete`, { version: 1, outcome: 'APPROVE' }, token.sue);
  expect(codeOf(approved)).toEqual([409, 'AMENDMENT_STALE']);
  expect(await refuseRates(db)).toEqual(['OWN-REFUSE', 'OWN-REFUSE']);
});

describe('a case whose opening failed', () => {
  it('shows its incident without a row, is aborted, and whoever asked for it is refused', async () => {
    const table = await tableGone(system.db, 'move_out');
    const form = {
      ...{ accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today },
      ...{ forwardingAddress: null, newTenant: 'NO' },
    };
    const asked = await api.post('/cases/move-out', form, token.cora, 'k1');
    const { caseId } = (await eventually(() => system.db.Incident.findOne({ rejectOnEmpty: true }))) as {
      caseId: string;
    };
    if (asked.status === 202) expect(asked.body).toMatchObject({ caseId, status: 'SAVING' });
    const shown = (await api.get(`/cases/${caseId}`, token.olive)).body;
    expect(shown).toMatchObject({ status: 'INCIDENT', incidents: [{ step: 'scheduleStop', causeKind: 'UNEXPECTED' }] });
    expect(codeOf(await act('olive', caseId, 'ABORT'))).toEqual([200, 'APPLIED']);
    await table.putBack();
    const problem = { code: 'CASE_ABORTED', status: 409 };
    expect((await api.get(`/cases/${caseId}`, token.cora)).body).toMatchObject({ status: 'REFUSED', problem });
    expect(codeOf(await api.post('/cases/move-out', form, token.cora, 'k1'))).toEqual([409, 'CASE_ABORTED']);
    expect(await system.db.Case.count()).toBe(0);
    expect(codeOf(await act('olive', caseId, 'ABORT'))).toEqual([409, 'CASE_CLOSED']);
    expect((await api.post('/cases/move-out', form, token.cora, 'k2')).status).toBe(201);
  });
});

it('a feed’s chunk that is aborted was not taken, which its sender is told', async () => {
  const table = await tableGone(system.db, 'meter_read');
  const rows = [{ sourceId: 'S-1', meterSerial: 'M-900001', readOn: town.today, value: '1200', source: 'ACTUAL' }];
  const sent = await api.post('/feeds/reads', { rows }, token.ada, 'f1');
  expect(sent.status).toBe(202);
  const { chunkId } = sent.body;
  await incidentIn(system.db, chunkId);
  expect(codeOf(await act('olive', chunkId, 'SKIP'))).toEqual([409, 'NOT_SKIPPABLE']);
  expect(codeOf(await act('olive', chunkId, 'ABORT'))).toEqual([200, 'APPLIED']);
  await table.putBack();
  expect(await system.client.workflow.result(chunkId)).toBe('REFUSED');
  const again = await api.post('/feeds/reads', { rows }, token.ada, 'f1');
  expect([codeOf(again), again.body.errors]).toEqual([
    [422, 'BAD_ROWS'],
    [expect.objectContaining({ pointer: '#', code: 'CHUNK_ABORTED' })],
  ]);
  expect(await api.post('/feeds/reads', { rows }, token.ada, 'f2')).toMatchObject({ status: 201, body: { taken: 1 } });
});
