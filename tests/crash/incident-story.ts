import { refusalOf } from '../support/refusal';
import { incidentIn, pricesGone, tableGone } from '../support/incidents';
import type { SmallTown } from '../support/small-town';
import type { TestSystem } from '../support/system';
import type { CivilDate } from '../../domain/dates';

/** Incidents that take every kind of step once: amended, aborted, and left because another case ended theirs. */
export async function tellIncidents({ desk, db }: TestSystem, town: SmallTown, today: CivilDate): Promise<void> {
  const { cora, sue, fred, olive } = town.users;
  const meter = await db.Meter.findOne({ where: { serial: 'M-900010' }, rejectOnEmpty: true });
  const reads = await tableGone(db, 'meter_read');
  const row = { meterSerial: meter.serial, readOn: today, value: '40', source: 'ACTUAL' as const };
  const sent = desk.feed(cora, 'READS', [{ sourceId: 'S-2', ...row }]);
  const chunk = await incidentIn(db, null);
  await desk.command(olive, chunk.caseId ?? '', 'ABORT');
  expect(await sent).toBe('REFUSED');
  await reads.putBack();

  const agreement = await db.ServiceAgreement.findOne({
    where: { servicePointId: meter.servicePointId ?? 0, status: 'ACTIVE' },
    rejectOnEmpty: true,
  });
  const { id: accountId, accountNumber } = await db.Account.findByPk(agreement.accountId, { rejectOnEmpty: true });
  const form = { accountId, accountNumber, stopDate: today, vacateDate: today, forwardingAddress: null };
  const first = await desk.moveOut(cora, { ...form, stopReason: 'CUSTOMER', newTenant: 'UNKNOWN' });
  const asked = await desk.openTask('NEW_TENANT');
  const landlords = await tableGone(db, 'landlord_agreement');
  const decided = refusalOf(desk.decide(cora, 'NEW_TENANT', 'NO_NEW_TENANT'));
  await incidentIn(db, asked.caseId);
  await desk.command(cora, first.caseId, 'CANCEL');
  expect(await decided).toBe('CASE_CLOSED');
  await landlords.putBack();
  await desk.ended(asked.caseId);

  const { caseId } = await desk.moveOut(cora, { ...form, stopReason: 'CUSTOMER', newTenant: 'NO' });
  const prices = await pricesGone(db, 'RES-WATER');
  const order = await db.ServiceOrder.findOne({ where: { caseId, status: 'SCHEDULED' }, rejectOnEmpty: true });
  await desk.report(fred, order.orderNumber, { meterId: meter.id, value: '500', readOn: today });
  await incidentIn(db, caseId);
  await db.sequelize.transaction(() =>
    db.Rate.create({ code: 'ALT-WATER', serviceCode: 'WATER', name: 'Other', isDefault: false }),
  );
  await desk.command(cora, caseId, 'AMEND', { rates: [{ serviceCode: 'WATER', rateCode: 'ALT-WATER' }] });
  await desk.decide(sue, 'APPROVE_AMENDMENT', 'REJECT');
  await desk.command(olive, caseId, 'ABORT');
  expect(await desk.ended(caseId)).toMatchObject({ status: 'ABORTED' });
  await prices.putBack();
}
