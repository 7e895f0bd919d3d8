import {
  HOLDING,
  type AccountRole,
  type AgreementStatus,
  type LandlordDecision,
  type ReadSource,
} from '../../domain/states';
import type { Db } from '../create-db';
import { lastReadOf } from './meters';
import { pageOf, type Page, type PageRequest } from './page';
import { addressOf } from './people';
import { containing, parsedJson, select, selectOne } from './select';

/** One line of the location list. */
export interface LocationRow {
  locationNumber: string;
  address: string;
}

/** The locations, by street or number where q is given, in the order of their numbers. */
export async function listLocations(db: Db, q: string | undefined, page: PageRequest): Promise<Page<LocationRow>> {
  const rows = await select<LocationRow & { id: number }>(
    db,
    `SELECT l.id id, l.location_number locationNumber, ${addressOf('l')} address FROM location l
     WHERE l.id > :after ${q ? 'AND (l.line1 LIKE :like OR l.location_number = :q)' : ''} ORDER BY l.id LIMIT :limit`,
    { q, like: q && containing(q), after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return { rows: kept.map(({ id: _id, ...row }) => row), next };
}

/** One location with its service points, their meters and occupants, and its landlord; or null. */
export async function findLocation(db: Db, locationNumber: string) {
  const found = await db.Location.findOne({ where: { locationNumber }, raw: true });
  if (!found) return null;
  const { line1, line2, city, state, postalCode } = found;
  const [points, agreements, landlord] = await Promise.all([
    servicePoints(db, found.id),
    agreementsAt(db, found.id),
    landlordOf(db, found.id),
  ]);
  return {
    locationNumber: found.locationNumber,
    address: { line1, line2, city, state, postalCode },
    servicePoints: points.map((point) => ({
      ...point,
      agreements: agreements
        .filter((one) => one.servicePointId === point.servicePointId)
        .map(({ servicePointId: _id, ...one }) => one),
    })),
    landlord,
  };
}

async function servicePoints(db: Db, locationId: number) {
  const rows = await select<{
    servicePointId: number;
    serviceCode: string;
    serviceName: string;
    metered: number;
    meterId: number | null;
    serial: string;
    dials: number;
    multiplier: string;
    unit: string;
    value: string | null;
    readOn: string;
    source: ReadSource;
  }>(
    db,
    `SELECT p.id servicePointId, p.service_code serviceCode, s.name serviceName, s.metered metered, m.id meterId,
       m.serial serial, m.dials dials, m.multiplier multiplier, m.unit unit, r.value value, r.read_on readOn, r.source source
     FROM service_point p JOIN service s ON s.code = p.service_code
     LEFT JOIN meter m ON m.service_point_id = p.id LEFT JOIN meter_read r ON r.id = ${lastReadOf('m.id')}
     WHERE p.location_id = :locationId ORDER BY s.priority, p.id`,
    { locationId },
  );
  return rows.map(
    ({
      servicePointId,
      serviceCode,
      serviceName,
      metered,
      value,
      readOn,
      source,
      meterId,
      serial,
      dials,
      multiplier,
      unit,
    }) => ({
      servicePointId,
      serviceCode,
      serviceName,
      metered: Boolean(metered),
      meter:
        meterId === null
          ? null
          : { meterId, serial, dials, multiplier, unit, lastRead: value === null ? null : { value, readOn, source } },
    }),
  );
}

async function agreementsAt(db: Db, locationId: number) {
  const rows = await select<{
    servicePointId: number;
    accountNumber: string;
    accountRole: AccountRole;
    customerNumber: string;
    customerName: string;
    status: AgreementStatus;
    startOn: string;
    endOn: string | null;
  }>(
    db,
    `SELECT g.service_point_id servicePointId, a.account_number accountNumber, a.role accountRole,
       c.customer_number customerNumber, c.display_name customerName, g.status status, g.start_on startOn, g.end_on endOn
     FROM service_agreement g JOIN service_point p ON p.id = g.service_point_id
     JOIN account a ON a.id = g.account_id JOIN customer c ON c.id = a.customer_id
     WHERE p.location_id = :locationId ORDER BY g.start_on DESC, g.id DESC`,
    { locationId },
  );
  return rows.map((row) => ({ ...row, holds: HOLDING.includes(row.status) }));
}

async function landlordOf(db: Db, locationId: number) {
  const found = await selectOne<{ id: number; customerNumber: string; customerName: string; startOn: string }>(
    db,
    `SELECT la.id id, c.customer_number customerNumber, c.display_name customerName, la.start_on startOn
     FROM landlord_agreement la JOIN customer c ON c.id = la.customer_id
     WHERE la.location_id = :locationId AND la.end_on IS NULL`,
    { locationId },
  );
  if (!found) return null;
  const lines = await select<{
    serviceCode: string;
    decision: LandlordDecision;
    rateCode: string;
    seasonStart: string | null;
    seasonEnd: string | null;
    stopReasonsExcluded: unknown;
  }>(
    db,
    `SELECT n.service_code serviceCode, n.decision decision, r.code rateCode, n.season_start seasonStart, n.season_end seasonEnd,
       n.stop_reasons_excluded stopReasonsExcluded
     FROM landlord_agreement_line n JOIN rate r ON r.id = n.rate_id WHERE n.landlord_agreement_id = :id ORDER BY n.service_code`,
    { id: found.id },
  );
  const { customerNumber, customerName, startOn } = found;
  return {
    customerNumber,
    customerName,
    startOn,
    lines: lines.map((line) => ({ ...line, stopReasonsExcluded: parsedJson<string[]>(line.stopReasonsExcluded) })),
  };
}
