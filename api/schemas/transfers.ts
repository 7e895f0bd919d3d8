import { z } from 'zod';
import { freeText, idText, positiveCents } from './common';

/** What is left on a final billed account, to be moved; no amount is all of it. */
export const transferBody = z
  .strictObject({
    toAccountNumber: idText(20).openapi({ description: 'Another account of the same customer' }),
    kind: z.enum(['CREDIT', 'DEBT']),
    amountCents: positiveCents.nullable().default(null),
    applyTo: z.enum(['ACCOUNT', 'DEPOSIT']).default('ACCOUNT').openapi({
      description: 'What a credit is for there: what the account owes, or the deposits that it was asked for',
    }),
    reason: freeText(200),
  })
  .refine(({ kind, applyTo }) => kind === 'CREDIT' || applyTo === 'ACCOUNT', {
    message: 'A debt is no deposit',
    path: ['applyTo'],
  })
  .openapi('Transfer');

export const smallRefundBody = z.strictObject({ reason: freeText(200) }).openapi('SmallRefundRequest');
