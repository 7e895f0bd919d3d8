import { QueryTypes } from 'sequelize';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { AccountStatus } from '../../domain/states';
import type { Db } from '../../db/create-db';
import { groupBy } from './group-by';
import {
  pointKey,
  type AccountThing,
  type CustomerThing,
  type MeterThing,
  type PlaceThing,
  type PointThing,
  type RateThing,
  type ServiceThing,
} from './things';

/** Everything that rows can name, by its natural key: first what the database has, then what the files add. */
export interface Office {
  customerTypes: Set<string>;
  services: Map<string, ServiceThing>;
  rates: Map<string, RateThing>;
  locations: Map<string, PlaceThing>;
  points: Map<string, PointThing>;
  meters: Map<string, MeterThing>;
  customers: Map<string, CustomerThing>;
  accounts: Map<string, AccountThing>;
  users: Set<string>;
  /** Open and ended landlord agreements of the database, by location id. */
  landlordAgreements: Map<number, { customerId: number; startOn: string; endOn: string | null }[]>;
  nextId: (table: Numbered) => number;
}

const NUMBERED = [
  ...([
    'rate',
    'location',
    'service_point',
    'meter',
    'meter_read',
    'customer',
    'account',
    'service_agreement',
  ] as const),
  ...(['landlord_agreement', 'deposit', 'journal_entry', 'app_user'] as const),
];
type Numbered = (typeof NUMBERED)[number];

/** Reads what the office has, but not its reads, installations and agreements: history.ts gets those of some points. */
export async function loadOffice(db: Db): Promise<Office> {
  const all = <T extends object>(sql: string) => db.sequelize.query<T>(sql, { type: QueryTypes.SELECT });
  const ids = await nextIds(db);
  const [types, services, rates, locations, points, meters, customers, accounts, users, landlords] = [
    await all<{ code: string }>('SELECT code FROM customer_type'),
    await all<ServiceThing>('SELECT code, metered, unit FROM service'),
    await ratesOf(db),
    await all<{ id: number; number: string }>('SELECT id, location_number number FROM location'),
    await all<{ id: number; number: string; service: string; position: number }>(
      `SELECT p.id, l.location_number number, p.service_code service, p.position
       FROM service_point p JOIN location l ON l.id = p.location_id`,
    ),
    await all<Pick<MeterThing, 'id' | 'serial' | 'dials' | 'multiplier' | 'unit'>>(
      'SELECT id, serial, dials, multiplier, unit FROM meter',
    ),
    await all<{ id: number; number: string }>('SELECT id, customer_number number FROM customer'),
    await all<{ id: number; number: string; status: AccountStatus; hasOpening: number }>(
      `SELECT a.id, a.account_number number, a.status, e.id IS NOT NULL hasOpening FROM account a
       LEFT JOIN journal_entry e ON e.entry_key = CONCAT('opening/', a.id)`,
    ),
    await all<{ username: string }>('SELECT username FROM app_user'),
    await all<{ locationId: number; customerId: number; startOn: string; endOn: string | null }>(
      'SELECT location_id locationId, customer_id customerId, start_on startOn, end_on endOn FROM landlord_agreement',
    ),
  ];
  return {
    customerTypes: new Set(types.map(({ code }) => code)),
    services: new Map(services.map((one) => [one.code, { ...one, metered: Boolean(one.metered) }])),
    rates: new Map(rates.map((one) => [one.code, one])),
    locations: new Map(locations.map(({ id, number }) => [number, { id }])),
    points: new Map(
      points.map(({ id, number, service, position }) => [
        pointKey(number, service, position),
        { id, service, installations: [], agreements: [] },
      ]),
    ),
    meters: new Map(meters.map((one) => [one.serial, { ...one, rows: [], installations: [], reads: [] }])),
    customers: new Map(customers.map(({ id, number }) => [number, { id }])),
    accounts: new Map(
      accounts.map(({ id, number, status, hasOpening }) => [
        number,
        { ...{ id, number, status, hasOpening: Boolean(hasOpening), row: null }, agreements: [] },
      ]),
    ),
    users: new Set(users.map(({ username }) => username)),
    landlordAgreements: groupBy(landlords, ({ locationId }) => locationId),
    nextId: (table) => ids[table]++,
  };
}

async function nextIds(db: Db): Promise<Record<Numbered, number>> {
  const columns = NUMBERED.map((table) => `(SELECT COALESCE(MAX(id), 0) + 1 FROM ${table}) AS ${table}`);
  const [row] = await db.sequelize.query<Record<Numbered, number>>(`SELECT ${columns.join(', ')}`, {
    type: QueryTypes.SELECT,
  });
  return Object.fromEntries(NUMBERED.map((table) => [table, Number(row?.[table])])) as Record<Numbered, number>;
}

async function ratesOf(db: Db): Promise<RateThing[]> {
  const versions = groupBy(
    await db.RateVersion.unscoped().findAll({ order: [['effectiveFrom', 'ASC']], raw: true }),
    ({ rateId }) => rateId,
  );
  return (await db.Rate.findAll({ raw: true })).map(({ id, code, serviceCode, name, isDefault }) => ({
    ...{ id, code, service: serviceCode, name, isDefault: Boolean(isDefault), isNew: false },
    versions: (versions.get(id) ?? [])
      .filter(({ status }) => status === 'PUBLISHED')
      .map(({ definition }) => JSON.parse(definition) as RateVersion),
    drafts: (versions.get(id) ?? [])
      .filter(({ status }) => status === 'DRAFT')
      .map(({ effectiveFrom }) => effectiveFrom),
  }));
}
