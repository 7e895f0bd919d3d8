import { fresh, refuseKnown, type Check } from './check';

/** Checks customer types and users. */
export function checkOffice(c: Check): void {
  const { customerTypes, users } = c.office;
  for (const row of fresh(c, 'customerTypes'))
    if (!refuseKnown(c, row, 'code', customerTypes.has(row.values.code))) customerTypes.add(row.values.code);
  for (const row of fresh(c, 'users')) {
    const { username, roles } = row.values;
    if (new Set(roles).size !== roles.length) c.bad.add(row, 'roles', 'A role is there twice');
    if (!refuseKnown(c, row, 'username', users.has(username))) users.add(username);
  }
}
