import type { MeterStatus, ReadSource } from '../../domain/states';
import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { select, selectOne, startingWith } from './select';

/** The last read of a meter that no other read supersedes. */
export interface LastRead {
  value: string;
  readOn: string;
  source: ReadSource;
}

/** SQL for the id of a meter's last read in force. */
export const lastReadOf = (meterId: string): string =>
  `(SELECT lr.id FROM meter_read lr WHERE lr.meter_id = ${meterId} AND lr.superseded_by_id IS NULL
    ORDER BY lr.read_on DESC, lr.id DESC LIMIT 1)`;

/** A meter, where it is and what it showed last. */
export interface MeterRow {
  meterId: number;
  serial: string;
  dials: number;
  multiplier: string;
  unit: string;
  status: MeterStatus;
  locationNumber: string | null;
  serviceCode: string | null;
  servicePointId: number | null;
  lastRead: LastRead | null;
  version: number;
}

interface Joined extends Omit<MeterRow, 'lastRead'> {
  value: string | null;
  readOn: string;
  source: ReadSource;
}

const METER = `SELECT m.id meterId, m.serial serial, m.dials dials, m.multiplier multiplier, m.unit unit, m.status status,
    l.location_number locationNumber, p.service_code serviceCode, m.service_point_id servicePointId, m.version version,
    r.value value, r.read_on readOn, r.source source
  FROM meter m LEFT JOIN service_point p ON p.id = m.service_point_id LEFT JOIN location l ON l.id = p.location_id
  LEFT JOIN meter_read r ON r.id = ${lastReadOf('m.id')}`;

const rowOf = ({ value, readOn, source, ...meter }: Joined): MeterRow => ({
  ...{ ...meter, lastRead: value === null ? null : { value, readOn, source } },
});

/** The meters, of a status and with a serial number that starts so where these are given. */
export async function listMeters(
  db: Db,
  { status, q }: { status?: MeterStatus; q?: string },
  page: PageRequest,
): Promise<Page<MeterRow>> {
  const filters = [...(status ? ['m.status = :status'] : []), ...(q ? ['m.serial LIKE :like'] : [])];
  const rows = await select<Joined>(
    db,
    `${METER} WHERE ${['m.id > :after', ...filters].join(' AND ')} ORDER BY m.id LIMIT :limit`,
    { status, like: q && startingWith(q), after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.meterId]);
  return { rows: kept.map(rowOf), next };
}

/** One meter with the places where it was and the reads that it showed, the newest first; or null. */
export async function findMeter(db: Db, meterId: number) {
  const row = await selectOne<Joined>(db, `${METER} WHERE m.id = :meterId`, { meterId });
  if (!row) return null;
  const installations = await select<{
    locationNumber: string;
    serviceCode: string;
    installedOn: string;
    installRead: string | null;
    removedOn: string | null;
    removalRead: string | null;
  }>(
    db,
    `SELECT l.location_number locationNumber, p.service_code serviceCode, i.installed_on installedOn, ir.value installRead,
       i.removed_on removedOn, rr.value removalRead
     FROM meter_installation i JOIN service_point p ON p.id = i.service_point_id JOIN location l ON l.id = p.location_id
     LEFT JOIN meter_read ir ON ir.id = i.install_read_id LEFT JOIN meter_read rr ON rr.id = i.removal_read_id
     WHERE i.meter_id = :meterId ORDER BY i.installed_on DESC, i.id DESC`,
    { meterId },
  );
  const reads = await select<LastRead>(
    db,
    `SELECT value, read_on readOn, source FROM meter_read WHERE meter_id = :meterId AND superseded_by_id IS NULL
     ORDER BY read_on DESC, id DESC LIMIT 24`,
    { meterId },
  );
  return { ...rowOf(row), installations, reads };
}
