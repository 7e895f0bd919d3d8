import { ensure } from '../../db/errors';
import { findFieldReport, recordFieldReport, type RecordedReport } from '../../db/records/field-reports';
import { nameSubject } from '../../db/records/http-requests';
import {
  findServiceOrder,
  listServiceOrders,
  reportsOf,
  shown,
  type FoundServiceOrder,
} from '../../db/reads/service-orders';
import type { ReadTaken } from '../../db/models/occupancy';
import { ORDER_OPEN } from '../../domain/states';
import { carryOut } from '../../carry-out/carry-out';
import { reportRow } from '../../carry-out/rows';
import { holds, type Actor, type ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import { ok, route, type Answer, type Call, type Route } from '../route';
import { applied } from '../schemas/cases';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  completeOrderBody,
  orderDetail,
  orderList,
  orderListQuery,
  orderParams,
  unableBody,
} from '../schemas/service-orders';

const reportAnswers = {
  200: { description: 'The case took the report', schema: applied },
  202: { description: 'Recorded; the verdict of the case is not known yet', schema: applied },
};

/** The work of the field. */
export const serviceOrderRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /service-orders',
    tag: 'Service orders',
    summary: 'The orders, those due first at the top; the field sees its own and unassigned ones',
    query: orderListQuery,
    answers: { 200: { description: 'A page of orders', schema: orderList } },
    handle: async ({ query, actor }) => {
      const { status, caseId } = query;
      const page = await listServiceOrders(deps.db, { status, caseId, onlyFor: onlyFor(actor) }, pageRequest(query));
      return ok(listAnswer(page));
    },
  }),

  route({
    name: 'GET /service-orders/{orderNumber}',
    tag: 'Service orders',
    summary: 'One order with what was handed in for it',
    params: orderParams,
    answers: { 200: { description: 'The order', schema: orderDetail } },
    handle: async ({ params, actor }) => {
      const order = await orderFor(deps, actor, params.orderNumber);
      return ok({ ...shown(order), reports: await reportsOf(deps.db, order.id) });
    },
  }),

  route({
    name: 'POST /service-orders/{orderNumber}/complete',
    tag: 'Service orders',
    summary: 'Hands in the reads of an order',
    params: orderParams,
    body: completeOrderBody,
    answers: reportAnswers,
    handle: (call) => {
      const readsTaken = call.body.reads.map(({ readAt, ...read }) => ({ ...read, readOn: readAt }));
      return report(deps, call, call.params.orderNumber, { outcome: 'DONE', readsTaken, reason: null });
    },
  }),

  route({
    name: 'POST /service-orders/{orderNumber}/unable',
    tag: 'Service orders',
    summary: 'Says that an order could not be done',
    params: orderParams,
    body: unableBody,
    answers: reportAnswers,
    handle: (call) =>
      report(deps, call, call.params.orderNumber, { outcome: 'UNABLE', readsTaken: [], reason: call.body.reason }),
  }),
];

interface Handed {
  outcome: 'DONE' | 'UNABLE';
  readsTaken: ReadTaken[];
  reason: string | null;
}

type ReportOf = RecordedReport & { orderNumber: string; caseId: string };

function report(deps: ApiDeps, call: Call, number: string, handed: Handed): Promise<Answer> {
  return answerInTwoSteps<ReportOf>(deps, call, {
    record: async (tx, request) => {
      const { id, caseId, orderNumber, status } = await orderFor(deps, call.actor, number);
      ensure(caseId, 'ORDER_WITHOUT_CASE', 'Orders without a case are not taken yet');
      const before = request.subjectId && (await findFieldReport(tx, Number(request.subjectId)));
      if (before) return { ...before, caseId, orderNumber };
      ensure(ORDER_OPEN.includes(status), 'ORDER_CLOSED', `The order is ${status}`);
      const recorded = await recordFieldReport(tx, { ...handed, serviceOrderId: id, caseId });
      await nameSubject(tx, request.id, String(recorded.fieldReportId));
      return { ...recorded, caseId, orderNumber };
    },
    ask: async (reported) => {
      const done = await carryOut(deps, reportRow(reported, call.actor.id));
      return { status: done === 'APPLIED' ? 200 : 202, body: { status: done } };
    },
  });
}

// The office sees every order; somebody of the field alone only own and unassigned ones.
const onlyFor = (actor: Actor): number | undefined => (holds(actor, 'clerk', 'supervisor') ? undefined : actor.id);

async function orderFor({ db }: ApiDeps, actor: Actor, orderNumber: string): Promise<FoundServiceOrder> {
  const order = await findServiceOrder(db, orderNumber, onlyFor(actor));
  ensure(order, 'NOT_FOUND', 'There is no such order');
  return order;
}
