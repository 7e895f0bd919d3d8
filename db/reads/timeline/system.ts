import { SYSTEM_USER_ID } from '../../../domain/roles';
import type { Db } from '../../create-db';
import type { Person } from '../people';
import { selectOne } from '../select';

/** The system as the one who acts. */
export async function systemPerson(db: Db): Promise<Person> {
  const sql = 'SELECT u.username username, u.display_name displayName FROM app_user u WHERE u.id = :id';
  const found = await selectOne<Person>(db, sql, { id: SYSTEM_USER_ID });
  if (!found) throw new Error('The system has no user');
  return found;
}
