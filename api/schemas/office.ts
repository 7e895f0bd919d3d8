import { z } from 'zod';
import type { Settings } from '../../domain/settings';
import { ALLOCATION_ORDERS } from '../../domain/allocation';
import { CHECK_DIGITS } from '../../domain/customer-number';
import { TRUE_UP_MODES } from '../../domain/corrections/asks-true-up';
import { DEBT_POLICIES, DEBT_RELATIONS } from '../../domain/debt/old-debts';
import { APPROVAL_REASONS } from '../../domain/settings';
import { NOTICE_KINDS } from '../../domain/states';
import {
  anyDate,
  byId,
  civilDate,
  countryCode,
  idText,
  instant,
  jsonObject,
  line,
  listOf,
  listQuery,
  person,
  userName,
} from './common';
import { monthDay } from './onboarding';
import { role, serviceOrderType, taskType } from './words';

export const signInBody = z
  .strictObject({ username: z.string().max(64), password: z.string().max(256) })
  .openapi('SignIn');
const signedInUser = z
  .strictObject({ username: z.string(), displayName: z.string(), roles: z.array(role) })
  .openapi('SignedInUser');
export const me = signedInUser
  .extend({
    expiresAt: instant.openapi({ description: 'When the session ends however much it is used' }),
    idleSeconds: z.int().openapi({ description: 'After how long without use the session ends' }),
  })
  .openapi('Me');
export const token = z.strictObject({ token: z.string(), expiresAt: instant, user: signedInUser }).openapi('Token');
export const consoleSession = z.strictObject({ expiresAt: instant, user: signedInUser }).openapi('ConsoleSession');

export const holidayBody = z.strictObject({ date: civilDate, name: line(80) }).openapi('Holiday');
export const holidayParams = z.strictObject({ date: civilDate });
export const holidayList = listOf(holidayBody);

/** Somebody's absence, both days included; without a user name one's own. */
export const absenceBody = z
  .strictObject({ username: userName.optional(), deputy: userName, from: civilDate, through: civilDate })
  .openapi('NewAbsence');
export const absenceParams = z.strictObject({
  absenceId: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
const absence = z
  .strictObject({ absenceId: z.int(), person, deputy: person, from: anyDate, through: anyDate })
  .openapi('Absence');
export const absenceList = listOf(absence);
export const absenceAdded = z.strictObject({ absenceId: z.int() }).openapi('AbsenceAdded');

export const advanceBody = z.strictObject({ days: z.int().min(1).max(400) });
export const clockShown = z.strictObject({ today: anyDate, now: instant, zone: z.string() }).openapi('Clock');

export const auditQuery = listQuery(byId, {
  entity: idText(32).optional(),
  entityId: idText(64).optional(),
  caseId: idText(48).optional(),
});
export const auditList = listOf(
  z
    .strictObject({
      seq: z.int(),
      at: instant,
      recordedAt: instant,
      actor: z.string(),
      action: z.string(),
      entity: z.string(),
      entityId: z.string(),
      caseId: z.string().nullable(),
      data: jsonObject,
      hash: z.string(),
    })
    .openapi('AuditLine'),
);

const days = z.int().min(0).max(3660);
/** A sum of money up to which something holds. */
export const anyCents = z.int().min(0).max(999_999_999_999);
const limitCents = anyCents.nullable().optional();
const percent = z.string().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'From 0 to 100, with up to two decimals');
const numberForm = z.strictObject({
  prefix: z.string().regex(/^[A-Z]{0,4}$/, 'Up to four capital letters'),
  width: z.int().min(1).max(12),
});
const decimalText = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'A decimal number');

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time as HH:MM');
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const officeHoursCount = z.int().min(1).max(2000);
const taskTiming = z.strictObject({
  remindAfterHours: officeHoursCount,
  dueAfterHours: officeHoursCount,
  escalateAgainAfterHours: officeHoursCount,
  priority: z.int().min(0).max(100),
});

