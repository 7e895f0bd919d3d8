import { searchWords } from '../../domain/names/fold';
import type { Db } from '../create-db';
import { listCustomers } from './customers';
import { listLocations } from './locations';
import { addressOf } from './people';
import { containing, select, startingWith } from './select';

/** What a search finds, with the numbers that lead to its page. */
export interface Hit {
  kind: 'CUSTOMER' | 'ACCOUNT' | 'LOCATION' | 'METER' | 'CASE' | 'SERVICE_ORDER';
  id: string;
  title: string;
  subtitle: string;
  status: string | null;
  link: Link;
}

interface Link {
  customerNumber: string | null;
  accountNumber: string | null;
  locationNumber: string | null;
  caseId: string | null;
  orderNumber: string | null;
  meterId: number | null;
}

/** How many of a kind a search answers with. */
const MOST = 8;
/** Shorter parts of a serial number or a case id would be in almost every one. */
const LEAST_PART = 3;

const NO_LINK: Link = {
  ...{ customerNumber: null, accountNumber: null, locationNumber: null },
  ...{ caseId: null, orderNumber: null, meterId: null },
};

/** Everything that what somebody typed may mean, up to eight of a kind. */
export async function search(db: Db, q: string): Promise<Hit[]> {
  const [customers, accounts, locations, meters, orders] = await Promise.all([
    customersFound(db, q),
    accountsFound(db, q),
    locationsFound(db, q),
    metersFound(db, q),
    ordersFound(db, q),
  ]);
  const places = [...locations, ...accounts].flatMap(({ link }) => link.locationNumber ?? []);
  const cases = await casesFound(db, q, [...new Set(places)]);
  return [...customers, ...accounts, ...locations, ...cases, ...orders, ...meters];
}

async function customersFound(db: Db, q: string): Promise<Hit[]> {
  const { rows } = await listCustomers(db, q, { limit: MOST, after: null });
  if (rows.length === 0) return [];
  const places = await select<{ customerNumber: string; address: string }>(
    db,
    `SELECT c.customer_number customerNumber, ${addressOf('l')} address FROM customer c JOIN account a ON a.id =
       (SELECT n.id FROM account n WHERE n.customer_id = c.id ORDER BY n.start_on DESC, n.id DESC LIMIT 1)
     JOIN location l ON l.id = a.location_id WHERE c.customer_number IN (:numbers)`,
    { numbers: rows.map(({ customerNumber }) => customerNumber) },
  );
  const addresses = new Map(places.map(({ customerNumber, address }) => [customerNumber, address]));
  return rows.map(({ customerNumber, displayName }) => ({
    ...{ kind: 'CUSTOMER' as const, id: customerNumber, title: displayName, status: null },
    subtitle: addresses.get(customerNumber) ?? '',
    link: { ...NO_LINK, customerNumber },
  }));
}

// A name alone finds customers, and a street alone finds places; both together mean somebody's account somewhere.
async function accountsFound(db: Db, q: string): Promise<Hit[]> {
  const words = searchWords(q);
  const patterns = Object.fromEntries(words.map((word, i) => [`word${i}`, containing(word)]));
  const each = words.map((_, i) => `(c.search_name LIKE :word${i} OR l.line1 LIKE :word${i})`);
  const rows = await select<{
    accountNumber: string;
    customerNumber: string;
    locationNumber: string;
    name: string;
    address: string;
    status: string;
  }>(
    db,
    `SELECT a.account_number accountNumber, c.customer_number customerNumber, l.location_number locationNumber,
       c.display_name name, ${addressOf('l')} address, a.status status
     FROM account a JOIN customer c ON c.id = a.customer_id JOIN location l ON l.id = a.location_id
     WHERE ${words.length > 1 ? each.join(' AND ') : 'a.account_number LIKE :number'} ORDER BY a.account_number LIMIT :limit`,
    { ...patterns, number: startingWith(q), limit: MOST },
  );
  return rows.map(({ accountNumber, customerNumber, locationNumber, name, address, status }) => ({
    ...{ kind: 'ACCOUNT' as const, id: accountNumber, title: name, subtitle: address, status },
    link: { ...NO_LINK, accountNumber, customerNumber, locationNumber },
  }));
}

