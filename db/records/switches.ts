import type { CivilDate } from '../../domain/dates';
import type { ServiceOrderType, SwitchState } from '../../domain/states';
import type { ServiceOrder } from '../models/occupancy';
import type { Tx } from '../transaction';
import { meterAt } from './places';

const TURNS: Partial<Record<ServiceOrderType, SwitchState>> = {
  TURN_OFF: 'OFF',
  CUT_NONPAY: 'OFF',
  TURN_ON: 'ON',
  RECONNECT: 'ON',
};

/** What an order that is done does to the switch of the meter at its point; other systems are told where it changes. */
export async function switchBy(tx: Tx, order: ServiceOrder, onDate: CivilDate): Promise<void> {
  const { type, servicePointId, accountId, orderNumber, caseId } = order;
  const switchState = TURNS[type];
  const meter = switchState && (await meterAt(tx, servicePointId));
  if (!switchState || !meter || meter.switchState === switchState) return;
  await meter.update({ switchState });
  const { serviceCode } = await tx.db.ServicePoint.findByPk(servicePointId, { rejectOnEmpty: true });
  const data = { servicePointId, serviceCode, orderNumber };
  tx.audit({ action: `meter.${switchState}`, entity: 'meter', entityId: meter.serial, caseId, data });
  tx.change({ kind: switchState === 'OFF' ? 'SHUT_OFF' : 'TURNED_ON', accountId, onDate, data });
}
