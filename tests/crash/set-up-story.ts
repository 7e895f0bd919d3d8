import type { Db } from '../../db/create-db';
import { addDays, type CivilDate } from '../../domain/dates';
import type { createDesk } from '../support/desk';
import { eventually } from '../support/eventually';
import { copiedForm, deposit, order, scratchForm, service } from '../support/set-up';
import type { SmallTown } from '../support/small-town';

/** Set-ups that take every kind of step once: approved, waited for, reported on, moved, canceled, expired. */
export async function tellSetUps(
  { desk, db }: { desk: ReturnType<typeof createDesk>; db: Db },
  given: SmallTown,
  today: CivilDate,
): Promise<void> {
  const { cora, cliff, sam, fred } = given.users;
  const town = { ...given, today };
  const stepOf = (caseId: string, step: string) =>
    eventually(async () => {
      const row = await db.Case.findByPk(caseId, { rejectOnEmpty: true });
      if (row.step !== step) throw new Error(`${caseId} is at ${row.step}, not at ${step}`);
    });

  const services = [service('WATER'), service('REFUSE', { units: '2' })];
  const terms = { services, deposits: [deposit(5_000)], serviceOrders: [order('TURN_ON')] };
  const { caseId, accountNumber = '' } = await desk.setUp(cora, scratchForm(town, terms));
  await desk.decide(sam, 'APPROVE_SETUP', 'APPROVE');
  await stepOf(caseId, 'PENDING_START');
  const account = await db.Account.findOne({ where: { accountNumber }, rejectOnEmpty: true });
  await desk.pay(cora, {
    ...{ accountId: account.id, accountNumber, receiptNumber: 'D-1', amountCents: 5_000, receivedOn: today },
    ...{ method: 'CASH', applyTo: 'DEPOSIT' },
  });
  const { orderNumber } = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
  await desk.report(fred, orderNumber, null);
  await desk.ended(caseId);

  // Work that no case does: another meter, and an order beside the cases.
  const { id: meterId } = await db.Meter.findOne({ where: { serial: 'M-900002' }, rejectOnEmpty: true });
  const newMeter = { serial: 'M-900010', dials: 6, multiplier: '1', unit: 'gal' };
  const reads = { exchangedOn: today, removalRead: '25', installRead: '0', reason: 'worn out' };
  expect(await desk.work(cora, 'METER_EXCHANGE', { meterId, newMeter, ...reads })).toBe('APPLIED');
  const visit = { serviceCode: 'WATER', position: 1, dueOn: null, assignee: null, notes: null };
  expect(await desk.order(cora, { accountNumber, type: 'READ_IN', ...visit })).toBe('APPLIED');

  // The landlord holds the flat: set up for a later day, moved nearer, then given up.
  const second = await desk.setUp(cliff, copiedForm(town, { startDate: addDays(today, 5) }));
  await desk.command(cliff, second.caseId, 'RESCHEDULE', { startDate: addDays(today, 3) });
  await desk.command(cliff, second.caseId, 'CANCEL');
  await desk.ended(second.caseId);

  const meter = { ...scratchForm(town).meters[0]!, serial: 'M-900009' };
  const late = await desk.setUp(cora, scratchForm(town, { deposits: [deposit(5_000)], meters: [meter] }));
  await desk.advance(31);
  await desk.decide(cora, 'EXPIRE_OR_EXTEND', 'EXPIRE');
  await desk.ended(late.caseId);
}
