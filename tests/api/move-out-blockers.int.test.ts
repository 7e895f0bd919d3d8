import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import { invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive', string>;

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db, { landlordDecision: null });
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const inDays = (n: number) => addDays(town.today, n);
const start = (more: object = {}) =>
  api.post(
    '/cases/move-out',
    {
      ...{ accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today, forwardingAddress: null },
      ...{ newTenant: 'NO', ...more },
    },
    token.cora,
  );
const check = (more: object) =>
  api.post(`/accounts/${town.accountNumber}/move-out-check`, { stopDate: town.today, ...more }, token.cora);
const codes = (errors: { code: string; pointer: string }[]) => errors.map(({ code, pointer }) => `${code} ${pointer}`);
const nowhere = { line1: '1 New Street', city: 'Millbrook', state: 'XX', postalCode: '1' };

describe('S17 what stands against a move-out', () => {
  it('is answered all at once, with the open case, by the request and by the check, which writes nothing', async () => {
    const wrong = { stopDate: inDays(-500), vacateDate: inDays(-600), forwardingAddress: nowhere };
    const all = [
      ...['STOP_BEFORE_START #/stopDate', 'BILLED_PAST_STOP #/stopDate', 'STOP_TOO_FAR_BACK #/stopDate'],
      ...['VACATE_BEFORE_START #/vacateDate', 'ADDRESS_STATE #/forwardingAddress/state'],
      'ADDRESS_ZIP #/forwardingAddress/postalCode',
    ];
    const asked = await check(wrong);
    expect(codes(asked.body.blockers)).toEqual(all);
    expect(asked.body).toMatchObject({ accountNumber: town.accountNumber, openCaseId: null, laterBills: [] });
    const refused = await start(wrong);
    expect([refused.status, refused.body.code]).toEqual([422, 'STOP_BEFORE_START']);
    expect(codes(refused.body.errors)).toEqual(all);
    expect(await system.db.Case.count()).toBe(0);
    expect((await check({})).body.blockers).toEqual([]);

    const { caseId } = (await start()).body;
    const again = await start({ stopDate: inDays(400), forwardingAddress: nowhere });
    expect([again.status, again.body.code, again.body.details?.caseId]).toEqual([409, 'CASE_OPEN', caseId]);
    expect(codes(again.body.errors)).toEqual([
      ...['CASE_OPEN #/accountNumber', 'STOP_TOO_FAR_AHEAD #/stopDate', 'ADDRESS_STATE #/forwardingAddress/state'],
      'ADDRESS_ZIP #/forwardingAddress/postalCode',
    ]);
    expect((await check({})).body).toMatchObject({ openCaseId: caseId, blockers: [{ code: 'CASE_OPEN' }] });
    expect((await api.post('/accounts/A0/move-out-check', { stopDate: town.today }, token.cora)).status).toBe(404);
  });

  it('is answered for another date of an open case too', async () => {
    const { caseId } = (await start()).body;
    const wrong = { stopDate: inDays(-500), vacateDate: inDays(-600), reason: 'a mistake' };
    const refused = await api.post(`/cases/${caseId}/reschedule`, wrong, token.cliff);
    expect([refused.status, refused.body.code]).toEqual([422, 'STOP_BEFORE_START']);
    expect(codes(refused.body.errors)).toEqual([
      ...['STOP_BEFORE_START #/stopDate', 'BILLED_PAST_STOP #/stopDate', 'STOP_TOO_FAR_BACK #/stopDate'],
      'VACATE_BEFORE_START #/vacateDate',
    ]);
    const moved = await api.post(`/cases/${caseId}/reschedule`, { stopDate: inDays(2), reason: 'later' }, token.cliff);
    expect([moved.status, moved.body.status]).toEqual([200, 'APPLIED']);
    expect((await api.get(`/cases/${caseId}`, token.cora)).body.moveOut).toMatchObject({
      ...{ stopOn: inDays(2), vacateOn: inDays(2) },
    });
  });
});

