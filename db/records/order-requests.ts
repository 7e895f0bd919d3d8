import type { Refusal } from '../../domain/refusal';
import { ensure } from '../errors';
import type { OrderRequest } from '../models/occupancy';
import type { Tx } from '../transaction';
import { voidFieldReport } from './field-reports';

/** Stores an order, or a report on one, that no case takes, before the work that carries it out is started. */
export async function recordOrderRequest(
  tx: Tx,
  request: Pick<OrderRequest, 'id' | 'kind' | 'content'> & { fieldReportId?: number; serviceOrderId?: number },
): Promise<void> {
  const { id, kind, fieldReportId = null, serviceOrderId = null } = request;
  await tx.db.OrderRequest.create({
    ...{ ...request, fieldReportId, serviceOrderId, status: 'RECORDED', createdBy: tx.actorId, createdAt: tx.now },
  });
  const data = { kind, fieldReportId };
  tx.audit({ action: 'orderRequest.recorded', entity: 'order_request', entityId: id, data });
}

/** The request by which a report is carried out, or null. */
export const requestOfReport = (tx: Tx, fieldReportId: number): Promise<OrderRequest | null> =>
  tx.db.OrderRequest.findOne({ where: { fieldReportId } });

/** Locks a request that waits to be carried out. Refused: REQUEST_UNKNOWN. */
export async function lockOrderRequest(tx: Tx, id: string): Promise<OrderRequest> {
  const request = await tx.db.OrderRequest.findByPk(id, { lock: true });
  ensure(request?.status === 'RECORDED', 'REQUEST_UNKNOWN', 'No such request waits to be carried out');
  return request;
}

/** The request is carried out; of one for an order, this is the order. */
export async function closeOrderRequest(tx: Tx, request: OrderRequest, serviceOrderId: number): Promise<void> {
  await request.update({ status: 'APPLIED', serviceOrderId, closedAt: tx.now });
  const { id, kind } = request;
  tx.audit({ action: 'orderRequest.applied', entity: 'order_request', entityId: id, data: { kind, serviceOrderId } });
}

/** Nothing of the request is carried out, because of this; the report that it brought is void. */
export async function refuseOrderRequest(tx: Tx, request: OrderRequest, refusal: Refusal): Promise<void> {
  await request.update({ status: 'REFUSED', refusal, closedAt: tx.now });
  const { id, kind, fieldReportId } = request;
  const data = { kind, code: refusal.code };
  tx.audit({ action: 'orderRequest.refused', entity: 'order_request', entityId: id, data });
  if (fieldReportId) await voidFieldReport(tx, fieldReportId, refusal.code);
}
