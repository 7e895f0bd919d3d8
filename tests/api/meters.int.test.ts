import { addDays } from '../../domain/dates';
import { INVARIANTS } from '../../tools/invariants';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive', string>;
const flat = flatStories(() => ({ system, town }));

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
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
const change = async (method: 'PATCH' | 'DELETE', path: string, body?: object) => {
  const etag = (await api.get(path, token.cora)).headers.get('etag') ?? '';
  return api.call(method, `/api/v1${path}`, { token: token.cora, body, headers: { 'if-match': etag } });
};
const face = (serial: string, more: object = {}) => ({ serial, dials: 6, multiplier: '1', unit: 'gal', ...more });
const exchange = (meterId: number, more: object = {}, key?: string) =>
  api.post(
    `/meters/${meterId}/exchange`,
    {
      ...{ newMeter: face('N-1', { dials: 4, multiplier: '10' }), exchangedOn: addDays(town.today, -2) },
      ...{ removalRead: '1400', installRead: '7', reason: 'the register stuck', ...more },
    },
    token.cora,
    key,
  );
const finalBill = async (caseId: string) => {
  await flat.stepOf(caseId, 'AWAITING_APPROVAL');
  const { content, totalCents } = (await api.get(`/cases/${caseId}/final-bill`, token.cora)).body;
  return { content: content.bill ?? content, totalCents };
};
const waterOf = async (caseId: string) => {
  const { services } = (await finalBill(caseId)).content;
  return services.find(({ serviceType }: { serviceType: string }) => serviceType === 'WATER');
};

