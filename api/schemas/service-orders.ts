import { z } from 'zod';
import { anyDate, byDate, civilDate, idText, instant, line, listOf, listQuery, person, registerValue } from './common';
import { readSource, readSourceGiven, recordStatus, serviceOrderStatus, serviceOrderType } from './words';

export const orderParams = z.strictObject({ orderNumber: idText(20) });
export const orderListQuery = listQuery(byDate, {
  status: serviceOrderStatus.optional(),
  caseId: idText(48).optional(),
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
export const unableBody = z.strictObject({ reason: line(40) }).openapi('UnableOrder');

export const lastRead = z.strictObject({ value: z.string(), readOn: anyDate, source: readSource }).openapi('LastRead');

export const orderShown = z
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
  })
  .openapi('ServiceOrder');
export const orderList = listOf(orderShown);

const report = z
  .strictObject({
    outcome: z.enum(['DONE', 'UNABLE']),
    readsTaken: z.array(z.strictObject({ meterId: z.int(), value: z.string(), readOn: anyDate, source: readSource })),
    reason: z.string().nullable(),
    status: recordStatus,
    createdAt: instant,
    reportedBy: person,
  })
  .openapi('FieldReport');

export const orderDetail = orderShown.extend({ reports: z.array(report) }).openapi('ServiceOrderDetail');
