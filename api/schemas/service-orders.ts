import { z } from 'zod';
import { ACCOUNT_ORDERS } from '../../domain/onboarding/order-due';
import {
  anyDate,
  byDate,
  civilDate,
  freeText,
  idText,
  instant,
  line,
  listOf,
  listQuery,
  person,
  registerValue,
  userName,
} from './common';
import { readSource, readSourceGiven, recordStatus, serviceOrderStatus, serviceOrderType } from './words';

export const orderParams = z.strictObject({ orderNumber: idText(20) });
export const orderListQuery = listQuery(byDate, {
  status: serviceOrderStatus.optional(),
  open: z.literal('true').optional().openapi({ description: 'Only those that the field still owes' }),
  caseId: idText(48).optional(),
  assignee: userName.optional().openapi({ description: "A username, or 'me'" }),
  dueFrom: civilDate.optional(),
  dueTo: civilDate.optional(),
  locationNumber: idText(20).optional(),
});

/** The reads that the field took for an order. */
export const completeOrderBody = z
  .strictObject({
    reads: z
      .array(
        z.strictObject({
          meterId: z
            .int()
            .min(1)
            .max(2 ** 31 - 1),
          value: registerValue,
          readAt: civilDate,
          source: readSourceGiven,
        }),
      )
      .max(20),
  })
  .openapi('CompleteOrder');
/** The read of the order's meter that a customer gave at the counter. */
export const customerReadBody = z.strictObject({ value: registerValue, readAt: civilDate }).openapi('CustomerRead');
/** What a clerk plans anew of an order; what is left out stays. */
export const orderPatch = z
  .strictObject({
    dueOn: civilDate.optional(),
    assignee: userName.nullable().optional(),
    notes: freeText(500).nullable().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Say what is to change')
  .openapi('PlanOrder');
export const cancelOrderBody = z.strictObject({ reason: line(40) }).openapi('CancelOrder');
export const newOrderBody = z
  .strictObject({
    ...{ accountNumber: idText(20), serviceCode: idText(16), position: z.int().min(1).max(20).default(1) },
    type: z.enum(ACCOUNT_ORDERS),
    dueOn: civilDate.nullable().default(null),
    assignee: userName.nullable().default(null),
    notes: freeText(500).nullable().default(null),
  })
  .openapi('NewServiceOrder');
export const orderCut = z
  .strictObject({ requestId: z.string(), status: z.enum(['RECORDED', 'APPLIED']), orderNumber: z.string().nullable() })
  .openapi('ServiceOrderCut');
export const printed = z.string().openapi({ description: 'A page to print' });
export const unableBody = z.strictObject({ reason: line(40) }).openapi('UnableOrder');

export const lastRead = z.strictObject({ value: z.string(), readOn: anyDate, source: readSource }).openapi('LastRead');

/** An order as its case shows it. */
export const orderOfCase = z
  .strictObject({
    orderNumber: z.string(),
    type: serviceOrderType,
    status: serviceOrderStatus,
    caseId: z.string().nullable(),
    accountNumber: z.string(),
    locationNumber: z.string(),
    address: z.string().nullable(),
    servicePointId: z.int(),
    serviceCode: z.string(),
    meter: z
      .strictObject({
        meterId: z.int(),
        serial: z.string(),
        dials: z.int(),
        unit: z.string(),
        lastRead: lastRead.nullable(),
      })
      .nullable(),
    dueOn: anyDate,
    assignee: person.nullable(),
    createdAt: instant,
    completedAt: instant.nullable(),
    unableReason: z.string().nullable(),
    notes: z.string().nullable(),
    gating: z.boolean(),
  })
  .openapi('ServiceOrderOfCase');
/** An order with what the field has to know of the place, and whether it is due when the office is closed. */
const orderShown = orderOfCase
  .extend({ alerts: z.array(z.string()), dueOnClosedDay: z.boolean() })
  .openapi('ServiceOrder');
export const orderList = listOf(orderShown);

const report = z
  .strictObject({
    outcome: z.enum(['DONE', 'UNABLE', 'CANCELED']),
    readsTaken: z.array(z.strictObject({ meterId: z.int(), value: z.string(), readOn: anyDate, source: readSource })),
    reason: z.string().nullable(),
    status: recordStatus,
    createdAt: instant,
    reportedBy: person,
  })
  .openapi('FieldReport');

export const orderDetail = orderShown.extend({ reports: z.array(report) }).openapi('ServiceOrderDetail');
