import { inTransaction } from '../../db/transaction';
import { flatStories, invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { refusalOf } from '../support/refusal';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
const flat = flatStories(() => ({ system, town }));
afterEach(() => system.end());

const revisions = (caseId: string) => system.db.BillRevision.findAll({ where: { caseId }, order: ['revision'] });
const adjust = (lines: object[], by = town.users.cora) =>
  system.desk.decide(by, 'CORRECT_FINAL_BILL', 'ADJUST_LINES', { lines });
const sendBack = () => system.desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');

describe('S17 a final bill that was sent back gets lines of its own', () => {
  it('which are part of its facts, its total and the journal, stay until others replace them, and are approved by others', async () => {
    system = await testSystem();
    town = await makeSmallTown(system.db, { landlordDecision: null, depositCents: 0 });
    await system.startWorker();
    const { desk, db } = system;
    const { cora, cliff, sue } = town.users;
    await inTransaction(db, 1, (tx) => tx.db.UserRole.create({ userId: cora, role: 'supervisor' }));
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '4500');
    await desk.openTask('APPROVE_FINAL_BILL');
    const [first] = await revisions(caseId);
    await sendBack();
    const leak = { serviceCode: 'WATER', amountCents: -250, name: 'Leak allowance' };
    expect(await refusalOf(adjust([{ ...leak, serviceCode: 'GAS' }]))).toBe('SERVICE_UNKNOWN');
    expect(await refusalOf(adjust([{ ...leak, amountCents: 0 }]))).toBe('ADJUSTMENT_ZERO');
    await adjust([leak, { serviceCode: 'REFUSE', amountCents: 1500, name: 'Bulky waste' }], cliff);
    expect((await desk.openTask('APPROVE_FINAL_BILL')).amountCents).toBe(1783 - 250 + 1500);
    await sendBack();
    await desk.decide(cliff, 'CORRECT_FINAL_BILL', 'REDRAFT');
    expect((await desk.openTask('APPROVE_FINAL_BILL')).amountCents).toBe(3033);
    await sendBack();
    await adjust([leak]);
    const task = await desk.openTask('APPROVE_FINAL_BILL');
    expect(task).toMatchObject({ amountCents: 1533, draftedBy: cora });
    expect(task.excludedUserIds).toContain(cliff);
    const approve = (by: number) => desk.decide(by, 'APPROVE_FINAL_BILL', 'APPROVE');
    expect(await refusalOf(approve(cora))).toBe('OWN_WORK');
    await approve(sue);
    await desk.ended(caseId);

    const drafts = await revisions(caseId);
    expect(drafts.map(({ totalCents }) => totalCents)).toEqual([1783, 3033, 3033, 1533]);
    expect(drafts[0]?.facts).toBe(first?.facts);
    const bill = await db.Bill.findOne({ where: { kind: 'FINAL' }, rejectOnEmpty: true });
    expect(bill.totalCents).toBe(1533);
    expect(await db.BillLine.findOne({ where: { billId: bill.id, kind: 'FEE' } })).toMatchObject({
      ...{ code: 'MANUAL_ADJUSTMENT', name: 'Leak allowance', serviceCode: 'WATER', amountCents: -250 },
    });
    const where = { entryKey: `bill/${bill.billNumber}` };
    const entry = await db.JournalEntry.findOne({ where, rejectOnEmpty: true });
    const postings = await db.Posting.findAll({ where: { entryId: entry.id, ledgerAccount: 'RECEIVABLE' } });
    expect(postings.map(({ amountCents }) => Number(amountCents)).sort((a, b) => a - b)).toEqual([-250, 400, 1383]);
    await invariantsHold(system);
  });
});