async function locationsFound(db: Db, q: string): Promise<Hit[]> {
  const { rows } = await listLocations(db, q, { limit: MOST, after: null });
  return rows.map(({ locationNumber, address }) => ({
    ...{ kind: 'LOCATION' as const, id: locationNumber, title: address, subtitle: '', status: null },
    link: { ...NO_LINK, locationNumber },
  }));
}

async function metersFound(db: Db, q: string): Promise<Hit[]> {
  if (q.length < LEAST_PART) return [];
  const rows = await select<{
    meterId: number;
    serial: string;
    status: string;
    locationNumber: string | null;
    address: string | null;
  }>(
    db,
    `SELECT m.id meterId, m.serial serial, m.status status, l.location_number locationNumber, ${addressOf('l')} address
     FROM meter m LEFT JOIN service_point p ON p.id = m.service_point_id LEFT JOIN location l ON l.id = p.location_id
     WHERE m.serial LIKE :part ORDER BY m.serial LIMIT :limit`,
    { part: containing(q), limit: MOST },
  );
  return rows.map(({ meterId, serial, status, locationNumber, address }) => ({
    ...{ kind: 'METER' as const, id: String(meterId), title: serial, subtitle: address ?? '', status },
    link: { ...NO_LINK, meterId, locationNumber },
  }));
}

async function ordersFound(db: Db, q: string): Promise<Hit[]> {
  const rows = await select<Omit<Link, 'customerNumber' | 'meterId'> & Shown & { orderNumber: string }>(
    db,
    `SELECT o.order_number orderNumber, o.case_id caseId, a.account_number accountNumber, l.location_number locationNumber,
       o.type type, ${addressOf('l')} address, o.status status
     FROM service_order o JOIN account a ON a.id = o.account_id JOIN service_point p ON p.id = o.service_point_id
     JOIN location l ON l.id = p.location_id WHERE o.order_number LIKE :number ORDER BY o.order_number LIMIT :limit`,
    { number: startingWith(q), limit: MOST },
  );
  return rows.map(({ type, address, status, ...link }) => ({
    ...{ kind: 'SERVICE_ORDER' as const, id: link.orderNumber, title: type, subtitle: address ?? '', status },
    link: { ...NO_LINK, ...link },
  }));
}

interface Shown {
  type: string;
  address: string | null;
  status: string;
}

// By a part of the id, whatever became of the case; at the places that were found, what is open.
async function casesFound(db: Db, q: string, locationNumbers: string[]): Promise<Hit[]> {
  const ways = [
    ...(/^[\w.-]+$/.test(q) && q.length >= LEAST_PART ? ['SELECT case_id FROM cases WHERE case_id LIKE :part'] : []),
    ...(locationNumbers.length > 0 ? [OPEN_AT_PLACES, OPEN_OF_ACCOUNTS] : []),
  ];
  if (ways.length === 0) return [];
  const rows = await select<Omit<Link, 'orderNumber' | 'meterId'> & Shown & { caseId: string }>(
    db,
    `SELECT c.case_id caseId, cu.customer_number customerNumber, a.account_number accountNumber,
       l.location_number locationNumber, c.type type, ${addressOf('l')} address, c.status status
     FROM (${ways.map((way) => `(${way} LIMIT :limit)`).join(' UNION ')}) found JOIN cases c ON c.case_id = found.case_id
     LEFT JOIN account a ON a.id = c.account_id LEFT JOIN customer cu ON cu.id = a.customer_id
     LEFT JOIN location l ON l.id = COALESCE(c.location_id, a.location_id)
     ORDER BY c.closed_at IS NULL DESC, c.opened_at DESC, c.case_id LIMIT :limit`,
    { part: containing(q), locationNumbers, limit: MOST },
  );
  return rows.map(({ type, address, status, ...link }) => ({
    ...{ kind: 'CASE' as const, id: link.caseId, title: type, subtitle: address ?? '', status },
    link: { ...NO_LINK, ...link },
  }));
}

const OPEN_AT_PLACES = `SELECT c.case_id FROM cases c JOIN location l ON l.id = c.location_id
  WHERE l.location_number IN (:locationNumbers) AND c.status IN ('OPEN', 'INCIDENT')`;
const OPEN_OF_ACCOUNTS = `SELECT c.case_id FROM cases c JOIN account a ON a.id = c.account_id
  JOIN location l ON l.id = a.location_id
  WHERE l.location_number IN (:locationNumbers) AND c.status IN ('OPEN', 'INCIDENT')`;
