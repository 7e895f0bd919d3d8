import type { OnboardForm } from '../contract/forms';
import { meterAt } from '../db/records/places';
import type { Tx } from '../db/transaction';
import type { Refusal } from '../domain/refusal';
import type { ResolvedService } from './services';

const TURNS_ON: readonly string[] = ['TURN_ON', 'RECONNECT'];

/** The services whose supply is turned off, and that no order of the form turns on: SUPPLY_OFF. */
export async function suppliesOff(
  tx: Tx,
  form: OnboardForm,
  services: ResolvedService[],
): Promise<Required<Refusal>[]> {
  const warnings: Required<Refusal>[] = [];
  for (const { servicePointId, serviceCode, position, pointer } of services) {
    const meter = servicePointId === null ? null : await meterAt(tx, servicePointId);
    if (meter?.switchState !== 'OFF') continue;
    const isTurnedOn = form.serviceOrders.some(
      (order) => order.serviceCode === serviceCode && order.position === position && TURNS_ON.includes(order.type),
    );
    if (isTurnedOn) continue;
    const message = `The supply of ${serviceCode} is turned off: order a TURN_ON`;
    warnings.push({ code: 'SUPPLY_OFF', message, pointer });
  }
  return warnings;
}
