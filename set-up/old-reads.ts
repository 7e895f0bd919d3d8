import type { OnboardForm } from '../contract/forms';
import { lastRead } from '../db/records/meter-reads';
import { meterAt } from '../db/records/places';
import type { Tx } from '../db/transaction';
import { daysBetween } from '../domain/dates';
import { sharesRead } from '../domain/onboarding/place-newcomer';
import { isReadOld } from '../domain/onboarding/read-age';
import type { Refusal } from '../domain/refusal';
import type { Decided } from './place';
import type { ResolvedService } from './services';

/**
 * The services that would begin on a read which is too old, or on none, and have no READ_IN order (domain.md rows S6 and
 * S10): READ_OLD. Whoever shares the final read of the one before needs no other.
 */
export async function oldReads(
  tx: Tx,
  form: OnboardForm,
  services: ResolvedService[],
  decided: Decided[],
): Promise<Required<Refusal>[]> {
  const warnings: Required<Refusal>[] = [];
  for (const { service, placement } of decided) {
    const { servicePointId, startOn, pointer } = service;
    const line = services.find((each) => each.pointer === pointer);
    const of = ({ serviceCode, position }: { serviceCode: string; position: number }) =>
      serviceCode === line?.serviceCode && position === line.position;
    const isRead =
      form.serviceOrders.some((order) => of(order) && order.type === 'READ_IN') ||
      form.meters.some((meter) => of(meter) && meter.action !== 'REMOVE');
    const canBeRead = servicePointId !== null && !isRead && !sharesRead(placement);
    const meter = canBeRead ? await meterAt(tx, servicePointId) : null;
    if (!meter) continue;
    const last = await lastRead(tx, meter.id);
    const ageDays = last && daysBetween(last.readOn, startOn);
    if (!isReadOld(ageDays, tx.settings.onboarding.maxReadAgeDays)) continue;
    const message = last
      ? `The last read of ${meter.serial} is of ${last.readOn}, ${ageDays} days before the start: order a READ_IN`
      : `${meter.serial} was never read, and service begins with a read: order a READ_IN`;
    warnings.push({ code: 'READ_OLD', message, pointer });
  }
  return warnings;
}
