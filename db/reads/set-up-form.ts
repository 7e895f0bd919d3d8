import { termsOfPlace, type PriceTerms } from '../../domain/billing/price-terms';
import { addDays, daysBetween, type CivilDate } from '../../domain/dates';
import { isReadOld } from '../../domain/onboarding/read-age';
import { HOLDING, type AccountRole, type AgreementStatus, type SwitchState } from '../../domain/states';
import type { Db } from '../create-db';
import { readSettings } from '../records/settings';
import { defaultServices } from './class-defaults';
import { depositProposals, type ServiceDeposit } from './deposit-proposals';
import { lastReadOf, type LastRead } from './meters';
import { parsedJson, select, selectOne } from './select';

/** One billing service of a set-up form. */
interface ServiceLine {
  serviceCode: string;
  position: number;
  rateCode: string;
  quantity: string;
  units: string;
  /** What its rate looks up of the place; absent where that is nothing. */
  priceTerms?: PriceTerms;
  frequency: string;
  connectDate: null;
}

/** A point whose last occupant is another account than the one that is copied: the clerk chooses (design.md decision 1). */
interface AskedLine extends ServiceLine {
  accountNumber: string;
  customerName: string;
}

/**
 * A meter that stays at its point, with the last recorded read: the new customer's beginning read (domain.md row S10).
 * Serial null: the point is metered, and no meter is there now.
 */
interface StayingMeter {
  serviceCode: string;
  position: number;
  serial: string | null;
  lastRead: LastRead | null;
  /** How old the last read is on the form's start date, in days. */
  readAgeDays: number | null;
  /** The day since which another meter is there than the previous customer had at last; null when it is the same one. */
  exchangedOn: CivilDate | null;
  isRemoved: boolean;
  isNeverRead: boolean;
  /** The form has a READ_IN order because the last read is too old, or there is none. */
  needsReadIn: boolean;
}

/** Who has a service that is copied, or last had it; whoever holds it still is to be moved out (domain.md row S6). */
interface ServiceHolder {
  serviceCode: string;
  position: number;
  accountNumber: string;
  role: AccountRole;
  isActive: boolean;
  stopsOn: CivilDate | null;
}

/** The set-up form that copying from a previous customer gives, and what it leaves to the clerk (domain.md row S6). */
export interface CopiedForm {
  form: ReturnType<typeof formFor>;
  asks: AskedLine[];
  holders: ServiceHolder[];
  meters: StayingMeter[];
  deposits: ServiceDeposit[];
}

const NO_CUSTOMER = {
  ...{ number: null, name: { line: '' }, typeCode: null, phones: [], emails: [] },
  ...{ mailingAddress: null, alternateAddress: null },
};

interface Point extends Omit<ServiceLine, 'connectDate' | 'priceTerms'> {
  priceTerms: PriceTerms | string | null;
  accountId: number;
  accountNumber: string;
  customerName: string;
  startOn: CivilDate;
  endOn: CivilDate | null;
  metered: number;
  serial: string | null;
  switchState: SwitchState | null;
  installedOn: CivilDate | null;
  isExchange: number;
  readValue: string | null;
  readOn: string;
  source: LastRead['source'];
  holderNumber: string;
  holderRole: AccountRole;
  holderStatus: AgreementStatus;
  holderEndOn: CivilDate | null;
}

interface CopiedAccount {
  accountId: number;
  accountNumber: string;
  role: AccountRole;
  billCycle: string | null;
  locationId: number;
  locationNumber: string;
  classCode: string | null;
  hasLandlord: number;
}

