import { Op } from 'sequelize';
import { weekdayOf, type CivilDate } from '../../domain/dates';
import { orderDueOn } from '../../domain/onboarding/order-due';
import { ORDER_OPEN, type ServiceOrderStatus, type ServiceOrderType } from '../../domain/states';
import { ensure } from '../errors';
import type { ServiceOrder } from '../models/occupancy';
import type { Tx } from '../transaction';
import { holidaysFrom } from './holidays';
import { ensureMayShutOff } from './no-shut-off';
import { nextNumber } from './numbers';

/** Cuts an order for the field; one with an assignee is dispatched to them at once. */
export async function cutOrder(
  tx: Tx,
  order: {
    type: ServiceOrderType;
    /** Null: no case waits for it. */
    caseId: string | null;
    accountId: number;
    servicePointId: number;
    dueOn: string;
    /** The start of a new customer waits for it. */
    gating?: boolean;
    notes?: string | null;
    assigneeId?: number | null;
  },
): Promise<ServiceOrder> {
  const orderNumber = await nextNumber(tx, 'serviceOrder');
  const status = statusFor(order.assigneeId ?? null);
  const row = await tx.db.ServiceOrder.create({ ...order, orderNumber, status, createdAt: tx.now });
  const { type, dueOn, servicePointId, assigneeId = null } = order;
  tx.audit({
    action: 'order.cut',
    entity: 'service_order',
    entityId: orderNumber,
    caseId: order.caseId,
    data: { type, dueOn, servicePointId, assigneeId },
  });
  return row;
}

/** An order of somebody's is dispatched; one that anybody of the field may take is scheduled (domain.md section 4). */
const statusFor = (assigneeId: number | null): ServiceOrderStatus => (assigneeId === null ? 'SCHEDULED' : 'DISPATCHED');

/** Somebody of the field by username. Refused: ASSIGNEE_UNKNOWN, ASSIGNEE_NOT_FIELD. */
export async function fieldWorkerId(tx: Tx, username: string, pointer: string): Promise<number> {
  const user = await tx.db.AppUser.findOne({ where: { username, disabledAt: null } });
  ensure(user, 'ASSIGNEE_UNKNOWN', 'There is nobody of this name', { pointer });
  const ofField = await tx.db.UserRole.count({ where: { userId: user.id, role: 'field' } });
  ensure(ofField > 0, 'ASSIGNEE_NOT_FIELD', 'Only somebody of the field does service orders', { pointer });
  return user.id;
}

/** When an order, for a start or for none, is due by the office's calendar, where nobody says (domain/onboarding/order-due.ts). */
export async function dueByCalendar(tx: Tx, type: ServiceOrderType, startOn: CivilDate | null): Promise<CivilDate> {
  const holidays = await holidaysFrom(tx, tx.today);
  const { officeHours, serviceOrders } = tx.settings;
  const isOpen = (day: CivilDate) => officeHours.weekdays.includes(weekdayOf(day)) && !holidays.has(day);
  return orderDueOn({ today: tx.today, startOn, workdays: serviceOrders.dueInWorkdays[type] ?? 1, isOpen });
}

/** What a clerk plans anew of an order; what is left out stays. */
export interface OrderPlan {
  dueOn?: CivilDate;
  assignee?: string | null;
  notes?: string | null;
}

/**
 * Plans an open order anew, with audit: one that could not be done is scheduled again, for a day from today on. Refused:
 * NOT_FOUND, PRECONDITION_FAILED, ORDER_CLOSED, MORATORIUM, NO_SHUT_OFF, ORDER_IN_PAST, RESCHEDULE_NEEDED, ASSIGNEE_UNKNOWN, ASSIGNEE_NOT_FIELD.
 */
export async function planOrder(
  tx: Tx,
  orderNumber: string,
  ifMatch: string,
  { dueOn, assignee, notes }: OrderPlan,
): Promise<ServiceOrder> {
  const order = await tx.db.ServiceOrder.findOne({ where: { orderNumber }, lock: true });
  ensure(order, 'NOT_FOUND', 'There is no such order');
  const isCurrent = ifMatch === `"${order.version}"`;
  ensure(isCurrent, 'PRECONDITION_FAILED', 'The order has changed since it was read');
  ensure(ORDER_OPEN.includes(order.status), 'ORDER_CLOSED', `The order is ${order.status}`);
  ensure(dueOn === undefined || dueOn >= tx.today, 'ORDER_IN_PAST', `Today is ${tx.today}`, { pointer: '#/dueOn' });
  if (dueOn !== undefined) await refuseTurnOff(tx, order, dueOn);
  const again = order.status === 'UNABLE';
  const message = 'The order could not be done: say for which day it is scheduled again';
  ensure(!again || dueOn !== undefined || assignee === undefined, 'RESCHEDULE_NEEDED', message, { pointer: '#/dueOn' });
  const assigneeId =
    assignee === undefined
      ? order.assigneeId
      : assignee === null
        ? null
        : await fieldWorkerId(tx, assignee, '#/assignee');
  const before = { dueOn: order.dueOn, assigneeId: order.assigneeId, status: order.status };
  const status = again && dueOn === undefined ? order.status : statusFor(assigneeId);
  const unableReason = status === 'UNABLE' ? order.unableReason : null;
  await order.update({
    assigneeId,
    status,
    unableReason,
    ...(dueOn && { dueOn }),
    ...(notes !== undefined && { notes }),
  });
  const after = { dueOn: order.dueOn, assigneeId, status };
  const data = { before, after, notesChanged: notes !== undefined };
  const { caseId } = order;
  tx.audit({ action: 'order.changed', entity: 'service_order', entityId: orderNumber, caseId, data });
  return order;
}

