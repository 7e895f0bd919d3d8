import type { MoneyFileKind } from '../../domain/states';
import { ensure } from '../errors';
import type { Tx } from '../transaction';
import { handedOverOn } from './collections';
import { payeeOf } from './refund-files';

/** Keeps the lines of a file as they are today; returns the file's id. */
export async function storeMoneyFile(
  tx: Tx,
  kind: MoneyFileKind,
  content: Record<string, string | number>[],
  column: string,
): Promise<number> {
  const totalCents = content.reduce((sum, line) => sum + Number(line[column] ?? 0), 0);
  const file = await tx.db.MoneyFile.create({
    ...{ kind, madeOn: tx.today, lineCount: content.length, totalCents, content },
    ...{ createdBy: tx.actorId, createdAt: tx.now },
  });
  const data = { kind, lines: content.length, totalCents };
  tx.audit({ action: 'moneyFile.made', entity: 'money_file', entityId: file.id, data });
  return file.id;
}

/**
 * Puts every line that collections were not told yet into a new file: each goes out once. Returns the file's id.
 * Refused: NO_COLLECTIONS.
 */
export async function makeCollectionsFile(tx: Tx): Promise<number> {
  const where = { moneyFileId: null };
  const lines = await tx.db.CollectionsLine.findAll({ where, order: [['id', 'ASC']], lock: true });
  ensure(lines.length > 0, 'NO_COLLECTIONS', 'Collections have been told everything already');
  const content: Record<string, string | number>[] = [];
  for (const { id, kind, accountId, toldOn, balanceCents } of lines) {
    const { accountNumber, payee: debtor, ...address } = await payeeOf(tx, accountId);
    const cosigner = await cosignerOf(tx, accountId);
    const since = (await handedOverOn(tx, accountId)) ?? toldOn;
    content.push({
      ...{ lineNumber: id, kind, accountNumber, debtor, cosigner, ...address },
      ...{ handedOverOn: since, toldOn, balanceCents },
    });
  }
  const fileId = await storeMoneyFile(tx, 'COLLECTIONS', content, 'balanceCents');
  await tx.db.CollectionsLine.update({ moneyFileId: fileId }, { where: { id: lines.map(({ id }) => id) } });
  return fileId;
}

/** Who shares the responsibility for a debt, or nobody. */
async function cosignerOf(tx: Tx, accountId: number): Promise<string> {
  const row = await tx.db.AccountCosigner.findOne({ where: { accountId, endedAt: null } });
  const customer = row && (await tx.db.Customer.findByPk(row.customerId));
  return customer?.displayName ?? '';
}
