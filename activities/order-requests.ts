import type { FieldWorkDone, SiblingStart, StepInput } from '../contract/activities';
import type { AccountOrderForm } from '../contract/forms';
import { ensure, RefusedError } from '../db/errors';
import type { OrderRequest, ReadTaken, ServiceOrder } from '../db/models/occupancy';
import { parsedJson } from '../db/reads/select';
import { recordRoundRead } from '../db/records/meter-reads';
import { closeOrderRequest, lockOrderRequest, refuseOrderRequest } from '../db/records/order-requests';
import { lockAccountWithLocation, meterAt } from '../db/records/places';
import { cancelOrder, cutOrder, dueByCalendar, fieldWorkerId } from '../db/records/service-orders';
import { switchBy } from '../db/records/switches';
import { actingAs, type Tx } from '../db/transaction';
import type { Refusal } from '../domain/refusal';
import { HOLDING, ORDER_OPEN } from '../domain/states';
import { inStep, type Deps } from './in-step';
import { trueUpFinals } from './true-up';

/** The one step of an order, or of a report on one, that no case takes (design.md section 4, end). */
export function orderRequestActivities(deps: Deps) {
  return {
    /**
     * Carries a stored request out in the name of who made it, or keeps why it cannot be, under the same key, after its
     * transaction has rolled back. Refused: REQUEST_UNKNOWN.
     */
    carryOutOrderRequest: async (input: StepInput): Promise<FieldWorkDone> => {
      try {
        return await inStep(deps, input, async (system): Promise<FieldWorkDone> => {
          const request = await lockOrderRequest(system, input.caseId);
          const tx = actingAs(system, request.createdBy);
          const isReport = request.kind === 'ORDER_REPORT';
          const { order, starts } = isReport ? await takeReport(tx, request) : await cut(tx, request);
          await closeOrderRequest(tx, request, order.id);
          return { status: 'APPLIED', ...NOTHING, starts };
        });
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        const refusal = pointedAt(error);
        return inStep(deps, input, async (system): Promise<FieldWorkDone> => {
          const request = await lockOrderRequest(system, input.caseId);
          await refuseOrderRequest(actingAs(system, request.createdBy), request, refusal);
          return { status: 'REFUSED', ...NOTHING };
        });
      }
    },
  };
}

const NOTHING = { wakes: [], settlementCaseIds: [] };

interface Done {
  order: ServiceOrder;
  starts: SiblingStart[];
}

/** Cuts an order for a service that an account has. */
async function cut(tx: Tx, request: OrderRequest): Promise<Done> {
  const form = parsedJson<AccountOrderForm>(request.content);
  const { accountNumber, serviceCode, position, type, notes, assignee } = form;
  const known = await tx.db.Account.findOne({ where: { accountNumber } });
  ensure(known, 'ACCOUNT_UNKNOWN', 'There is no such account', { pointer: '#/accountNumber' });
  const { account, location } = await lockAccountWithLocation(tx, known.id);
  const point = await tx.db.ServicePoint.findOne({ where: { locationId: location.id, serviceCode, position } });
  const held = point && { accountId: account.id, servicePointId: point.id, status: [...HOLDING] };
  const agreement = held && (await tx.db.ServiceAgreement.findOne({ where: held }));
  ensure(point && agreement, 'SERVICE_NOT_HELD', 'The account does not have this service', {
    pointer: '#/serviceCode',
  });
  const readable = type !== 'READ_IN' || (await meterAt(tx, point.id)) !== null;
  ensure(readable, 'METER_MISSING', 'There is no meter to read', { pointer: '#/type' });
  const ahead = form.dueOn === null || form.dueOn >= tx.today;
  ensure(ahead, 'ORDER_IN_PAST', `Today is ${tx.today}`, { pointer: '#/dueOn' });
  const order = await cutOrder(tx, {
    ...{ type, caseId: null, accountId: account.id, servicePointId: point.id, notes },
    dueOn: form.dueOn ?? (await dueByCalendar(tx, type, null)),
    assigneeId: assignee === null ? null : await fieldWorkerId(tx, assignee, '#/assignee'),
  });
  return { order, starts: [] };
}

/** Takes what was handed in for an order without a case: a read counts like one of the meter reading round. */
async function takeReport(tx: Tx, request: OrderRequest): Promise<Done> {
  const report = await tx.db.FieldReport.findByPk(request.fieldReportId ?? 0, { rejectOnEmpty: true });
  const unlocked = await tx.db.ServiceOrder.findByPk(report.serviceOrderId, { rejectOnEmpty: true });
  await lockAccountWithLocation(tx, unlocked.accountId);
  const order = await tx.db.ServiceOrder.findByPk(unlocked.id, { lock: true, rejectOnEmpty: true });
  await report.reload({ lock: true });
  ensure(order.caseId === null, 'ORDER_UNKNOWN', 'The order belongs to a case');
  ensure(ORDER_OPEN.includes(order.status), 'ORDER_CLOSED', `The order is ${order.status}`);
  ensure(report.status === 'RECORDED', 'REPORT_UNKNOWN', 'Nobody handed in this report');
  await report.update({ status: 'APPLIED' });
  const { orderNumber: entityId } = order;
  let starts: SiblingStart[] = [];
  if (report.outcome === 'CANCELED') {
    await cancelOrder(tx, order, report.reason);
  } else if (report.outcome === 'UNABLE') {
    await order.update({ status: 'UNABLE', unableReason: report.reason });
    tx.audit({ action: 'order.unable', entity: 'service_order', entityId });
  } else {
    const readsTaken = parsedJson<ReadTaken[]>(report.readsTaken);
    await takeRead(tx, order, readsTaken);
    starts = await trueUpFinals(
      tx,
      readsTaken.map(({ meterId }) => meterId),
    );
    await switchBy(tx, order, tx.today);
    await order.update({ status: 'COMPLETED', completedAt: tx.now });
    tx.audit({ action: 'order.completed', entity: 'service_order', entityId });
  }
  return { order, starts };
}

async function takeRead(tx: Tx, order: ServiceOrder, readsTaken: ReadTaken[]): Promise<void> {
  const meter = await meterAt(tx, order.servicePointId);
  const [taken] = readsTaken;
  const needed = order.type === 'READ_IN';
  const matches = readsTaken.length <= 1 && (!taken || taken.meterId === meter?.id) && (!needed || taken);
  const message = 'The order is about the one meter at its service point';
  ensure(matches, 'READS_DO_NOT_MATCH', message, { pointer: '#/reads' });
  if (!meter || !taken) return;
  const { value, readOn, source } = taken;
  await recordRoundRead(tx, meter, { value, readOn, source }, order.id);
}

// The rules of a read point at a row of the meter reading round.
const FIELD: Record<string, string> = { '#/readOn': '#/reads/0/readAt', '#/value': '#/reads/0/value' };

function pointedAt({ refusal, details }: RefusedError): Refusal {
  const { code, message, pointer = details.pointer } = refusal;
  return { code, message, ...(pointer !== undefined && { pointer: FIELD[pointer] ?? pointer }) };
}
