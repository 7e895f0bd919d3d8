import { QueryTypes } from 'sequelize';
import { addDays } from '../../domain/dates';
import { inTransaction, type Tx } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive', string>;

const interest = {
  ...{ enabled: true, dayBasis: 365 as const, minHoldDays: 0 },
  rateTable: [{ from: '2000-01-01', percent: '3' }],
};

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db, { interest, openingCents: 500 });
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const quote = (body: object, who: keyof typeof token = 'cora', accountNumber = town.accountNumber) =>
  api.post(`/accounts/${accountNumber}/quote`, body, token[who]);
const told = (value: string, more: object = {}) => ({ meterId: town.meterId, value, ...more });
const faultOf = ({ status, body }: Answered) => [status, body.code, body.errors[0]?.pointer];

/** Row count and checksum of every table but those that signing in writes. */
async function fingerprint(): Promise<Record<string, string>> {
  const { sequelize } = system.db;
  const tables = await sequelize.query<{ name: string }>(
    `SELECT table_name name FROM information_schema.tables WHERE table_schema = DATABASE()`,
    { type: QueryTypes.SELECT },
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [count] = await sequelize.query<{ n: number }>(`SELECT COUNT(*) n FROM \`${name}\``, {
      type: QueryTypes.SELECT,
    });
    const [sum] = await sequelize.query<{ Checksum: number }>(`CHECKSUM TABLE \`${name}\``, {
      type: QueryTypes.SELECT,
    });
    found[name] = `${count?.n} ${sum?.Checksum}`;
  }
  return found;
}

const changed = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(system.db, 1, act);

const readOf = (readOn: string, value: string) =>
  changed((tx) => {
    const read = { meterId: town.meterId, readOn, value, source: 'ACTUAL' as const };
    return tx.db.MeterRead.create({ ...read, recordedBy: 1, createdAt: tx.now });
  });

/** The tenant moves out today with this read; what the supervisor would approve. */
async function draftOf(value: string, stopDate = town.today) {
  const form = {
    ...{ accountNumber: town.accountNumber, stopDate, vacateDate: stopDate },
    forwardingAddress: null,
    newTenant: 'NO',
  };
  const { body } = await api.post('/cases/move-out', form, token.cora);
  const order = (await api.get(`/service-orders?caseId=${body.caseId}`, token.fred)).body.data[0];
  const reads = [{ meterId: town.meterId, value, readAt: town.today, source: 'ACTUAL' }];
  const done = await api.post(`/service-orders/${order.orderNumber}/complete`, { reads }, token.fred);
  expect(done.status).toBe(200);
  return eventually(async () => {
    const draft = await api.get(`/cases/${body.caseId}/final-bill`, token.sue);
    expect(draft.status).toBe(200);
    return draft.body;
  });
}

const cut = (line: Record<string, unknown>) => [line.code, line.amountCents, line.quantity];

