import { INVARIANTS } from '../../tools/invariants';
import { addDays } from '../../domain/dates';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive', string>;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
  await inTransaction(system.db, 1, async ({ db }) => {
    const rate = await db.Rate.findOne({ where: { code: 'RES-WATER' }, rejectOnEmpty: true });
    const row = await db.RateVersion.findOne({ where: { rateId: rate.id }, rejectOnEmpty: true });
    const { charges, ...version } = JSON.parse(row.definition);
    const amount = { by: 'meterSize', values: { '5/8': '10.00', '1': '25.00' } };
    const base = { kind: 'BASE', amount, times: [{ measure: 'MONTHS' }] };
    await row.update({ definition: JSON.stringify({ ...version, charges: [base, charges[1]] }) });
  });
});
afterEach(async () => {
  await api.close();
  await system.end();
});

type Who = keyof typeof token;
const quote = () => {
  const reads = [{ meterId: town.meterId, value: '4500' }];
  return api.post(`/accounts/${town.accountNumber}/quote`, { stopOn: town.today, reads }, token.cora);
};
const change = (priceTerms: object | null, who: Who, serviceCode = 'WATER') => {
  const line = { serviceCode, effectiveOn: addDays(town.today, -9), priceTerms };
  return api.post(
    `/accounts/${town.accountNumber}/services`,
    { change: [line], reason: 'the meter is larger' },
    token[who],
  );
};
const agreementsOf = async (accountNumber = town.accountNumber) =>
  (await api.get(`/accounts/${accountNumber}`, token.cora)).body.agreements;
const baseOf = (lines: { code: string; amountCents: number }[]) =>
  lines.find(({ code }) => code === 'BASE')?.amountCents;

it('prices a bill by the attributes and months of the agreement, which a supervisor gives it and which its facts keep', async () => {
  const missing = await quote();
  expect([missing.status, missing.body.code, missing.body.errors[0].pointer]).toEqual([
    422,
    'ATTRIBUTE_MISSING',
    '#/stopOn',
  ]);

  const terms = { attributes: { meterSize: '1' }, months: '2' };
  expect((await change(terms, 'cora')).body.code).toBe('TERMS_NEED_SUPERVISOR');
  expect((await change({ attributes: { meterSize: 1 } }, 'sue')).body.errors[0].pointer).toBe(
    '#/change/0/priceTerms/attributes/meterSize',
  );
  expect((await change(terms, 'sue')).status).toBe(201);
  const [water, refuse] = await agreementsOf();
  expect([water.priceTerms, refuse.priceTerms]).toEqual([terms, null]);

  // $25 for each of two months, ten days of sixty.
  const quoted = (await quote()).body;
  expect(baseOf(quoted.lines)).toBe(833);
  const form = {
    accountNumber: town.accountNumber,
    stopDate: town.today,
    vacateDate: town.today,
    forwardingAddress: null,
  };
  const { caseId } = (await api.post('/cases/move-out', { ...form, newTenant: 'NO' }, token.cora)).body;
  const [order] = (await api.get(`/service-orders?caseId=${caseId}`, token.fred)).body.data;
  const reads = [{ meterId: town.meterId, value: '4500', readAt: town.today, source: 'ACTUAL' }];
  await api.post(`/service-orders/${order.orderNumber}/complete`, { reads }, token.fred);
  const revision = await eventually(() => system.db.BillRevision.findOne({ where: { caseId }, rejectOnEmpty: true }));
  expect(revision.totalCents).toBe(quoted.totalCents);
  const { services } = JSON.parse(revision.facts);
  const factsOf = (code: string) => services.find((each: { serviceType: string }) => each.serviceType === code);
  expect(factsOf('WATER')).toMatchObject(terms);
  for (const absent of ['attributes', 'measures', 'months', 'averageUsage'])
    expect(factsOf('REFUSE')).not.toHaveProperty(absent);
  const recomputes = INVARIANTS.find(({ name }) => name === 'bill-recomputes');
  expect(await recomputes?.find(system.db)).toEqual([]);

  const copied = (await api.get('/customers/C900001/copy', token.cora)).body;
  expect(copied.form.services.find((each: { serviceCode: string }) => each.serviceCode === 'WATER').priceTerms).toEqual(
    terms,
  );
});

it('gives a set-up what its form says, and the landlord what is of the place', async () => {
  await change({ attributes: { meterSize: '5/8' }, averageUsage: '5000' }, 'sue');
  const form = {
    accountNumber: town.accountNumber,
    stopDate: town.today,
    vacateDate: town.today,
    forwardingAddress: null,
  };
  const { caseId } = (await api.post('/cases/move-out', { ...form, newTenant: 'NO' }, token.cora)).body;
  await system.desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
  const [order] = (await api.get(`/service-orders?caseId=${caseId}`, token.fred)).body.data;
  const reads = [{ meterId: town.meterId, value: '4500', readAt: town.today, source: 'ACTUAL' }];
  await api.post(`/service-orders/${order.orderNumber}/complete`, { reads }, token.fred);
  const landlord = await eventually(async () => {
    const where = { servicePointId: town.waterPointId, status: 'ACTIVE' as const };
    const agreement = await system.db.ServiceAgreement.findOne({ where, rejectOnEmpty: true });
    return system.db.Account.findByPk(agreement.accountId, { rejectOnEmpty: true });
  });
  const [atLandlord] = await agreementsOf(landlord.accountNumber);
  expect(atLandlord.priceTerms).toEqual({ attributes: { meterSize: '5/8' } });

  const priceTerms = { attributes: { meterSize: '1' }, measures: { KW: '12.5' } };
  const copied = (await api.get('/customers/C900001/copy', token.cora)).body.form;
  const services = copied.services.map((line: { serviceCode: string }) =>
    line.serviceCode === 'WATER' ? { ...line, priceTerms } : line,
  );
  const customer = { ...copied.customer, name: { line: 'Ada Quill' } };
  const saved = await api.post(
    '/cases/onboarding',
    { ...copied, services, customer, startDate: addDays(town.today, 3) },
    token.cora,
  );
  expect(saved.status).toBe(201);
  const theCase = (await api.get(`/cases/${saved.body.caseId}`, token.cora)).body;
  expect(theCase.onboarding.approvalReasons).toContain('UNITS');
  expect((await agreementsOf(saved.body.accountNumber))[0].priceTerms).toEqual(priceTerms);
});

it('lets no clerk alone add a service with what nobody had there before, nor with what is measured of a customer', async () => {
  const add = (priceTerms: object | null, who: Who) => {
    const line = { serviceCode: 'REFUSE', position: 2, rateCode: 'RES-REFUSE', quantity: '1', units: '1' };
    const rest = { frequency: 'MONTHLY', connectDate: town.today, priceTerms };
    return api.post(
      `/accounts/${town.accountNumber}/services`,
      { add: [{ ...line, ...rest }], reason: 'a cart' },
      token[who],
    );
  };
  const refused = await add({ attributes: { cart: 'small' } }, 'cora');
  expect([refused.body.code, refused.body.errors[0].pointer]).toEqual(['TERMS_NEED_SUPERVISOR', '#/add/0/priceTerms']);
  expect((await add({ averageUsage: '0' }, 'cora')).body.code).toBe('TERMS_NEED_SUPERVISOR');
  expect((await add({ attributes: { cart: 'small' } }, 'sue')).status).toBe(201);
});
