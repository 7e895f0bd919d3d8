import { z } from 'zod';
import { daysBetween } from '../../domain/dates';
import { LIMITS } from '../limits';
import { anyDate, cents, civilDate } from './common';

const format = z.enum(['json', 'csv']).default('json');
const from = civilDate.openapi({ description: 'The first day' });
const to = civilDate.openapi({ description: 'The last day, which counts' });
const on = civilDate
  .optional()
  .openapi({ description: 'What was posted through this day; the office’s today unless given' });
const withinDays = (
  days: number,
): [fits: (range: { from: string; to: string }) => boolean, { path: string[]; message: string }] => [
  (range) => range.from <= range.to && daysBetween(range.from, range.to) < days,
  { path: ['to'], message: `From one day to a later one, up to ${days} days` },
];

export const balanceQuery = z.strictObject({ on });
export const statementQuery = z.strictObject({ from, to, format }).refine(...withinDays(LIMITS.statementDays));
export const trialBalanceQuery = z.strictObject({ on, format });
export const generalLedgerQuery = z.strictObject({ from, to }).refine(...withinDays(LIMITS.ledgerDays));

const serviceCode = z.string().nullable().openapi({ description: 'null: for no service' });
const aged = {
  currentCents: cents.openapi({ description: 'Not yet past due' }),
  ...{ days1To30Cents: cents, days31To60Cents: cents, days61To90Cents: cents, over90DaysCents: cents },
  unappliedCreditCents: cents.openapi({ description: 'Credit that pays none of the debts of its service' }),
  balanceCents: cents.openapi({ description: 'The ages less the unapplied credit' }),
};
export const agedBalance = z
  .strictObject({
    ...{ accountNumber: z.string(), on: anyDate },
    services: z.array(z.strictObject({ serviceCode, ...aged }).openapi('AgedService')),
    total: z.strictObject(aged),
  })
  .openapi('AgedBalance');

export const statement = z
  .strictObject({
    ...{ accountNumber: z.string(), from: anyDate, to: anyDate, openingCents: cents },
    lines: z.array(
      z
        .strictObject({
          ...{ entryId: z.int(), entryOn: anyDate, kind: z.string(), what: z.string() },
          document: z.string().nullable().openapi({ description: 'The number of the bill, receipt or refund' }),
          amountCents: cents.openapi({ description: 'What was charged; negative: paid or credited' }),
          balanceCents: cents.openapi({ description: 'What was owed after it' }),
        })
        .openapi('StatementLine'),
    ),
    closingCents: cents,
  })
  .openapi('Statement');

const sides = { debitCents: cents, creditCents: cents };
export const trialBalanceShown = z
  .strictObject({
    on: anyDate,
    accounts: z.array(
      z
        .strictObject({
          ...{ ledgerAccount: z.string(), number: z.string(), name: z.string() },
          ...{ normalSide: z.enum(['DEBIT', 'CREDIT']), ...sides },
          balanceCents: cents.openapi({ description: 'Positive on the normal side' }),
          byService: z.array(z.strictObject({ serviceCode, ...sides })),
        })
        .openapi('TrialBalanceAccount'),
    ),
    ...sides,
  })
  .openapi('TrialBalance');
