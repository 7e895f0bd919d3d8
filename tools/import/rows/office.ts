import { z } from 'zod';
import { idText, line } from '../../../api/schemas/common';
import { newUserBody } from '../../../api/schemas/users';
import { role } from '../../../api/schemas/words';
import { flag, listOf, whole } from './cells';

/** customer-types.csv */
export const customerTypeRow = z.strictObject({
  ...{ code: idText(24), name: line(60), rateClass: idText(16).optional(), billCycle: idText(16).optional() },
  ...{
    depositPercent: whole(0, 1000).default(100),
    penaltyExempt: flag.default(false),
    taxExempt: flag.default(false),
  },
  inUse: flag.default(true),
});

/** users.csv: who has no password cannot sign in until one is set. */
export const userRow = z.strictObject({
  username: newUserBody.shape.username,
  displayName: line(120),
  roles: listOf(role),
  password: newUserBody.shape.password.optional(),
});
