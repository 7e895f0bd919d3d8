import { fresh } from '../check/check';
import { addAll, type Writing } from './writing';

/** Adds customer types and users. The hashes of the passwords are by user name. */
export async function writeOffice(w: Writing, passwordHashes: Map<string, string>): Promise<void> {
  const { tx, c } = w;
  const createdAt = tx.now;
  await addMissingCodes(w);
  await addAll(
    w,
    tx.db.CustomerType,
    fresh(c, 'customerTypes').map(({ values }) => ({
      ...{ ...values, createdAt, rateClass: values.rateClass ?? null, billCycle: values.billCycle ?? null },
    })),
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

/** A class or a cycle is known from the types that name it. */
async function addMissingCodes(w: Writing): Promise<void> {
  const { tx, c } = w;
  const types = fresh(c, 'customerTypes').map(({ values }) => values);
  for (const [model, named] of [
    [tx.db.RateClass, types.map(({ rateClass }) => rateClass)],
    [tx.db.BillCycle, types.map(({ billCycle }) => billCycle)],
  ] as const) {
    const known = new Set((await model.findAll()).map(({ code }) => code));
    const missing = [...new Set(named)].filter((code) => code !== undefined && !known.has(code)).sort() as string[];
    await addAll(
      w,
      model as typeof tx.db.BillCycle,
      missing.map((code) => ({ code, name: code, createdAt: tx.now })),
    );
  }
}
