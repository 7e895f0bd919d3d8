import type { CivilDate } from '../../domain/dates';
import type { NoShutOff } from '../../domain/shut-off/refuse-shut-off';
import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { personOf, type Person } from './people';
import { select } from './select';

/** That a place is not to be shut off, as it is shown. */
interface ShownNoShutOff {
  noShutOffId: number;
  accountNumber: string | null;
  reason: NoShutOff['reason'];
  note: string | null;
  untilOn: CivilDate;
  createdAt: Date;
  createdBy: Person | null;
  endedAt: Date | null;
  endedBy: Person | null;
}

interface Found extends Omit<ShownNoShutOff, 'createdBy' | 'endedBy'> {
  username: string | null;
  displayName: string | null;
  endedUsername: string | null;
  endedDisplayName: string | null;
}

const FOUND = `SELECT n.id noShutOffId, a.account_number accountNumber, n.reason reason, n.note note, n.until_on untilOn,
    n.created_at createdAt, u.username username, u.display_name displayName, n.ended_at endedAt, e.username endedUsername,
    e.display_name endedDisplayName
  FROM no_shut_off n LEFT JOIN account a ON a.id = n.account_id JOIN app_user u ON u.id = n.created_by
  LEFT JOIN app_user e ON e.id = n.ended_by`;

const shown = ({ username, displayName, endedUsername, endedDisplayName, ...row }: Found): ShownNoShutOff => ({
  ...row,
  createdBy: personOf(username, displayName),
  endedBy: personOf(endedUsername, endedDisplayName),
});

/** Why a place was or is not to be shut off, the newest first. */
export async function listNoShutOff(db: Db, locationId: number, page: PageRequest): Promise<Page<ShownNoShutOff>> {
  const rows = await select<Found>(
    db,
    `${FOUND} WHERE n.location_id = :locationId AND n.id < :before ORDER BY n.id DESC LIMIT :limit`,
    { locationId, before: page.after?.[0] ?? 2 ** 31, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.noShutOffId]);
  return { rows: kept.map(shown), next };
}

/** One of them by its id, or null. */
export async function findNoShutOff(db: Db, id: number): Promise<ShownNoShutOff | null> {
  const [row] = await select<Found>(db, `${FOUND} WHERE n.id = :id`, { id });
  return row ? shown(row) : null;
}
