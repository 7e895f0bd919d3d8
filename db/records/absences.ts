import { Op } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import { ensure } from '../errors';
import { officePerson } from '../reads/office-people';
import type { Tx } from '../transaction';

/** Who is away from when through when, both days included, and who stands in for them; people are user names. */
export interface NewAbsence {
  username: string;
  deputy: string;
  from: CivilDate;
  through: CivilDate;
}

/**
 * Notes that somebody will be away. People note it of themselves; a supervisor or an administrator of everybody.
 * Refused: ROLE, USER_UNKNOWN, NOT_ELIGIBLE, ABSENCE_OVERLAPS, DATES_REVERSED, ABSENCE_PAST.
 */
export async function addAbsence(tx: Tx, { username, deputy, from, through }: NewAbsence): Promise<number> {
  const actor = await officePerson(tx.db, { id: tx.actorId }, tx.today);
  const person = await officePerson(tx.db, { username }, tx.today);
  const standIn = await officePerson(tx.db, { username: deputy }, tx.today);
  ensure(person, 'USER_UNKNOWN', 'There is no such user', { pointer: '#/username' });
  ensure(standIn && !standIn.disabled, 'USER_UNKNOWN', 'There is no such user', { pointer: '#/deputy' });
  const mayForOthers = actor?.roles.some((role) => role === 'supervisor' || role === 'admin');
  ensure(person.id === tx.actorId || mayForOthers, 'ROLE', 'Only a supervisor notes the absence of others');
  ensure(person.id !== standIn.id, 'NOT_ELIGIBLE', 'Nobody stands in for themselves', { pointer: '#/deputy' });
  ensure(from <= through, 'DATES_REVERSED', 'The absence ends before it begins', { pointer: '#/through' });
  ensure(through >= tx.today, 'ABSENCE_PAST', 'These days are past', { pointer: '#/through' });
  // The user's row is the lock of their absences: two that are noted at once cannot overlap.
  await tx.db.AppUser.findByPk(person.id, { lock: true });
  const overlapping = await tx.db.Absence.count({
    where: { userId: person.id, canceledAt: null, fromOn: { [Op.lte]: through }, throughOn: { [Op.gte]: from } },
  });
  ensure(overlapping === 0, 'ABSENCE_OVERLAPS', 'These days overlap another absence of this person');
  const row = await tx.db.Absence.create({
    ...{ userId: person.id, deputyId: standIn.id, fromOn: from, throughOn: through },
    ...{ createdBy: tx.actorId, createdAt: tx.now },
  });
  tx.audit({ action: 'absence.added', entity: 'absence', entityId: row.id, data: { username, deputy, from, through } });
  return row.id;
}

/** Cancels an absence, as who may add it. Refused: NOT_FOUND, ROLE. */
export async function cancelAbsence(tx: Tx, absenceId: number): Promise<void> {
  const actor = await officePerson(tx.db, { id: tx.actorId }, tx.today);
  const row = await tx.db.Absence.findByPk(absenceId, { lock: true });
  ensure(row && row.canceledAt === null, 'NOT_FOUND', 'There is no such absence');
  const mayForOthers = actor?.roles.some((role) => role === 'supervisor' || role === 'admin');
  ensure(row.userId === tx.actorId || mayForOthers, 'ROLE', 'Only a supervisor cancels the absence of others');
  await row.update({ canceledAt: tx.now });
  tx.audit({ action: 'absence.canceled', entity: 'absence', entityId: row.id });
}
