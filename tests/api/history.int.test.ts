import { addDays } from '../../domain/dates';
import { inTransaction } from '../../db/transaction';
import { makeFlats, makeSmallTown, type Flat, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let other: Flat;
let api: TestApi;
let token: string;
let caseId: string;

beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  other = (await makeFlats(system.db, 1))[0]!;
  await system.startWorker();
  api = await testApi(system);
  token = await api.signedIn(town.users.cora);
  const form = { accountId: town.accountId, accountNumber: town.accountNumber, vacateDate: town.today };
  const opened = await system.desk.moveOut(town.users.cora, {
    ...{ ...form, stopDate: town.today, stopReason: 'CUSTOMER', forwardingAddress: null, newTenant: 'UNKNOWN' },
  });
  caseId = opened.caseId;
});
afterAll(async () => {
  await api.close();
  await system.end();
});

const get = async (path: string) => {
  const { status, body } = await api.get(path, token);
  expect(status).toBe(200);
  return body;
};

describe('the list of cases', () => {
  it('is that of a place or an account, and of what has not ended, where one asks for it', async () => {
    const ids = async (query: string) =>
      (await get(`/cases?${query}`)).data.map((each: { caseId: string }) => each.caseId);
    const here = await ids(`locationNumber=${town.locationNumber}&type=MOVE_OUT`);
    expect(here).toEqual([caseId]);
    expect(await ids(`accountNumber=${town.accountNumber}&type=MOVE_OUT&status=OPEN`)).toEqual([caseId]);
    expect(await ids(`locationNumber=${other.locationNumber}`)).toEqual([]);
    const set = (status: 'INCIDENT' | 'OPEN') =>
      inTransaction(system.db, 1, (tx) => tx.db.Case.update({ status }, { where: { caseId } }));
    await set('INCIDENT');
    expect(await ids('open=true&type=MOVE_OUT')).toEqual([caseId]);
    expect(await ids('open=true&status=COMPLETED')).toEqual([]);
    await set('OPEN');
    expect(await ids(`accountNumber=${town.accountNumber}&locationNumber=${other.locationNumber}`)).toEqual([]);
  });
});

describe("a place's history", () => {
  interface Entry {
    onDate: string;
    kind: string;
    caseId: string | null;
    value: string | null;
    [more: string]: unknown;
  }

  it('has accounts, services, meters, reads and cases, the newest first, of this place alone', async () => {
    const { data, nextCursor } = await get(`/locations/${town.locationNumber}/history?limit=100`);
    expect(nextCursor).toBeNull();
    const entries = data as Entry[];
    const days = entries.map(({ onDate }) => onDate);
    expect(days).toEqual([...days].sort().reverse());
    const of = (kind: string) => entries.filter((each) => each.kind === kind);
    const startOn = addDays(town.today, -400);
    expect(of('ACCOUNT_STARTED')).toMatchObject([{ onDate: startOn, accountNumber: town.accountNumber }]);
    expect(
      of('SERVICE_STARTED')
        .map(({ serviceCode }) => serviceCode)
        .sort(),
    ).toEqual(['REFUSE', 'WATER']);
    expect(of('METER_INSTALLED')).toMatchObject([{ onDate: startOn, meterId: town.meterId }]);
    expect(of('READ')).toMatchObject([
      { onDate: addDays(town.today, -10), source: 'ACTUAL', meterId: town.meterId },
      { onDate: startOn, meterId: town.meterId },
    ]);
    expect(of('READ').map(({ value }) => Number(value))).toEqual([1000, 0]);
    expect(of('CASE_OPENED').find((each) => each.caseId === caseId)).toMatchObject({
      ...{ onDate: town.today, caseType: 'MOVE_OUT', status: 'OPEN', accountNumber: town.accountNumber },
    });
  });

  it('comes in pages that leave out nothing and repeat nothing', async () => {
    // Nobody moves here: what is read twice is the same.
    const whole = (await get(`/locations/${other.locationNumber}/history?limit=100`)).data;
    const paged = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await get(`/locations/${other.locationNumber}/history?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.data);
      cursor = page.nextCursor;
    }
    expect(whole.length).toBeGreaterThan(5);
    expect(paged).toEqual(whole);
  });

  it('is 404 of a place that there is not', async () => {
    expect((await api.get('/locations/L0/history', token)).status).toBe(404);
    expect((await api.get('/accounts/A0/usage', token)).status).toBe(404);
  });
});

describe("an account's usage", () => {
  it('goes from read to read, says what is estimated, and knows a turned register and another meter', async () => {
    const day = (days: number) => addDays(town.today, days);
    const read = { recordedBy: 1, createdAt: new Date() };
    await inTransaction(system.db, 1, async (tx) => {
      const old = { ...read, meterId: other.meterId };
      await tx.db.MeterRead.create({ ...old, readOn: day(-70), value: '999900', source: 'ACTUAL' });
      await tx.db.MeterRead.create({ ...old, readOn: day(-40), value: '100.5', source: 'ESTIMATED', rollover: true });
      const wrong = await tx.db.MeterRead.create({ ...old, readOn: day(-25), value: '5', source: 'ACTUAL' });
      const right = await tx.db.MeterRead.create({ ...old, readOn: day(-25), value: '400.5', source: 'CUSTOMER' });
      await wrong.update({ supersededById: right.id });
      await tx.db.MeterInstallation.update({ removedOn: day(-5) }, { where: { meterId: other.meterId } });
      await tx.db.Meter.update({ servicePointId: null, status: 'REMOVED' }, { where: { id: other.meterId } });
      const size = { dials: 6, multiplier: '10', unit: 'gal' };
      const point = { servicePointId: other.waterPointId };
      const next = await tx.db.Meter.create({ ...size, ...point, serial: 'M-NEXT', status: 'INSTALLED' });
      const installed = { meterId: next.id, ...point, installedOn: day(-5) };
      await tx.db.MeterInstallation.create({ ...installed, removedOn: null, installReadId: null, removalReadId: null });
      const young = { ...read, meterId: next.id, source: 'ACTUAL' as const };
      await tx.db.MeterRead.create({ ...young, readOn: day(-5), value: '0' });
      await tx.db.MeterRead.create({ ...young, readOn: day(0), value: '7.5' });
    });
    const { data } = await get(`/accounts/${other.accountNumber}/usage`);
    expect(data).toEqual([
      {
        ...{ serviceCode: 'WATER', unit: 'gal' },
        periods: [
          { from: day(-400), to: day(-70), quantity: '999900', estimated: false },
          { from: day(-70), to: day(-40), quantity: '200.5', estimated: true },
          { from: day(-40), to: day(-25), quantity: '300', estimated: true },
          { from: day(-25), to: day(-10), quantity: '599.5', estimated: false },
          { from: day(-5), to: day(0), quantity: '75', estimated: false },
        ],
      },
    ]);
    const short = await get(`/accounts/${other.accountNumber}/usage?months=1`);
    expect(short.data[0].periods.map(({ from }: { from: string }) => from)).toEqual([day(-25), day(-5)]);
  });

  it('is that of the account alone, while it had the service', async () => {
    await inTransaction(system.db, 1, (tx) =>
      tx.db.ServiceAgreement.update({ startOn: addDays(town.today, -30) }, { where: { accountId: other.accountId } }),
    );
    const { data } = await get(`/accounts/${other.accountNumber}/usage`);
    expect(data[0].periods[0].from).toBe(addDays(town.today, -25));
  });
});
