import { addDays } from '../../domain/dates';
import { INVARIANTS } from '../../tools/invariants';
import { inTransaction } from '../../db/transaction';
import { post } from '../../db/records/journal';
import { putSetting } from '../../db/records/settings';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'ada', string>;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db, { depositCents: 0 });
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn({ ...town.users, ada: await addUser(system.db, 'ada', ['admin']) });
});
afterEach(async () => {
  try {
    for (const { name, find } of INVARIANTS) expect({ name, rows: await find(system.db) }).toEqual({ name, rows: [] });
  } finally {
    await api.close();
    await system.end();
  }
});

const codeOf = ({ status, body }: Answered) => [status, body.code];
const get = (path: string) => api.get(path, token.cora);
/** Puts what is to be under the version that was just read: the customer's for the contact. */
async function put(path: string, body: object, ifMatch?: string): Promise<Answered> {
  const etag = ifMatch ?? (await get(path.replace(/\/master-contact$/, ''))).headers.get('etag') ?? '"0"';
  return api.call('PUT', `/api/v1${path}`, { token: token.cora, body, headers: { 'if-match': etag } });
}
const remove = (path: string) => api.call('DELETE', `/api/v1${path}`, { token: token.cora });
const addCustomer = async (more: object): Promise<string> => {
  const added = await api.post('/customers', more, token.cora);
  expect(added.status).toBe(201);
  return added.body.customerNumber;
};

/** A set-up at a place of its own; existing customer or a new one. */
const form = (n: number, customer: object) => ({
  customer,
  location: { address: { line1: `${n} Zephyrine Walk`, city: 'Millbrook', state: 'CO', postalCode: '80000' } },
  startDate: town.today,
  services: [{ serviceCode: 'REFUSE', rateCode: 'RES-REFUSE' }],
});
const save = (body: object) => api.post('/cases/onboarding', body, token.cora);

/** Ends the flat's account with a debt, as an import of an old office would have it. */
async function leaveDebt(cents: number): Promise<void> {
  await inTransaction(system.db, 1, async (tx) => {
    const { accountId } = town;
    const stopOn = addDays(tx.today, -10);
    await tx.db.ServiceAgreement.update({ status: 'STOPPED', endOn: stopOn }, { where: { accountId } });
    await tx.db.Account.update({ status: 'FINAL_BILLED', stopOn }, { where: { id: accountId } });
    const lines = [
      { ledgerAccount: 'RECEIVABLE' as const, serviceCode: 'WATER', amountCents: cents },
      { ledgerAccount: 'OPENING_BALANCE' as const, amountCents: -cents },
    ];
    await post(tx, {
      ...{ entryKey: 'old-debt', kind: 'OPENING_BALANCE', accountId, caseId: null, entryOn: tx.today, lines },
    });
  });
}

describe('S13 a cosigner', () => {
  it('is searched, chosen or added after the save, shares the bills, and stays once the account is final billed', async () => {
    const { accountNumber } = town;
    const path = `/accounts/${accountNumber}/cosigner`;
    expect((await get(path)).body).toEqual({ accountNumber, cosigner: null, oldDebts: [] });
    const cosigner = await addCustomer({ name: { line: 'Barnaby Quackenbush' }, phones: [], emails: [] });
    expect((await get('/customers?q=Barnaby')).body.data).toContainEqual(
      expect.objectContaining({ customerNumber: cosigner }),
    );
    expect(codeOf(await put(path, { customerNumber: 'C900001' }))).toEqual([422, 'COSIGNER_IS_HOLDER']);
    expect(codeOf(await put(path, { customerNumber: 'C999999' }))).toEqual([422, 'CUSTOMER_UNKNOWN']);
    expect(codeOf(await put('/accounts/A999999/cosigner', { customerNumber: cosigner }))).toEqual([404, 'NOT_FOUND']);
    expect((await put(path, { customerNumber: cosigner })).body.cosigner).toMatchObject({ customerNumber: cosigner });
    expect((await get(`/accounts/${accountNumber}`)).body.cosigner.customerNumber).toBe(cosigner);
    expect((await get(`/customers/${cosigner}`)).body.cosigns).toEqual([{ accountNumber }]);

    expect(codeOf(await put(path, { customerNumber: 'C900002' }, '"0"'))).toEqual([412, 'PRECONDITION_FAILED']);

    // Another takes the place: the one before stays on record.
    expect((await put(path, { customerNumber: 'C900002' })).status).toBe(200);
    expect((await remove(path)).status).toBe(204);
    expect(codeOf(await remove(path))).toEqual([404, 'NOT_FOUND']);
    expect((await put(path, { customerNumber: cosigner })).status).toBe(200);
    expect(await system.db.AccountCosigner.count()).toBe(3);

    const bill = {
      ...{ sourceId: 'B1', accountNumber, billedThrough: town.today, dueOn: addDays(town.today, 20) },
      lines: [{ serviceCode: 'REFUSE', amountCents: 1200, taxCents: 0 }],
    };
    const read = { sourceId: 'R1', meterSerial: 'M-900001', readOn: town.today, value: '1100', source: 'ACTUAL' };
    expect((await api.post('/feeds/reads', { rows: [read] }, token.ada)).status).toBe(201);
    expect((await api.post('/feeds/bills', { rows: [bill] }, token.ada)).status).toBe(201);
    const [{ billNumber }] = (await get(`/accounts/${accountNumber}`)).body.bills;
    expect((await get(`/bills/${billNumber}`)).body.cosigner).toMatchObject({ customerNumber: cosigner });

    await leaveDebt(700);
    expect(codeOf(await remove(path))).toEqual([409, 'COSIGNER_BOUND']);
    expect(codeOf(await put(path, { customerNumber: 'C900002' }))).toEqual([409, 'COSIGNER_BOUND']);
  });
});

