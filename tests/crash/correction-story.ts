import type { SmallTown } from '../support/small-town';
import type { TestSystem } from '../support/system';

/** The closed tenant's bill is corrected twice: taken back once, then approved, and what it leaves is refunded. */
export async function tellCorrection({ desk, db }: TestSystem, town: SmallTown): Promise<void> {
  const { cora, cliff, sam, sue } = town.users;
  const { accountId, accountNumber, meterId, today } = town;
  const { billNumber } = await db.Bill.findOne({ where: { accountId }, rejectOnEmpty: true });
  const reads = [{ meterId, value: '4500', readOn: today, source: 'ACTUAL' as const }];
  const form = { billNumber, accountId, accountNumber, reason: 'misread', reads, rates: [] };
  const { caseId: takenBack } = await desk.correct(cliff, form);
  await desk.command(cora, takenBack, 'CANCEL');
  await desk.ended(takenBack);

  const { caseId } = await desk.correct(cora, form);
  await desk.decide(sue, 'APPROVE_CORRECTION', 'APPROVE', {}, caseId);
  await desk.ended(caseId);
  // 30 cents more, and the penalty of 100 is taken back.
  const { caseId: settlement, amountCents } = await desk.openTask('APPROVE_REFUND');
  expect(amountCents).toBe(70);
  await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE', {}, settlement);
  await desk.ended(settlement);
}
