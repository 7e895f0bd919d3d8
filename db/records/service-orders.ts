import { ORDER_OPEN, type ServiceOrderType } from '../../domain/states';
import type { ServiceOrder } from '../models/occupancy';
import type { Tx } from '../transaction';
import { nextNumber } from './numbers';

/** Cuts an order for the field. */
export async function cutOrder(
  tx: Tx,
  order: {
    type: ServiceOrderType;
    caseId: string;
    accountId: number;
    servicePointId: number;
    dueOn: string;
    /** The start of a new customer waits for it. */
    gating?: boolean;
    notes?: string | null;
  },
): Promise<ServiceOrder> {
  const orderNumber = await nextNumber(tx, 'serviceOrder');
  const row = await tx.db.ServiceOrder.create({ ...order, orderNumber, status: 'SCHEDULED', createdAt: tx.now });
  const { type, dueOn, servicePointId } = order;
  tx.audit({
    action: 'order.cut',
    entity: 'service_order',
    entityId: orderNumber,
    caseId: order.caseId,
    data: { type, dueOn, servicePointId },
  });
  return row;
}

/** The orders of a case that the field still owes. */
export function openOrders(tx: Tx, caseId: string): Promise<ServiceOrder[]> {
  return tx.db.ServiceOrder.findAll({ where: { caseId, status: [...ORDER_OPEN] }, order: [['id', 'ASC']], lock: true });
}

/** Cancels what the field still owes: the case's dates changed, or the case did. */
export async function cancelOrders(tx: Tx, caseId: string): Promise<void> {
  for (const order of await openOrders(tx, caseId)) await cancelOrder(tx, order);
}

/** Cancels what the field still owes for an account at these service points: it does not stop there after all. */
export async function cancelOrdersAt(tx: Tx, accountId: number, servicePointIds: number[]): Promise<void> {
  const where = { accountId, servicePointId: servicePointIds, status: [...ORDER_OPEN] };
  const orders = await tx.db.ServiceOrder.findAll({ where, order: [['id', 'ASC']], lock: true });
  for (const order of orders) await cancelOrder(tx, order);
}

async function cancelOrder(tx: Tx, order: ServiceOrder): Promise<void> {
  await order.update({ status: 'CANCELED' });
  const { orderNumber: entityId, caseId } = order;
  tx.audit({ action: 'order.canceled', entity: 'service_order', entityId, caseId });
}

/** Hands what the field owes for an account over to another case; returns the cases that it was with. */
export async function handOrdersTo(tx: Tx, accountId: number, caseId: string): Promise<string[]> {
  const where = { accountId, status: [...ORDER_OPEN] };
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
