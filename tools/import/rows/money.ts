import { z } from 'zod';
import { civilDate, idText } from '../../../api/schemas/common';
import { signedCents, whole } from './cells';

/** deposits.csv: what is held as security. */
export const depositRow = z
  .strictObject({
    accountNumber: idText(20),
    service: idText(16),
    amountCents: whole(1, 999_999_999),
    paidOn: civilDate,
    lastInterestOn: civilDate.optional(),
  })
  .refine(({ paidOn, lastInterestOn }) => !lastInterestOn || lastInterestOn >= paidOn, {
    path: ['lastInterestOn'],
    message: 'Interest began before the deposit was paid',
  });

/** balances.csv: what an account owes for a service, negative what it is owed. */
export const balanceRow = z.strictObject({
  accountNumber: idText(20),
  service: idText(16).optional(),
  amountCents: signedCents,
  balanceOn: civilDate,
});
