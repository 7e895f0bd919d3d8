import { QueryTypes } from 'sequelize';
import type { Db } from '../../db/create-db';
import type { AgreementStatus } from '../../domain/states';
import type { Office } from './office';
import type { MeterThing, PointThing } from './things';

/** Adds what the database has of these points and meters: installations, reads in force, agreements. */
export async function loadHistory(db: Db, office: Office, points: Set<PointThing>, meters: Set<MeterThing>) {
  const pointOf = new Map([...points].map((point) => [point.id, point]));
  const meterOf = new Map([...office.meters.values()].map((meter) => [meter.id, meter]));
  await loadInstallations(db, pointOf, meterOf, meters);
  await loadReads(db, meters);
  await loadAgreements(db, pointOf);
}

async function loadInstallations(
  db: Db,
  pointOf: Map<number, PointThing>,
  meterOf: Map<number, MeterThing>,
  meters: Set<MeterThing>,
): Promise<void> {
  const rows = await some<{ meterId: number; pointId: number; installedOn: string; removedOn: string | null }>(
    db,
    `SELECT meter_id meterId, service_point_id pointId, installed_on installedOn, removed_on removedOn
     FROM meter_installation WHERE service_point_id IN (:ids) OR meter_id IN (:more) ORDER BY installed_on`,
    [...pointOf.keys()],
    [...meters].map(({ id }) => id),
  );
  for (const { meterId, pointId, installedOn, removedOn } of rows) {
    const meter = meterOf.get(meterId);
    if (!meter) continue;
    meters.add(meter);
    const point = pointOf.get(pointId) ?? null;
    const installation = { meter, point, installedOn, removedOn, row: null };
    meter.installations.push(installation);
    point?.installations.push(installation);
  }
}

async function loadReads(db: Db, meters: Set<MeterThing>): Promise<void> {
  const meterOf = new Map([...meters].map((meter) => [meter.id, meter]));
  const rows = await some<{ id: number; meterId: number; readOn: string; value: string; rollover: number }>(
    db,
    `SELECT id, meter_id meterId, read_on readOn, value, rollover FROM meter_read
     WHERE superseded_by_id IS NULL AND meter_id IN (:ids) ORDER BY read_on, id`,
    [...meterOf.keys()],
  );
  for (const { meterId, rollover, ...read } of rows) {
    const meter = meterOf.get(meterId);
    meter?.reads.push({ ...read, meter, rollover: Boolean(rollover), row: null });
  }
}

async function loadAgreements(db: Db, pointOf: Map<number, PointThing>): Promise<void> {
  const rows = await some<{
    id: number;
    pointId: number;
    startOn: string;
    endOn: string | null;
    status: AgreementStatus;
  }>(
    db,
    `SELECT id, service_point_id pointId, start_on startOn, end_on endOn, status FROM service_agreement
     WHERE status <> 'CANCELED' AND service_point_id IN (:ids)`,
    [...pointOf.keys()],
  );
  const none = { account: null, row: null, rate: null, startRead: null, stopRead: null, billedRead: null };
  for (const { pointId, ...agreement } of rows) {
    const point = pointOf.get(pointId);
    point?.agreements.push({ ...agreement, ...none, point });
  }
}

async function some<T extends object>(db: Db, sql: string, ids: number[], more: number[] = []): Promise<T[]> {
  if (ids.length + more.length === 0) return [];
  // IN () is no SQL; no row has this id.
  const replacements = { ids: ids.length > 0 ? ids : [0], more: more.length > 0 ? more : [0] };
  return db.sequelize.query<T>(sql, { type: QueryTypes.SELECT, replacements });
}
