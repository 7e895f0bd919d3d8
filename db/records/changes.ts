import type { CivilDate } from '../../domain/dates';
import type { FeedChangeKind } from '../../domain/states';
import type { Account, ServiceAgreement } from '../models/occupancy';
import type { Tx } from '../transaction';

/** Something that other systems are told. `data` names records, not people: a consumer looks them up. */
export interface ChangeEntry {
  kind: FeedChangeKind;
  accountId: number;
  onDate: CivilDate;
  data: Record<string, unknown>;
}

/**
 * Appends the changes. They are numbered under the lock of the audit's head, the last of every transaction: so numbers
 * are in the order of commits, without gaps, and whoever has read up to one never misses a lower one.
 */
export async function appendChanges(tx: Tx, changes: readonly ChangeEntry[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.db.AuditHead.findByPk(1, { lock: true, rejectOnEmpty: true });
  const newest = await tx.db.FeedChange.findOne({ order: [['seq', 'DESC']] });
  const last = Number(newest?.seq ?? 0);
  await tx.db.FeedChange.bulkCreate(changes.map((change, i) => ({ ...change, seq: last + 1 + i, createdAt: tx.now })));
}

/** Tells that an agreement has stopped or begun, and where its account stands after it. */
export function tellHandover(tx: Tx, agreement: ServiceAgreement, account: Account): void {
  const stopped = agreement.status === 'STOPPED';
  const onDate = stopped ? (agreement.endOn ?? tx.today) : agreement.startOn;
  const data = { ...aboutOf(agreement), accountStatus: account.status };
  tx.change({ kind: stopped ? 'STOPPED' : 'ACTIVATED', accountId: account.id, onDate, data });
}

/** Takes back what tellHandover told of this agreement, as of the same day. */
export function tellUndone(
  tx: Tx,
  kind: 'ACTIVATED' | 'STOPPED',
  agreement: ServiceAgreement,
  onDate: CivilDate,
): void {
  tx.change({ kind, accountId: agreement.accountId, onDate, data: { ...aboutOf(agreement), undone: true } });
}

/** Tells that mail to the account goes elsewhere from this day on. */
export function tellAddress(tx: Tx, account: Account, onDate: CivilDate): void {
  tx.change({ kind: 'ADDRESS_CHANGED', accountId: account.id, onDate, data: {} });
}

const aboutOf = ({ id, serviceCode, servicePointId }: ServiceAgreement) => ({
  agreementId: id,
  serviceCode,
  servicePointId,
});