const ACCOUNT = `SELECT a.id accountId, a.account_number accountNumber, a.role role, a.bill_cycle billCycle, l.id locationId,
    l.location_number locationNumber, l.class_code classCode,
    EXISTS (SELECT 1 FROM landlord_agreement la WHERE la.location_id = l.id AND la.start_on <= :on AND (la.end_on IS NULL OR la.end_on > :on)) hasLandlord
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
    { customerNumber, locationNumber, on: '9999-12-31' },
  );
}

/** Copies an account into a form: location, billing services, proposed deposits; it changes nothing of the account's. */
export async function copyForm(db: Db, accountId: number, startDate: string): Promise<CopiedForm> {
  const account = await selectOne<CopiedAccount>(db, `${ACCOUNT} WHERE a.id = :accountId`, {
    accountId,
    on: startDate,
  });
  if (!account) throw new Error('There is no such account to copy from');
  const settings = (await readSettings(db)).onboarding;
  const points = await lastOccupants(db, account.locationId);
  // A landlord's account between two tenants is nobody's home: its services are the next tenant's to have.
  const own = points.filter((point) => point.accountId === accountId);
  const services = own.map(lineOf);
  const role = account.hasLandlord ? 'TENANT' : account.role === 'LANDLORD' ? 'TENANT' : account.role;
  const { locationId, classCode } = account;
  const deposits = await proposed(db, { locationId, classCode, role, services, today: startDate });
  const metered = points.filter((point) => point.metered);
  const meters = metered.map((point) => meterOf(point, startDate, settings.maxReadAgeDays));
  return {
    form: formFor({
      ...{ location: { existing: account.locationNumber }, role, copiedFrom: account.accountNumber },
      ...{ startDate, billCycle: account.billCycle, services, deposits },
      serviceOrders: [
        ...own.filter(({ switchState }) => switchState === 'OFF').map((point) => orderOf('TURN_ON', point)),
        ...meters
          .filter((meter) => meter.needsReadIn && own.some((point) => isAt(point, meter)))
          .map((meter) => orderOf('READ_IN', meter)),
      ],
    }),
    asks: points
      .filter((point) => point.accountId !== accountId)
      .map((point) => ({ ...lineOf(point), accountNumber: point.accountNumber, customerName: point.customerName })),
    holders: points.map(holderOf),
    ...{ meters, deposits },
  };
}

/** The form of a start from scratch: a new location with what a new service address of this class gets (row S7). */
export async function blankForm(db: Db, startDate: string, classCode: string | null = null) {
  const services = (await defaultServices(db, classCode)).map(({ serviceCode, rateCode }) => ({
    ...{ serviceCode, position: 1, rateCode, quantity: '1', units: '1', frequency: 'MONTHLY', connectDate: null },
  }));
  const address = { line1: '', line2: null, city: '', state: '', postalCode: '' };
  const role = 'TENANT' as const;
  return formFor({
    ...{ location: { number: null, address, classCode }, role, copiedFrom: null, startDate, billCycle: null, services },
    deposits: await proposed(db, { locationId: null, classCode, role, services, today: startDate }),
    serviceOrders: [],
  });
}

/** What a new customer, of whom nothing is known yet, is asked for (domain.md row S9). */
async function proposed(
  db: Db,
  about: {
    locationId: number | null;
    classCode: string | null;
    role: AccountRole;
    services: ServiceLine[];
    today: string;
  },
): Promise<ServiceDeposit[]> {
  const { depositWaivedAfterMonths: waivedAfterMonths } = (await readSettings(db)).onboarding;
  return depositProposals(db, { ...about, typeCode: null, customerId: null, waivedAfterMonths });
}

const isAt = (a: { serviceCode: string; position: number }, b: { serviceCode: string; position: number }): boolean =>
  a.serviceCode === b.serviceCode && a.position === b.position;

const orderOf = (
  type: 'READ_IN' | 'TURN_ON',
  { serviceCode, position }: { serviceCode: string; position: number },
) => ({ serviceCode, position: Number(position), type, dueOn: null, notes: null, gating: true });

function holderOf({
  serviceCode,
  position,
  holderNumber,
  holderRole,
  holderStatus,
  holderEndOn,
}: Point): ServiceHolder {
  const isActive = HOLDING.includes(holderStatus);
  const who = { accountNumber: holderNumber, role: holderRole, isActive, stopsOn: holderEndOn };
  return { serviceCode, position, ...who };
}

function meterOf(point: Point, startDate: CivilDate, maxReadAgeDays: number): StayingMeter {
  const { serviceCode, position, serial, readValue, readOn, source, installedOn, isExchange } = point;
  const lastRead = serial === null || readValue === null ? null : { value: readValue, readOn, source };
  const readAgeDays = lastRead && daysBetween(lastRead.readOn, startDate);
  const since = point.endOn ?? point.startOn;
  const isExchanged = Boolean(isExchange) && installedOn !== null && installedOn > addDays(since, -1);
  return {
    ...{ serviceCode, position, serial, lastRead, readAgeDays, exchangedOn: isExchanged ? installedOn : null },
    ...{ isRemoved: serial === null, isNeverRead: serial !== null && lastRead === null },
    needsReadIn: serial !== null && isReadOld(readAgeDays, maxReadAgeDays) && !sharesFinalRead(point, startDate),
  };
}

/** Whoever has the service until the start, or as long as nothing else is said, hands it over on one read. */
function sharesFinalRead({ holderStatus, holderEndOn }: Point, startDate: CivilDate): boolean {
  if (holderEndOn === null) return HOLDING.includes(holderStatus);
  return holderEndOn >= startDate;
}

function formFor(known: {
  location: { existing: string } | { number: null; address: object; classCode: string | null };
  role: AccountRole;
  copiedFrom: string | null;
  startDate: string;
  billCycle: string | null;
  services: ServiceLine[];
  deposits: ServiceDeposit[];
  serviceOrders: ReturnType<typeof orderOf>[];
}) {
  const asked = known.deposits.filter(({ amountCents }) => amountCents > 0);
  const deposits = asked.map(({ serviceCode, amountCents }) => ({ serviceCode, amountCents, waivedBecause: null }));
  return { customer: NO_CUSTOMER, ...known, meters: [], deposits };
}

/** For each point of a location its last agreement: the one that holds it, else the last of its chain. */
function lastOccupants(db: Db, locationId: number): Promise<Point[]> {
  return select<Point>(
    db,
    `SELECT p.service_code serviceCode, p.position position, r.code rateCode, g.quantity quantity, g.units units,
       g.price_terms priceTerms, g.frequency frequency, g.start_on startOn, g.end_on endOn, a.id accountId, a.account_number accountNumber,
       c.display_name customerName, s.metered metered, m.serial serial, m.switch_state switchState, i.installed_on installedOn,
       EXISTS (SELECT 1 FROM meter_installation x WHERE x.service_point_id = p.id AND x.removed_on IS NOT NULL) isExchange,
       lr.value readValue, lr.read_on readOn, lr.source source,
       ha.account_number holderNumber, ha.role holderRole, h.status holderStatus, h.end_on holderEndOn
     FROM service_point p JOIN service s ON s.code = p.service_code
     JOIN service_agreement g ON g.id = (
       SELECT o.id FROM service_agreement o JOIN account oa ON oa.id = o.account_id
       WHERE o.service_point_id = p.id AND o.status NOT IN ('CANCELED', 'PENDING_START')
       ORDER BY (oa.role = 'LANDLORD'), (o.status IN (:holding)) DESC, o.start_on DESC, o.id DESC LIMIT 1)
     JOIN account a ON a.id = g.account_id JOIN customer c ON c.id = a.customer_id JOIN rate r ON r.id = g.rate_id
     JOIN service_agreement h ON h.id = (
       SELECT o.id FROM service_agreement o WHERE o.service_point_id = p.id AND o.status NOT IN ('CANCELED', 'PENDING_START')
       ORDER BY (o.status IN (:holding)) DESC, o.start_on DESC, o.id DESC LIMIT 1)
     JOIN account ha ON ha.id = h.account_id
     LEFT JOIN meter m ON m.service_point_id = p.id
     LEFT JOIN meter_installation i ON i.meter_id = m.id AND i.removed_on IS NULL LEFT JOIN meter_read lr ON lr.id = ${lastReadOf('m.id')}
     WHERE p.location_id = :locationId ORDER BY s.priority, p.service_code, p.position`,
    { locationId, holding: [...HOLDING] },
  );
}

function lineOf({ serviceCode, position, rateCode, quantity, units, frequency, ...point }: Point): ServiceLine {
  const priceTerms = termsOfPlace(parsedJson<PriceTerms | null>(point.priceTerms));
  return {
    ...{ serviceCode, position: Number(position), rateCode, quantity: plain(quantity), units: plain(units) },
    ...{ ...(priceTerms && { priceTerms }), frequency, connectDate: null },
  };
}

/** A DECIMAL comes with all its places: 1.0000. */
const plain = (decimal: string): string => decimal.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