describe('S14 a master contact', () => {
  it('shows its name, the related records and where each one is; customers come and go', async () => {
    const other = await addCustomer({ name: { line: 'Otto Quackenbush' }, phones: [], emails: [] });
    await put(`/accounts/${town.accountNumber}/cosigner`, { customerNumber: other });
    const made = await api.post('/master-contacts', { customerNumbers: ['C900001', other] }, token.cora);
    expect(made.status).toBe(201);
    const { masterContactId } = made.body;
    const { locationNumber, accountNumber } = town;
    const at = { locationNumber, accountNumber, address: '12 Zephyrine Walk, Millbrook, CO 80000' };
    expect(made.body).toMatchObject({
      displayName: 'Quackenbush, Ottoline',
      customers: [{ customerNumber: 'C900001' }, { customerNumber: other }],
    });
    expect(made.body.records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...at, customerNumber: 'C900001', relation: 'HOLDER', role: 'TENANT' }),
        expect.objectContaining({ ...at, customerNumber: other, relation: 'COSIGNER' }),
      ]),
    );
    expect((await get(`/customers/${other}`)).body.masterContact).toMatchObject({ masterContactId });
    expect(codeOf(await api.post('/master-contacts', { customerNumbers: [other] }, token.cora))).toEqual([
      ...[409, 'CONTACT_ASSIGNED'],
    ]);
    const assign = (to: number | null) => put(`/customers/${other}/master-contact`, { masterContactId: to });
    expect((await assign(null)).status).toBe(204);
    const stale = await put(`/customers/${other}/master-contact`, { masterContactId }, '"0"');
    expect(codeOf(stale)).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await get(`/customers/${other}`)).body.masterContact).toBeNull();
    expect(codeOf(await assign(999))).toEqual([422, 'CONTACT_UNKNOWN']);
    expect((await assign(masterContactId)).status).toBe(204);
    expect((await get('/master-contacts?q=quackenbush')).body.data).toMatchObject([{ masterContactId, customers: 2 }]);
    const rename = { token: token.cora, body: { name: 'The Quackenbushes' }, headers: { 'if-match': '"7"' } };
    expect(codeOf(await api.call('PATCH', `/api/v1/master-contacts/${masterContactId}`, rename))).toEqual([
      ...[412, 'PRECONDITION_FAILED'],
    ]);
  });

  it('is found by other spelling and old contact data, with score and reason', async () => {
    const contacts = { phones: [], emails: [{ value: 'ottoline@example.com' }] };
    const typo = await addCustomer({ name: { line: 'Ottoline Quackenbusch' }, ...contacts });
    await addCustomer({ name: { line: 'Somebody Else' }, phones: [], emails: [] });
    const found = (await get('/master-contacts/duplicates?customerNumber=C900001')).body.data;
    expect(found[0]).toMatchObject({
      ...{ other: { customerNumber: typo }, score: 85, reasons: ['SIMILAR_NAME', 'SAME_EMAIL'] },
    });
    const pairs = (await get('/master-contacts/duplicates')).body.data;
    expect(pairs.map(({ other }: { other: { customerNumber: string } }) => other.customerNumber)).toContain(typo);
    await api.post('/master-contacts', { customerNumbers: ['C900001', typo] }, token.cora);
    expect((await get('/master-contacts/duplicates')).body.data).not.toContainEqual(
      expect.objectContaining({ one: expect.objectContaining({ customerNumber: 'C900001' }), score: 85 }),
    );
  });

  it('is merged into another one, and the merge is undone', async () => {
    const contactOf = async (customerNumber: string): Promise<number> =>
      (await api.post('/master-contacts', { customerNumbers: [customerNumber] }, token.cora)).body.masterContactId;
    const [from, into] = [await contactOf('C900001'), await contactOf('C900002')];
    const merge = (id: number, to: number) =>
      api.post(`/master-contacts/${id}/merge`, { into: to, reason: 'the same person' }, token.cora);
    expect(codeOf(await merge(from, from))).toEqual([422, 'SAME_CONTACT']);
    const merged = await merge(from, into);
    expect(merged).toMatchObject({ status: 200, body: { customerNumbers: ['C900001'] } });
    expect((await get(`/master-contacts/${into}`)).body.customers).toHaveLength(2);
    expect((await get(`/master-contacts/${from}`)).body).toMatchObject({ mergedInto: into, customers: [] });
    expect(codeOf(await merge(from, into))).toEqual([409, 'CONTACT_MERGED']);
    expect(codeOf(await put('/customers/C900002/master-contact', { masterContactId: from }))).toEqual([
      ...[409, 'CONTACT_MERGED'],
    ]);
    const undo = (id: number) => api.post(`/master-contacts/merges/${id}/undo`, {}, token.cliff);
    expect((await undo(merged.body.mergeId)).body).toEqual({ movedBack: ['C900001'], stayed: [] });
    expect(codeOf(await undo(merged.body.mergeId))).toEqual([409, 'MERGE_UNDONE']);
    expect((await get('/customers/C900001')).body.masterContact.masterContactId).toBe(from);

    // Merged on, the later merge is undone first; whoever was given elsewhere since stays there.
    const second = (await merge(from, into)).body.mergeId;
    const third = await contactOf(await addCustomer({ name: { line: 'Third Person' }, phones: [], emails: [] }));
    const later = (await merge(into, third)).body.mergeId;
    expect(codeOf(await undo(second))).toEqual([409, 'MERGED_ON']);
    await put('/customers/C900001/master-contact', { masterContactId: null });
    expect((await undo(later)).body).toEqual({ movedBack: ['C900002'], stayed: ['C900001'] });
    const actions = await system.db.AuditLog.count({ where: { action: 'masterContact.merged' } });
    expect(actions).toBe(3);
  });
});