describe('S10 an installed meter is exchanged', () => {
  it('under whoever has the service: the final bill adds both meters up, with one fixed charge', async () => {
    await setUp({ landlordDecision: null });
    const first = await exchange(town.meterId, {}, 'k1');
    expect(first).toMatchObject({ status: 201, body: { kind: 'METER_EXCHANGE', status: 'APPLIED' } });
    expect((await exchange(town.meterId, {}, 'k1')).body).toEqual(first.body);
    expect((await api.get(`/field-work/${first.body.workId}`, token.cora)).body).toEqual(first.body);
    const { meterId } = first.body.result;
    const at = (await api.get(`/locations/${town.locationNumber}`, token.cora)).body.servicePoints[0].meter;
    expect(at).toMatchObject({ meterId, serial: 'N-1', lastRead: { value: '7.000', readOn: addDays(town.today, -2) } });
    expect((await api.get(`/meters/${town.meterId}`, token.cora)).body).toMatchObject({
      ...{ status: 'REMOVED', locationNumber: null },
      installations: [{ removedOn: addDays(town.today, -2), removalRead: '1400.000' }],
    });
    expect(codeOf(await exchange(town.meterId))).toEqual([409, 'METER_NOT_INSTALLED']);

    const left = await flat.moveOut({ newTenant: 'UNKNOWN' });
    const order = await flat.openOrder(left.caseId);
    await system.desk.report(town.users.fred, order, { meterId, value: '57', readOn: town.today });
    const { content, totalCents } = await finalBill(left.caseId);
    const water = content.lines.filter(({ serviceType }: { serviceType: string }) => serviceType === 'WATER');
    // 1400 - 1000 on the old meter, (57 - 7) times 10 on the new one: 900 gal at $3.00 a thousand; base and refuse for 10 days.
    expect(
      water.map((each: { kind: string; quantity: string; amountCents: number }) => [
        ...[each.kind, each.quantity, each.amountCents],
      ]),
    ).toEqual([
      ['BASE', null, 333],
      ['USAGE', '900', 270],
    ]);
    expect(totalCents).toBe(333 + 270 + 400);
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.ended(left.caseId);
  });

  it('under a pending stop: the stop read is of the new meter, and a newcomer begins with it', async () => {
    await setUp({ landlordDecision: null });
    const left = await flat.moveOut({ stopDate: addDays(town.today, 1), vacateDate: addDays(town.today, 1) });
    const { meterId } = (await exchange(town.meterId, { exchangedOn: town.today })).body.result;
    const saved = await flat.setUpAt(addDays(town.today, 1));
    await system.desk.advance(1);
    const order = await flat.openOrder(left.caseId);
    const read = { value: '9', readOn: addDays(town.today, 1) };
    await expect(system.desk.report(town.users.fred, order, { meterId: town.meterId, ...read })).rejects.toThrow();
    await system.desk.report(town.users.fred, order, { meterId, ...read });
    expect(await waterOf(left.caseId)).toMatchObject({ usage: '420' });
    await flat.stepOf(saved.caseId, 'ACTIVE');
    expect(await flat.chain()).toEqual(['TENANT STOPPED ..T+1', 'TENANT ACTIVE T+1..']);
  });

  it('also when a stop before the exchange is told later: it is read between the reads of the meter of that day', async () => {
    await setUp({ landlordDecision: null });
    const { meterId } = (await exchange(town.meterId)).body.result;
    const stopDate = addDays(town.today, -6);
    const left = await flat.moveOut({ stopDate, vacateDate: stopDate, newTenant: 'UNKNOWN' });
    const order = await flat.openOrder(left.caseId);
    await system.desk.report(town.users.fred, order, { meterId, value: '57', readOn: town.today });
    // 1000 on T-10 and 1400 on T-2, so 1200 on T-6: half of it is the leaver's, the rest nobody's yet.
    expect(await waterOf(left.caseId)).toMatchObject({ usage: '200' });
    const saved = await flat.setUpAt(stopDate);
    await flat.stepOf(saved.caseId, 'ACTIVE');
    const second = await flat.moveOut({
      ...{ newTenant: 'UNKNOWN', accountNumber: saved.accountNumber },
      accountId: (await system.db.Account.findOne({ where: { accountNumber: saved.accountNumber } }))?.id,
    });
    const last = await flat.openOrder(second.caseId);
    await system.desk.report(town.users.fred, last, { meterId, value: '57', readOn: town.today });
    expect(await waterOf(second.caseId)).toMatchObject({ usage: '700' });
  });

  it('is refused with every field at fault, and then nothing is written', async () => {
    await setUp();
    const before = await system.db.MeterRead.count();
    const many = await exchange(town.meterId, {
      ...{ exchangedOn: addDays(town.today, 1), newMeter: face('M-900001', { unit: 'cf' }) },
    });
    expect(codeOf(many)).toEqual([422, 'EXCHANGE_IN_FUTURE']);
    expect(faultsOf(many)).toEqual([
      ...['EXCHANGE_IN_FUTURE #/exchangedOn', 'METER_SAME #/newMeter/serial', 'METER_UNIT #/newMeter/unit'],
    ]);
    const bad: [string, object][] = [
      ['EXCHANGE_BEFORE_BILLED #/exchangedOn', { exchangedOn: addDays(town.today, -11) }],
      ['READ_BELOW_LAST #/removalRead', { removalRead: '999' }],
      ['READ_TOO_MANY_DIGITS #/installRead', { installRead: '123456' }],
    ];
    for (const [fault, more] of bad) expect(faultsOf(await exchange(town.meterId, more))).toEqual([fault]);
    expect(codeOf(await exchange(999))).toEqual([404, 'NOT_FOUND']);
    expect([await system.db.MeterRead.count(), await system.db.Meter.count()]).toEqual([before, 1]);
    expect(await system.db.FieldWorkRequest.count({ where: { status: 'REFUSED' } })).toBe(4);
    const left = await flat.moveOut({ stopDate: addDays(town.today, -3), vacateDate: addDays(town.today, -3) });
    expect(faultsOf(await exchange(town.meterId))).toEqual(['EXCHANGE_AFTER_STOP #/exchangedOn']);
    await system.desk.command(town.users.cora, left.caseId, 'CANCEL');
  });
});

