import { Op } from 'sequelize';
import { holdsCardNumber } from '../../domain/card-number';
import type { CivilDate } from '../../domain/dates';
import { refuseShutOff, type NoShutOff } from '../../domain/shut-off/refuse-shut-off';
import { ensure, rejectIf } from '../errors';
import type { NoShutOffRow } from '../models/places';
import type { Tx } from '../transaction';
import { findLocation } from './locations';

/** That a place is not to be shut off; accountNumber null: whoever lives there. */
export interface NewNoShutOff {
  accountNumber: string | null;
  reason: NoShutOff['reason'];
  note: string | null;
  untilOn: CivilDate;
}

/**
 * Says that a place is not to be shut off through a day, under the location's lock, so that a confirmation that runs
 * beside sees it or comes first. Refused: LOCATION_UNKNOWN, ACCOUNT_UNKNOWN, CARD_NUMBER, UNTIL_IN_PAST.
 */
export async function addNoShutOff(tx: Tx, locationNumber: string, given: NewNoShutOff): Promise<NoShutOffRow> {
  const { accountNumber, reason, note, untilOn } = given;
  const location = await findLocation(tx, locationNumber, '#', { lock: true });
  const { id: locationId } = location;
  const account = accountNumber === null ? null : await tx.db.Account.findOne({ where: { accountNumber, locationId } });
  const known = accountNumber === null || account !== null;
  ensure(known, 'ACCOUNT_UNKNOWN', 'There is no such account at this place', { pointer: '#/accountNumber' });
  const message = 'Do not write payment card numbers here';
  ensure(note === null || !holdsCardNumber(note), 'CARD_NUMBER', message, { pointer: '#/note' });
  ensure(untilOn >= tx.today, 'UNTIL_IN_PAST', `Today is ${tx.today}`, { pointer: '#/untilOn' });
  const row = await tx.db.NoShutOff.create({
    ...{ locationId, accountId: account?.id ?? null, reason, note, untilOn },
    ...{ createdBy: tx.actorId, createdAt: tx.now },
  });
  const data = { locationNumber, accountNumber, reason, untilOn };
  tx.audit({ action: 'noShutOff.added', entity: 'no_shut_off', entityId: row.id, data });
  return row;
}

/** Ends it before its day; it stays in the list. Refused: NOT_FOUND, ALREADY_ENDED. */
export async function endNoShutOff(tx: Tx, locationNumber: string, id: number): Promise<void> {
  const location = await tx.db.Location.findOne({ where: { locationNumber } });
  const row = location && (await tx.db.NoShutOff.findByPk(id, { lock: true }));
  ensure(row && row.locationId === location.id, 'NOT_FOUND', 'There is no such entry');
  ensure(row.endedAt === null, 'ALREADY_ENDED', 'It has ended already');
  await row.update({ endedBy: tx.actorId, endedAt: tx.now });
  tx.audit({ action: 'noShutOff.ended', entity: 'no_shut_off', entityId: id, data: { locationNumber } });
}

/** Refuses to shut a service off on a day. Refused: MORATORIUM, NO_SHUT_OFF. */
export async function ensureMayShutOff(
  tx: Tx,
  about: { locationId: number; accountId: number; serviceCode: string; on: CivilDate },
): Promise<void> {
  const { locationId, accountId, serviceCode, on } = about;
  const protections = await tx.db.NoShutOff.findAll({
    where: { locationId, endedAt: null, accountId: { [Op.or]: [null, accountId] } },
    order: [['untilOn', 'DESC']],
  });
  rejectIf(refuseShutOff({ serviceCode, on, protections, moratoria: tx.settings.shutOff.moratoria }));
}

/** Who has ended what stood against a shut-off on a day: they do not confirm it. */
export async function enders(tx: Tx, locationId: number, on: CivilDate): Promise<number[]> {
  const where = { locationId, untilOn: { [Op.gte]: on }, endedBy: { [Op.ne]: null } };
  const ended = await tx.db.NoShutOff.findAll({ where });
  return ended.flatMap(({ endedBy }) => endedBy ?? []);
}
