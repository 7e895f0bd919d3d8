import { z } from 'zod';
import { daysBetween } from '../../domain/dates';
import type { FeedRows } from '../../contract/forms';
import { LIMITS } from '../limits';
import {
  anyDate,
  byId,
  cents,
  civilDate,
  idText,
  instant,
  jsonObject,
  listOf,
  listQuery,
  person,
  positiveCents,
  registerValue,
  rowProblem,
} from './common';
import { feedChangeKind, feedKind, paymentMethod, readSourceGiven } from './words';

const sourceId = idText(64).openapi({ description: 'The id of the row in the sending system' });
const rowsOf = <T extends z.ZodType>(row: T) => z.strictObject({ rows: z.array(row).min(1).max(LIMITS.feedRows) });
const lineCents = z.int().min(-999_999_999).max(999_999_999);

/** Periodic bills, a line for each service. */
export const billsBody = rowsOf(
  z.strictObject({
    sourceId,
    accountNumber: idText(20),
    billedThrough: civilDate,
    dueOn: civilDate,
    lines: z
      .array(
        z.strictObject({
          serviceCode: idText(16),
          amountCents: lineCents,
          taxCents: lineCents.default(0),
        }),
      )
      .min(1)
      .max(20),
  }) satisfies z.ZodType<FeedRows['BILLS']>,
).openapi('BillFeed');

/** Reads of the meter reading round. */
export const readsBody = rowsOf(
  z.strictObject({
    ...{ sourceId, meterSerial: idText(32), readOn: civilDate, value: registerValue, source: readSourceGiven },
  }) satisfies z.ZodType<FeedRows['READS']>,
).openapi('ReadFeed');

/** Payments that cashiering took. */
export const paymentsBody = rowsOf(
  z.strictObject({
    ...{ receiptNumber: idText(40), accountNumber: idText(20), amountCents: positiveCents },
    ...{ receivedOn: civilDate, method: paymentMethod },
  }) satisfies z.ZodType<FeedRows['PAYMENTS']>,
).openapi('PaymentFeed');

export const chunkParams = z.strictObject({ chunkId: idText(48) });

/** What became of a chunk. */
export const chunkShown = z
  .strictObject({
    chunkId: z.string(),
    kind: feedKind,
    status: z.enum(['RECORDED', 'APPLIED', 'REFUSED']),
    taken: z.int().nullable(),
    unchanged: z.int().nullable(),
    errors: z.array(rowProblem),
    location: z.string(),
  })
  .openapi('FeedChunk');

export const changesQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
  limit: z.coerce.number().int().min(1).max(LIMITS.page.max).default(LIMITS.page.max),
});
export const changes = z
  .strictObject({
    data: z.array(
      z
        .strictObject({
          ...{ seq: z.int(), kind: feedChangeKind, onDate: anyDate, at: instant },
          ...{ accountNumber: z.string(), customerNumber: z.string(), locationNumber: z.string(), data: jsonObject },
        })
        .openapi('FeedChange'),
    ),
    after: z.int().openapi({ description: 'What to send as `after` next' }),
  })
  .openapi('FeedChanges');

export const ledgerRange = z
  .strictObject({ from: civilDate, to: civilDate })
  .refine(({ from, to }) => from <= to && daysBetween(from, to) < LIMITS.ledgerDays, {
    path: ['to'],
    message: `From one day to a later one, up to ${LIMITS.ledgerDays} days`,
  });

/** A CSV file. */
export const csvText = z.string();

export const refundFileParams = z.strictObject({ fileNumber: idText(12) });
export const refundFileQuery = listQuery(byId, {});
export const refundFile = z
  .strictObject({
    ...{ fileNumber: z.string(), madeOn: anyDate, refundCount: z.int(), totalCents: cents },
    ...{ madeBy: person.nullable(), createdAt: instant },
  })
  .openapi('RefundFile');
export const refundFileList = listOf(refundFile);