it('S10 a set-up takes a meter out and puts another in, where nobody has the service any more', async () => {
  await setUp({ landlordDecision: null });
  const left = await flat.moveOut({ newTenant: 'UNKNOWN' });
  const meters = [
    { action: 'REMOVE', serviceCode: 'WATER', serial: 'M-900001', removalRead: { value: '1500', readOn: town.today } },
    { serviceCode: 'WATER', ...face('N-1'), beginRead: { value: '3', readOn: town.today } },
  ];
  const save = (more: object = {}) =>
    api.post(
      '/cases/onboarding',
      {
        ...{ customer: { name: { line: 'Ottoline Quackenbush' } }, location: { existing: town.locationNumber } },
        ...{ startDate: town.today, services: [{ serviceCode: 'WATER', rateCode: 'RES-WATER' }], meters, ...more },
      },
      token.cora,
    );
  expect(faultsOf(await save())).toEqual(['METER_HELD #/meters/0']);
  await flat.report(left.caseId, '1500');
  await flat.stepOf(left.caseId, 'AWAITING_APPROVAL');
  expect(faultsOf(await save({ meters: [{ ...meters[0], serial: 'M-1' }, meters[1]] }))).toEqual([
    ...['METER_NOT_THERE #/meters/0/serial'],
  ]);
  expect(faultsOf(await save({ meters: [meters[0]] }))).toEqual(['METER_MISSING #/services/0']);
  const low = { ...meters[0], removalRead: { value: '1499', readOn: town.today } };
  expect(faultsOf(await save({ meters: [low, meters[1]] }))).toEqual([
    ...['READ_BELOW_LAST #/meters/0/removalRead/value'],
  ]);
  const saved = await save();
  expect(saved).toMatchObject({ status: 201, body: { step: 'ACTIVE' } });
  // Handed over on one read of the old meter; the usage is that of both.
  const [leaver, newcomer] = await system.db.ServiceAgreement.findAll({
    where: { serviceCode: 'WATER' },
    order: ['id'],
  });
  expect(newcomer).toMatchObject({ status: 'ACTIVE', startReadId: leaver?.stopReadId });
  const { meterId } = (await api.get(`/locations/${town.locationNumber}`, token.cora)).body.servicePoints[0].meter;
  const day = addDays(town.today, 1);
  await system.desk.advance(1);
  const again = await flat.moveOut({
    ...{ accountId: newcomer?.accountId, accountNumber: saved.body.accountNumber, stopDate: day, vacateDate: day },
  });
  const order = await flat.openOrder(again.caseId);
  await system.desk.report(town.users.fred, order, { meterId, value: '103', readOn: day });
  expect(await waterOf(again.caseId)).toMatchObject({ usage: '100' });
});

it('S10 a meter in stock is added, corrected, retired and deleted; one in use keeps what bills count with', async () => {
  await setUp();
  const added = await api.post('/meters', face('S-1'), token.cora);
  expect(added).toMatchObject({ status: 201, body: { status: 'INVENTORY', installations: [], reads: [] } });
  expect(codeOf(await api.post('/meters', face('S-1'), token.cliff))).toEqual([409, 'SERIAL_TAKEN']);
  const path = `/meters/${added.body.meterId}`;
  expect((await change('PATCH', path, { serial: 'S-2', dials: 5, status: 'TESTING' })).body).toMatchObject({
    ...{ serial: 'S-2', dials: 5, status: 'TESTING' },
  });
  expect((await api.get('/meters?status=TESTING&q=S-', token.cora)).body.data).toMatchObject([{ serial: 'S-2' }]);
  const there = `/meters/${town.meterId}`;
  expect((await change('PATCH', there, { serial: 'M-900009' })).body).toMatchObject({ serial: 'M-900009' });
  for (const [field, value] of Object.entries({ dials: 5, multiplier: '10', unit: 'cf' })) {
    const refused = await change('PATCH', there, { [field]: value });
    expect(refused).toMatchObject({ status: 409, body: { code: 'METER_IN_USE', errors: [{ pointer: `#/${field}` }] } });
  }
  expect(codeOf(await change('PATCH', there, { status: 'RETIRED' }))).toEqual([409, 'METER_INSTALLED']);
  expect(codeOf(await change('DELETE', there))).toEqual([409, 'METER_INSTALLED']);
  const used = { exchangedOn: addDays(town.today, -2), newMeter: face('S-2', { dials: 5 }) };
  expect((await exchange(town.meterId, used)).status).toBe(201);
  expect(codeOf(await change('DELETE', there))).toEqual([409, 'METER_IN_USE']);
  expect((await change('PATCH', there, { status: 'RETIRED' })).body.status).toBe('RETIRED');
  const back = await exchange(added.body.meterId, { newMeter: face('M-900009'), exchangedOn: town.today });
  expect(faultsOf(back)).toEqual(['METER_RETIRED #/newMeter/serial']);
  const spare = await api.post('/meters', face('S-3'), token.cora);
  expect((await change('DELETE', `/meters/${spare.body.meterId}`)).status).toBe(204);
  expect(codeOf(await api.get(`/meters/${spare.body.meterId}`, token.cora))).toEqual([404, 'NOT_FOUND']);
});
