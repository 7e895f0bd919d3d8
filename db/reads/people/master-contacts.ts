import type { AccountRole, AccountStatus } from '../../../domain/states';
import type { Db } from '../../create-db';
import { civilNow } from '../../clock';
import { readSettings } from '../../records/settings';
import { pageOf, type Page, type PageRequest } from '../page';
import { addressOf, personOf, type Person } from '../people';
import { containing, parsedJson, select, selectOne } from '../select';

/** One line of the Master Contacts list (domain.md row S14). */
export interface MasterContactRow {
  masterContactId: number;
  kind: 'PERSON' | 'ORGANIZATION';
  displayName: string;
  mergedInto: number | null;
  customers: number;
}

/** The master contacts, by name or a customer's number or name where q is given; merged ones only where asked for. */
export async function listMasterContacts(
  db: Db,
  { q, merged }: { q?: string; merged?: boolean },
  page: PageRequest,
): Promise<Page<MasterContactRow>> {
  const found = `(m.display_name LIKE :like OR EXISTS (SELECT 1 FROM customer f WHERE f.master_contact_id = m.id
    AND (f.display_name LIKE :like OR f.customer_number = :q)))`;
  const rows = await select<MasterContactRow>(
    db,
    `SELECT m.id masterContactId, m.kind kind, m.display_name displayName, m.merged_into_id mergedInto,
       (SELECT COUNT(*) FROM customer c WHERE c.master_contact_id = m.id) customers
     FROM master_contact m WHERE m.id > :after ${merged ? '' : 'AND m.merged_into_id IS NULL'} ${q ? `AND ${found}` : ''}
     ORDER BY m.id LIMIT :limit`,
    { q, like: q && containing(q), after: page.after?.[0] ?? 0, limit: page.limit + 1 },
  );
  const { rows: kept, next } = pageOf(rows, page.limit, (row) => [row.masterContactId]);
  return { rows: kept.map((row) => ({ ...row, customers: Number(row.customers) })), next };
}

/** One record of a master contact and where it is: an account held or cosigned, or a place let to others. */
export interface RelatedRecord {
  customerNumber: string;
  relation: 'HOLDER' | 'COSIGNER' | 'LANDLORD';
  accountNumber: string | null;
  role: AccountRole | null;
  status: AccountStatus | null;
  locationNumber: string;
  address: string;
}

/** One master contact with its customers, what each has to do with which place, and its merges; or null. */
export async function findMasterContact(db: Db, id: number) {
  const contact = await db.MasterContact.findByPk(id, { raw: true });
  if (!contact) return null;
  const customers = await select<{ customerNumber: string; displayName: string }>(
    db,
    `SELECT c.customer_number customerNumber, c.display_name displayName FROM customer c
     WHERE c.master_contact_id = :id ORDER BY c.id`,
    { id },
  );
  const { kind, displayName, mergedIntoId: mergedInto, version } = contact;
  const [records, merges] = await Promise.all([recordsOf(db, id), mergesOf(db, id)]);
  return { version, shown: { masterContactId: id, kind, displayName, mergedInto, customers, records, merges } };
}

async function recordsOf(db: Db, id: number): Promise<RelatedRecord[]> {
  const today = civilNow((await readSettings(db)).clock);
  const place = `l.location_number locationNumber, ${addressOf('l')} address`;
  const account = 'a.account_number accountNumber, a.role role, a.status status';
  return select<RelatedRecord>(
    db,
    `SELECT c.customer_number customerNumber, 'HOLDER' relation, ${account}, ${place}
       FROM customer c JOIN account a ON a.customer_id = c.id JOIN location l ON l.id = a.location_id
       WHERE c.master_contact_id = :id
     UNION ALL
     SELECT c.customer_number, 'COSIGNER', ${account}, ${place}
       FROM customer c JOIN account_cosigner k ON k.customer_id = c.id AND k.ended_at IS NULL
       JOIN account a ON a.id = k.account_id JOIN location l ON l.id = a.location_id
       WHERE c.master_contact_id = :id
     UNION ALL
     SELECT c.customer_number, 'LANDLORD', NULL, NULL, NULL, ${place}
       FROM customer c JOIN landlord_agreement g ON g.customer_id = c.id AND (g.end_on IS NULL OR g.end_on > :today)
         AND (g.end_on IS NULL OR g.end_on > g.start_on)
       JOIN location l ON l.id = g.location_id
       WHERE c.master_contact_id = :id
     ORDER BY customerNumber, relation, locationNumber, accountNumber`,
    { id, today },
  );
}

/** A merge that a contact was part of, with the customers that it moved. */
export interface MergeRow {
  mergeId: number;
  from: number;
  into: number;
  reason: string;
  customerNumbers: string[];
  mergedBy: Person | null;
  mergedAt: Date;
  undoneAt: Date | null;
}

async function mergesOf(db: Db, id: number): Promise<MergeRow[]> {
  const rows = await select<{
    mergeId: number;
    fromId: number;
    intoId: number;
    reason: string;
    customerIds: unknown;
    username: string;
    displayName: string;
    mergedAt: Date;
    undoneAt: Date | null;
  }>(
    db,
    `SELECT g.id mergeId, g.from_id fromId, g.into_id intoId, g.reason reason, g.customer_ids customerIds,
       u.username username, u.display_name displayName, g.merged_at mergedAt, g.undone_at undoneAt
     FROM master_contact_merge g JOIN app_user u ON u.id = g.merged_by
     WHERE g.from_id = :id OR g.into_id = :id ORDER BY g.id DESC`,
    { id },
  );
  const moved = rows.flatMap(({ customerIds }) => parsedJson<number[]>(customerIds));
  const numbers = new Map(
    (await db.Customer.findAll({ where: { id: moved }, raw: true })).map((each) => [each.id, each.customerNumber]),
  );
  return rows.map(({ mergeId, fromId, intoId, reason, customerIds, username, displayName, mergedAt, undoneAt }) => ({
    ...{ mergeId, from: fromId, into: intoId, reason, mergedAt, undoneAt },
    customerNumbers: parsedJson<number[]>(customerIds).map((each) => numbers.get(each) ?? ''),
    mergedBy: personOf(username, displayName),
  }));
}

/** The master contact of a customer in one line, or null. */
export const masterContactOf = (db: Db, customerId: number) =>
  selectOne<{ masterContactId: number; displayName: string }>(
    db,
    `SELECT m.id masterContactId, m.display_name displayName FROM customer c JOIN master_contact m ON m.id = c.master_contact_id
     WHERE c.id = :customerId`,
    { customerId },
  );
