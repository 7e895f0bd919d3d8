import type { OnboardForm } from '../../contract/forms';
import { RefusedError } from '../../db/errors';
import { installMeter, removeMeter } from '../../db/records/meters';
import { meterAt } from '../../db/records/places';
import type { Tx } from '../../db/transaction';
import { metersAt } from '../../set-up/meters';
import type { PlacedService } from './place';

/** A service of the form with its place in it. */
export type PlacedLine = PlacedService & { position: number };

/**
 * Takes the form's meters out and puts its meters in, point by point; the read that one is put in with is the newcomer's
 * beginning read, unless they share the last read of the one before.
 */
export async function putMetersIn(
  tx: Tx,
  about: { caseId: string; form: OnboardForm; services: PlacedLine[] },
): Promise<void> {
  const { caseId, form, services } = about;
  for (const service of services) {
    const { servicePointId } = service;
    const { put, taken } = metersAt(form, service);
    const out = taken && (await meterAt(tx, servicePointId));
    if (taken && out) {
      const { value, readOn: removedOn } = taken.meter.removalRead;
      const field = `#/meters/${taken.i}/removalRead`;
      await pointingAt(`${field}/value`, field, () => removeMeter(tx, out, { value, removedOn, caseId }));
    }
    if (!put) continue;
    const { serial, dials, multiplier, unit, beginRead } = put.meter;
    const given = { serial, dials, multiplier, unit, servicePointId, beginRead, caseId };
    const installedOn = beginRead?.readOn ?? tx.today;
    const { read } = await pointingAt(`#/meters/${put.i}/serial`, `#/meters/${put.i}/beginRead`, () =>
      installMeter(tx, { ...given, installedOn }),
    );
    service.startReadId = read?.id ?? null;
  }
}

/** A refusal of the act names the form's field: that of the read, if it is about a read. */
async function pointingAt<T>(field: string, readField: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const pointer = error.refusal.code.startsWith('READ_') ? `${readField}/value` : field;
    throw new RefusedError({ ...error.refusal, pointer }, error.details);
  }
}
