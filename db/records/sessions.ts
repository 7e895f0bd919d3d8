import { selectOne } from '../reads/select';
import { rolesOf } from '../reads/users';
import type { Role } from '../../domain/roles';
import type { Db } from '../create-db';
import { inTransaction, type Tx } from '../transaction';

/** Who a token belongs to, as of now: roles and the user's state are never older than the request. */
export interface SessionUser {
  userId: number;
  username: string;
  displayName: string;
  roles: Role[];
  lastUsedAt: Date;
  expiresAt: Date;
}

/** Opens a session for a user who proved who they are, and forgets failed tries. Real time, not the office's. */
export async function openSession(
  tx: Tx,
  userId: number,
  { tokenHash, lifeMs }: { tokenHash: string; lifeMs: number },
): Promise<Date> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + lifeMs);
  await tx.db.AppUser.update({ failedSignIns: 0, lockedUntil: null }, { where: { id: userId } });
  await tx.db.Session.create({ tokenHash, userId, createdAt: now, lastUsedAt: now, expiresAt, revokedAt: null });
  tx.audit({ action: 'session.opened', entity: 'app_user', entityId: userId, actorId: userId });
  return expiresAt;
}

/** The user of a token that is neither revoked, expired, idle for too long nor of a disabled user; or null. */
export async function findSession(
  db: Db,
  tokenHash: string,
  { idleMs }: { idleMs: number },
): Promise<SessionUser | null> {
  const now = Date.now();
  const row = await selectOne<Omit<SessionUser, 'roles'> & { roles: string | null }>(
    db,
    `SELECT u.id userId, u.username username, u.display_name displayName, s.last_used_at lastUsedAt,
       s.expires_at expiresAt,
       (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM user_role r WHERE r.user_id = u.id) roles
     FROM session s JOIN app_user u ON u.id = s.user_id
     WHERE s.token_hash = :tokenHash AND s.revoked_at IS NULL AND s.expires_at > :now AND s.last_used_at > :idleSince
       AND u.disabled_at IS NULL`,
    { tokenHash, now: new Date(now), idleSince: new Date(now - idleMs) },
  );
  return row && { ...row, roles: rolesOf(row.roles) };
}

/** Notes that a session was used. */
export function touchSession(db: Db, userId: number, tokenHash: string): Promise<void> {
  return inTransaction(db, userId, async (tx) => {
    await tx.db.Session.update({ lastUsedAt: new Date() }, { where: { tokenHash } });
  });
}

/** Ends a session; one that is over or never was stays as it is. */
export async function revokeSession(tx: Tx, tokenHash: string): Promise<void> {
  const session = await tx.db.Session.findOne({ where: { tokenHash, revokedAt: null }, lock: true });
  if (!session) return;
  await session.update({ revokedAt: new Date() });
  tx.audit({ action: 'session.closed', entity: 'app_user', entityId: session.userId });
}
