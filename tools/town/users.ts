import { hashPassword } from '../../api/passwords';
import { createUser } from '../../db/records/users';
import type { Tx } from '../../db/transaction';
import type { Role } from '../../domain/roles';

/** The password of everybody in the demo office: no secret, and never for a system with true records. */
const DEMO_PASSWORD = 'keyturn-demo';

const OFFICE: { username: string; displayName: string; role: Role }[] = [
  { username: 'cora', displayName: 'Cora Whitfield', role: 'clerk' },
  { username: 'cliff', displayName: 'Cliff Barrera', role: 'clerk' },
  { username: 'sam', displayName: 'Sam Ostrander', role: 'supervisor' },
  { username: 'sue', displayName: 'Sue Delacroix', role: 'supervisor' },
  { username: 'fred', displayName: 'Fred Halloran', role: 'field' },
  { username: 'olive', displayName: 'Olive Santangelo', role: 'operator' },
  { username: 'ada', displayName: 'Ada Kirkbride', role: 'admin' },
];

/** A person of the demo office, as the supervisor's greeting names them. */
export interface Login {
  username: string;
  password: string;
  roles: string[];
}

/** The people of the demo office. */
export const LOGINS: Login[] = OFFICE.map(({ username, role }) => ({
  ...{ username, password: DEMO_PASSWORD, roles: [role] },
}));

/** A hash of the password for each person; slow by design, so outside the transaction. */
export const hashPasswords = (): Promise<string[]> => Promise.all(OFFICE.map(() => hashPassword(DEMO_PASSWORD)));

/** Adds the people of the office. */
export async function hireOffice(tx: Tx, passwordHashes: string[]): Promise<void> {
  for (const [i, { username, displayName, role }] of OFFICE.entries()) {
    await createUser(tx, { username, displayName, passwordHash: passwordHashes[i] ?? '', roles: [role] });
  }
}