describe('a final bill is estimated before anybody moves out', () => {
  it('with lines, their working, the deposit with its interest and what is left, and nothing is written', async () => {
    const before = await fingerprint();
    const { status, body } = await quote({ stopOn: town.today, reads: [told('4500')] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ accountNumber: town.accountNumber, stopOn: town.today, estimated: false, balanceBeforeCents: 500 },
      reads: [{ meterId: town.meterId, value: '4500', source: 'CUSTOMER', estimated: false, recorded: false }],
    });
    // $10 base and $12 refuse of 10 days, 3,500 gallons at $3.
    expect(body.lines.map(cut)).toEqual([
      ['FLAT', 400, '1.0000'],
      ['BASE', 333, null],
      ['USAGE', 1050, '3500'],
    ]);
    expect(body.totalCents).toBe(1783);
    for (const line of body.lines) expect(line.steps.length).toBeGreaterThan(0);
    const [deposit] = body.deposits;
    expect(deposit).toMatchObject({ heldCents: 10_000, appliedCents: body.depositAppliedCents });
    expect(deposit.interestCents).toBeGreaterThan(0);
    expect(deposit.interestSteps.length).toBeGreaterThan(0);
    expect(body.netCents).toBe(500 + 1783 - 10_000 - deposit.interestCents);
    expect([body.dueCents, body.refundCents]).toEqual([0, -body.netCents]);
    expect(await fingerprint()).toEqual(before);
  });

  it('equals the bill that is drafted later for the same date and read, to the cent', async () => {
    await system.startWorker();
    const asked = (await quote({ stopOn: town.today, reads: [told('4500')] })).body;
    const draft = await draftOf('4500');
    expect(draft.totalCents).toBe(asked.totalCents);
    expect(draft.content.bill.lines.map(cut)).toEqual(asked.lines.map(cut));
    const { balanceBeforeCents, interestCents, depositAppliedCents, netCents } = asked;
    expect(draft.content.preview).toEqual({ balanceBeforeCents, interestCents, depositAppliedCents, netCents });
    // Every service has stopped now: the quote has the reads that are recorded.
    const stopped = await quote({ stopOn: town.today });
    expect(stopped.body).toMatchObject({ totalCents: asked.totalCents, netCents, reads: [{ recorded: true }] });
    expect(stopped.body.lines.map(cut)).toEqual(asked.lines.map(cut));
    expect(faultOf(await quote({ stopOn: addDays(town.today, 1) }))).toEqual([409, 'STOP_IS_SET', '#/stopOn']);
    const again = await quote({ stopOn: town.today, reads: [told('4600')] });
    expect(faultOf(again)).toEqual([409, 'READ_RECORDED', '#/reads/0/meterId']);
  });

  it('equals it too where the meter is read days after the stop: the read is put on the straight line', async () => {
    await system.startWorker();
    const stopOn = addDays(town.today, -3);
    const asked = (await quote({ stopOn, reads: [told('4500', { readOn: town.today })] })).body;
    expect(asked.reads).toMatchObject([{ value: '3450', source: 'SYSTEM_PRORATED', readOn: stopOn }]);
    const draft = await draftOf('4500', stopOn);
    expect(draft.content.bill.lines.map(cut)).toEqual(asked.lines.map(cut));
    expect(draft.content.preview).toMatchObject({ netCents: asked.netCents, interestCents: asked.interestCents });
  });
});

it('adds up both meters of an exchange, the new one named by its serial, or gone on by the mean of both', async () => {
  await system.startWorker();
  const newMeter = { serial: 'M-NEW', dials: 5, multiplier: '10', unit: 'gal' };
  const exchange = { newMeter, exchangedOn: addDays(town.today, -5), removalRead: '1500', installRead: '20' };
  const done = await api.post(`/meters/${town.meterId}/exchange`, { ...exchange, reason: 'it leaks' }, token.cora);
  expect(done.status).toBe(201);
  const { body } = await quote({ stopOn: town.today, reads: [{ serial: 'M-NEW', value: '90' }] });
  expect(body.services.find(({ serviceCode }: { serviceCode: string }) => serviceCode === 'WATER').usage).toBe('1200');
  const old = await quote({ stopOn: town.today, reads: [told('1600')] });
  expect(faultOf(old)).toEqual([422, 'METER_NOT_OF_ACCOUNT', '#/reads/0/meterId']);
  // The mean is of the old meter's reads; the new one has only the read it was put in with.
  const { reads, estimated } = (await quote({ stopOn: town.today })).body;
  expect([estimated, reads[0].serial, Number(reads[0].value) > 20]).toEqual([true, 'M-NEW', true]);
});

