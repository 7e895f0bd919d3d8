import type { ServiceAgreement } from '../../db/models/occupancy';
import { meterAt } from '../../db/records/places';
import { cutOrder, dueByCalendar } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import { ORDER_OPEN } from '../../domain/states';

/**
 * Whoever has a service after all that they were to leave has the supply too that was turned off meanwhile by a vacancy.
 * What was off before, cut or disconnected for a while, stays off.
 */
export async function turnOnAgain(tx: Tx, { id, accountId, servicePointId }: ServiceAgreement): Promise<void> {
  const meter = await meterAt(tx, servicePointId);
  if (meter?.switchState !== 'OFF') return;
  const lines = await tx.db.VacancyLine.findAll({ where: { outgoingAgreementId: id } });
  const caseId = lines.map((line) => line.caseId);
  const turnedOff = { caseId, servicePointId, type: 'TURN_OFF' as const, status: 'COMPLETED' as const };
  if ((await tx.db.ServiceOrder.count({ where: turnedOff })) === 0) return;
  const sent = { accountId, servicePointId, type: 'TURN_ON' as const, status: [...ORDER_OPEN] };
  if ((await tx.db.ServiceOrder.count({ where: sent })) > 0) return;
  const dueOn = await dueByCalendar(tx, 'TURN_ON', null);
  await cutOrder(tx, { type: 'TURN_ON', caseId: null, accountId, servicePointId, dueOn });
}
