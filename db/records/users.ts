import type { Role } from '../../domain/roles';
import type { Db } from '../create-db';
import { duplicateKeyOf, RefusedError } from '../errors';
import type { AppUser } from '../models/office';
import type { Tx } from '../transaction';

/** A new person of the office; the password is hashed by the caller. */
export interface NewUser {
  username: string;
  displayName: string;
  passwordHash: string;
  roles: readonly Role[];
}

/** Adds a user with roles, with audit. Refuses a name that is taken. */
export async function createUser(tx: Tx, { username, displayName, passwordHash, roles }: NewUser): Promise<number> {
  const user = await tx.db.AppUser.create({
    username,
    displayName,
    passwordHash,
    disabledAt: null,
    lockedUntil: null,
    createdAt: tx.now,
  }).catch((error: unknown) => {
    if (duplicateKeyOf(error) !== 'app_user_username') throw error;
    throw new RefusedError({ code: 'USERNAME_TAKEN', message: 'This user name is taken', pointer: '#/username' });
  });
  await tx.db.UserRole.bulkCreate([...new Set(roles)].map((role) => ({ userId: user.id, role })));
  tx.audit({ action: 'user.created', entity: 'app_user', entityId: user.id, data: { roles: [...roles] } });
  return user.id;
}

/** A user by name, or null. */
export function findUser(db: Db, username: string): Promise<AppUser | null> {
  return db.AppUser.findOne({ where: { username } });
}

/** A user's roles now. */
export async function rolesOfUser(db: Db, userId: number): Promise<Role[]> {
  const rows = await db.UserRole.findAll({ where: { userId }, order: [['role', 'ASC']], raw: true });
  return rows.map((row) => row.role);
}

/** Counts a failed sign-in and locks the account when there were too many. Real time, not the office's. */
export async function signInFailed(
  tx: Tx,
  userId: number,
  { tries, lockMs }: { tries: number; lockMs: number },
): Promise<void> {
  const user = await tx.db.AppUser.findByPk(userId, { lock: true, rejectOnEmpty: true });
  if (isLocked(user)) return;
  const failures = user.failedSignIns + 1;
  const locked = failures >= tries;
  await user.update(
    locked ? { failedSignIns: 0, lockedUntil: new Date(Date.now() + lockMs) } : { failedSignIns: failures },
  );
  tx.audit({ action: locked ? 'user.locked' : 'user.signInFailed', entity: 'app_user', entityId: userId });
}

/** Whether the account is locked now. */
export const isLocked = (user: Pick<AppUser, 'lockedUntil'>): boolean =>
  user.lockedUntil !== null && user.lockedUntil.getTime() > Date.now();
