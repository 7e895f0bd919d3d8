import type { CivilDate } from '../../domain/dates';
import { ORDER_OPEN, type ReadSource, type ServiceOrderStatus, type ServiceOrderType } from '../../domain/states';
import type { Db } from '../create-db';
import type { ReadTaken } from '../models/occupancy';
import { afterPosition, pageOf, type Page, type PageRequest } from './page';
import { addressOf, personOf, type Person } from './people';
import { lastReadOf, type LastRead } from './meters';
import { parsedJson, select, selectOne } from './select';

/** An order with the place and the meter that the field needs. */
export interface ServiceOrderRow {
  orderNumber: string;
  type: ServiceOrderType;
  status: ServiceOrderStatus;
  caseId: string | null;
  accountNumber: string;
  locationNumber: string;
  address: string;
  servicePointId: number;
  serviceCode: string;
  meter: { meterId: number; serial: string; dials: number; unit: string; lastRead: LastRead | null } | null;
  dueOn: string;
  assignee: Person | null;
  createdAt: Date;
  completedAt: Date | null;
  unableReason: string | null;
  notes: string | null;
  /** The start of the customer waits for it. */
  gating: boolean;
}

/** An order as the API checks it: with its own id and its assignee's. */
export type FoundServiceOrder = ServiceOrderRow & {
  id: number;
  assigneeId: number | null;
  locationId: number;
  version: number;
};

interface Joined extends Omit<FoundServiceOrder, 'meter' | 'assignee' | 'gating'> {
  gating: number;
  username: string | null;
  displayName: string | null;
  meterId: number | null;
  serial: string;
  dials: number;
  unit: string;
  lastValue: string | null;
  lastReadOn: string | null;
  lastSource: ReadSource | null;
}

const ROW = `SELECT o.id id, o.order_number orderNumber, o.type type, o.status status, o.case_id caseId, a.account_number accountNumber,
    l.location_number locationNumber, ${addressOf('l')} address, o.service_point_id servicePointId,
    p.service_code serviceCode, o.due_on dueOn, o.assignee_id assigneeId, u.username username,
    u.display_name displayName, o.created_at createdAt, o.completed_at completedAt, o.unable_reason unableReason,
    o.notes notes, o.gating gating, o.version version, l.id locationId,
    m.id meterId, m.serial serial, m.dials dials, m.unit unit,
    r.value lastValue, r.read_on lastReadOn, r.source lastSource
  FROM service_order o
  JOIN account a ON a.id = o.account_id
  JOIN service_point p ON p.id = o.service_point_id
  JOIN location l ON l.id = p.location_id
  LEFT JOIN app_user u ON u.id = o.assignee_id
  LEFT JOIN meter m ON m.service_point_id = p.id
  LEFT JOIN meter_read r ON r.id = ${lastReadOf('m.id')}`;

export interface ServiceOrderFilter {
  status?: ServiceOrderStatus;
  /** Those that the field still owes. */
  open?: boolean;
  caseId?: string;
  /** Only orders of this user. */
  assigneeId?: number;
  dueFrom?: CivilDate;
  dueTo?: CivilDate;
  locationNumber?: string;
  /** Only orders of this user and unassigned ones. */
  onlyFor?: number;
}

const FILTERS: Record<keyof ServiceOrderFilter, string> = {
  status: 'o.status = :status',
  open: `o.status IN ('${ORDER_OPEN.join("', '")}')`,
  caseId: 'o.case_id = :caseId',
  assigneeId: 'o.assignee_id = :assigneeId',
  dueFrom: 'o.due_on >= :dueFrom',
  dueTo: 'o.due_on <= :dueTo',
  locationNumber: 'l.location_number = :locationNumber',
  onlyFor: '(o.assignee_id IS NULL OR o.assignee_id = :onlyFor)',
};

/** The orders, those due first at the top. */
export async function listServiceOrders(
  db: Db,
  filter: ServiceOrderFilter,
  page: PageRequest,
): Promise<Page<FoundServiceOrder>> {
  const after = afterPosition(['o.due_on', 'o.id'], '>', page.after);
  const given = (Object.keys(FILTERS) as (keyof ServiceOrderFilter)[]).filter((name) => filter[name] !== undefined);
  const rows = await select<Joined>(
    db,
    `${ROW} WHERE ${[after.sql, ...given.map((name) => FILTERS[name])].join(' AND ')}
     ORDER BY o.due_on, o.id LIMIT :limit`,
    { ...filter, limit: page.limit + 1, ...after.replacements },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.dueOn, row.id]);
  return { rows: kept.map(orderOf), next };
}

/** The orders of one case. */
export async function ordersOfCase(db: Db, caseId: string): Promise<ServiceOrderRow[]> {
  const rows = await select<Joined>(db, `${ROW} WHERE o.case_id = :caseId ORDER BY o.id`, { caseId });
  return rows.map((row) => shown(orderOf(row)));
}

/** One order by its number, or null; a field worker finds only own and unassigned ones. */
export async function findServiceOrder(
  db: Db,
  orderNumber: string,
  onlyFor?: number,
): Promise<FoundServiceOrder | null> {
  const row = await selectOne<Joined>(
    db,
    `${ROW} WHERE o.order_number = :orderNumber ${onlyFor === undefined ? '' : 'AND (o.assignee_id IS NULL OR o.assignee_id = :onlyFor)'}`,
    { orderNumber, onlyFor },
  );
  return row && orderOf(row);
}

/** What the field handed in for an order, the newest first. */
export async function reportsOf(db: Db, serviceOrderId: number) {
  const rows = await select<{
    outcome: 'DONE' | 'UNABLE' | 'CANCELED';
    readsTaken: unknown;
    reason: string | null;
    status: string;
    createdAt: Date;
    username: string;
    displayName: string;
  }>(
    db,
    `SELECT f.outcome, f.reads_taken readsTaken, f.reason, f.status, f.created_at createdAt, u.username, u.display_name displayName
     FROM field_report f JOIN app_user u ON u.id = f.reported_by WHERE f.service_order_id = :serviceOrderId ORDER BY f.id DESC`,
    { serviceOrderId },
  );
  return rows.map(({ username, displayName, readsTaken, ...report }) => ({
    ...report,
    readsTaken: parsedJson<ReadTaken[]>(readsTaken),
    reportedBy: { username, displayName },
  }));
}

/** An order without the ids that only the API needs. */
export function shown({
  id: _id,
  assigneeId: _assigneeId,
  locationId: _locationId,
  version: _version,
  ...order
}: FoundServiceOrder): ServiceOrderRow {
  return order;
}

function orderOf(row: Joined): FoundServiceOrder {
  const { username, displayName, meterId, serial, dials, unit, lastValue, lastReadOn, lastSource, gating, ...order } =
    row;
  const lastRead =
    lastValue !== null && lastReadOn !== null && lastSource !== null
      ? { value: lastValue, readOn: lastReadOn, source: lastSource }
      : null;
  return {
    ...order,
    gating: Boolean(gating),
    assignee: personOf(username, displayName),
    meter: meterId === null ? null : { meterId, serial, dials, unit, lastRead },
  };
}
