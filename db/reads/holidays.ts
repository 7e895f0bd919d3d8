import type { CivilDate } from '../../domain/dates';
import type { Db } from '../create-db';
import { select } from './select';

/** The days from this one on which the office does not work. */
export function listHolidays(db: Db, today: CivilDate): Promise<{ date: CivilDate; name: string }[]> {
  return select<{ date: CivilDate; name: string }>(
    db,
    'SELECT h.on_date date, h.name name FROM holiday h WHERE h.on_date >= :today ORDER BY h.on_date LIMIT 1000',
    { today },
  );
}
