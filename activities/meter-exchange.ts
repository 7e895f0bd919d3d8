import type { MeterExchangeForm } from '../contract/forms';
import { ensure, RefusedError } from '../db/errors';
import type { Meter } from '../db/models/places';
import { installMeter, refuseToInstall, removeMeter } from '../db/records/meters';
import type { Tx } from '../db/transaction';
import { maxDate } from '../domain/dates';
import { refuseExchange } from '../domain/meters/refuse-exchange';
import { HOLDING } from '../domain/states';
import { takeEffectAt } from './handover/handover-events';
import { Faults } from '../set-up/faults';
import type { RequestDone } from './request-done';
import { trueUpFinals } from './true-up';

/**
 * Exchanges an installed meter, whoever has the service: the old one goes out with its last read, the new one in with its
 * first, and a bill of the period adds both up (domain.md rule 2). Refused: METER_UNKNOWN, METER_NOT_INSTALLED and, all at
 * once with their fields, the reasons of refuseExchange, refuseToInstall and of both reads.
 */
export async function exchangeMeter(tx: Tx, form: MeterExchangeForm): Promise<RequestDone> {
  const meter = await lockInstalled(tx, form.meterId);
  const { servicePointId } = meter;
  const { newMeter, exchangedOn, removalRead, installRead } = form;
  const faults = new Faults();
  const holders = await tx.db.ServiceAgreement.findAll({
    where: { servicePointId, status: [...HOLDING, 'STOPPED', 'CLOSED'] },
    order: ['id'],
    lock: true,
  });
  const billed = holders.flatMap(({ lastBilledThrough: day }) => (day === null ? [] : [day]));
  const leaver = holders.find(({ status, stopReadId }) => status === 'PENDING_STOP' && stopReadId === null);
  const [first, ...rest] = billed;
  faults.add(
    refuseExchange({
      ...{ exchangedOn, today: tx.today, oldMeter: meter, newMeter, stopsOn: leaver?.endOn ?? null },
      billedThrough: first === undefined ? null : maxDate(first, ...rest),
    }),
  );
  const refusal = newMeter.serial === meter.serial ? null : await refuseToInstall(tx, newMeter);
  if (refusal) faults.add([{ ...refusal, pointer: '#/newMeter/serial' }]);
  faults.refuseAny();

  const removal = await faults.noting(() =>
    at('#/removalRead', () => removeMeter(tx, meter, { value: removalRead, removedOn: exchangedOn, caseId: null })),
  );
  if (!removal) return faults.refuse();
  const beginRead = { value: installRead, readOn: exchangedOn };
  const installed = await faults.noting(() =>
    at('#/installRead', () =>
      installMeter(tx, { ...newMeter, servicePointId, installedOn: exchangedOn, beginRead, caseId: null }),
    ),
  );
  if (!installed) return faults.refuse();
  tx.audit({
    ...{ action: 'meter.exchanged', entity: 'meter', entityId: meter.serial },
    data: { servicePointId, exchangedOn, newSerial: newMeter.serial },
  });
  const result = { servicePointId, removedMeterId: meter.id, removalReadId: removal.id };
  return {
    result: { ...result, meterId: installed.meter.id, installReadId: installed.read?.id ?? null },
    wakes: await takeEffectAt(tx, [servicePointId]),
    starts: await trueUpFinals(tx, [meter.id]),
  };
}

/** The meter under the lock of its location, the first of every step (design.md decision 3). */
async function lockInstalled(tx: Tx, meterId: number): Promise<Meter & { servicePointId: number }> {
  const before = await tx.db.Meter.findByPk(meterId);
  ensure(before, 'METER_UNKNOWN', 'There is no such meter');
  const point = before.servicePointId && (await tx.db.ServicePoint.findByPk(before.servicePointId));
  if (point) await tx.db.Location.findByPk(point.locationId, { lock: true });
  const meter = await tx.db.Meter.findByPk(meterId, { lock: true, rejectOnEmpty: true });
  const stays = meter.servicePointId !== null && meter.servicePointId === before.servicePointId;
  ensure(stays, 'METER_NOT_INSTALLED', `The meter is ${meter.status}`);
  return meter as Meter & { servicePointId: number };
}

/** A refusal of the act names this field, or the day where that is at fault. */
async function at<T>(pointer: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const isOfDay = DAY.has(error.refusal.code);
    throw new RefusedError({ ...error.refusal, pointer: isOfDay ? '#/exchangedOn' : pointer }, error.details);
  }
}

const DAY = new Set(['READ_BEFORE_LAST', 'READ_IN_FUTURE', 'REMOVED_BEFORE_INSTALLED']);
