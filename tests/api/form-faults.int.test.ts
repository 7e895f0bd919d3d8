import { INVARIANTS } from '../../tools/invariants';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { eventually } from '../support/eventually';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'ada', string>;
beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db, { askedDepositCents: 10_000 });
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, ada: await addUser(system.db, 'ada', ['admin']) });
});
afterAll(async () => {
  try {
    for (const { name, find } of INVARIANTS) expect({ name, rows: await find(system.db) }).toEqual({ name, rows: [] });
  } finally {
    await api.close();
    await system.end();
  }
});

let places = 0;
const address = () => ({ line1: `${++places} Zephyrine Walk`, city: 'Millbrook', state: 'CO', postalCode: '80000' });
const refuse = { serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' };
const form = (more: object = {}) => ({
  customer: { name: { line: 'Ottoline Quackenbush' } },
  ...{ location: { address: address() }, startDate: town.today, services: [refuse], ...more },
});
const save = (body: object) => api.post('/cases/onboarding', body, token.cora);

/** Types a form into a draft; what is said of it. */
async function typed(content: object): Promise<Answered> {
  const begun = await api.post('/drafts', {}, token.cora);
  const headers = { 'if-match': begun.headers.get('etag') ?? '' };
  const path = `/api/v1/drafts/${begun.body.draftId}`;
  return api.call('PUT', path, { token: token.cora, body: { content }, headers });
}
const saidOf = ({ body }: Answered, severity = 'ERROR') =>
  (body.problems as { pointer: string; code: string; severity: string }[])
    .filter((each) => each.severity === severity)
    .map(({ pointer, code }) => `${pointer} ${code}`)
    .sort();
const refusedWith = ({ status, body }: Answered) => [
  ...[status, body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`).sort()],
];

describe('S20 terms that were never in force', () => {
  it('are nobody’s default: a copy of a canceled set-up asks for approval as the set-up did', async () => {
    const services = [{ ...refuse, units: '0.1' }];
    const first = await save(form({ services }));
    expect(first.body).toMatchObject({ status: 'OPEN', step: 'PENDING_APPROVAL' });
    const { caseId, accountNumber, locationNumber } = first.body;
    await api.post(`/cases/${caseId}/cancel`, { reason: 'typed wrong' }, token.cora);
    await eventually(async () =>
      expect((await api.get(`/accounts/${accountNumber}`, token.cora)).body.status).toBe('CANCELED'),
    );
    const again = form({ location: { existing: locationNumber }, copiedFrom: accountNumber, services });
    expect(refusedWith(await save(again))).toEqual([422, ['#/copiedFrom COPIED_FROM_UNKNOWN']]);
    expect((await save({ ...again, copiedFrom: null })).body).toMatchObject({ step: 'PENDING_APPROVAL' });
  });
});

describe('S1 S8 codes in other letters', () => {
  it('are refused with their field, in the draft as by Save, and leave no case that hangs', async () => {
    const twice = form({ services: [refuse, { ...refuse, serviceCode: 'refuse' }], billCycle: 'c1' });
    const faults = ['#/billCycle BILL_CYCLE_UNKNOWN', '#/services/1/serviceCode SERVICE_UNKNOWN'];
    expect(saidOf(await typed(twice))).toEqual(faults);
    expect(refusedWith(await save(twice))).toEqual([422, faults]);
    const rate = form({ services: [{ ...refuse, rateCode: 'res-refuse' }] });
    expect(refusedWith(await save(rate))).toEqual([422, ['#/services/0/rateCode RATE_UNKNOWN']]);
  });
});

describe('S1 a half-filled form', () => {
  it('is told all of it at once, though one field of the customer and of the address is half typed', async () => {
    await api.post('/customers', { name: { line: 'Barnabas Grimthorpe' } }, token.cora);
    const customer = {
      ...{ name: { line: 'Barnabas Grimthorpe' }, typeCode: 'NOBODY', emails: [{ value: 'barnabas at' }] },
      mailingAddress: { line1: 'PO Box 1', city: 'Millbrook', state: 'ZZ', postalCode: '1' },
    };
    const location = { classCode: 'NONE', address: { ...address(), line1: '' } };
    const draft = await typed(form({ customer, location }));
    expect(saidOf(draft)).toEqual([
      '#/customer/emails/0/value FORMAT',
      '#/customer/mailingAddress/postalCode ADDRESS_ZIP',
      '#/customer/mailingAddress/state ADDRESS_STATE',
      '#/customer/typeCode CUSTOMER_TYPE_UNKNOWN',
      '#/location/address/line1 REQUIRED',
      '#/location/classCode RATE_CLASS_UNKNOWN',
    ]);
    expect(saidOf(draft, 'WARNING')).toEqual(['#/customer LIKELY_DUPLICATE']);
    expect(draft.body.computed.name).toMatchObject({ first: 'Barnabas', last: 'Grimthorpe' });
    expect(draft.body.computed.duplicates).toHaveLength(1);
  });

  it('gets the services of the class that was chosen before the address is there, and no rate is refused for it', async () => {
    await api.post('/rate-classes', { code: 'SHOPS', name: 'Shops' }, token.ada);
    const rates = [{ serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' }];
    const listed = { services: rates.map((each) => ({ ...each, depositCents: null })) };
    const list = await api.get('/rate-classes/SHOPS/services', token.ada);
    const headers = { 'if-match': list.headers.get('etag') ?? '' };
    const path = '/api/v1/rate-classes/SHOPS/services';
    expect((await api.call('PUT', path, { token: token.ada, body: listed, headers })).status).toBe(200);
    const blank = (await api.post('/drafts', {}, token.cora)).body.content;
    const draft = await typed({ ...blank, location: { ...blank.location, classCode: 'SHOPS' }, services: [refuse] });
    expect(draft.body.computed.defaultServices).toEqual(rates);
    expect(saidOf(draft)).not.toContain('#/services/0/rateCode RATE_NOT_FOR_CLASS');
  });

  it('is told nothing that follows from a line that is half typed', async () => {
    const water = { serviceCode: 'WATER', rateCode: 'RES-WATER', quantity: '' };
    const meter = { serviceCode: 'WATER', serial: 'X-1', dials: 6, unit: 'gal' };
    const draft = await typed(
      form({
        services: [refuse, water],
        deposits: [{ serviceCode: 'WATER', amountCents: 10_000 }],
        meters: [{ ...meter, beginRead: { value: '1', readOn: town.today } }],
        serviceOrders: [{ serviceCode: 'WATER', type: 'TURN_ON' }],
      }),
    );
    expect(saidOf(draft)).toEqual(['#/services/1/quantity FORMAT']);
    expect(saidOf(await typed(form({ services: [water] })))).toEqual(['#/services/0/quantity FORMAT']);
  });

  it('is kept whatever stands in it, but what no database can keep is malformed', async () => {
    for (const content of [{}, { customer: 7, services: [null, [], 'x'] }, { location: [], meters: { a: 1 } }])
      expect((await typed(content)).status).toBe(200);
    const half = '\ud800';
    for (const content of [{ notes: half }, form({ customer: { name: { line: half } } })])
      expect((await typed(content)).status).toBe(400);
    expect(refusedWith(await save(form({ customer: { name: { line: `A${half}` } } })))).toEqual([
      ...[400, ['#/customer/name/line FORMAT']],
    ]);
  });
});

it('S1 a form that somebody else wrote in is not saved unseen', async () => {
  const draft = await typed(form());
  const { draftId } = draft.body;
  const etag = draft.headers.get('etag') ?? '';
  const content = form({ customer: { name: { line: 'Somebody Else' } } });
  const path = `/api/v1/drafts/${draftId}`;
  const other = await api.call('PUT', path, { token: token.cliff, body: { content }, headers: { 'if-match': etag } });
  const versionOf = (of: string | null) => Number(of?.replaceAll('"', ''));
  const unseen = await save({ draftId, version: versionOf(etag) });
  expect([unseen.status, unseen.body.code]).toEqual([412, 'PRECONDITION_FAILED']);
  const seen = await save({ draftId, version: versionOf(other.headers.get('etag')) });
  expect(seen.body).toMatchObject({ status: 'COMPLETED' });
});

it('S1 a whole form with unknown and faulty fields is taken for a form, not for the id of a draft', async () => {
  const { startDate: _startDate, ...rest } = form();
  const faults = [
    '#/remarks FIELD_UNKNOWN',
    '#/role NOT_ONE_OF',
    '#/services/0/frequency NOT_ONE_OF',
    '#/startDate REQUIRED',
  ];
  const services = [{ ...refuse, frequency: 'DAILY' }];
  expect(refusedWith(await save({ ...rest, services, role: 'KING', remarks: 'calls back' }))).toEqual([400, faults]);
});

it('S13 S14 a cosigner or master contact before the save is refused with AFTER_SAVE by Save too', async () => {
  const early = form({ cosigner: 'C000001', masterContact: 3 });
  const faults = ['#/cosigner AFTER_SAVE', '#/masterContact AFTER_SAVE'];
  expect(refusedWith(await save(early))).toEqual([400, faults]);
  const draft = await typed(early);
  expect(saidOf(draft)).toEqual(faults);
  expect(refusedWith(await save({ draftId: draft.body.draftId }))).toEqual([400, faults]);
});
