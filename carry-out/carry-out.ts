import type { Client } from '@temporalio/client';
import type { Db } from '../db/create-db';
import { RefusedError } from '../db/errors';
import { inTransaction, type Tx } from '../db/transaction';
import { askCase } from './ask-case';

type RowStatus = 'RECORDED' | 'APPLIED' | 'VOID';

/** A recorded row (decision, report, command) that its case has to agree to. */
export interface Recorded {
  status: RowStatus;
  actorId: number;
  /** Sends the Update whose id is the row's. */
  send(temporal: Client): Promise<unknown>;
  /** The row's status now. */
  statusNow(db: Db): Promise<RowStatus>;
  /** Voids the row unless it took effect; returns its status then. */
  void(tx: Tx, reason: string): Promise<RowStatus>;
}

/** Has the case carry out a recorded row: APPLIED, or RECORDED while its verdict is not known. A refusal voids the row. */
export async function carryOut(
  { db, temporal }: { db: Db; temporal: Client },
  row: Recorded,
): Promise<'APPLIED' | 'RECORDED'> {
  if (row.status === 'APPLIED') return 'APPLIED';
  if (row.status === 'VOID')
    throw new RefusedError({ code: 'REFUSED_BEFORE', message: 'The case has refused this before' });
  try {
    const verdict = await askCase(temporal, () => row.send(temporal));
    if (verdict.known) return 'APPLIED';
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    // The row tells whether it took effect before the case refused a repetition.
    const status = await inTransaction(db, row.actorId, (tx) => row.void(tx, error.refusal.code));
    if (status === 'APPLIED') return 'APPLIED';
    throw error;
  }
  return (await row.statusNow(db)) === 'APPLIED' ? 'APPLIED' : 'RECORDED';
}
