import type { Role } from '../../domain/roles';

/** The password of everybody in the demo office: no secret, and never for a system with true records. */
export const DEMO_PASSWORD = 'keyturn-demo';

/** The people of the demo office. */
export const OFFICE: { username: string; displayName: string; role: Role }[] = [
  { username: 'cora', displayName: 'Cora Whitfield', role: 'clerk' },
  { username: 'cliff', displayName: 'Cliff Barrera', role: 'clerk' },
  { username: 'sam', displayName: 'Sam Ostrander', role: 'supervisor' },
  { username: 'sue', displayName: 'Sue Delacroix', role: 'supervisor' },
  { username: 'fred', displayName: 'Fred Halloran', role: 'field' },
  { username: 'olive', displayName: 'Olive Santangelo', role: 'operator' },
  { username: 'ada', displayName: 'Ada Kirkbride', role: 'admin' },
];

/** The rows of users.csv. */
export const USER_ROWS = OFFICE.map(({ username, displayName, role }) => ({
  ...{ username, display_name: displayName, roles: role, password: DEMO_PASSWORD },
}));
