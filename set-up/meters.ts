import type { InstallMeterForm, OnboardForm, RemoveMeterForm } from '../contract/forms';
import type { Meter } from '../db/models/places';
import { refuseStartRead } from '../db/records/meter-reads';
import { refuseToInstall, refuseToRemove } from '../db/records/meters';
import { meterAt } from '../db/records/places';
import type { Tx } from '../db/transaction';
import type { Refusal } from '../domain/refusal';
import { HOLDING } from '../domain/states';
import type { Faults } from './faults';
import type { ResolvedService } from './services';

/** A meter of the form with its place there. */
interface At<M> {
  i: number;
  meter: M;
}

/** The form's meters of one service point: the one to put in, and the one to take out first. */
export function metersAt(form: OnboardForm, at: { serviceCode: string; position: number }) {
  const here = form.meters
    .map((meter, i) => ({ i, meter }))
    .filter(({ meter }) => meter.serviceCode === at.serviceCode && meter.position === at.position);
  return {
    put: here.find((each): each is At<InstallMeterForm> => each.meter.action !== 'REMOVE'),
    taken: here.find((each): each is At<RemoveMeterForm> => each.meter.action === 'REMOVE'),
  };
}

/**
 * Checks that each metered service has a meter, there or in the form, and that what the form takes out or puts in can be
 * (domain.md row S10). Notes METER_MISSING, METER_NOT_NEEDED, METER_THERE, METER_NOT_THERE, METER_HELD,
 * BEGIN_READ_MISSING, INSTALLED_BEFORE_REMOVED, METER_SAME and the reasons of refuseToInstall, refuseToRemove and
 * refuseStartRead.
 */
export async function checkMeters(
  tx: Tx,
  form: OnboardForm,
  services: ResolvedService[],
  faults: Faults,
): Promise<void> {
  for (const service of services) await checkPoint(tx, form, service, faults);
}

async function checkPoint(tx: Tx, form: OnboardForm, at: ResolvedService, faults: Faults): Promise<void> {
  const { service, servicePointId, pointer } = at;
  const { put, taken } = metersAt(form, at);
  const there = servicePointId === null ? null : await meterAt(tx, servicePointId);
  const note = (holds: boolean, code: string, message: string, where: string) => {
    if (!holds) faults.add([{ code, message, pointer: where }]);
  };
  for (const given of [put, taken]) {
    const message = `${service.name} is not metered`;
    if (given) note(service.metered, 'METER_NOT_NEEDED', message, `#/meters/${given.i}`);
  }
  if (!service.metered) return;
  const stays = there !== null && !taken;
  note(stays || put !== undefined, 'METER_MISSING', `${service.name} needs a meter`, pointer);
  if (taken) faults.add(await refuseToTakeOut(tx, taken, there));
  if (!put) return;
  const field = `#/meters/${put.i}`;
  const { serial, beginRead, dials, multiplier } = put.meter;
  note(!stays, 'METER_THERE', `The meter ${there?.serial} is installed there; exchange it instead`, field);
  note(beginRead !== null, 'BEGIN_READ_MISSING', 'A meter that is put in needs its read', `${field}/beginRead`);
  const after = !taken || !beginRead || beginRead.readOn >= taken.meter.removalRead.readOn;
  const message = 'A meter is put in when the one before is out, or later';
  note(after, 'INSTALLED_BEFORE_REMOVED', message, `${field}/beginRead/readOn`);
  const isSame = taken?.meter.serial === serial;
  note(!isSame, 'METER_SAME', 'The meter that is put in is the one that is taken out', `${field}/serial`);
  const refusal = isSame ? null : await refuseToInstall(tx, put.meter);
  if (refusal) faults.add([{ ...refusal, pointer: `${field}/serial` }]);
  if (refusal || isSame || !beginRead) return;
  const known = await tx.db.Meter.findOne({ where: { serial } });
  const unread = await refuseStartRead(tx, { id: known?.id ?? null, dials, multiplier }, beginRead);
  if (unread) faults.add([{ ...unread, pointer: `${field}/beginRead/value` }]);
}

async function refuseToTakeOut(tx: Tx, { i, meter }: At<RemoveMeterForm>, there: Meter | null): Promise<Refusal[]> {
  if (there?.serial !== meter.serial) {
    const message = there ? `The meter there is ${there.serial}` : 'There is no meter to take out';
    return [{ code: 'METER_NOT_THERE', message, pointer: `#/meters/${i}/serial` }];
  }
  const { value, readOn: removedOn } = meter.removalRead;
  const refusal = await refuseToRemove(tx, there, { value, removedOn });
  if (refusal) return [{ ...refusal, pointer: `#/meters/${i}/removalRead/value` }];
  const where = { servicePointId: there.servicePointId ?? 0, status: [...HOLDING] };
  if ((await tx.db.ServiceAgreement.count({ where })) === 0) return [];
  const message = 'Somebody has the service and has not stopped: exchange the meter on its own page';
  return [{ code: 'METER_HELD', message, pointer: `#/meters/${i}` }];
}
