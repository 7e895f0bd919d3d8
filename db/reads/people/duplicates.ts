import { distance } from 'fastest-levenshtein';
import { LIKELY_FROM, scoreLikeness, type DuplicateScore } from '../../../domain/duplicates/likeness';
import { foldName } from '../../../domain/names/fold';
import type { Db } from '../../create-db';
import { select } from '../select';

/** What is compared of a record: one that is stored, or one that is being typed. */
export interface Comparable {
  firstName: string | null;
  lastName: string | null;
  organizationName: string | null;
  /** Telephone numbers and e-mail addresses as they are stored. */
  contacts: string[];
  mailLine1: string | null;
  mailPostalCode: string | null;
}

/** A record that is likely of the same person or business, with why. */
export interface LikelyDuplicate extends DuplicateScore {
  customerId: number;
  customerNumber: string;
  displayName: string;
  masterContactId: number | null;
}

interface Found extends Omit<Comparable, 'contacts'> {
  id: number;
  customerNumber: string;
  displayName: string;
  masterContactId: number | null;
}

/** The most records that are compared: those that share the most come first. */
const COMPARED = 500;
const SHOWN = 20;

/**
 * The records that are likely of the same person as this one, the likeliest first (domain.md row S14). Records are
 * compared that share a telephone, an e-mail or the sound of a name; the scores are those of domain/duplicates.
 */
export async function likelyDuplicates(
  db: Db,
  who: Comparable,
  options: { exceptId?: number } = {},
): Promise<LikelyDuplicate[]> {
  const candidates = await candidatesFor(db, who, options.exceptId ?? 0);
  const contacts = await contactsOf(
    db,
    candidates.map(({ id }) => id),
  );
  return candidates
    .map(({ id: customerId, customerNumber, displayName, masterContactId, ...record }) => ({
      ...{ customerId, customerNumber, displayName, masterContactId },
      ...compare(who, { ...record, contacts: contacts.get(customerId) ?? [] }),
    }))
    .filter(({ score }) => score >= LIKELY_FROM)
    .sort((a, b) => b.score - a.score || a.customerId - b.customerId)
    .slice(0, SHOWN);
}

/** What is compared of a stored customer, or null. */
export async function comparableOf(db: Db, customerId: number): Promise<Comparable | null> {
  const [row] = await rowsOf(db, [customerId]);
  if (!row) return null;
  return { ...row, contacts: (await contactsOf(db, [customerId])).get(customerId) ?? [] };
}

/** Two records of one person, as far as can be seen. */
export interface DuplicatePair extends DuplicateScore {
  one: { customerNumber: string; displayName: string; masterContactId: number | null };
  other: { customerNumber: string; displayName: string; masterContactId: number | null };
}

/**
 * Pairs of records that share a name, a telephone or an e-mail and no master contact, in the order of their ids; `after`
 * are the ids of the last pair seen.
 */
export async function duplicatePairs(
  db: Db,
  page: { limit: number; after: readonly (string | number)[] | null },
): Promise<{ pairs: DuplicatePair[]; next: [number, number] | null }> {
  const [afterOne = 0, afterOther = 0] = page.after ?? [];
  const ids = await select<{ one: number; other: number }>(
    db,
    `SELECT DISTINCT x.one one, x.other other FROM (
       SELECT a.id one, b.id other FROM customer a JOIN customer b ON b.display_name = a.display_name AND b.id > a.id
       UNION
       SELECT k.customer_id, m.customer_id FROM customer_contact k
         JOIN customer_contact m ON m.value = k.value AND m.customer_id > k.customer_id
     ) x JOIN customer a ON a.id = x.one JOIN customer b ON b.id = x.other
     WHERE (a.master_contact_id IS NULL OR b.master_contact_id IS NULL OR a.master_contact_id <> b.master_contact_id)
       AND (x.one > :afterOne OR (x.one = :afterOne AND x.other > :afterOther))
     ORDER BY x.one, x.other LIMIT :limit`,
    { afterOne, afterOther, limit: page.limit + 1 },
  );
  const kept = ids.slice(0, page.limit);
  const all = [...new Set(kept.flatMap(({ one, other }) => [one, other]))];
  const rows = new Map((await rowsOf(db, all)).map((row) => [row.id, row]));
  const contacts = await contactsOf(db, all);
  const pairs = kept.flatMap(({ one, other }) => {
    const [a, b] = [rows.get(one), rows.get(other)];
    if (!a || !b) return [];
    const score = compare({ ...a, contacts: contacts.get(one) ?? [] }, { ...b, contacts: contacts.get(other) ?? [] });
    return [{ one: shown(a), other: shown(b), ...score }];
  });
  const last = kept.at(-1);
  return { pairs, next: ids.length > page.limit && last ? [last.one, last.other] : null };
}

