import { Op } from 'sequelize';
import type { CollectionsLineKind } from '../../domain/states';
import type { Account } from '../models/occupancy';
import type { CollectionsLine } from '../models/settlement';
import type { Tx } from '../transaction';
import { owesAgain } from './accounts';

/** The newest line that collections were told of an account; null when they were told none. */
function lastTold(tx: Tx, accountId: number): Promise<CollectionsLine | null> {
  return tx.db.CollectionsLine.findOne({ where: { accountId }, order: [['id', 'DESC']] });
}

/** When a debt was handed over last; null for one that never was. */
export async function handedOverOn(tx: Tx, accountId: number): Promise<string | null> {
  const line = await tx.db.CollectionsLine.findOne({
    where: { accountId, kind: 'HANDED_OVER' },
    order: [['id', 'DESC']],
  });
  return line?.toldOn ?? null;
}

/** Hands an unpaid balance to collections: it goes out with their next file. */
export async function handOver(tx: Tx, account: Account, caseId: string, balanceCents: number): Promise<void> {
  await tell(tx, account, { caseId, kind: 'HANDED_OVER', balanceCents });
  await account.update({ status: 'COLLECTIONS' });
}

/**
 * Tells collections that what an account owes has changed since they were told last, and takes it back from them when it
 * owes nothing; null when nothing has changed.
 */
export async function tellCollections(
  tx: Tx,
  account: Account,
  caseId: string,
  balanceCents: number,
): Promise<CollectionsLineKind | null> {
  const last = await lastTold(tx, account.id);
  if (last && Number(last.balanceCents) === balanceCents) return null;
  if (balanceCents > 0) {
    await tell(tx, account, { caseId, kind: 'CHANGED', balanceCents });
    return 'CHANGED';
  }
  // What was too much is set against an older debt before anybody looks here.
  const moved = { accountId: account.id, kind: { [Op.ne]: 'WRITE_OFF_RECOVERED' } };
  const newest = await tx.db.JournalEntry.findOne({ where: moved, order: [['id', 'DESC']] });
  const kind = newest?.kind === 'PAYMENT' ? 'PAID' : 'RECALLED';
  await tell(tx, account, { caseId, kind, balanceCents: 0 });
  await owesAgain(tx, account);
  return kind;
}

async function tell(
  tx: Tx,
  account: Account,
  line: { caseId: string; kind: CollectionsLineKind; balanceCents: number },
): Promise<void> {
  const row = await tx.db.CollectionsLine.create({
    ...{ ...line, accountId: account.id, toldOn: tx.today, toldBy: tx.actorId },
  });
  const { caseId, ...data } = line;
  tx.audit({ action: 'collections.told', entity: 'collections_line', entityId: row.id, caseId, data });
}
