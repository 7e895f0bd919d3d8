import { z } from 'zod';
import { address, anyDate, cents, civilDate, rowProblem } from './common';

/** A move-out that is only asked about. */
export const moveOutCheckBody = z
  .strictObject({
    stopDate: civilDate,
    vacateDate: civilDate.optional(),
    forwardingAddress: address.nullable().optional(),
    reverseLaterBills: z.boolean().optional(),
  })
  .openapi('MoveOutQuestion');

/** What stands against it: the account's open move-out, and the bills with days on or after the stop. */
export const moveOutChecked = z
  .strictObject({
    accountNumber: z.string(),
    stopDate: anyDate,
    vacateDate: anyDate,
    blockers: z.array(rowProblem),
    openCaseId: z.string().nullable(),
    laterBills: z.array(
      z.strictObject({ billNumber: z.string(), periodFrom: anyDate, periodThrough: anyDate, totalCents: cents }),
    ),
  })
  .openapi('MoveOutChecked');