describe('rule 18: an old debt', () => {
  const policy = (debt: object) =>
    inTransaction(system.db, 1, (tx) => putSetting(tx, 'debt', { ...tx.settings.debt, ...debt }));

  it('of the same master contact or of whom one cosigned for asks for approval, and names the account', async () => {
    await leaveDebt(4_200);
    const other = await addCustomer({ name: { line: 'Otto Quackenbush' }, phones: [], emails: [] });
    await api.post('/master-contacts', { customerNumbers: ['C900001', other] }, token.cora);
    const debt = { accountNumber: town.accountNumber, owedCents: 4_200, policy: 'APPROVE' };
    expect((await get(`/customers/${other}/old-debts`)).body.data).toEqual([{ ...debt, relation: 'MASTER_CONTACT' }]);
    const saved = await save(form(20, { existing: other }));
    expect(saved.body).toMatchObject({ step: 'PENDING_APPROVAL' });
    const [task] = (await api.get('/tasks', token.sam)).body.data;
    const { subject } = (await api.get(`/tasks/${task.taskId}`, token.sam)).body;
    expect(subject).toMatchObject({ reasons: ['DEBT'], debts: [{ ...debt, relation: 'MASTER_CONTACT' }] });
  });

  it('of a cosigned account is the cosigner’s too', async () => {
    const cosigner = await addCustomer({ name: { line: 'Barnaby Smith' }, phones: [], emails: [] });
    await put(`/accounts/${town.accountNumber}/cosigner`, { customerNumber: cosigner });
    await leaveDebt(900);
    await policy({ COSIGNER: 'BLOCK' });
    const refused = await save(form(21, { existing: cosigner }));
    expect(codeOf(refused)).toEqual([422, 'OLD_DEBT']);
    expect(refused.body.details).toEqual({ accountNumber: town.accountNumber });
    expect(refused.body.errors).toMatchObject([{ pointer: '#/customer' }]);
    expect(await system.db.Location.count()).toBe(1);
  });

  it('of the place, or of a record that is likely the same person, counts where policy says so', async () => {
    await leaveDebt(900);
    const name = { name: { line: 'Ottoline Quackenbush' } };
    const atThePlace = { ...form(0, name), location: { existing: town.locationNumber } };
    await policy({ LIKELY_DUPLICATE: 'APPROVE' });
    expect((await save(form(22, name))).body).toMatchObject({ step: 'PENDING_APPROVAL' });
    await policy({ LIKELY_DUPLICATE: 'WARN' });
    expect((await save(form(23, name))).body).toMatchObject({ step: 'ACTIVE' });
    await policy({ LOCATION: 'BLOCK' });
    expect(codeOf(await save(atThePlace))).toEqual([422, 'OLD_DEBT']);
    await policy({ LOCATION: 'IGNORE' });
    expect((await save(atThePlace)).body).toMatchObject({ step: 'ACTIVE' });
  });
});
