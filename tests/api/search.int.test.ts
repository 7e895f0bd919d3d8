import { inTransaction } from '../../db/transaction';
import { makeFlats, makeSmallTown, type Flat, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let flats: Flat[];
let api: TestApi;
let token: string;
let caseId: string;

beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  flats = await makeFlats(system.db, 9);
  await system.startWorker();
  api = await testApi(system);
  token = await api.signedIn(town.users.cora);
  const location = { line1: '9 Élan Oak Street', line2: 'Unit 4' };
  await inTransaction(system.db, 1, async (tx) => {
    await tx.db.Location.update(location, { where: { locationNumber: town.locationNumber } });
    const { customerId } = await tx.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });
    const about = { customerId, purpose: null };
    await tx.db.CustomerContact.bulkCreate([
      { ...about, position: 90, kind: 'PHONE', value: '+15551234567' },
      { ...about, position: 91, kind: 'EMAIL', value: 'otti@example.org' },
    ]);
  });
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

interface Hit {
  kind: string;
  id: string;
  title: string;
  subtitle: string;
  status: string | null;
  link: Record<string, string | number | null>;
}
async function found(q: string): Promise<Hit[]> {
  const { status, body } = await api.get(`/search?q=${encodeURIComponent(q)}`, token);
  expect(status).toBe(200);
  return body.data;
}
const of = (kind: string, hits: Hit[]) => hits.filter((hit) => hit.kind === kind);
const tenant = () => system.db.Account.findByPk(town.accountId, { rejectOnEmpty: true });

describe('a search', () => {
  it.each(['555 123', 'otti@example.org', '123-4567'])('finds a customer by %s', async (q) => {
    const customer = await system.db.Customer.findByPk((await tenant()).customerId, { rejectOnEmpty: true });
    const [hit, ...others] = of('CUSTOMER', await found(q));
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ id: customer.customerNumber, link: { customerNumber: customer.customerNumber } });
    expect(hit?.subtitle).toContain('Oak Street');
  });

  it('finds a customer by the words of a name in any order, accents aside, and up to eight of a kind', async () => {
    const hits = of('CUSTOMER', await found('quácken otto'));
    expect(hits).toHaveLength(8);
    expect(new Set(hits.map(({ title }) => title)).size).toBe(1);
    expect(await found('quackenbush zebra')).toEqual([]);
  });

  it('finds a place by its number or words of its address, with the case that is open there', async () => {
    for (const q of [town.locationNumber, 'elan oak', 'oak 9', 'Oak Street, Unit 4']) {
      const hits = await found(q);
      expect(of('LOCATION', hits)).toMatchObject([{ id: town.locationNumber, title: expect.stringContaining('Oak') }]);
      const cases = of('CASE', hits);
      expect(cases.find(({ id }) => id === caseId)).toMatchObject({
        ...{ title: 'MOVE_OUT', status: 'OPEN', link: { caseId, accountNumber: town.accountNumber } },
      });
      for (const { link } of cases) expect(link.locationNumber).toBe(town.locationNumber);
    }
    expect(of('CASE', await found('zephyrine'))).toEqual([]);
  });

  it('finds the account of a name at a street, which neither of both says alone', async () => {
    const hits = await found('quackenbush oak');
    expect(new Set(hits.map(({ kind }) => kind))).toEqual(new Set(['ACCOUNT', 'CASE']));
    expect(of('ACCOUNT', hits)).toHaveLength(1);
    expect(hits[0]).toMatchObject({
      ...{ id: town.accountNumber, status: 'PENDING_STOP' },
      link: { accountNumber: town.accountNumber, locationNumber: town.locationNumber },
    });
  });

  it('finds accounts, meters, orders and cases by their numbers or parts of them', async () => {
    const [flat] = flats;
    expect(of('ACCOUNT', await found(flat!.accountNumber))).toMatchObject([
      { id: flat!.accountNumber, status: 'ACTIVE' },
    ]);
    const meter = await system.db.Meter.findByPk(flat!.meterId, { rejectOnEmpty: true });
    expect(of('METER', await found(meter.serial.slice(2)))).toMatchObject([
      {
        title: meter.serial,
        status: 'INSTALLED',
        link: { meterId: flat!.meterId, locationNumber: flat!.locationNumber },
      },
    ]);
    const order = await system.db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
    expect(of('SERVICE_ORDER', await found(order.orderNumber))).toMatchObject([
      { id: order.orderNumber, link: { caseId, orderNumber: order.orderNumber } },
    ]);
    expect(of('CASE', await found(caseId.slice(4, 20)))).toMatchObject([{ id: caseId }]);
  });

  it.each(['%', '_', '%%%%', "' OR 1=1", '\\', ',', '...', '🏠'])('takes %p for text', async (q) => {
    expect(await found(q)).toEqual([]);
  });

  it.each(['', '?q=', `?q=${'x'.repeat(81)}`, '?q=a&limit=1'])(
    'without words to look for is malformed: %p',
    async (query) => {
      expect((await api.get(`/search${query}`, token)).status).toBe(400);
    },
  );
});
