import { fresh } from '../check/check';
import { addAll, type Writing } from './writing';

/** Adds customer types and users. The hashes of the passwords are by user name. */
export async function writeOffice(w: Writing, passwordHashes: Map<string, string>): Promise<void> {
  const { tx, c } = w;
  const createdAt = tx.now;
  await addAll(
    w,
    tx.db.CustomerType,
    fresh(c, 'customerTypes').map(({ values }) => ({ ...values, createdAt })),
  );
  const users = fresh(c, 'users').map(({ values }) => ({ ...values, id: c.office.nextId('app_user') }));
  await addAll(
    w,
    tx.db.AppUser,
    users.map(({ id, username, displayName }) => ({
      ...{ id, username, displayName, passwordHash: passwordHashes.get(username) ?? null },
      ...{ disabledAt: null, lockedUntil: null, createdAt },
    })),
  );
  await addAll(
    w,
    tx.db.UserRole,
    users.flatMap(({ id, roles }) => roles.map((role) => ({ userId: id, role }))),
  );
  for (const { id, roles } of users)
    tx.audit({ action: 'user.created', entity: 'app_user', entityId: id, data: { roles } });
}