describe('a read that is missing', () => {
  it('is estimated by the mean of the last 3 or 12 months, and said so', async () => {
    // 390 days for 1,000 gallons so far; the last three months are thriftier.
    await readOf(addDays(town.today, -110), '990');
    const stopOn = addDays(town.today, 20);
    const { body } = await quote({ stopOn });
    expect(body).toMatchObject({ estimated: true, reads: [{ source: 'ESTIMATED', estimated: true, value: '1003' }] });
    expect(body.reads[0].steps).toMatchObject([{ rule: 'rule 4', values: { days: '30', perDay: '0.1' } }]);
    const year = (await quote({ stopOn, meanMonths: 12 })).body;
    expect(Number(year.reads[0].value)).toBeGreaterThan(1050);
    expect(year.totalCents).toBeGreaterThan(body.totalCents);
  });

  it('is on the line between two reads where the day lies between them, which is no estimate', async () => {
    await readOf(town.today, '2000');
    const { body } = await quote({ stopOn: addDays(town.today, -5) });
    expect(body).toMatchObject({ estimated: false, reads: [{ source: 'SYSTEM_PRORATED', value: '1500' }] });
  });

  it('cannot be estimated for who has used nothing that is known, nor past a whole turn of the meter', async () => {
    await changed(({ db }) => db.Meter.update({ dials: 4 }, { where: { id: town.meterId } }));
    expect(faultOf(await quote({ stopOn: '2199-12-31' }))).toEqual([422, 'ESTIMATE_TOO_FAR', '#/stopOn']);
    await changed(({ db }) => db.MeterRead.update({ source: 'ESTIMATED' }, { where: { value: '1000' } }));
    expect(faultOf(await quote({ stopOn: town.today }))).toEqual([422, 'READ_NEEDED', '#/reads']);
  });
});

describe('what stands against a quote', () => {
  it('is refused with the field at fault', async () => {
    const { today } = town;
    expect(faultOf(await quote({ stopOn: addDays(today, -10) }))).toEqual([422, 'BILLED_PAST_STOP', '#/stopOn']);
    expect(faultOf(await quote({ stopOn: today, reads: [told('900')] }))).toEqual([
      422,
      'READ_BELOW_LAST',
      '#/reads/0/value',
    ]);
    expect(faultOf(await quote({ stopOn: today, reads: [told('1e9')] }))).toEqual([
      400,
      'MALFORMED',
      '#/reads/0/value',
    ]);
    expect(faultOf(await quote({ stopOn: today, reads: [{ value: '1200' }] }))).toEqual([
      400,
      'MALFORMED',
      '#/reads/0/meterId',
    ]);
    const other = { serial: 'NOT-THERE', value: '5' };
    expect(faultOf(await quote({ stopOn: today, reads: [told('1200'), other] }))).toEqual([
      422,
      'METER_NOT_OF_ACCOUNT',
      '#/reads/1/meterId',
    ]);
    expect(faultOf(await quote({ stopOn: today, reads: [told('1200'), told('1300')] }))).toEqual([
      422,
      'READ_TWICE',
      '#/reads/1/meterId',
    ]);
    const early = told('1200', { readOn: addDays(today, -1) });
    expect(faultOf(await quote({ stopOn: today, reads: [early] }))).toEqual([
      422,
      'READ_BEFORE_STOP',
      '#/reads/0/readOn',
    ]);
    expect((await quote({ stopOn: today }, 'cora', 'A0')).status).toBe(404);
    expect((await quote({ stopOn: today }, 'fred')).body.code).toBe('ROLE');
    await changed(async ({ db }) => {
      for (const version of await db.RateVersion.findAll()) {
        const definition = { ...JSON.parse(version.definition), effectiveTo: addDays(today, -2) };
        await version.update({ definition: JSON.stringify(definition) });
      }
    });
    expect(faultOf(await quote({ stopOn: today }))).toEqual([422, 'RATE_GAP', '#/stopOn']);
    await changed(({ db }) => db.Account.update({ status: 'CLOSED' }, { where: { id: town.accountId } }));
    expect((await quote({ stopOn: today })).body.code).toBe('ACCOUNT_NOT_ACTIVE');
  });

  it("is only a warning where a customer's read is far from the average", async () => {
    const { body } = await quote({ stopOn: town.today, reads: [told('9000')] });
    expect(body.warnings).toMatchObject([{ code: 'USAGE_UNUSUAL', pointer: '#/reads/0/value' }]);
    expect((await quote({ stopOn: town.today, reads: [told('1026')] })).body.warnings).toEqual([]);
    expect((await quote({ stopOn: town.today, reads: [told('9000', { source: 'ACTUAL' })] })).body.warnings).toEqual(
      [],
    );
  });
});
