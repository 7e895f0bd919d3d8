import { checkAddress } from '../../../domain/addresses/check-address';
import { fresh } from '../check/check';
import type { ValuesOf } from '../files';
import { pointKey, type MeterThing, type ReadThing } from '../things';
import { addAll, type Writing } from './writing';

/** Adds locations, service points, meters with their installations, and reads. */
export async function writePlaces(w: Writing): Promise<void> {
  const { tx, c } = w;
  const { locations, points } = c.office;
  await addAll(
    w,
    tx.db.Location,
    fresh(c, 'locations').map(({ values }) => ({
      ...{ ...values, line2: values.line2 ?? null, ...homePartsOf(values, c.settings.contacts.country) },
      ...{ id: locations.get(values.locationNumber)?.id, createdAt: tx.now },
    })),
  );
  await addAll(
    w,
    tx.db.ServicePoint,
    fresh(c, 'servicePoints').map(({ values: { locationNumber, service, position } }) => ({
      ...{ id: points.get(pointKey(locationNumber, service, position))?.id, serviceCode: service, position },
      locationId: locations.get(locationNumber)?.id ?? 0,
    })),
  );
  const meters = [...c.office.meters.values()].filter(({ rows: [row] }) => row && !row.already && !c.bad.has(row));
  await addAll(w, tx.db.Meter, meters.map(meterRow));
  await writeReads(w);
  await addAll(w, tx.db.MeterInstallation, meters.flatMap(installationRows));
}

/** State and postal code as the office's country writes them. */
function homePartsOf(values: ValuesOf<'locations'>, country: string) {
  const { state, postalCode } = checkAddress({ ...values, line2: values.line2 ?? null }, country, '#').address;
  return { state, postalCode };
}

function meterRow({ id, serial, dials, multiplier, unit, installations }: MeterThing) {
  const here = installations.find(({ removedOn }) => removedOn === null);
  const status = here ? 'INSTALLED' : installations.length > 0 ? 'REMOVED' : 'INVENTORY';
  return { id, serial, dials, multiplier, unit, servicePointId: here?.point?.id ?? null, status } as const;
}

function installationRows(meter: MeterThing) {
  const idOn = (day: string | null) => meter.reads.find(({ readOn }) => readOn === day)?.id ?? null;
  return meter.installations.map(({ point, installedOn, removedOn }) => ({
    ...{ meterId: meter.id, servicePointId: point?.id ?? 0, installedOn, removedOn },
    ...{ installReadId: idOn(installedOn), removalReadId: idOn(removedOn) },
  }));
}

async function writeReads(w: Writing): Promise<void> {
  const { tx, c } = w;
  const things = new Map<unknown, ReadThing>();
  for (const meter of c.office.meters.values()) for (const read of meter.reads) things.set(read.row, read);
  const stamp = { serviceOrderId: null, caseId: null, supersededById: null, recordedBy: tx.actorId, createdAt: tx.now };
  await addAll(
    w,
    tx.db.MeterRead,
    fresh(c, 'reads').map((row) => {
      const { readOn, value, source, rollover } = row.values;
      const thing = things.get(row);
      return { id: thing?.id, meterId: thing?.meter.id ?? 0, readOn, value, source, rollover, ...stamp };
    }),
  );
}