/** A place that is to be shut off is not moved into days on which it must not be. */
async function refuseTurnOff(tx: Tx, order: ServiceOrder, on: CivilDate): Promise<void> {
  const { type, caseId, accountId, servicePointId } = order;
  const theCase = type === 'TURN_OFF' && caseId !== null ? await tx.db.Case.findByPk(caseId) : null;
  if (theCase?.type !== 'VACANCY') return;
  const { serviceCode, locationId } = await tx.db.ServicePoint.findByPk(servicePointId, { rejectOnEmpty: true });
  await ensureMayShutOff(tx, { locationId, accountId, serviceCode, on });
}

// An order without a case is nobody's but its own: no case takes it over, and none cancels it.
const OF_A_CASE = { status: [...ORDER_OPEN], caseId: { [Op.ne]: null } };

/** The orders of a case that the field still owes. */
export function openOrders(tx: Tx, caseId: string): Promise<ServiceOrder[]> {
  return tx.db.ServiceOrder.findAll({ where: { caseId, status: [...ORDER_OPEN] }, order: [['id', 'ASC']], lock: true });
}

/** What the field still owes when a case ends well goes on as orders without a case. */
export async function releaseOrders(tx: Tx, caseId: string): Promise<void> {
  for (const order of await openOrders(tx, caseId)) {
    await order.update({ caseId: null, gating: false });
    tx.audit({ action: 'order.released', entity: 'service_order', entityId: order.orderNumber, caseId });
  }
}

/** Cancels what the field still owes: the case's dates changed, or the case did. */
export async function cancelOrders(tx: Tx, caseId: string): Promise<void> {
  for (const order of await openOrders(tx, caseId)) await cancelOrder(tx, order);
}

/** The orders by which a service is ended. */
const ENDS: readonly ServiceOrderType[] = ['READ_HANDOVER', 'READ_OUT'];

/**
 * Cancels what the field still owes for an account at these service points: it does not stop there after all (`ends`: what
 * its start waits for stays), or has nothing there any more.
 */
export async function cancelOrdersAt(
  tx: Tx,
  accountId: number,
  servicePointIds: number[],
  which: 'ALL' | 'ENDS' = 'ALL',
): Promise<void> {
  const type = which === 'ENDS' ? { type: [...ENDS] } : {};
  const where = { accountId, servicePointId: servicePointIds, ...OF_A_CASE, ...type };
  const orders = await tx.db.ServiceOrder.findAll({ where, order: [['id', 'ASC']], lock: true });
  for (const order of orders) await cancelOrder(tx, order);
}

/** Cancels an open order. */
export async function cancelOrder(tx: Tx, order: ServiceOrder, reason?: string | null): Promise<void> {
  await order.update({ status: 'CANCELED' });
  const { orderNumber: entityId, caseId } = order;
  tx.audit({
    action: 'order.canceled',
    entity: 'service_order',
    entityId,
    caseId,
    ...(reason && { data: { reason } }),
  });
}

/** Hands what the field owes for an account over to another case; returns the cases that it was with. */
export async function handOrdersTo(tx: Tx, accountId: number, caseId: string): Promise<string[]> {
  const where = { accountId, ...OF_A_CASE };
  const before = new Set<string>();
  for (const order of await tx.db.ServiceOrder.findAll({ where, order: [['id', 'ASC']], lock: true })) {
    if (order.caseId === caseId) continue;
    if (order.caseId) before.add(order.caseId);
    await giveOrderTo(tx, order, caseId);
  }
  return [...before];
}

/** Gives an order of the field to another case, which takes its report from now on. */
export async function giveOrderTo(tx: Tx, order: ServiceOrder, caseId: string): Promise<void> {
  const data = { before: order.caseId };
  await order.update({ caseId });
  tx.audit({ action: 'order.handed-over', entity: 'service_order', entityId: order.orderNumber, caseId, data });
}
