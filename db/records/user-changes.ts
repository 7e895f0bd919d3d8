import { refuseUserChange, type WhatTheyMay } from '../../domain/refuse-user-change';
import { SYSTEM_USER_ID, type Role } from '../../domain/roles';
import { canonicalJson } from '../canonical';
import { ensure, rejectIf } from '../errors';
import type { AppUser } from '../models/office';
import type { Tx } from '../transaction';
import { releaseTasksOf } from './task-assignment';

/** What is to change of a user; what is left out stays. A limit of null is none of their own: that of the roles holds. */
export interface UserPatch {
  displayName?: string;
  roles?: readonly Role[];
  disabled?: boolean;
  approvalLimit?: { cents: number | null } | null;
}

interface State extends WhatTheyMay {
  displayName: string;
}

/**
 * Changes a user, with audit; whoever is disabled is signed out everywhere, and tasks that they cannot decide any more
 * go back to their groups. Refused: NOT_FOUND, PRECONDITION_FAILED
 * unless `version` is the one in force, OWN_WORK, LAST_ADMIN.
 */
export async function changeUser(tx: Tx, username: string, version: string, patch: UserPatch): Promise<void> {
  // Whoever takes an administrator away does it one after the other, so that two do not take each other.
  const admins = await tx.db.UserRole.findAll({ where: { role: 'admin' }, order: ['userId'], lock: true });
  const user = await tx.db.AppUser.findOne({ where: { username }, lock: true });
  ensure(user && user.id !== SYSTEM_USER_ID, 'NOT_FOUND', 'There is no such user');
  ensure(version === `"${user.version}"`, 'PRECONDITION_FAILED', 'The user has changed since they were read');
  const before = await stateOf(tx, user);
  const after: State = { ...before, ...given(patch) };
  const otherIds = admins.map(({ userId }) => userId).filter((id) => id !== user.id && id !== SYSTEM_USER_ID);
  const others = await tx.db.AppUser.findAll({ where: { id: otherIds, disabledAt: null }, lock: true });
  rejectIf(refuseUserChange({ actorId: tx.actorId, userId: user.id, before, after, otherAdmins: others.length }));
  if (canonicalJson(before) === canonicalJson(after)) return;
  const disabledAt = after.disabled ? (user.disabledAt ?? tx.now) : null;
  // By its own statement: a change of roles alone is a new version of the user too.
  const row = { displayName: after.displayName, disabledAt, version: user.version + 1 };
  await tx.db.AppUser.update(row, { where: { id: user.id } });
  await setRoles(tx, user.id, before.roles, after.roles);
  await setLimit(tx, user.id, after.approvalLimit);
  tx.audit({ action: 'user.changed', entity: 'app_user', entityId: user.id, data: { before, after } });
  if (after.disabled) await endSessions(tx, user.id);
  await releaseTasksOf(tx, user.id, after.disabled ? [] : after.roles);
}

const given = ({ roles, ...patch }: UserPatch): Partial<State> => ({
  ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
  ...(roles && { roles: [...new Set(roles)].sort() }),
});

async function stateOf(tx: Tx, { id, displayName, disabledAt }: AppUser): Promise<State> {
  const roles = await tx.db.UserRole.findAll({ where: { userId: id }, lock: true });
  const limit = await tx.db.ApprovalLimit.findByPk(id, { lock: true });
  return {
    displayName,
    roles: roles.map(({ role }) => role).sort(),
    disabled: disabledAt !== null,
    approvalLimit: limit && { cents: limit.limitCents },
  };
}

async function setRoles(tx: Tx, userId: number, before: readonly Role[], after: readonly Role[]): Promise<void> {
  await tx.db.UserRole.destroy({ where: { userId, role: before.filter((role) => !after.includes(role)) } });
  const added = after.filter((role) => !before.includes(role));
  await tx.db.UserRole.bulkCreate(added.map((role) => ({ userId, role })));
}

async function setLimit(tx: Tx, userId: number, limit: WhatTheyMay['approvalLimit']): Promise<void> {
  const row = await tx.db.ApprovalLimit.findByPk(userId);
  if (limit === null) return void (await row?.destroy());
  const given = { limitCents: limit.cents, setBy: tx.actorId, setAt: tx.now };
  if (!row) await tx.db.ApprovalLimit.create({ userId, ...given });
  else if (row.limitCents !== limit.cents) await row.update(given);
}

async function endSessions(tx: Tx, userId: number): Promise<void> {
  const [ended] = await tx.db.Session.update({ revokedAt: new Date() }, { where: { userId, revokedAt: null } });
  if (ended > 0)
    tx.audit({ action: 'session.closed', entity: 'app_user', entityId: userId, data: { sessions: ended } });
}
