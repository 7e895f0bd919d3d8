import type { Db } from '../create-db';
import { selectOne } from './select';

/** How many services of account `a` wait for whoever holds them to stop, for a SELECT. */
export const OPEN_HANDOVERS = `(SELECT COUNT(*) FROM service_agreement g JOIN service_agreement h
   ON h.service_point_id = g.service_point_id AND h.status IN ('ACTIVE', 'PENDING_STOP', 'TEMP_DISCONNECTED', 'CUT_NONPAY')
   WHERE g.account_id = a.id AND g.status = 'PENDING_START')`;

/** How many services of an account wait for whoever holds them to stop. */
export async function openHandovers(db: Db, accountId: number): Promise<number> {
  const sql = `SELECT ${OPEN_HANDOVERS} handovers FROM account a WHERE a.id = :accountId`;
  return Number((await selectOne<{ handovers: number }>(db, sql, { accountId }))?.handovers ?? 0);
}

/** How many services of account `a` wait for the first read of their meter, for a SELECT. */
export const UNREAD_METERS = `(SELECT COUNT(*) FROM service_agreement g JOIN meter m ON m.service_point_id = g.service_point_id
   WHERE g.account_id = a.id AND g.status = 'PENDING_START' AND g.start_read_id IS NULL
     AND NOT EXISTS (SELECT 1 FROM meter_read r WHERE r.meter_id = m.id AND r.superseded_by_id IS NULL))`;

/** How many services of an account wait for the first read of their meter. */
export async function unreadMeters(db: Db, accountId: number): Promise<number> {
  const sql = `SELECT ${UNREAD_METERS} meters FROM account a WHERE a.id = :accountId`;
  return Number((await selectOne<{ meters: number }>(db, sql, { accountId }))?.meters ?? 0);
}
