import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { inSample } from '../../domain/approval/in-sample';
import type { Settings } from '../../domain/settings';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
const flat = flatStories(() => ({ system, town }));

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
}
const set = <K extends keyof Settings>(name: K, value: Settings[K]) =>
  inTransaction(system.db, 1, (tx) => putSetting(tx, name, value));
const policy = async (maxTotalCents: number, samplePercent = '0') => {
  await set('finalBillApproval', 'POLICY');
  await set('finalBillPolicy', { maxTotalCents, samplePercent });
};
const alsoIs = (userId: number, role: 'clerk' | 'supervisor') =>
  inTransaction(system.db, 1, (tx) => tx.db.UserRole.create({ userId, role }));
const decisionOf = (outcome: string) => system.db.Decision.findOne({ where: { outcome }, rejectOnEmpty: true });
const why = async () => (await system.desk.openTask('APPROVE_FINAL_BILL')).subject.personDecidesBecause;

afterEach(async () => {
  await invariantsHold(system);
  await system.end();
});

// 10 of 30 days of the $10 base, 500 gal at $3 per 1,000, 10 of 30 days of $12 refuse.
const SMALL_BILL = 333 + 150 + 400;

describe('a final bill under the approval policy', () => {
  let worker: { stop(): Promise<void> };
  beforeEach(async () => {
    await setUp();
    worker = await system.startWorker();
  });

  it('is approved by the system itself and posted at once, with the figures it went by', async () => {
    await policy(SMALL_BILL);
    const { db, desk } = system;
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '1500');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'COMPLETED' });
    const revision = await db.BillRevision.findOne({ where: { caseId }, rejectOnEmpty: true });
    const decision = await decisionOf('APPROVE');
    expect(decision).toMatchObject({
      ...{ actorId: 1, status: 'APPLIED', draftedBy: town.users.cora, startedBy: town.users.cora },
      ...{ limitFrom: 'POLICY', subjectHash: revision.contentHash },
      data: { maxTotalCents: SMALL_BILL, samplePercent: '0', totalCents: SMALL_BILL, highUsageLimit: '100000' },
    });
    expect(decision.appliedAt).not.toBeNull();
    expect(revision).toMatchObject({ status: 'APPROVED', decisionId: decision.id });
    const task = await db.HumanTask.findByPk(decision.taskId);
    expect(task).toMatchObject({ status: 'COMPLETED', outcome: 'APPROVE', decisionId: decision.id });
    expect(await db.Bill.findOne()).toMatchObject({ kind: 'FINAL', status: 'POSTED', totalCents: SMALL_BILL });
    // The settlement goes on as after any other posting: the refund is for a person.
    await desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE');
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await eventually(async () => expect(await db.Case.count({ where: { closedAt: null } })).toBe(0));
  });

  it('goes to a person when it is one cent above the maximum, and is told why', async () => {
    await set('refundSecondApprovalAboveCents', null);
    await policy(SMALL_BILL - 1);
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    expect(await why()).toEqual(['ABOVE_MAXIMUM']);
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.ended(caseId);
    expect(await decisionOf('APPROVE')).toMatchObject({ actorId: town.users.sue, limitFrom: 'ROLES' });
  });

  it('goes to a person when it is in the sample, which the hash of the bill tells', async () => {
    await policy(SMALL_BILL, '100');
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    expect(await why()).toEqual(['SAMPLE']);
    const { contentHash } = await system.db.BillRevision.findOne({ where: { caseId }, rejectOnEmpty: true });
    expect([inSample(contentHash, '100'), inSample(contentHash, '0')]).toEqual([true, false]);
  });

  it('goes to a person when a read of it is an estimate, the one it begins with too', async () => {
    await policy(SMALL_BILL);
    await inTransaction(system.db, 1, (tx) =>
      tx.db.MeterRead.update({ source: 'ESTIMATED' }, { where: { value: '1000' } }),
    );
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    expect(await why()).toEqual(['ESTIMATED_READ']);
  });

  it('goes to a person again once it was sent back, whatever it is then', async () => {
    await policy(0);
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    await system.desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await policy(999_999);
    const reads = [{ meterId: town.meterId, value: '1400', readOn: town.today, source: 'ACTUAL' }];
    await system.desk.decide(town.users.cliff, 'CORRECT_FINAL_BILL', 'CORRECT_READ', { reads });
    expect(await why()).toEqual(['NOT_FIRST_REVISION', 'CORRECTED_READ']);
  });

  it('is posted once when the answer of the step that posted it is lost', async () => {
    await policy(SMALL_BILL);
    const { db, desk } = system;
    const { caseId } = await flat.moveOut();
    await worker.stop();
    let lost = 0;
    const afterCommit = async (key: string) => {
      if (key.includes('/draftFinalBill/') && lost++ === 0) throw new Error('The answer is lost');
    };
    await system.startWorker({ afterCommit });
    await flat.report(caseId, '1500');
    await desk.ended(caseId);
    await desk.openTask('APPROVE_REFUND');
    expect(lost).toBeGreaterThan(1);
    expect(await db.Bill.count()).toBe(1);
    expect(await db.Decision.count({ where: { outcome: 'APPROVE' } })).toBe(1);
  });
});

