import type { ServiceOrderType } from '../../../domain/states';
import type { Db } from '../../create-db';
import { parsedJson, select } from '../select';

/** What became of an order while it was with the case: `order.cut`, `.completed`, `.unable`, `.canceled`, `.handed-over`. */
export interface OrderRow {
  seq: number;
  action: string;
  orderNumber: string;
  type: ServiceOrderType;
  at: Date;
  /** The case that had the order before, of one that was handed over. */
  before: string | null;
  /** The case that the line is about. */
  caseId: string;
  username: string;
  displayName: string;
}

/** What became of a case's orders. The order's row knows only where it stands now; the audit has each change. */
export async function ordersDoneOf(db: Db, caseId: string): Promise<OrderRow[]> {
  const rows = await select<Omit<OrderRow, 'before'> & { data: unknown }>(
    db,
    `SELECT g.seq seq, g.action action, o.order_number orderNumber, o.type type, g.at at, g.data data, g.case_id caseId,
       u.username username, u.display_name displayName
     FROM audit_log g JOIN service_order o ON o.order_number = g.entity_id JOIN app_user u ON u.id = g.actor_id
     WHERE g.entity = 'service_order' AND g.entity_id IN
       (SELECT x.entity_id FROM audit_log x WHERE x.case_id = :caseId AND x.entity = 'service_order')`,
    { caseId },
  );
  return rows
    .map(({ data, ...row }) => {
      const { before = null } = parsedJson<{ before?: string | null }>(data);
      return { ...row, seq: Number(row.seq), before };
    })
    .filter((row) => row.caseId === caseId || row.before === caseId);
}
