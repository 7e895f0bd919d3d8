import type { Refusal } from '../../domain/refusal';
import type { Db } from '../create-db';
import type { OrderRequest } from '../models/occupancy';
import { parsedJson } from './select';

/** What became of a stored request; the order's number once an order is cut. */
export async function findOrderRequest(
  db: Db,
  id: string,
): Promise<{ status: OrderRequest['status']; refusal: Refusal | null; orderNumber: string | null }> {
  const { status, refusal, serviceOrderId } = await db.OrderRequest.findByPk(id, { raw: true, rejectOnEmpty: true });
  const order = serviceOrderId === null ? null : await db.ServiceOrder.findByPk(serviceOrderId, { raw: true });
  return { status, refusal: parsedJson<Refusal | null>(refusal), orderNumber: order?.orderNumber ?? null };
}
