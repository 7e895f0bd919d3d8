import { HOLDING, type AccountRole } from '../../domain/states';
import type { Db } from '../create-db';
import { lastReadOf, type LastRead } from './meters';
import { select, selectOne } from './select';

/** One billing service of a set-up form. */
interface ServiceLine {
  serviceCode: string;
  position: number;
  rateCode: string;
  units: string;
  frequency: string;
  connectDate: null;
}

/** A point whose last occupant is another account than the one that is copied: the clerk chooses (design.md decision 1). */
interface AskedLine extends ServiceLine {
  accountNumber: string;
  customerName: string;
}

/** A meter that stays at its point, with the last recorded read: the new customer's beginning read (domain.md row S10). */
interface StayingMeter {
  serviceCode: string;
  position: number;
  serial: string;
  lastRead: LastRead | null;
}

/** The set-up form that copying from a previous customer gives, and what it leaves to the clerk (domain.md row S6). */
export interface CopiedForm {
  form: ReturnType<typeof formFor>;
  asks: AskedLine[];
  meters: StayingMeter[];
}

const NO_CUSTOMER = {
  ...{ number: null, name: { line: '' }, typeCode: null, phones: [], emails: [] },
  ...{ mailingAddress: null, alternateAddress: null },
};

interface Point extends Omit<ServiceLine, 'connectDate'> {
  accountId: number;
  accountNumber: string;
  customerName: string;
  metered: number;
  serial: string | null;
  readValue: string | null;
  readOn: string;
  source: LastRead['source'];
}

interface CopiedAccount {
  accountId: number;
  accountNumber: string;
  role: AccountRole;
  billCycle: string | null;
  locationId: number;
  locationNumber: string;
  hasLandlord: number;
}

const ACCOUNT = `SELECT a.id accountId, a.account_number accountNumber, a.role role, a.bill_cycle billCycle, l.id locationId,
    l.location_number locationNumber,
    EXISTS (SELECT 1 FROM landlord_agreement la WHERE la.location_id = l.id AND la.end_on IS NULL) hasLandlord
  FROM account a JOIN location l ON l.id = a.location_id JOIN customer c ON c.id = a.customer_id`;

/** The account that a copy is made from: a customer's last one, at a location where one is named. */
export function lastAccountOf(
  db: Db,
  customerNumber: string,
  locationNumber: string | null,
): Promise<{ accountId: number } | null> {
  return selectOne<CopiedAccount>(
    db,
    `${ACCOUNT} WHERE c.customer_number = :customerNumber AND (:locationNumber IS NULL OR l.location_number = :locationNumber)
       AND a.status <> 'CANCELED' ORDER BY (a.role = 'LANDLORD'), a.start_on DESC, a.id DESC LIMIT 1`,
    { customerNumber, locationNumber },
  );
}

/** Copies an account into a form: location, billing services, default deposits; it changes nothing of the account's. */
export async function copyForm(db: Db, accountId: number, startDate: string): Promise<CopiedForm> {
  const account = await selectOne<CopiedAccount>(db, `${ACCOUNT} WHERE a.id = :accountId`, { accountId });
  if (!account) throw new Error('There is no such account to copy from');
  const points = await lastOccupants(db, account.locationId);
  // A landlord's account between two tenants is nobody's home: its services are the next tenant's to have.
  const own = points.filter((point) => point.accountId === accountId);
  const services = own.map(lineOf);
  return {
    form: formFor({
      location: { existing: account.locationNumber },
      role: account.hasLandlord ? 'TENANT' : account.role === 'LANDLORD' ? 'TENANT' : account.role,
      copiedFrom: account.accountNumber,
      ...{ startDate, billCycle: account.billCycle, services, deposits: await defaultDeposits(db, services) },
    }),
    asks: points
      .filter((point) => point.accountId !== accountId)
      .map((point) => ({ ...lineOf(point), accountNumber: point.accountNumber, customerName: point.customerName })),
    meters: points
      .filter(({ serial }) => serial !== null)
      .map(({ serviceCode, position, serial, readValue, readOn, source }) => ({
        ...{ serviceCode, position, serial: serial ?? '' },
        lastRead: readValue === null ? null : { value: readValue, readOn, source },
      })),
  };
}

