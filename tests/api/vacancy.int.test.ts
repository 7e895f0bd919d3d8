import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sue' | 'fred' | 'ada', string>;

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
const vacancyOf = () => system.db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
const moveOut = (stopDate = town.today) =>
  api.post(
    '/cases/move-out',
    {
      ...{ accountNumber: town.accountNumber, stopDate, vacateDate: stopDate },
      ...{ forwardingAddress: null, newTenant: 'NO' },
    },
    token.cora,
  );
const complete = async (type: 'RECONNECT_TO_LANDLORD' | 'CONFIRM_SHUT_OFF', who: string, body: object) => {
  const { id, version } = await system.desk.openTask(type);
  return api.post(`/tasks/${id}/complete`, { version, data: {}, comment: 'seen', ...body }, who);
};

it('S19 shuts a place off over HTTP, but not while somebody must not be, and starts a vacancy there after it', async () => {
  await setUp({ landlordDecision: 'ASK' });
  const start = (locationNumber = town.locationNumber) => api.post('/cases/vacancy', { locationNumber }, token.cora);
  expect(codeOf(await start())).toEqual([422, 'NOTHING_VACANT']);
  expect(codeOf(await start('L000000'))).toEqual([422, 'LOCATION_UNKNOWN']);
  const left = await moveOut();
  const protect = (body: object) =>
    api.post(`/locations/${town.locationNumber}/no-shut-off`, { reason: 'MEDICAL', ...body }, token.cora);
  expect(codeOf(await protect({ untilOn: addDays(town.today, -1) }))).toEqual([422, 'UNTIL_IN_PAST']);
  expect(codeOf(await protect({ untilOn: town.today, accountNumber: 'A1' }))).toEqual([404, 'ACCOUNT_UNKNOWN']);
  const given = { untilOn: addDays(town.today, 30), accountNumber: town.accountNumber, note: 'oxygen' };
  const flag = await protect(given);
  expect(flag).toMatchObject({ status: 201, body: { ...given, reason: 'MEDICAL', endedAt: null } });
  const shutOff = () => complete('RECONNECT_TO_LANDLORD', token.cliff, { outcome: 'SHUT_OFF' });
  expect(codeOf(await shutOff())).toEqual([409, 'NO_SHUT_OFF']);
  const path = `/locations/${town.locationNumber}/no-shut-off`;
  expect((await api.post(`${path}/${flag.body.noShutOffId}/end`, {}, token.cora)).status).toBe(200);
  expect(codeOf(await api.post(`${path}/${flag.body.noShutOffId}/end`, {}, token.cora))).toEqual([
    409,
    'ALREADY_ENDED',
  ]);
  expect((await api.get(path, token.cora)).body.data).toMatchObject([{ endedBy: { username: 'cora' } }]);
  expect(codeOf(await shutOff())).toEqual([200, 'APPLIED']);
  expect(codeOf(await complete('CONFIRM_SHUT_OFF', token.sue, { outcome: 'APPROVE' }))).toEqual([200, 'APPLIED']);
  const readOut = await system.db.ServiceOrder.findOne({ where: { type: 'READ_HANDOVER' }, rejectOnEmpty: true });
  const read = { meterId: town.meterId, value: '1500', readAt: town.today, source: 'ACTUAL' };
  const done = (number: string, reads: object[]) =>
    api.post(`/service-orders/${number}/complete`, { reads }, token.fred);
  const turnOff = await system.db.ServiceOrder.findOne({ where: { type: 'TURN_OFF' }, rejectOnEmpty: true });
  expect(codeOf(await done(turnOff.orderNumber, []))).toEqual([409, 'STILL_SERVED']);
  const anyRead = readOut.orderNumber;
  expect(codeOf(await done(anyRead, [read]))).toEqual([200, 'APPLIED']);
  expect(codeOf(await done(turnOff.orderNumber, []))).toEqual([200, 'APPLIED']);
  const { caseId } = await vacancyOf();
  await eventually(async () =>
    expect((await api.get(`/cases/${caseId}`, token.cora)).body).toMatchObject({
      status: 'COMPLETED',
      step: 'SHUT_OFF',
    }),
  );
  expect((await api.get(`/cases/${left.body.caseId}`, token.cora)).status).toBe(200);

  const started = await start();
  expect(started).toMatchObject({ status: 201, body: { status: 'OPEN', step: 'NEW_TENANT_SETUP' } });
  expect(await start()).toMatchObject({
    ...{ status: 409, body: { code: 'CASE_OPEN', details: { caseId: started.body.caseId } } },
  });
  const declines = await api.post(`/cases/${started.body.caseId}/landlord-declines`, { reason: 'x' }, token.cora);
  expect(codeOf(declines)).toEqual([409, 'NOTHING_TO_DECLINE']);
  await system.desk.advance(3);
  const place = await api.get(`/locations/${town.locationNumber}`, token.cora);
  const days = { from: addDays(town.today, 1), through: addDays(town.today, 3), isOpen: true };
  expect(place.body.unassigned).toMatchObject([days, { ...days, serviceCode: 'WATER', usage: '0', unit: 'gal' }]);
  const list = `/unassigned-usage?from=${town.today}&to=${addDays(town.today, 3)}`;
  expect((await api.get(list, token.cora)).status).toBe(403);
  expect((await api.get(list, token.sue)).body.data).toMatchObject([
    { locationNumber: town.locationNumber, serviceCode: 'WATER' },
    { locationNumber: town.locationNumber, serviceCode: 'REFUSE' },
  ]);
  expect((await api.post(`/cases/${started.body.caseId}/cancel`, { reason: 'x' }, token.cora)).status).toBe(200);
});