describe('whoever drafted an earlier revision', () => {
  it('does not approve a later one, though another person corrected it', async () => {
    await setUp();
    await system.startWorker();
    const { cora, cliff, sam, sue } = town.users;
    await alsoIs(sam, 'clerk');
    await alsoIs(cliff, 'supervisor');
    const { desk } = system;
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await desk.decide(sam, 'CORRECT_FINAL_BILL', 'REDRAFT');
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await desk.decide(cliff, 'CORRECT_FINAL_BILL', 'REDRAFT');
    const task = await desk.openTask('APPROVE_FINAL_BILL');
    expect([task.draftedBy, task.excludedUserIds]).toEqual([cliff, [cora, sam]]);
    for (const drafter of [sam, cliff]) {
      expect(await refusalOf(desk.decide(drafter, 'APPROVE_FINAL_BILL', 'APPROVE'))).toBe('OWN_WORK');
    }
    await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
  });
});

describe('a refund above the amount that needs two people', () => {
  const CREDIT = 10_000 - SMALL_BILL;

  async function refundAsked(aboveCents: number | null): Promise<string> {
    await setUp();
    await system.startWorker();
    await set('refundSecondApprovalAboveCents', aboveCents);
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '1500');
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await system.desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    return (await system.desk.openTask('APPROVE_REFUND')).caseId;
  }
  const refunds = async () =>
    (await system.db.Refund.findAll({ order: ['id'] })).map(({ status, amountCents }) => [status, amountCents]);
  const pay = (amountCents: number) =>
    system.desk.pay(town.users.cora, {
      ...{
        accountId: town.accountId,
        accountNumber: town.accountNumber,
        receiptNumber: `R-${amountCents}`,
        amountCents,
      },
      ...{ receivedOn: town.today, method: 'CHECK', applyTo: 'ACCOUNT' },
    });

  it('is issued by the second of two different supervisors, both kept with it', async () => {
    const caseId = await refundAsked(CREDIT - 1);
    const { desk, db } = system;
    const { sam, sue } = town.users;
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    expect(await refunds()).toEqual([['REQUESTED', CREDIT]]);
    const second = await desk.openTask('APPROVE_REFUND_SECOND');
    const first = await db.HumanTask.findOne({ where: { type: 'APPROVE_REFUND' }, rejectOnEmpty: true });
    expect(second).toMatchObject({ amountCents: CREDIT, excludedUserIds: [sam], subjectHash: first.subjectHash });
    expect(first.subjectHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await refusalOf(desk.decide(sam, 'APPROVE_REFUND_SECOND', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(sue, 'APPROVE_REFUND_SECOND', 'APPROVE');
    expect(await desk.ended(caseId)).toMatchObject({ status: 'COMPLETED', step: 'REFUND_ISSUED' });
    expect(await db.Refund.findOne()).toMatchObject({
      ...{ status: 'ISSUED', amountCents: CREDIT, secondAboveCents: CREDIT - 1, firstDecisionId: first.decisionId },
    });
    expect(await db.Notice.count({ where: { kind: 'REFUND_ISSUED' } })).toBe(1);
  });

  it('is issued by one person up to the amount, and the amount that held is kept', async () => {
    const caseId = await refundAsked(CREDIT);
    await system.desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE');
    await system.desk.ended(caseId);
    expect(await system.db.Refund.findOne()).toMatchObject({ secondAboveCents: CREDIT, firstDecisionId: null });
  });

  it('is asked for anew, from the first approval, when money comes between the two', async () => {
    const caseId = await refundAsked(1_000);
    const { desk, db } = system;
    const { sam, sue } = town.users;
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    const stale = await desk.openTask('APPROVE_REFUND_SECOND');
    await pay(250);
    await eventually(async () => expect((await desk.openTask('APPROVE_REFUND')).amountCents).toBe(CREDIT + 250));
    expect(await db.HumanTask.findByPk(stale.id)).toMatchObject({ status: 'CANCELED' });
    // Who approved the smaller refund may be the first for the larger one, and is never the second.
    await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
    expect(await refusalOf(desk.decide(sam, 'APPROVE_REFUND_SECOND', 'APPROVE'))).toBe('OWN_WORK');
    await desk.decide(sue, 'APPROVE_REFUND_SECOND', 'APPROVE');
    await desk.ended(caseId);
    expect(await refunds()).toEqual([
      ['CANCELED', CREDIT],
      ['ISSUED', CREDIT + 250],
    ]);
  });

  it('is not issued when the first approval does not stand behind it', async () => {
    const caseId = await refundAsked(1_000);
    const { desk, db } = system;
    await desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE');
    await desk.openTask('APPROVE_REFUND_SECOND');
    const first = await decisionOfFirst();
    await inTransaction(db, 1, (tx) => tx.db.Decision.update({ status: 'VOID' }, { where: { id: first } }));
    expect(await refusalOf(desk.decide(town.users.sue, 'APPROVE_REFUND_SECOND', 'APPROVE'))).toBe(
      'FIRST_APPROVAL_MISSING',
    );
    expect(await refunds()).toEqual([['REQUESTED', CREDIT]]);
    await inTransaction(db, 1, (tx) => tx.db.Decision.update({ status: 'APPLIED' }, { where: { id: first } }));
    await desk.decide(town.users.sue, 'APPROVE_REFUND_SECOND', 'APPROVE');
    await desk.ended(caseId);
  });
  const decisionOfFirst = async () =>
    (await system.db.Refund.findOne({ rejectOnEmpty: true })).firstDecisionId ?? 'none';

  it('goes on where it stood when the worker is started again between the two', async () => {
    await setUp();
    const worker = await system.startWorker();
    await set('refundSecondApprovalAboveCents', 0);
    const { desk } = system;
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.decide(town.users.sam, 'APPROVE_REFUND', 'APPROVE');
    const second = await desk.openTask('APPROVE_REFUND_SECOND');
    await worker.stop();
    await system.startWorker();
    await desk.decide(town.users.sue, 'APPROVE_REFUND_SECOND', 'APPROVE');
    expect(await desk.ended(second.caseId)).toMatchObject({ step: 'REFUND_ISSUED' });
  });
});

describe('the limits of those who approve', () => {
  const limit = (userId: number, limitCents: number | null) =>
    inTransaction(system.db, 1, (tx) => tx.db.ApprovalLimit.upsert({ userId, limitCents, setBy: 1, setAt: tx.now }));

  it('are those of the moment the decision takes effect, a user’s own before their roles’', async () => {
    await setUp();
    const worker = await system.startWorker();
    const { desk, db } = system;
    const { sam, sue } = town.users;
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    await desk.openTask('APPROVE_FINAL_BILL');
    await limit(sam, SMALL_BILL - 1);
    expect(await refusalOf(desk.decide(sam, 'APPROVE_FINAL_BILL', 'APPROVE'))).toBe('OVER_LIMIT');
    await limit(sam, SMALL_BILL);
    await set('approvalLimitsCents', { supervisor: 1 });
    expect(await refusalOf(desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE'))).toBe('OVER_LIMIT');

    // Recorded while no worker runs; the limit is lowered before it is carried out.
    await worker.stop();
    const late = refusalOf(desk.decide(sam, 'APPROVE_FINAL_BILL', 'APPROVE'));
    await eventually(() => db.Decision.findOne({ where: { status: 'RECORDED' }, rejectOnEmpty: true }));
    await limit(sam, 0);
    await system.startWorker();
    expect(await late).toBe('OVER_LIMIT');
    expect(await decisionOf('APPROVE')).toMatchObject({
      ...{ status: 'VOID', actorRoles: ['supervisor'], limitFrom: 'OWN', limitCents: SMALL_BILL, appliedAt: null },
    });
    await limit(sam, null);
    await desk.decide(sam, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
  });
});