describe('S17 a move-out before the end of a bill', () => {
  const receivable = async () => {
    const postings = await system.db.Posting.findAll({ where: { ledgerAccount: 'RECEIVABLE' } });
    return postings.reduce((sum, { amountCents }) => sum + Number(amountCents), 0);
  };
  const entries = async () =>
    (await system.db.JournalEntry.findAll({ order: ['id'] }))
      .map(({ kind }) => kind)
      .filter((kind) => /BILL/.test(kind));
  const billed = async () =>
    (await system.db.ServiceAgreement.findAll({ where: { accountId: town.accountId } })).map(
      ({ lastBilledThrough }) => lastBilledThrough,
    );
  const backDated = () => start({ stopDate: inDays(-5), vacateDate: inDays(-5), reverseLaterBills: true });

  it('names the later bills, reverses them first, and puts them back when nobody moves out: to the cent', async () => {
    const { desk, db } = system;
    const read = {
      sourceId: 'R-1',
      meterSerial: 'M-900001',
      readOn: inDays(-2),
      value: '1400',
      source: 'ACTUAL' as const,
    };
    await desk.feed(town.users.cora, 'READS', [read]);
    const lines = [
      { serviceCode: 'WATER', amountCents: 1500, taxCents: 0 },
      { serviceCode: 'REFUSE', amountCents: 500, taxCents: 0 },
    ];
    const bill = {
      sourceId: 'B-1',
      accountNumber: town.accountNumber,
      billedThrough: inDays(-2),
      dueOn: inDays(20),
      lines,
    };
    await desk.feed(town.users.cora, 'BILLS', [bill]);
    const { billNumber } = await db.Bill.findOne({ rejectOnEmpty: true });
    expect(await receivable()).toBe(2000);
    const refused = await start({ stopDate: inDays(-5), vacateDate: inDays(-5) });
    expect(refused.body).toMatchObject({
      ...{ code: 'BILLED_PAST_STOP' },
      details: { laterBills: `${billNumber} ${inDays(-9)} to ${inDays(-2)}` },
    });
    const dates = { stopDate: inDays(-5), reverseLaterBills: true };
    expect((await check(dates)).body).toMatchObject({ blockers: [], laterBills: [{ billNumber, totalCents: 2000 }] });
    // What was billed before bills said from when is not reversed.
    const older = await start({ stopDate: inDays(-15), vacateDate: inDays(-15), reverseLaterBills: true });
    expect(older.body.code).toBe('BILL_NOT_REVERSIBLE');

    const first = (await backDated()).body;
    await desk.openTask('APPROVE_FINAL_BILL');
    expect(await entries()).toEqual(['REGULAR_BILL', 'BILL_REVERSED']);
    expect(await receivable()).toBe(0);
    expect(await db.Bill.findOne({ where: { billNumber } })).toMatchObject({ status: 'CANCELED' });
    // 5 days: base 167, 250 of the 400 gal at $3 per 1,000, refuse 200; no order was needed.
    expect(await db.BillRevision.findOne()).toMatchObject({ periodFrom: inDays(-9), totalCents: 167 + 75 + 200 });
    expect(await db.ServiceOrder.count()).toBe(0);
    await desk.command(town.users.cora, first.caseId, 'CANCEL');
    await eventually(async () => expect(await db.Case.count({ where: { closedAt: null } })).toBe(0));
    expect(await entries()).toEqual(['REGULAR_BILL', 'BILL_REVERSED', 'BILL_RESTORED']);
    expect(await receivable()).toBe(2000);
    expect(await billed()).toEqual([inDays(-2), inDays(-2)]);
    await invariantsHold(system);

    const second = (await backDated()).body;
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(second.caseId);
    expect(await entries()).toEqual([
      ...['REGULAR_BILL', 'BILL_REVERSED', 'BILL_RESTORED', 'BILL_REVERSED', 'FINAL_BILL'],
    ]);
    const [ofBills] = [await db.FeedChange.findAll({ where: { kind: 'BILL_REVERSED' }, order: ['seq'] })];
    expect(ofBills.map(({ data }) => (data as { undone?: true }).undone ?? false)).toEqual([false, true, false]);
    await desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE');
    await eventually(async () => expect((await db.Account.findByPk(town.accountId))?.status).toBe('CLOSED'));
    expect(await receivable()).toBe(0);
    expect(await db.Refund.findOne()).toMatchObject({ status: 'ISSUED' });
    await invariantsHold(system);
  });
});