const shown = ({ customerNumber, displayName, masterContactId }: Found) => ({
  ...{ customerNumber, displayName, masterContactId },
});

const COLUMNS = `c.id id, c.customer_number customerNumber, c.display_name displayName, c.master_contact_id masterContactId,
    c.first_name firstName, c.last_name lastName, c.organization_name organizationName,
    c.mail_line1 mailLine1, c.mail_postal_code mailPostalCode`;

const rowsOf = (db: Db, ids: number[]): Promise<Found[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : select<Found>(db, `SELECT ${COLUMNS} FROM customer c WHERE c.id IN (:ids)`, { ids });

function candidatesFor(db: Db, who: Comparable, exceptId: number): Promise<Found[]> {
  const contacts = who.contacts.length > 0 ? who.contacts : [''];
  const shares = 'EXISTS (SELECT 1 FROM customer_contact k WHERE k.customer_id = c.id AND k.value IN (:contacts))';
  return select<Found>(
    db,
    `SELECT ${COLUMNS} FROM customer c WHERE c.id <> :exceptId AND (${shares}
       OR SOUNDEX(c.last_name) = SOUNDEX(:lastName) OR SOUNDEX(c.organization_name) = SOUNDEX(:organizationName))
     ORDER BY ${shares} DESC, COALESCE(c.first_name = :firstName, 0) DESC, c.id DESC LIMIT ${COMPARED}`,
    {
      ...{ exceptId, contacts, lastName: who.lastName, organizationName: who.organizationName },
      firstName: who.firstName ?? '',
    },
  );
}

async function contactsOf(db: Db, customerIds: number[]): Promise<Map<number, string[]>> {
  const byCustomer = new Map<number, string[]>();
  if (customerIds.length === 0) return byCustomer;
  const rows = await select<{ customerId: number; value: string }>(
    db,
    'SELECT k.customer_id customerId, k.value value FROM customer_contact k WHERE k.customer_id IN (:customerIds)',
    { customerIds },
  );
  for (const { customerId, value } of rows) byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), value]);
  return byCustomer;
}

function compare(one: Comparable, other: Comparable): DuplicateScore {
  const [a, b] = [nameOf(one), nameOf(other)];
  const theirs = new Set(other.contacts.map((value) => value.toLowerCase()));
  const shared = one.contacts.filter((value) => theirs.has(value.toLowerCase()));
  return scoreLikeness({
    ...{ nameEdits: distance(a, b), nameLength: a && b ? Math.max(a.length, b.length) : 0 },
    samePhone: shared.some((value) => !value.includes('@')),
    sameEmail: shared.some((value) => value.includes('@')),
    sameAddress:
      one.mailLine1 !== null &&
      other.mailLine1 !== null &&
      sameText(one.mailLine1, other.mailLine1) &&
      (one.mailPostalCode ?? '').slice(0, 5) === (other.mailPostalCode ?? '').slice(0, 5),
  });
}

/** First and last name, or the organization's: a middle name is often left out. */
const nameOf = ({ firstName, lastName, organizationName }: Comparable): string =>
  foldName(organizationName ?? [firstName, lastName].filter(Boolean).join(' '));

const sameText = (a: string, b: string): boolean => foldName(a) === foldName(b);
