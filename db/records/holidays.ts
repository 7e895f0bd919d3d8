import { Op } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import { duplicateKeyOf, ensure, RefusedError } from '../errors';
import type { Tx } from '../transaction';

/** Adds a day on which the office does not work. Tasks that are open keep their times. Refused: HOLIDAY_THERE. */
export async function addHoliday(tx: Tx, { date, name }: { date: CivilDate; name: string }): Promise<void> {
  await tx.db.Holiday.create({ onDate: date, name }).catch((error: unknown) => {
    if (duplicateKeyOf(error) !== 'PRIMARY') throw error;
    throw new RefusedError({ code: 'HOLIDAY_THERE', message: 'This day is a holiday already', pointer: '#/date' });
  });
  tx.audit({ action: 'holiday.added', entity: 'holiday', entityId: date, data: { name } });
}

/** Makes a holiday an ordinary day again. Refused: NOT_FOUND. */
export async function removeHoliday(tx: Tx, date: CivilDate): Promise<void> {
  const removed = await tx.db.Holiday.destroy({ where: { onDate: date } });
  ensure(removed > 0, 'NOT_FOUND', 'This day is no holiday');
  tx.audit({ action: 'holiday.removed', entity: 'holiday', entityId: date });
}

/** The holidays from this day on. */
export async function holidaysFrom(tx: Tx, date: CivilDate): Promise<Set<CivilDate>> {
  const rows = await tx.db.Holiday.findAll({ where: { onDate: { [Op.gte]: date } }, raw: true });
  return new Set(rows.map(({ onDate }) => onDate));
}
