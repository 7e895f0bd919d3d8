import type { Role } from '../../domain/roles';
import type { Db } from '../create-db';
import { pageOf, type Page, type PageRequest } from './page';
import { select } from './select';

/** A user as an administrator sees one. */
export interface UserRow {
  username: string;
  displayName: string;
  roles: Role[];
  disabled: boolean;
  lockedUntil: Date | null;
  createdAt: Date;
}

/** The users who can sign in, in the order they were added. */
export async function listUsers(db: Db, page: PageRequest): Promise<Page<UserRow>> {
  const rows = await select<
    Omit<UserRow, 'roles' | 'disabled'> & { id: number; roles: string | null; disabledAt: Date | null }
  >(
    db,
    `SELECT u.id id, u.username username, u.display_name displayName, u.disabled_at disabledAt, u.locked_until lockedUntil,
       u.created_at createdAt, (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM user_role r WHERE r.user_id = u.id) roles
     FROM app_user u WHERE u.id > :after AND u.password_hash IS NOT NULL ORDER BY u.id LIMIT :limit`,
    { after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.id]);
  return {
    rows: kept.map(({ id: _id, disabledAt, roles, ...user }) => ({
      ...user,
      roles: rolesOf(roles),
      disabled: disabledAt !== null,
    })),
    next,
  };
}

/** Roles out of a GROUP_CONCAT. */
export const rolesOf = (concatenated: string | null): Role[] => (concatenated?.split(',') ?? []) as Role[];
