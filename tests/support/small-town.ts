import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { Charge } from '../../domain/billing/rate/charges';
import { addDays, type CivilDate } from '../../domain/dates';
import type { Role } from '../../domain/roles';
import type { Settings } from '../../domain/settings';
import { canonicalJson, sha256 } from '../../db/canonical';
import type { Db } from '../../db/create-db';
import { post } from '../../db/records/journal';
import { putSetting } from '../../db/records/settings';
import { inTransaction, type Tx } from '../../db/transaction';

/** One rented flat with round figures, so that a test can say every cent. */
export interface SmallTown {
  users: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive', number>;
  accountId: number;
  accountNumber: string;
  locationNumber: string;
  meterId: number;
  waterPointId: number;
  landlordCustomerId: number;
  today: CivilDate;
}

const PEOPLE: Record<keyof SmallTown['users'], Role> = {
  cora: 'clerk',
  cliff: 'clerk',
  sam: 'supervisor',
  sue: 'supervisor',
  fred: 'field',
  olive: 'operator',
};

/** What can differ between tests. */
export interface SmallTownOptions {
  landlordDecision?: 'ALWAYS' | 'ASK' | 'NEVER' | null;
  depositCents?: number;
  openingCents?: number;
  /** What the office asks of new tenants for water; nothing unless given. */
  askedDepositCents?: number;
  interest?: Settings['depositInterest'];
}

/** Makes the town: last billed 10 days ago at 1,000 gallons; water $3 per 1,000 gal plus $10 base, refuse $12. */
export async function makeSmallTown(db: Db, options: SmallTownOptions = {}): Promise<SmallTown> {
  return inTransaction(db, 1, async (tx) => {
    const interest = { enabled: false, rateTable: [], dayBasis: 365 as const, minHoldDays: 0 };
    await putSetting(tx, 'depositInterest', options.interest ?? interest);
    const users = {} as SmallTown['users'];
    for (const [username, role] of Object.entries(PEOPLE)) {
      const user = await tx.db.AppUser.create({ username, displayName: username, createdAt: tx.now });
      await tx.db.UserRole.create({ userId: user.id, role });
      users[username as keyof SmallTown['users']] = user.id;
    }
    const rates = await makeRates(tx, options);
    return { ...(await makeFlat(tx, rates, options)), users };
  });
}

/** One of many flats, each like the small town's, with a tenant and a landlord of its own. */
export type Flat = Omit<SmallTown, 'users'>;

/** Makes more flats in the small town, whose own is the first; `from` is the number of the next one. */
export async function makeFlats(db: Db, count: number, options: SmallTownOptions = {}, from = 2): Promise<Flat[]> {
  return inTransaction(db, 1, async (tx) => {
    const rates = Object.fromEntries((await tx.db.Rate.findAll()).map(({ serviceCode, id }) => [serviceCode, id]));
    const flats: Flat[] = [];
    for (let n = from; n < from + count; n++) flats.push(await makeFlat(tx, rates, options, n));
    return flats;
  });
}

async function makeRates(
  tx: Tx,
  { askedDepositCents: defaultDepositCents = 0 }: SmallTownOptions,
): Promise<Record<'WATER' | 'REFUSE', number>> {
  const onNewLocation = true;
  await tx.db.Service.bulkCreate([
    { code: 'WATER', name: 'Water', metered: true, unit: 'gal', priority: 1, onNewLocation, defaultDepositCents },
    { code: 'REFUSE', name: 'Refuse', metered: false, unit: null, priority: 2, onNewLocation },
  ]);
  const tiers: Charge = { kind: 'TIERS', per: '1000', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '3.00' }] };
  return {
    WATER: await makeRate(tx, 'WATER', 'gal', [{ kind: 'BASE', amountCents: 1000 }, tiers]),
    REFUSE: await makeRate(tx, 'REFUSE', null, [{ kind: 'FLAT', amountCents: 1200 }]),
  };
}

async function makeRate(tx: Tx, serviceCode: string, unit: string | null, charges: Charge[]): Promise<number> {
  const rate = await tx.db.Rate.create({ code: `RES-${serviceCode}`, serviceCode, name: serviceCode, isDefault: true });
  const version: RateVersion = {
    effectiveFrom: '2020-01-01',
    unit,
    charges,
    rounding: { mode: 'HALF_UP', place: 'LINE' },
    proration: {
      ...{ newConnect: 'PRORATE_BASE_AND_MIN', finalDisconnect: 'PRORATE_BASE_AND_MIN' },
      ...{ divisor: 'FIXED_30', normalDays: 30, tolerance: null, capAtOne: false },
    },
    taxes: [],
  };
  const definition = canonicalJson(version);
  const row = { rateId: rate.id, effectiveFrom: version.effectiveFrom, definition, definitionHash: sha256(definition) };
  await tx.db.RateVersion.create({ ...row, publishedAt: tx.now });
  return rate.id;
}

