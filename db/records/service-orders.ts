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
  for (const order of await openOrders(tx, caseId)) {
    await order.update({ status: 'CANCELED' });
    tx.audit({ action: 'order.canceled', entity: 'service_order', entityId: order.orderNumber, caseId });
  }
}
