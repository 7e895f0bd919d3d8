import type { CivilDate } from '../../domain/dates';
import type { Db } from '../create-db';
import { select } from './select';
import type { Person } from './people';

/** Somebody's absence, both days included, and their deputy. */
export interface AbsenceRow {
  absenceId: number;
  person: Person;
  deputy: Person;
  from: CivilDate;
  through: CivilDate;
}

/** The absences that end on this day or later and were not canceled, in the order in which they begin. */
export async function listAbsences(db: Db, today: CivilDate): Promise<AbsenceRow[]> {
  const rows = await select<
    Pick<AbsenceRow, 'absenceId' | 'from' | 'through'> & Record<'user' | 'userName' | 'dep' | 'depName', string>
  >(
    db,
    `SELECT a.id absenceId, a.from_on \`from\`, a.through_on through, u.username user, u.display_name userName,
       d.username dep, d.display_name depName
     FROM absence a JOIN app_user u ON u.id = a.user_id JOIN app_user d ON d.id = a.deputy_id
     WHERE a.canceled_at IS NULL AND a.through_on >= :today ORDER BY a.from_on, a.id LIMIT 500`,
    { today },
  );
  return rows.map(({ absenceId, from, through, user, userName, dep, depName }) => ({
    absenceId,
    person: { username: user, displayName: userName },
    deputy: { username: dep, displayName: depName },
    from,
    through,
  }));
}
