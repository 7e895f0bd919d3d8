import type { ChangedRecord } from '../../db/reads/changed-records';
import type { Role } from '../../domain/roles';
import { ACCESS, mayUse } from '../access';

/** The ids of what changed, for a screen to fetch again what it shows of it. */
export interface Change {
  cases: string[];
  tasks: string[];
  orders: string[];
  accounts: string[];
  drafts: string[];
}

/** What changed, as far as somebody with these roles may look at it; null when nothing did. */
export function changeOf(records: readonly ChangedRecord[], roles: readonly Role[]): Change | null {
  const ids = (entity: string) => records.filter((each) => each.entity === entity).map(({ entityId }) => entityId);
  const change: Change = {
    cases: seenBy(
      roles,
      'GET /cases',
      records.map(({ caseId }) => caseId),
    ),
    tasks: seenBy(roles, 'GET /tasks', ids('human_task')),
    orders: seenBy(roles, 'GET /service-orders', ids('service_order')),
    accounts: seenBy(
      roles,
      'GET /accounts/{accountNumber}',
      records.map(({ accountNumber }) => accountNumber),
    ),
    drafts: seenBy(roles, 'GET /drafts', ids('draft')),
  };
  return Object.values(change).some((list: string[]) => list.length > 0) ? change : null;
}

const seenBy = (roles: readonly Role[], route: keyof typeof ACCESS, ids: readonly (string | null)[]): string[] =>
  mayUse(ACCESS[route], roles) ? [...new Set(ids.filter((id) => id !== null))] : [];