async function makeFlat(tx: Tx, rates: Record<string, number>, options: SmallTownOptions, n = 1): Promise<Flat> {
  const number = (prefix: string, last = n) => `${prefix}${String(last).padStart(5, '0')}`;
  const startOn = addDays(tx.today, -400);
  const billedOn = addDays(tx.today, -10);
  const location = await tx.db.Location.create({
    ...{
      locationNumber: number('L9'),
      line1: '12 Zephyrine Walk',
      city: 'Millbrook',
      state: 'CO',
      postalCode: '80000',
    },
    createdAt: tx.now,
  });
  const tenant = await person(tx, number('C9', 2 * n - 1), 'Ottoline', 'Quackenbush');
  const landlord = await person(tx, number('C9', 2 * n), 'Barnaby', 'Featherstonehaugh');
  const account = await tx.db.Account.create({
    ...{
      accountNumber: number('A90'),
      customerId: tenant.id,
      locationId: location.id,
      role: 'TENANT',
      status: 'ACTIVE',
    },
    ...{ startOn, billCycle: 'C1', createdAt: tx.now },
  });
  const water = await tx.db.ServicePoint.create({ locationId: location.id, serviceCode: 'WATER' });
  const refuse = await tx.db.ServicePoint.create({ locationId: location.id, serviceCode: 'REFUSE' });
  const meter = await tx.db.Meter.create({
    ...{ serial: number('M-9'), dials: 6, multiplier: '1', unit: 'gal', servicePointId: water.id, status: 'INSTALLED' },
  });
  const installed = { meterId: meter.id, servicePointId: water.id, installedOn: startOn };
  await tx.db.MeterInstallation.create({ ...installed, removedOn: null, installReadId: null, removalReadId: null });
  const read = { meterId: meter.id, source: 'ACTUAL' as const, recordedBy: 1, createdAt: tx.now };
  const first = await tx.db.MeterRead.create({ ...read, readOn: startOn, value: '0' });
  const last = await tx.db.MeterRead.create({ ...read, readOn: billedOn, value: '1000' });
  const terms = {
    accountId: account.id,
    frequency: 'MONTHLY',
    startOn,
    lastBilledThrough: billedOn,
    status: 'ACTIVE' as const,
  };
  await tx.db.ServiceAgreement.create({
    ...{ ...terms, servicePointId: water.id, serviceCode: 'WATER', rateId: rates.WATER ?? 0 },
    ...{ startReadId: first.id, lastBilledReadId: last.id },
  });
  await tx.db.ServiceAgreement.create({
    ...terms,
    servicePointId: refuse.id,
    serviceCode: 'REFUSE',
    rateId: rates.REFUSE ?? 0,
  });
  await makeLandlord(tx, {
    customerId: landlord.id,
    locationId: location.id,
    rates,
    decision: options.landlordDecision,
  });
  await makeMoney(tx, account.id, startOn, options);
  return {
    ...{ accountId: account.id, accountNumber: account.accountNumber, locationNumber: location.locationNumber },
    ...{ meterId: meter.id, waterPointId: water.id, landlordCustomerId: landlord.id, today: tx.today },
  };
}

async function person(tx: Tx, customerNumber: string, firstName: string, lastName: string) {
  const displayName = `${lastName}, ${firstName}`;
  const row = { customerNumber, kind: 'PERSON' as const, firstName, lastName, displayName };
  const customer = await tx.db.Customer.create({ ...row, createdAt: tx.now });
  await tx.db.CustomerContact.bulkCreate([
    { customerId: customer.id, position: 1, kind: 'PHONE', value: '555-0147', purpose: null },
    {
      customerId: customer.id,
      position: 2,
      kind: 'EMAIL',
      value: `${firstName}@example.com`.toLowerCase(),
      purpose: null,
    },
  ]);
  return customer;
}

async function makeLandlord(
  tx: Tx,
  about: {
    customerId: number;
    locationId: number;
    rates: Record<string, number>;
    decision?: 'ALWAYS' | 'ASK' | 'NEVER' | null;
  },
): Promise<void> {
  const { customerId, locationId, rates, decision = 'ASK' } = about;
  if (decision === null) return;
  const agreement = await tx.db.LandlordAgreement.create({ customerId, locationId, startOn: '2020-01-01' });
  const line = { landlordAgreementId: agreement.id, decision, stopReasonsExcluded: [] };
  await tx.db.LandlordAgreementLine.bulkCreate(
    ['WATER', 'REFUSE'].map((serviceCode) => ({ ...line, serviceCode, rateId: rates[serviceCode] ?? 0 })),
  );
}

async function makeMoney(tx: Tx, accountId: number, paidOn: CivilDate, options: SmallTownOptions): Promise<void> {
  const { depositCents = 10_000, openingCents = 0 } = options;
  const entry = { accountId, caseId: null, entryOn: paidOn };
  if (depositCents > 0) {
    const deposit = await tx.db.Deposit.create({ accountId, serviceCode: 'WATER', amountCents: depositCents, paidOn });
    const held = { ledgerAccount: 'DEPOSITS_HELD' as const, depositId: deposit.id, amountCents: -depositCents };
    const lines = [{ ledgerAccount: 'CASH_CLEARING' as const, amountCents: depositCents }, held];
    await post(tx, { ...entry, entryKey: `deposit-received/${deposit.id}`, kind: 'DEPOSIT_RECEIVED', lines });
  }
  const owed = { ledgerAccount: 'RECEIVABLE' as const, serviceCode: 'WATER', amountCents: openingCents };
  const lines = [owed, { ledgerAccount: 'OPENING_BALANCE' as const, amountCents: -openingCents }];
  await post(tx, { ...entry, entryKey: `opening/${accountId}`, kind: 'OPENING_BALANCE', lines });
}