/** Every setting; what an administrator may change is settingsPatch. */
export const settings = z
  .strictObject({
    clock: z.strictObject({ zone: z.string(), offsetSeconds: z.int(), dayStartsAt: z.string() }),
    utility: z.strictObject({ name: line(120) }),
    letters: z.strictObject({
      address: z.strictObject({
        ...{ line1: line(120), line2: line(120).nullable(), city: line(60), state: line(40), postalCode: line(12) },
      }),
      ...{ telephone: line(40).nullable(), email: z.email().max(254).nullable(), payOnline: line(120).nullable() },
      byEmail: z.boolean(),
      alwaysOnPaper: z.array(z.enum(NOTICE_KINDS)).max(NOTICE_KINDS.length),
    }),
    handoverDayTo: z.enum(['OUTGOING', 'INCOMING']),
    moveOut: z.strictObject({
      ...{ maxBackDays: days, maxFutureDays: days, readDueDays: days, readDeadlineDays: days },
      ...{ missingRead: z.enum(['ASK', 'ESTIMATE']), meanMonths: z.union([z.literal(3), z.literal(12)]) },
    }),
    trueUpFinal: z.strictObject({ mode: z.enum(TRUE_UP_MODES), aboveCents: anyCents }),
    onboarding: z.strictObject({
      maxBackDays: days,
      maxFutureDays: days,
      backDaysWithoutApproval: days,
      expiryDays: z.int().min(1).max(3660),
      approvalFor: z.array(z.enum(APPROVAL_REASONS)).max(APPROVAL_REASONS.length),
      copyTicked: z.boolean(),
      maxReadAgeDays: days,
      depositWaivedAfterMonths: z.int().min(1).max(1200).nullable(),
      defaultBillCycle: idText(16),
    }),
    debt: z.record(z.enum(DEBT_RELATIONS), z.enum(DEBT_POLICIES)),
    reads: z.strictObject({ rolloverMinRatio: decimalText, highUsageLimit: decimalText }),
    taxRounding: z.enum(['PER_LINE', 'PER_BILL']),
    finalBillDueDays: days,
    balanceReminderDays: z.int().min(1).max(3660),
    collections: z.strictObject({
      afterReminders: z.int().min(1).max(60),
      afterDays: days,
      minCents: anyCents,
      autoHandOver: z.boolean(),
      writeOffAfterDays: z.int().min(1).max(3660).nullable(),
    }),
    deMinimisBalanceCents: anyCents,
    returnedPaymentFeeCents: anyCents,
    depositInterest: z.strictObject({
      enabled: z.boolean(),
      rateTable: z.array(z.strictObject({ from: civilDate, percent: decimalText })).max(100),
      dayBasis: z.union([z.literal(365), z.literal(360), z.literal('ACTUAL')]),
      minHoldDays: days,
    }),
    allocation: z.enum(ALLOCATION_ORDERS),
    penaltyOnFinal: z.strictObject({
      kind: z.enum(['NONE', 'PERCENT', 'AMOUNT']),
      percent,
      amountCents: anyCents,
      graceDays: days,
    }),
    minRefundCents: anyCents,
    refundDueDays: days,
    unclaimedYears: z.int().min(1).max(50),
    finalBillApproval: z.enum(['ALWAYS', 'POLICY']),
    finalBillPolicy: z.strictObject({ maxTotalCents: anyCents, samplePercent: percent }),
    refundSecondApprovalAboveCents: anyCents.nullable(),
    approvalLimitsCents: z.strictObject({
      clerk: limitCents,
      supervisor: limitCents,
      field: limitCents,
      operator: limitCents,
      admin: limitCents,
    }),
    officeHours: z
      .strictObject({
        weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
        from: timeOfDay,
        to: timeOfDay,
      })
      .refine(({ from, to }) => minutesOf(to) - minutesOf(from) >= 60, {
        message: 'The office is open for an hour or more',
        path: ['to'],
      }),
    shutOff: z.strictObject({
      moratoria: z
        .array(z.strictObject({ services: z.array(idText(16)).min(1).max(50), from: monthDay, to: monthDay }))
        .max(50),
    }),
    unassignedUsage: z.strictObject({ warnAbove: decimalText }),
    moving: z.strictObject({ debtUpToCents: anyCents }),
    serviceOrders: z.strictObject({
      dueInWorkdays: z.partialRecord(serviceOrderType, z.int().min(0).max(60)),
    }),
    tasks: taskTiming
      .extend({ byType: z.partialRecord(taskType, taskTiming.partial()) })
      .superRefine(({ byType, ...forAll }, context) => {
        for (const [type, own] of [['', {}] as const, ...Object.entries(byType)]) {
          const { remindAfterHours, dueAfterHours, escalateAgainAfterHours } = { ...forAll, ...own };
          if (remindAfterHours <= dueAfterHours && dueAfterHours <= escalateAgainAfterHours) continue;
          const message = 'A task is reminded of, then due, then escalated again';
          context.addIssue({ code: 'custom', message, path: type ? ['byType', type] : ['dueAfterHours'] });
        }
      }),
    numbers: z.strictObject({
      customer: numberForm,
      account: numberForm,
      location: numberForm,
      serviceOrder: numberForm,
      bill: numberForm,
      refund: numberForm,
    }),
    customerNumbers: z.strictObject({ autoIncrement: z.boolean(), checkDigit: z.enum(CHECK_DIGITS) }),
    contacts: z.strictObject({
      country: countryCode,
      areaCode: z
        .string()
        .regex(/^\d{1,6}$/, 'Digits alone')
        .nullable(),
    }),
  })
  .openapi('Settings') satisfies z.ZodType<Settings>;

/** Settings to change, each as a whole. The clock is moved by POST /clock/advance alone. */
export const settingsPatch = settings.omit({ clock: true }).partial().openapi('SettingsPatch');
