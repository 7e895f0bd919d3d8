import type { CivilDate } from '../../domain/dates';
import type { Role } from '../../domain/roles';
import type { OfficePerson } from '../../domain/tasks/assignment';
import { standsInFor, type AbsenceToday } from '../../domain/tasks/deputies';
import type { Db } from '../create-db';
import { select, selectOne } from './select';
import { rolesOf } from './users';

/** Somebody of the office as they are at this moment, or null; a person is named by id or user name. */
export async function officePerson(
  db: Db,
  who: { id: number } | { username: string },
  today: CivilDate,
): Promise<(OfficePerson & { username: string; displayName: string }) | null> {
  const by = 'id' in who ? 'u.id = :id' : 'u.username = :username';
  const [row, absences] = await Promise.all([
    selectOne<{
      id: number;
      username: string;
      displayName: string;
      disabledAt: Date | null;
      roles: string | null;
    }>(
      db,
      `SELECT u.id id, u.username username, u.display_name displayName, u.disabled_at disabledAt,
         (SELECT GROUP_CONCAT(r.role ORDER BY r.role) FROM user_role r WHERE r.user_id = u.id) roles
       FROM app_user u WHERE ${by}`,
      who,
    ),
    absentToday(db, today),
  ]);
  if (!row) return null;
  const { disabledAt, roles, ...person } = row;
  return {
    ...person,
    roles: rolesOf(roles) as Role[],
    disabled: disabledAt !== null,
    standsInFor: standsInFor(row.id, absences),
  };
}

/** Who is away on this office day. */
function absentToday(db: Db, today: CivilDate): Promise<AbsenceToday[]> {
  return select<AbsenceToday>(
    db,
    `SELECT a.user_id userId, a.deputy_id deputyId FROM absence a
     WHERE a.canceled_at IS NULL AND a.from_on <= :today AND a.through_on >= :today`,
    { today },
  );
}
