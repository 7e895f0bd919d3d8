import { openConditions, type Condition } from '../../domain/onboarding/conditions';
import { ORDER_OPEN } from '../../domain/states';
import type { Db } from '../create-db';
import { OPEN_HANDOVERS, UNREAD_METERS } from './handovers';
import { select, sumOf } from './select';

/** What each set-up among these cases still waits for as of this office day; one that waits no more is left out. */
export async function openConditionsOf(db: Db, caseIds: string[], today: string): Promise<Map<string, Condition[]>> {
  if (caseIds.length === 0) return new Map();
  const rows = await select<{
    caseId: string;
    accountStatus: 'PENDING_APPROVAL' | 'PENDING_START';
    startOn: string;
    depositCents: number;
    gatingOrders: number;
    unableOrders: number;
    handovers: number;
    unreadMeters: number;
    nextStartOn: string | null;
  }>(
    db,
    `SELECT o.case_id caseId, a.status accountStatus, o.start_on startOn,
       (SELECT ${sumOf('q.amount_cents')} FROM deposit_request q WHERE q.account_id = a.id AND q.status = 'REQUESTED')
         - (SELECT ${sumOf('d.amount_cents')} FROM deposit d JOIN deposit_request q ON q.id = d.request_id
            WHERE q.account_id = a.id AND q.status = 'REQUESTED') depositCents,
       (SELECT COUNT(*) FROM service_order s WHERE s.account_id = a.id AND s.gating AND s.status IN (:openOrders)) gatingOrders,
       (SELECT COUNT(*) FROM service_order s WHERE s.account_id = a.id AND s.gating AND s.status = 'UNABLE') unableOrders,
       ${OPEN_HANDOVERS} handovers, ${UNREAD_METERS} unreadMeters,
       (SELECT MIN(g.start_on) FROM service_agreement g WHERE g.account_id = a.id AND g.status = 'PENDING_START') nextStartOn
     FROM onboarding o JOIN account a ON a.id = o.account_id
     WHERE o.case_id IN (:caseIds) AND a.status IN ('PENDING_APPROVAL', 'PENDING_START')`,
    { caseIds, openOrders: [...ORDER_OPEN] },
  );
  return new Map(
    rows.map(({ caseId, accountStatus, startOn, nextStartOn, ...open }) => [
      caseId,
      openConditions({
        ...{ approval: accountStatus === 'PENDING_APPROVAL', depositCents: Number(open.depositCents), today },
        ...{ gatingOrders: Number(open.gatingOrders), unableOrders: Number(open.unableOrders) },
        ...{ handovers: Number(open.handovers), unreadMeters: Number(open.unreadMeters) },
        startOn: nextStartOn ?? startOn,
      }),
    ]),
  );
}
