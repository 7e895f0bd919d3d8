import {
  HOLDING,
  type AccountRole,
  type AccountStatus,
  type AgreementStatus,
  type ReadSource,
} from '../../domain/states';
import type { CivilDate } from '../../domain/dates';
import type { Db } from '../create-db';
import { agreementsOf as landlordAgreementsOf, currentOf } from './landlords';
import { alertsAt, notesAt } from './location-notes';
import { lastReadOf } from './meters';
import { pageOf, type Page, type PageRequest } from './page';
import { addressOf } from './people';
import { containing, select, startingWith } from './select';
import { unassignedAt } from './unassigned-usage';

/** One line of the location list. */
export interface LocationRow {
  locationNumber: string;
  address: string;
}

/**
 * The locations in the order of their numbers; where q is given, those whose address has each of its words in any part
 * and order, or whose number starts with it.
 */
export async function listLocations(db: Db, q: string | undefined, page: PageRequest): Promise<Page<LocationRow>> {
  const words = q?.split(/[\s,]+/).filter(Boolean) ?? [];
  const patterns = Object.fromEntries(words.map((word, i) => [`word${i}`, containing(word)]));
  const each = words.map((_, i) => `CONCAT_WS(' ', l.line1, l.line2, l.city, l.postal_code) LIKE :word${i}`);
  const found = `AND (l.location_number LIKE :number${words.length > 0 ? ` OR (${each.join(' AND ')})` : ''})`;
  const rows = await select<LocationRow & { id: number }>(
    db,
    `SELECT l.id id, l.location_number locationNumber, ${addressOf('l')} address FROM location l
     WHERE l.id > :after ${q ? found : ''} ORDER BY l.id LIMIT :limit`,
    { ...patterns, number: q && startingWith(q), after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return { rows: kept.map(({ id: _id, ...row }) => row), next };
}

/** One location with its service points, their meters and occupants, and its landlord; or null. */
export async function findLocation(db: Db, locationNumber: string, today: CivilDate) {
  const found = await db.Location.findOne({ where: { locationNumber }, raw: true });
  if (!found) return null;
  const { line1, line2, city, state, postalCode } = found;
  const [points, agreements, { agreements: landlords }, alerts, notes, unassigned] = await Promise.all([
    servicePoints(db, found.id),
    agreementsAt(db, found.id),
    landlordAgreementsOf(db, found.id),
    alertsAt(db, found.id, today),
    notesAt(db, found.id, today),
    unassignedAt(db, found.id),
  ]);
  return {
    locationNumber: found.locationNumber,
    classCode: found.classCode,
    version: found.version,
    address: { line1, line2, city, state, postalCode },
    servicePoints: points.map((point) => ({
      ...point,
      agreements: agreements
        .filter((one) => one.servicePointId === point.servicePointId)
        .map(({ servicePointId: _id, ...one }) => one),
    })),
    landlord: currentOf(landlords, today),
    landlordHistory: landlords,
    ...{ alerts, notes, unassigned },
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

/** The accounts of landlords at a location that hold a service or are about to. */
export function landlordAccountsAt(db: Db, locationId: number) {
  return select<{ accountNumber: string; customerNumber: string; status: AccountStatus }>(
    db,
    `SELECT a.account_number accountNumber, c.customer_number customerNumber, a.status status
     FROM account a JOIN customer c ON c.id = a.customer_id
     WHERE a.location_id = :locationId AND a.role = 'LANDLORD'
       AND a.status IN ('PENDING_APPROVAL', 'PENDING_START', 'ACTIVE', 'PENDING_STOP') ORDER BY a.account_number`,
    { locationId },
  );
}
