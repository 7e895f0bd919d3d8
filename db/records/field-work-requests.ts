import type { RequestKind } from '../../domain/states';
import { ensure } from '../errors';
import type { BadRow, FieldWorkRequest } from '../models/feeds';
import type { Tx } from '../transaction';

/** Stores what somebody asks for as it came, before the work that does it is started (design.md section 2). */
export async function recordRequest(
  tx: Tx,
  request: { workId: string; kind: RequestKind; content: Record<string, unknown> },
): Promise<void> {
  const { workId: id, kind, content } = request;
  const stamp = { createdBy: tx.actorId, createdAt: tx.now, closedAt: null };
  await tx.db.FieldWorkRequest.create({ id, kind, content, status: 'RECORDED', result: null, refusal: null, ...stamp });
  tx.audit({ action: 'fieldWork.recorded', entity: 'field_work_request', entityId: id, data: { kind } });
}

/** Locks a request that waits to be carried out. Refused: REQUEST_UNKNOWN. */
export async function lockRequest(tx: Tx, workId: string): Promise<FieldWorkRequest> {
  const request = await tx.db.FieldWorkRequest.findByPk(workId, { lock: true });
  ensure(request?.status === 'RECORDED', 'REQUEST_UNKNOWN', 'No such request waits to be carried out');
  return request;
}

/** The request was carried out; the result names records, not people. */
export async function closeRequest(tx: Tx, request: FieldWorkRequest, result: Record<string, unknown>): Promise<void> {
  await request.update({ status: 'APPLIED', result, closedAt: tx.now });
  const { id: entityId, kind } = request;
  // What became of each of many rows is kept with the request, not in the audit too.
  const { items: _rows, ...told } = result;
  tx.audit({ action: 'fieldWork.applied', entity: 'field_work_request', entityId, data: { kind, ...told } });
}

/** Nothing of the request was done, because of these. */
export async function refuseRequest(
  tx: Tx,
  request: FieldWorkRequest,
  refusal: { errors: BadRow[]; details: Record<string, string> },
): Promise<void> {
  await request.update({ status: 'REFUSED', refusal, closedAt: tx.now });
  const { id: entityId, kind } = request;
  const data = { kind, codes: refusal.errors.map(({ code }) => code) };
  tx.audit({ action: 'fieldWork.refused', entity: 'field_work_request', entityId, data });
}

/** An operator has ended the work of a request; false when the work is not one. */
export async function refuseAborted(tx: Tx, workId: string): Promise<boolean> {
  if (!(await tx.db.FieldWorkRequest.findByPk(workId))) return false;
  const detail = 'An operator ended this work after an incident: nothing of it was done';
  const errors = [{ pointer: '#', code: 'WORK_ABORTED', detail }];
  await refuseRequest(tx, await lockRequest(tx, workId), { errors, details: {} });
  return true;
}
