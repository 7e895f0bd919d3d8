import { balanceOf, heldCentsOf } from '../../db/records/journal';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { flatStories, invariantsHold } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { deposit, newCustomer, scratchForm, service } from '../support/set-up';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, { landlordDecision: 'ALWAYS', ...options });
  await system.startWorker();
}
afterEach(async () => {
  try {
    await invariantsHold(system);
  } finally {
    await system.end();
  }
});

const { report, openCaseOf } = flatStories(() => ({ system, town }));
const move = (more: object = {}) => {
  const form = { customer: { existing: 'C900001' }, movesFrom: town.accountNumber, ...more };
  return system.desk.setUp(town.users.cliff, scratchForm(town, form));
};
const money = (accountId: number) =>
  inTransaction(system.db, 1, async (tx) => ({
    balanceCents: await balanceOf(tx, accountId),
    heldCents: await heldCentsOf(tx, accountId),
  }));
const accountOf = (accountNumber = '') => system.db.Account.findOne({ where: { accountNumber }, rejectOnEmpty: true });

describe('S17 the same customer moves', () => {
  it('is moved out with the set-up, and what is left of deposit and credit goes to the new account', async () => {
    await setUp();
    const { desk, db } = system;
    expect(await refusalOf(move({ customer: newCustomer() }))).toBe('MOVES_FROM_UNKNOWN');
    const opened = await move({ deposits: [deposit(5_000)] });
    expect(opened).toMatchObject({ status: 'OPEN', step: 'PENDING_START' });
    const left = await openCaseOf('MOVE_OUT');
    expect(left).toMatchObject({ accountId: town.accountId, startedByCase: opened.caseId });
    expect(await db.Account.findByPk(town.accountId)).toMatchObject({
      ...{ status: 'PENDING_STOP', stopOn: town.today, forwardLine1: '14 Zephyrine Walk' },
    });
    await report(left.caseId, '1500');
    const { amountCents } = await desk.openTask('APPROVE_FINAL_BILL');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(left.caseId);
    // The deposit that came along was what the new account waited for.
    expect(await desk.ended(opened.caseId)).toMatchObject({ status: 'COMPLETED', step: 'ACTIVE' });
    const settlement = await db.Case.findOne({ where: { type: 'SETTLEMENT' }, rejectOnEmpty: true });
    expect(await desk.ended(settlement.caseId)).toMatchObject({ status: 'COMPLETED', step: 'ZERO' });
    const to = await accountOf(opened.accountNumber);
    expect(await money(town.accountId)).toEqual({ balanceCents: 0, heldCents: 0 });
    const billed = amountCents ?? 0;
    expect(await money(to.id)).toEqual({ balanceCents: -(10_000 - billed - 5_000), heldCents: 5_000 });
    expect(await db.JournalEntry.count({ where: { kind: 'TRANSFER' } })).toBe(2);
    expect(await db.Refund.count()).toBe(0);
  });

  it('takes a small debt along to an account that has begun', async () => {
    await setUp({ depositCents: 0 });
    const { desk, db } = system;
    const opened = await move();
    await desk.ended(opened.caseId);
    const left = await openCaseOf('MOVE_OUT');
    await report(left.caseId, '1500');
    const { amountCents } = await desk.openTask('APPROVE_FINAL_BILL');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    const settlement = await db.Case.findOne({ where: { type: 'SETTLEMENT' }, rejectOnEmpty: true });
    expect(await desk.ended(settlement.caseId)).toMatchObject({ step: 'ZERO' });
    expect(await money((await accountOf(opened.accountNumber)).id)).toEqual({
      balanceCents: amountCents,
      heldCents: 0,
    });
  });

  it('leaves all the same when the set-up is canceled, and is settled as always; a clerk can cancel the move-out', async () => {
    await setUp();
    const { desk, db } = system;
    const stopDate = addDays(town.today, 3);
    const opened = await move({ stopDate, deposits: [deposit(5_000)] });
    const left = await openCaseOf('MOVE_OUT');
    expect(await refusalOf(move({ services: [service('REFUSE')], meters: [] }))).toBe('CASE_OPEN');
    await desk.command(town.users.cliff, opened.caseId, 'CANCEL');
    expect(await db.MoveOut.findByPk(left.caseId)).toMatchObject({ stopOn: stopDate, transferToId: null });
    expect(await db.CaseEvent.count({ where: { caseId: left.caseId, kind: 'NEW_PLACE_CANCELED' } })).toBe(1);
    // Mail does not go to where nobody moved in.
    expect(await db.Account.findByPk(town.accountId)).toMatchObject({ status: 'PENDING_STOP', forwardLine1: null });
    expect(await db.Case.findByPk(left.caseId)).toMatchObject({ status: 'OPEN' });
    await desk.command(town.users.cora, left.caseId, 'CANCEL');
    expect(await db.Account.findByPk(town.accountId)).toMatchObject({ status: 'ACTIVE', stopOn: null });
  });
});
