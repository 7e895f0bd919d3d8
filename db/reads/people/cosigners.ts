import type { Db } from '../../create-db';
import { select, selectOne } from '../select';

/** Who shares the responsibility for an account. */
export interface CosignerRow {
  customerNumber: string;
  displayName: string;
  since: Date;
}

/** The cosigner of an account now, or null, and the version by which a change of them is told: the row's id, or 0. */
export async function cosignerWithVersion(
  db: Db,
  accountNumber: string,
): Promise<{ version: number; cosigner: CosignerRow | null }> {
  const row = await selectOne<CosignerRow & { id: number }>(
    db,
    `SELECT k.id id, c.customer_number customerNumber, c.display_name displayName, k.added_at since
     FROM account_cosigner k JOIN customer c ON c.id = k.customer_id JOIN account a ON a.id = k.account_id
     WHERE a.account_number = :accountNumber AND k.ended_at IS NULL`,
    { accountNumber },
  );
  if (!row) return { version: 0, cosigner: null };
  const { id: version, ...cosigner } = row;
  return { version, cosigner };
}

/** The cosigner of an account now, or null. */
export const cosignerOf = async (db: Db, accountNumber: string): Promise<CosignerRow | null> =>
  (await cosignerWithVersion(db, accountNumber)).cosigner;

/** The accounts that a customer cosigns now. */
export const cosignedBy = (db: Db, customerId: number): Promise<{ accountNumber: string }[]> =>
  select<{ accountNumber: string }>(
    db,
    `SELECT a.account_number accountNumber FROM account_cosigner k JOIN account a ON a.id = k.account_id
     WHERE k.customer_id = :customerId AND k.ended_at IS NULL ORDER BY a.account_number`,
    { customerId },
  );
