import { z } from 'zod';
import { anyDate, cents, idText, instant, person } from './common';
import { paymentMethod } from './words';

export const receiptParams = z.strictObject({ receiptNumber: idText(40) });
export const receiptHtml = z.string();

/** What a payment was for; amounts in cents, a balance below 0 is a credit. */
export const receiptShown = z
  .strictObject({
    receiptNumber: z.string(),
    accountNumber: z.string(),
    customerNumber: z.string(),
    customerName: z.string(),
    locationNumber: z.string(),
    address: z.string(),
    receivedOn: anyDate,
    amountCents: cents,
    method: paymentMethod,
    applyTo: z.enum(['ACCOUNT', 'DEPOSIT']),
    takenBy: person.nullable(),
    recordedAt: instant,
    paidFor: z.array(
      z.strictObject({ kind: z.enum(['DEPOSIT', 'ACCOUNT']), serviceCode: z.string().nullable(), amountCents: cents }),
    ),
    balanceAfterCents: cents,
    depositsHeldAfterCents: cents,
  })
  .openapi('Receipt');
