import { SYSTEM_USER_ID, type Role } from '../../domain/roles';
import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { select, selectOne } from './select';

/** A user as an administrator sees one. */
export interface UserRow {
  username: string;
  displayName: string;
  roles: Role[];
  disabled: boolean;
  /** Their own limit for approvals; null where that of their roles holds. */
  approvalLimit: { cents: number | null } | null;
  lockedUntil: Date | null;
  createdAt: Date;
  version: number;
}

type Selected = Omit<UserRow, 'roles' | 'disabled' | 'approvalLimit'> & {
  id: number;
  roles: string | null;
  disabledAt: Date | null;
  limitOf: number | null;
  limitCents: number | null;
};

const USER = `SELECT u.id id, u.username username, u.display_name displayName, u.disabled_at disabledAt,
    u.locked_until lockedUntil, u.created_at createdAt, u.version version, a.user_id limitOf, a.limit_cents limitCents,
    (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM user_role r WHERE r.user_id = u.id) roles
  FROM app_user u LEFT JOIN approval_limit a ON a.user_id = u.id`;

/** The users who can sign in, in the order they were added. */
export async function listUsers(db: Db, page: PageRequest): Promise<Page<UserRow>> {
  const rows = await select<Selected>(
    db,
    `${USER} WHERE u.id > :after AND u.password_hash IS NOT NULL ORDER BY u.id LIMIT :limit`,
    { after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return { rows: kept.map(userOf), next };
}

/** A colleague, as somebody sees whom they give work to. */
export interface Colleague {
  username: string;
  displayName: string;
  roles: Role[];
}

const MOST_PEOPLE = 500;

/** Who works here now, of a role where one is given, in the order of their names. */
export async function listPeople(db: Db, role: Role | undefined): Promise<Colleague[]> {
  const rows = await select<Omit<Colleague, 'roles'> & { roles: string }>(
    db,
    `SELECT u.username username, u.display_name displayName, GROUP_CONCAT(r.role ORDER BY r.role) roles
     FROM app_user u JOIN user_role r ON r.user_id = u.id WHERE u.disabled_at IS NULL AND u.id <> :system
     GROUP BY u.id, u.username, u.display_name ${role ? 'HAVING SUM(r.role = :role) > 0' : ''}
     ORDER BY u.display_name, u.username LIMIT :limit`,
    { role, system: SYSTEM_USER_ID, limit: MOST_PEOPLE },
  );
  return rows.map((row) => ({ ...row, roles: rolesOf(row.roles) }));
}

/** One user of the office, or null; the system is nobody's user. */
export async function findUserRow(db: Db, username: string): Promise<UserRow | null> {
  const row = await selectOne<Selected>(db, `${USER} WHERE u.username = :username AND u.id <> :system`, {
    ...{ username, system: SYSTEM_USER_ID },
  });
  return row && userOf(row);
}

function userOf({ id: _id, disabledAt, roles, limitOf, limitCents, ...user }: Selected): UserRow {
  return {
    ...user,
    roles: rolesOf(roles),
    disabled: disabledAt !== null,
    approvalLimit: limitOf === null ? null : { cents: limitCents },
  };
}

/** Roles out of a GROUP_CONCAT. */
export const rolesOf = (concatenated: string | null): Role[] => (concatenated?.split(',') ?? []) as Role[];