/** The form of a start from scratch: a new location with the default services of a new service address (row S7). */
export async function blankForm(db: Db, startDate: string) {
  const services = await select<Omit<ServiceLine, 'connectDate'>>(
    db,
    `SELECT s.code serviceCode, 1 position, r.code rateCode, '1' units, 'MONTHLY' frequency
     FROM service s JOIN rate r ON r.default_key = s.code WHERE s.on_new_location = TRUE ORDER BY s.priority, s.code`,
  );
  const lines = services.map((service) => ({ ...service, position: Number(service.position), connectDate: null }));
  const address = { line1: '', line2: null, city: '', state: '', postalCode: '' };
  return formFor({
    ...{ location: { number: null, address }, role: 'TENANT', copiedFrom: null, startDate, billCycle: null },
    ...{ services: lines, deposits: await defaultDeposits(db, lines) },
  });
}

function formFor(known: {
  location: { existing: string } | { number: null; address: object };
  role: AccountRole;
  copiedFrom: string | null;
  startDate: string;
  billCycle: string | null;
  services: ServiceLine[];
  deposits: { serviceCode: string; amountCents: number; waivedBecause: null }[];
}) {
  return { customer: NO_CUSTOMER, ...known, meters: [], serviceOrders: [] };
}

/** For each point of a location its last agreement: the one that holds it, else the last of its chain. */
function lastOccupants(db: Db, locationId: number): Promise<Point[]> {
  return select<Point>(
    db,
    `SELECT p.service_code serviceCode, p.position position, r.code rateCode, g.units units, g.frequency frequency,
       a.id accountId, a.account_number accountNumber, c.display_name customerName, s.metered metered, m.serial serial,
       lr.value readValue, lr.read_on readOn, lr.source source
     FROM service_point p JOIN service s ON s.code = p.service_code
     JOIN service_agreement g ON g.id = (
       SELECT o.id FROM service_agreement o JOIN account oa ON oa.id = o.account_id
       WHERE o.service_point_id = p.id AND o.status NOT IN ('CANCELED', 'PENDING_START')
       ORDER BY (oa.role = 'LANDLORD'), (o.status IN (:holding)) DESC, o.start_on DESC, o.id DESC LIMIT 1)
     JOIN account a ON a.id = g.account_id JOIN customer c ON c.id = a.customer_id JOIN rate r ON r.id = g.rate_id
     LEFT JOIN meter m ON m.service_point_id = p.id LEFT JOIN meter_read lr ON lr.id = ${lastReadOf('m.id')}
     WHERE p.location_id = :locationId ORDER BY s.priority, p.service_code, p.position`,
    { locationId, holding: [...HOLDING] },
  );
}

const lineOf = ({ serviceCode, position, rateCode, units, frequency }: Point): ServiceLine => ({
  ...{ serviceCode, position, rateCode, frequency, connectDate: null },
  // A DECIMAL comes with all its places: 1.0000.
  units: units.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''),
});

/** What the office asks of a tenant for these services, where it asks for anything. */
async function defaultDeposits(db: Db, services: { serviceCode: string }[]) {
  if (services.length === 0) return [];
  const rows = await select<{ serviceCode: string; amountCents: number }>(
    db,
    `SELECT code serviceCode, default_deposit_cents amountCents FROM service
     WHERE code IN (:codes) AND default_deposit_cents > 0 ORDER BY priority, code`,
    { codes: services.map(({ serviceCode }) => serviceCode) },
  );
  return rows.map((row) => ({ ...row, amountCents: Number(row.amountCents), waivedBecause: null }));
}
