import type { Row } from '../files';
import { groupBy } from '../group-by';
import { pointKey, type InstallationThing, type MeterThing } from '../things';
import { named, refuseFuture, refuseKnown, spoilTogether, type Check, type Good } from './check';

/** Checks each meter with all its rows: at one place at a time, and one meter at a point at a time. */
export function checkMeters(c: Check): void {
  const points = new Set<NonNullable<InstallationThing['point']>>();
  const ofSerial = groupBy(c.rows.meters, ({ key }) => key.split(' ')[0] ?? '');
  for (const all of ofSerial.values()) {
    const rows = all.filter((row): row is Good<'meters'> => row.values !== null && !row.already && !c.bad.has(row));
    const meter = rows[0] && meterOf(c, rows[0], all, rows);
    if (!meter || spoilTogether(c, all, 'serial')) continue;
    c.office.meters.set(meter.serial, meter);
    for (const installation of meter.installations) {
      installation.point?.installations.push(installation);
      if (installation.point) points.add(installation.point);
    }
  }
  for (const { installations } of points) refuseOverlap(c, installations, 'The point has another meter on these days');
}

function meterOf(c: Check, first: Good<'meters'>, all: Row<'meters'>[], rows: Good<'meters'>[]): MeterThing {
  const { serial, dials, multiplier, unit } = first.values;
  const installations: InstallationThing[] = [];
  const meter: MeterThing = {
    ...{ id: c.office.nextId('meter'), serial, dials, multiplier, unit, rows: all, installations, reads: [] },
  };
  for (const row of rows) {
    refuseKnown(c, row, 'serial', c.office.meters.has(serial));
    refuseFuture(c, row, ['installedOn', 'removedOn']);
    for (const cell of ['dials', 'multiplier', 'unit'] as const)
      if (row.values[cell] !== meter[cell]) c.bad.add(row, cell, `The other rows of this meter say ${meter[cell]}`);
    const installation = installationOf(c, row, meter);
    if (installation) installations.push(installation);
  }
  installations.sort(byDay);
  refuseOverlap(c, installations, 'The meter is at another place on these days');
  return meter;
}

function installationOf(c: Check, row: Good<'meters'>, meter: MeterThing): InstallationThing | null {
  const { locationNumber, service, position, installedOn, removedOn = null } = row.values;
  if (!locationNumber || !service || !installedOn) return null;
  const key = pointKey(locationNumber, service, position);
  const point = named(c, row, 'locationNumber', { file: 'servicePoints', key, things: c.office.points });
  if (c.office.services.get(service)?.metered === false) c.bad.add(row, 'service', `${service} is not metered`);
  return point && { meter, point, installedOn, removedOn, row };
}

const byDay = (a: InstallationThing, b: InstallationThing): number =>
  a.installedOn.localeCompare(b.installedOn) || (a.removedOn ?? '9999').localeCompare(b.removedOn ?? '9999');

function refuseOverlap(c: Check, installations: InstallationThing[], reason: string): void {
  installations.sort(byDay);
  for (const [i, { installedOn, row }] of installations.entries()) {
    const before = installations[i - 1];
    if (!before || (before.removedOn !== null && before.removedOn <= installedOn)) continue;
    const late = row ?? before.row;
    if (late) c.bad.add(late, 'installedOn', reason);
    for (const { meter } of [before, ...(installations[i] ? [installations[i]] : [])])
      spoilTogether(c, meter.rows, 'serial');
  }
}
