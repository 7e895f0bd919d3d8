import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { eventually } from '../support/eventually';
import type { Flat, SmallTown } from '../support/small-town';
import type { TestSystem } from '../support/system';

/**
 * A place that nobody takes, and a debt that nobody pays: the landlord says no after yes, a clerk starts the vacancy of
 * the place and gives it up, starts it again and has the place shut off; what the leaver owes goes to collections.
 */
export async function tellVacancy({ desk, db }: TestSystem, { users }: SmallTown, flat: Flat): Promise<void> {
  const { cora, cliff, sue, fred } = users;
  const { accountId, accountNumber, locationNumber, meterId, today } = flat;
  const account = { accountId, accountNumber };
  const stopDate = addDays(today, 5);
  const openCase = (type: 'VACANCY' | 'SETTLEMENT') =>
    db.Case.findOne({ where: { type, closedAt: null }, rejectOnEmpty: true });
  const orderOf = (caseId: string) =>
    db.ServiceOrder.findOne({ where: { caseId, status: 'SCHEDULED' }, rejectOnEmpty: true });

  const { caseId: left } = await desk.moveOut(cora, {
    ...{ ...account, stopDate, vacateDate: stopDate, stopReason: 'CUSTOMER' },
    ...{ forwardingAddress: null, newTenant: 'NO' },
  });
  await desk.decide(cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
  const { caseId: promised } = await openCase('VACANCY');
  await desk.command(cora, promised, 'LANDLORD_DECLINES');
  await desk.advance(5);
  const { orderNumber: finalRead } = await orderOf(left);
  await desk.report(fred, finalRead, { meterId, value: '1500', readOn: stopDate });
  await desk.decide(sue, 'APPROVE_FINAL_BILL', 'APPROVE');
  await desk.ended(left);
  expect(await desk.ended(promised)).toMatchObject({ step: 'VACANT' });

  const { caseId: givenUp } = await desk.vacancy(cora, { locationNumber });
  await desk.openTask('NEW_TENANT');
  await desk.command(cora, givenUp, 'CANCEL');
  await desk.ended(givenUp);

  const { caseId: again } = await desk.vacancy(cora, { locationNumber });
  await desk.decide(cora, 'NEW_TENANT', 'NO_NEW_TENANT');
  await desk.decide(cliff, 'RECONNECT_TO_LANDLORD', 'SHUT_OFF');
  await desk.decide(sue, 'CONFIRM_SHUT_OFF', 'APPROVE');
  const { orderNumber: turnOff } = await eventually(() => orderOf(again));
  await desk.report(fred, turnOff, null);
  expect(await desk.ended(again)).toMatchObject({ step: 'SHUT_OFF' });

  const { caseId: settlement } = await openCase('SETTLEMENT');
  await inTransaction(db, 1, (tx) =>
    putSetting(tx, 'collections', { ...tx.settings.collections, afterReminders: 2, afterDays: 30 }),
  );
  await desk.advance(60);
  await desk.decide(cliff, 'HAND_TO_COLLECTIONS', 'HAND_OVER');
  expect(await db.Account.findByPk(accountId)).toMatchObject({ status: 'COLLECTIONS' });
  const amountCents = await db.Posting.sum('amountCents', { where: { accountId, ledgerAccount: 'RECEIVABLE' } });
  await desk.pay(cora, {
    ...{ ...account, receiptNumber: 'R-50', amountCents: Number(amountCents), receivedOn: addDays(today, 65) },
    ...{ method: 'CASH', applyTo: 'ACCOUNT' },
  });
  expect(await desk.ended(settlement)).toMatchObject({ step: 'PAID' });
  expect(await db.CollectionsLine.count({ where: { accountId } })).toBe(2);
}
