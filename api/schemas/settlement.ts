import { z } from 'zod';
import {
  anyDate,
  byId,
  cents,
  civilDate,
  freeText,
  idText,
  instant,
  listOf,
  listQuery,
  person,
  positiveCents,
} from './common';
import { paymentMethod, wordsOf } from './words';

export const writeOffBody = z.strictObject({ reason: freeText(500) }).openapi('WriteOffRequest');

export const refundParams = z.strictObject({ refundNumber: idText(20) });
export const refundPaidBody = z.strictObject({ on: civilDate }).openapi('RefundPaidOut');
export const refundReturnedBody = z.strictObject({ on: civilDate, reason: freeText(200) }).openapi('RefundReturned');

const refundState = wordsOf<'REQUESTED' | 'ISSUED' | 'REJECTED' | 'CANCELED' | 'PAID_OUT' | 'RETURNED' | 'UNCLAIMED'>({
  ...{ REQUESTED: true, ISSUED: true, REJECTED: true, CANCELED: true },
  ...{ PAID_OUT: true, RETURNED: true, UNCLAIMED: true },
});
export const refundListQuery = listQuery(byId, {
  state: refundState.optional(),
  overdue: z.enum(['true', 'false']).optional().openapi({ description: 'Not sent out, and its day has passed' }),
  stale: z.enum(['true', 'false']).optional().openapi({ description: 'Issued so long ago that it is the state’s' }),
});
export const refundList = listOf(
  z
    .strictObject({
      ...{ refundNumber: z.string(), accountNumber: z.string(), amountCents: cents, state: refundState },
      ...{ requestedOn: anyDate, dueOn: anyDate.nullable(), issuedOn: anyDate.nullable() },
      ...{ fileNumber: z.string().nullable(), outcomeOn: anyDate.nullable(), overdue: z.boolean() },
    })
    .openapi('Refund'),
);

/** Money leaves the office's books: whoever has it done says why now. */
export const unclaimedBody = z.strictObject({ reason: freeText(200) }).openapi('UnclaimedFile');
export const moneyFileParams = z.strictObject({ fileNumber: idText(12) });
export const moneyFileQuery = listQuery(byId, {});
export const moneyFile = z
  .strictObject({
    ...{ fileNumber: z.string(), madeOn: anyDate, lineCount: z.int(), totalCents: cents },
    ...{ madeBy: person.nullable(), createdAt: instant },
  })
  .openapi('MoneyFile');
export const moneyFileList = listOf(moneyFile);

export const reversalBody = z.strictObject({ reason: freeText(200) }).openapi('PaymentReversal');

const BATCH_ITEMS = 500;

/** Payments that are posted one by one; the total is checked before any is. */
export const batchBody = z
  .strictObject({
    batchId: idText(40),
    controlTotalCents: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    payments: z
      .array(
        z.strictObject({
          ...{ accountNumber: idText(20), receiptNumber: idText(40), amountCents: positiveCents },
          ...{ receivedOn: civilDate, method: paymentMethod },
          applyTo: z.enum(['ACCOUNT', 'DEPOSIT']).default('ACCOUNT'),
        }),
      )
      .min(1)
      .max(BATCH_ITEMS),
  })
  .openapi('PaymentBatch');
