import { newWorkId } from '../../contract/ids';
import { civilNow } from '../../db/clock';
import { ensure, RefusedError } from '../../db/errors';
import { alertTextsAt } from '../../db/reads/location-notes';
import { findOrderRequest } from '../../db/reads/order-requests';
import { recordOrderRequest, requestOfReport } from '../../db/records/order-requests';
import { planOrder } from '../../db/records/service-orders';
import { readSettings } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { weekdayOf } from '../../domain/dates';
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
import { carryOutWork } from '../carry-out-work';
import { holds, type Actor, type ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import { orderPage } from '../order-page';
import { ok, route, type Answer, type Call, type Route } from '../route';
import { applied } from '../schemas/cases';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  cancelOrderBody,
  completeOrderBody,
  customerReadBody,
  newOrderBody,
  orderCut,
  orderDetail,
  orderList,
  orderListQuery,
  orderParams,
  orderPatch,
  printed,
  unableBody,
} from '../schemas/service-orders';
import { wakeCase } from '../wake-case';

const reportAnswers = {
  200: { description: 'The case took the report', schema: applied },
  202: { description: 'Recorded; the verdict of the case is not known yet', schema: applied },
};

/** The work of the field, and what the office plans of it (domain.md row S15). */
export const serviceOrderRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /service-orders',
    tag: 'Service orders',
    summary: 'The orders, those due first at the top; the field sees its own and unassigned ones',
    query: orderListQuery,
    answers: { 200: { description: 'A page of orders', schema: orderList } },
    handle: async ({ query, actor }) => {
      const { limit, cursor, assignee, open, ...filter } = query;
      const assigneeId = assignee === undefined ? undefined : await assigneeOf(deps, actor, assignee);
      const asked = { ...filter, assigneeId, onlyFor: onlyFor(actor), ...(open && { open: true }) };
      const { rows, next } = await listServiceOrders(deps.db, asked, pageRequest({ limit, cursor }));
      return ok(listAnswer({ rows: (await withPlace(deps, rows)).map(shownWithPlace), next }));
    },
  }),

  route({
    name: 'POST /service-orders',
    tag: 'Service orders',
    summary: 'Cuts an order for a service that an account has, beside its cases',
    body: newOrderBody,
    answers: {
      201: { description: 'The order is cut', schema: orderCut },
      202: { description: 'Recorded; whether the order can be cut is not known yet', schema: orderCut },
    },
    handle: (call) =>
      answerInTwoSteps<string>(deps, call, {
        record: async (tx, request) => {
          if (request.subjectId) return request.subjectId;
          const id = newWorkId();
          await recordOrderRequest(tx, { id, kind: 'ORDER', content: call.body });
          await nameSubject(tx, request.id, id);
          return id;
        },
        ask: async (requestId) => {
          const { status, orderNumber } = await carriedOut(deps, requestId);
          const answer = { status: status === 'APPLIED' ? 201 : 202, body: { requestId, status, orderNumber } };
          return orderNumber ? { ...answer, headers: { Location: `/api/v1/service-orders/${orderNumber}` } } : answer;
        },
      }),
  }),

  route({
    name: 'GET /service-orders/{orderNumber}',
    tag: 'Service orders',
    summary: 'One order with what was handed in for it',
    params: orderParams,
    answers: { 200: { description: 'The order; its version is the ETag', schema: orderDetail } },
    handle: ({ params, actor }) => orderAnswer(deps, actor, params.orderNumber),
  }),

  route({
    name: 'PATCH /service-orders/{orderNumber}',
    tag: 'Service orders',
    summary: 'Plans an open order anew: day, who does it, notes; one that could not be done is scheduled again',
    params: orderParams,
    body: orderPatch,
    ifMatch: true,
    answers: { 200: { description: 'The order', schema: orderDetail } },
    handle: async ({ params: { orderNumber }, body, actor, ifMatch }) => {
      const { caseId } = await inTransaction(deps.db, actor.id, (tx) =>
        planOrder(tx, orderNumber, ifMatch ?? '', body),
      );
      if (caseId) await wakeCase(deps, caseId, 'READ');
      return orderAnswer(deps, actor, orderNumber);
    },
  }),

  route({
    name: 'GET /service-orders/{orderNumber}/print',
    tag: 'Service orders',
    summary: 'A page to print and take along',
    params: orderParams,
    answers: { 200: { description: 'The page', schema: printed, type: 'text/html' } },
    handle: async ({ params, actor }) => {
      const [order] = await withPlace(deps, [await orderFor(deps, actor, params.orderNumber)]);
      ensure(order, 'NOT_FOUND', 'There is no such order');
      const { clock, utility } = await readSettings(deps.db);
      const body = orderPage({ ...order, utility: utility.name, printedOn: civilNow(clock) });
      return { status: 200, body, type: 'text/html' };
    },
  }),

  route({
    name: 'POST /service-orders/{orderNumber}/cancel',
    tag: 'Service orders',
    summary: 'Cancels an order that is not needed: of a set-up, which does not wait for it any more, or of no case',
    params: orderParams,
    body: cancelOrderBody,
    answers: reportAnswers,
    handle: (call) =>
      report(deps, call, call.params.orderNumber, { outcome: 'CANCELED', readsTaken: [], reason: call.body.reason }),
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
    name: 'POST /service-orders/{orderNumber}/customer-read',
    tag: 'Service orders',
    summary: 'Enters the final read that a customer who moves out gave; one far from the average is looked at first',
    params: orderParams,
    body: customerReadBody,
    answers: reportAnswers,
    handle: async (call) => {
      const { orderNumber } = call.params;
      const { value, readAt: readOn } = call.body;
      const { caseId, meter } = await orderFor(deps, call.actor, orderNumber);
      const theCase = caseId === null ? null : await deps.db.Case.findByPk(caseId, { raw: true });
      const isOfMoveOut = meter !== null && theCase?.type === 'MOVE_OUT';
      ensure(isOfMoveOut, 'ORDER_NOT_OF_MOVE_OUT', 'A customer reads the meter only when they move out');
      const readsTaken = [{ meterId: meter.meterId, value, readOn, source: 'CUSTOMER' as const }];
      return report(deps, call, orderNumber, { outcome: 'DONE', readsTaken, reason: null });
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
  outcome: 'DONE' | 'UNABLE' | 'CANCELED';
  readsTaken: ReadTaken[];
  reason: string | null;
}

/** What was recorded: for the order's case, or as work of its own. */
type ReportOf = RecordedReport & { orderNumber: string } & ({ caseId: string } | { workId: string });

function report(deps: ApiDeps, call: Call, number: string, handed: Handed): Promise<Answer> {
  return answerInTwoSteps<ReportOf>(deps, call, {
    record: async (tx, request) => {
      const { id, caseId, orderNumber, status } = await orderFor(deps, call.actor, number);
      const before = request.subjectId && (await findFieldReport(tx, Number(request.subjectId)));
      if (!before) ensure(ORDER_OPEN.includes(status), 'ORDER_CLOSED', `The order is ${status}`);
      const recorded = before || (await recordFieldReport(tx, { ...handed, serviceOrderId: id, caseId }));
      const { fieldReportId } = recorded;
      if (!before) await nameSubject(tx, request.id, String(fieldReportId));
      const work = await requestOfReport(tx, fieldReportId);
      if (work) return { ...recorded, orderNumber, workId: work.id };
      if (caseId !== null) return { ...recorded, orderNumber, caseId };
      const workId = newWorkId();
      const content = { orderNumber };
      await recordOrderRequest(tx, { id: workId, kind: 'ORDER_REPORT', content, fieldReportId, serviceOrderId: id });
      return { ...recorded, orderNumber, workId };
    },
    ask: async (reported) => {
      const done =
        'workId' in reported
          ? (await carriedOut(deps, reported.workId)).status
          : await carryOut(deps, reportRow(reported, call.actor.id));
      return { status: done === 'APPLIED' ? 200 : 202, body: { status: done } };
    },
  });
}

/** Has a stored request carried out and tells what became of it; why it was refused is thrown. */
async function carriedOut(deps: ApiDeps, workId: string) {
  const before = await findOrderRequest(deps.db, workId);
  if (before.status === 'RECORDED') await carryOutWork(deps, { workId, kind: 'ORDER' });
  const { status, refusal, orderNumber } = await findOrderRequest(deps.db, workId);
  if (status === 'REFUSED')
    throw new RefusedError(refusal ?? { code: 'REFUSED_BEFORE', message: 'This was refused before' });
  return { status, orderNumber };
}

// The office sees every order; somebody of the field alone only own and unassigned ones.
const onlyFor = (actor: Actor): number | undefined => (holds(actor, 'clerk', 'supervisor') ? undefined : actor.id);

async function assigneeOf({ db }: ApiDeps, actor: Actor, assignee: string): Promise<number> {
  if (assignee === 'me') return actor.id;
  const user = await db.AppUser.findOne({ where: { username: assignee }, raw: true });
  // Nobody's orders are none.
  return user?.id ?? 0;
}

async function orderFor({ db }: ApiDeps, actor: Actor, orderNumber: string): Promise<FoundServiceOrder> {
  const order = await findServiceOrder(db, orderNumber, onlyFor(actor));
  ensure(order, 'NOT_FOUND', 'There is no such order');
  return order;
}

async function orderAnswer(deps: ApiDeps, actor: Actor, orderNumber: string): Promise<Answer> {
  const [order] = await withPlace(deps, [await orderFor(deps, actor, orderNumber)]);
  ensure(order, 'NOT_FOUND', 'There is no such order');
  const reports = await reportsOf(deps.db, order.id);
  return ok({ ...shownWithPlace(order), reports }, { ETag: `"${order.version}"` });
}

type WithPlace = FoundServiceOrder & { alerts: string[]; dueOnClosedDay: boolean };

/** Adds what holds at the place today, and whether the office is closed on the day on which an order is due. */
async function withPlace({ db }: ApiDeps, orders: FoundServiceOrder[]): Promise<WithPlace[]> {
  const { clock, officeHours } = await readSettings(db);
  const days = [...new Set(orders.map(({ dueOn }) => dueOn))];
  const [alerts, holidays] = await Promise.all([
    alertTextsAt(
      db,
      orders.map(({ locationId }) => locationId),
      civilNow(clock),
    ),
    db.Holiday.findAll({ where: { onDate: days }, raw: true }),
  ]);
  const closed = new Set(holidays.map(({ onDate }) => onDate));
  return orders.map((order) => ({
    ...order,
    alerts: alerts.get(order.locationId) ?? [],
    dueOnClosedDay: closed.has(order.dueOn) || !officeHours.weekdays.includes(weekdayOf(order.dueOn)),
  }));
}

const shownWithPlace = ({ alerts, dueOnClosedDay, ...order }: WithPlace) => ({
  ...{ ...shown(order), alerts, dueOnClosedDay },
});
