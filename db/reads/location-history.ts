import type { CivilDate } from '../../domain/dates';
import type { CaseType, ReadSource } from '../../domain/states';
import type { Db } from '../create-db';
import { afterPosition, pageOf, type Page, type PageRequest } from './page';
import { select } from './select';

/** What can have happened at a place. */
export const HISTORY_KINDS = [
  ...(['ACCOUNT_STARTED', 'ACCOUNT_STOPPED', 'SERVICE_STARTED', 'SERVICE_STOPPED'] as const),
  ...(['METER_INSTALLED', 'METER_REMOVED', 'READ', 'CASE_OPENED', 'CASE_CLOSED'] as const),
];

/** One thing that happened at a place; what is null is not of its kind. */
export interface HistoryRow {
  onDate: CivilDate;
  kind: (typeof HISTORY_KINDS)[number];
  /** The instant, of a case. */
  at: Date | null;
  accountNumber: string | null;
  customerNumber: string | null;
  customerName: string | null;
  /** Of the account, the agreement or the case, as it is now. */
  status: string | null;
  serviceCode: string | null;
  meterId: number | null;
  serial: string | null;
  value: string | null;
  source: ReadSource | null;
  caseId: string | null;
  caseType: CaseType | null;
}

type Column = Exclude<keyof HistoryRow, 'onDate' | 'kind'>;

const EMPTY: Record<Column, string> = {
  ...{ at: 'NULL', accountNumber: 'NULL', customerNumber: 'NULL', customerName: 'NULL', status: 'NULL' },
  ...{ serviceCode: 'NULL', meterId: 'NULL', serial: 'NULL', value: 'NULL', source: 'NULL' },
  ...{ caseId: 'NULL', caseType: 'NULL' },
};

// One SELECT of the union: every kind has the same columns, and a text that orders it within its day.
function part(
  kind: HistoryRow['kind'],
  { on, id, columns, from }: { on: string; id: string; columns: Partial<Record<Column, string>>; from: string },
): string {
  const named = Object.entries({ ...EMPTY, ...columns }).map(([name, column]) => `${column} ${name}`);
  return `SELECT ${on} onDate, '${kind}' kind, CONCAT('${kind} ', LPAD(${id}, 48, '0')) place, ${named.join(', ')} FROM ${from}`;
}

const HOLDER = {
  accountNumber: 'a.account_number',
  customerNumber: 'k.customer_number',
  customerName: 'k.display_name',
};
const ACCOUNT = 'account a JOIN customer k ON k.id = a.customer_id';
const POINT = 'JOIN service_point p ON p.id';
const METER = { meterId: 'm.id', serial: 'm.serial', serviceCode: 'p.service_code' };

const account = { id: 'a.id', columns: { ...HOLDER, status: 'a.status' } };
const agreement = { id: 'g.id', columns: { ...HOLDER, status: 'g.status', serviceCode: 'g.service_code' } };
const agreements = `${ACCOUNT} JOIN service_agreement g ON g.account_id = a.id ${POINT} = g.service_point_id
  WHERE p.location_id = :locationId`;
const installations = `meter_installation i JOIN meter m ON m.id = i.meter_id ${POINT} = i.service_point_id
  WHERE p.location_id = :locationId`;
const theCase = (instant: string) => ({
  // Instants are kept in UTC; the office's evening is the next day there.
  on: `DATE(${instant} + INTERVAL :zoneMinutes MINUTE)`,
  id: 'c.case_id',
  columns: {
    ...{ at: instant, status: 'c.status', caseId: 'c.case_id', caseType: 'c.type' },
    ...HOLDER,
  },
});
const cases = `(SELECT case_id FROM cases WHERE location_id = :locationId
    UNION SELECT o.case_id FROM cases o JOIN account b ON b.id = o.account_id WHERE b.location_id = :locationId) here
  JOIN cases c ON c.case_id = here.case_id LEFT JOIN account a ON a.id = c.account_id
  LEFT JOIN customer k ON k.id = a.customer_id`;

const PARTS = [
  part('ACCOUNT_STARTED', { ...account, on: 'a.start_on', from: `${ACCOUNT} WHERE a.location_id = :locationId` }),
  part('ACCOUNT_STOPPED', {
    ...{ ...account, on: 'a.stop_on' },
    from: `${ACCOUNT} WHERE a.location_id = :locationId AND a.stop_on IS NOT NULL`,
  }),
  part('SERVICE_STARTED', { ...agreement, on: 'g.start_on', from: agreements }),
  part('SERVICE_STOPPED', { ...agreement, on: 'g.end_on', from: `${agreements} AND g.end_on IS NOT NULL` }),
  part('METER_INSTALLED', { on: 'i.installed_on', id: 'i.id', columns: METER, from: installations }),
  part('METER_REMOVED', {
    ...{ on: 'i.removed_on', id: 'i.id', columns: METER },
    from: `${installations} AND i.removed_on IS NOT NULL`,
  }),
  part('READ', {
    ...{ on: 'r.read_on', id: 'r.id' },
    columns: { ...METER, value: 'r.value', source: 'r.source', caseId: 'r.case_id' },
    // A meter that has moved has reads of other places too.
    from: `meter_read r JOIN meter m ON m.id = r.meter_id JOIN meter_installation i ON i.meter_id = m.id
        AND r.read_on >= i.installed_on AND (i.removed_on IS NULL OR r.read_on <= i.removed_on)
      ${POINT} = i.service_point_id WHERE p.location_id = :locationId AND r.superseded_by_id IS NULL`,
  }),
  part('CASE_OPENED', { ...theCase('c.opened_at'), from: cases }),
  part('CASE_CLOSED', { ...theCase('c.closed_at'), from: `${cases} WHERE c.closed_at IS NOT NULL` }),
];

/** What happened at a place over time, the newest first: who had it, by what services, meters, reads and cases. */
export async function locationHistory(
  db: Db,
  { locationId, zoneMinutes }: { locationId: number; zoneMinutes: number },
  page: PageRequest,
): Promise<Page<HistoryRow>> {
  const after = afterPosition(['x.onDate', 'x.place'], '<', page.after);
  const rows = await select<HistoryRow & { place: string }>(
    db,
    `SELECT x.* FROM (${PARTS.join(' UNION ALL ')}) x WHERE ${after.sql}
     ORDER BY x.onDate DESC, x.place DESC LIMIT :limit`,
    { locationId, zoneMinutes, limit: page.limit + 1, ...after.replacements },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, ({ onDate, place }) => [onDate, place]);
  return { rows: kept.map(({ place: _place, ...row }) => row), next };
}
