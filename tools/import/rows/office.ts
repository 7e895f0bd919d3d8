import { z } from 'zod';
import { idText, line } from '../../../api/schemas/common';
import { newUserBody } from '../../../api/schemas/users';
import { role } from '../../../api/schemas/words';
import { listOf } from './cells';

/** customer-types.csv */
export const customerTypeRow = z.strictObject({ code: idText(24), name: line(60) });

/** users.csv: who has no password cannot sign in until one is set. */
export const userRow = z.strictObject({
  username: newUserBody.shape.username,
  displayName: line(120),
  roles: listOf(role),
  password: newUserBody.shape.password.optional(),
});
