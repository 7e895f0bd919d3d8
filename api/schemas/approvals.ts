import { z } from 'zod';
import { daysBetween } from '../../domain/dates';
import { LIMITS } from '../limits';
import { byInstant, cents, civilDate, instant, listOf, listQuery, person } from './common';
import { caseType, role, taskType } from './words';

const check = z.enum(['OK', 'BROKEN', 'NOT_NEEDED', 'UNKNOWN']);

/** Both days count, in the office's zone. A CSV file has the whole range, whatever the page. */
export const approvalsQuery = listQuery(byInstant, {
  from: civilDate.openapi({ description: 'The first day' }),
  to: civilDate.openapi({ description: 'The last day, which counts' }),
  format: z.enum(['json', 'csv']).default('json'),
}).refine(({ from, to }) => from <= to && daysBetween(from, to) < LIMITS.reportDays, {
  path: ['to'],
  message: `From one day to a later one, up to ${LIMITS.reportDays} days`,
});

/** How one approval was asked for and ended, and whether the rows bear it out. */
const approvalShown = z
  .strictObject({
    decisionId: z.string(),
    decidedAt: instant,
    appliedAt: instant.nullable(),
    caseId: z.string(),
    caseType,
    accountNumber: z.string().nullable(),
    locationNumber: z.string().nullable(),
    taskId: z.string(),
    taskType,
    taskVersion: z.int(),
    outcome: z.string(),
    status: z.enum(['APPLIED', 'VOID']),
    voidReason: z.string().nullable(),
    amountCents: cents.nullable(),
    by: z.enum(['PERSON', 'POLICY']),
    approver: person,
    drafters: z.array(person),
    starter: person,
    firstApprover: person.nullable(),
    /** What the approver was and might approve when they decided; null where it was not noted yet. */
    actorRoles: z.array(role).nullable(),
    limitFrom: z.enum(['OWN', 'ROLES', 'NONE', 'POLICY']).nullable(),
    limitCents: cents.nullable(),
    subjectHash: z.string().nullable(),
    comment: z.string().nullable(),
    checks: z.strictObject({ fourEyes: check, limit: check, role: check }),
  })
  .openapi('Approval');
export const approvalList = listOf(approvalShown);
