import { post } from '../../db/records/journal';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import { addUser, testApi, type TestApi } from '../api/support/api';
import { makeFlats, makeSmallTown, type Flat, type SmallTown } from '../support/small-town';
import type { Dice } from '../support/seeded';
import { testSystem, type TestSystem } from '../support/system';

/** How many flats the office begins with: each with a tenant, a landlord and a meter. */
const FLATS = 24;

/** An office on real servers in which people are set up, move out and owe; what a form can name is listed. */
export interface World {
  system: TestSystem;
  api: TestApi;
  town: SmallTown;
  clerk: string;
  /** Numbers that a form may name, with those that are not there. */
  customers(): Promise<string[]>;
  locations(): Promise<string[]>;
  accounts(): Promise<string[]>;
  /** Somebody moves out of one of the flats, and the field reads the meter. */
  moveSomebodyOut(dice: Dice): Promise<void>;
  end(): Promise<void>;
}

export async function makeWorld(): Promise<World> {
  const system = await testSystem();
  const { db, desk } = system;
  const town = await makeSmallTown(db, { askedDepositCents: 10_000 });
  const flats: Flat[] = [town, ...(await makeFlats(db, FLATS - 1))];
  await leaveDebt(system, flats[1]);
  await system.startWorker();
  const api = await testApi(system);
  const admin = await api.signedIn(await addUser(db, 'ada', ['admin']));
  for (const [path, body] of OFFICE) expect((await api.post(path, body, admin)).status).toBe(201);
  const clerk = await api.signedIn(town.users.cora);
  const left = new Set<number>([flats[1]?.accountId ?? 0]);
  const numbers = async <K extends string>(find: () => Promise<Record<K, string>[]>, key: K) =>
    (await find()).map((row) => row[key]);

  return {
    ...{ system, api, town, clerk },
    customers: () => numbers(() => db.Customer.findAll({ order: ['id'], raw: true }), 'customerNumber'),
    locations: () => numbers(() => db.Location.findAll({ order: ['id'], raw: true }), 'locationNumber'),
    accounts: () => numbers(() => db.Account.findAll({ order: ['id'], raw: true }), 'accountNumber'),
    async moveSomebodyOut(dice) {
      const staying = flats.filter(({ accountId }) => !left.has(accountId));
      if (staying.length === 0) return;
      const { accountId, accountNumber, meterId, today } = dice.pick(staying);
      left.add(accountId);
      const { caseId } = await desk.moveOut(town.users.cliff, {
        ...{ accountId, accountNumber, stopDate: today, vacateDate: today, stopReason: 'CUSTOMER' },
        ...{ forwardingAddress: null, newTenant: dice.pick(['YES', 'NO', 'UNKNOWN'] as const) },
      });
      if (dice.chance(0.3)) return;
      const order = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
      await desk.report(town.users.fred, order.orderNumber, { meterId, value: '1500', readOn: today });
      await desk.openTask('APPROVE_FINAL_BILL', caseId);
      if (dice.chance(0.7)) await desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'APPROVE', {}, caseId);
    },
    async end() {
      await api.close();
      await system.end();
    },
  };
}

/** What an administrator of the office has set up. */
const OFFICE: [string, object][] = [
  ['/rate-classes', { code: 'COMMERCIAL', name: 'Commercial' }],
  ['/rate-classes', { code: 'RESIDENTIAL', name: 'Residential' }],
  ['/customer-types', { code: 'SENIOR', name: 'Senior citizen', depositPercent: 50, rateClass: 'RESIDENTIAL' }],
  ['/customer-types', { code: 'CITY', name: 'City department', depositPercent: 0, taxExempt: true }],
];

/** Ends a flat's account with a debt, as an import of an old office would have it. */
async function leaveDebt({ db }: TestSystem, flat: Flat | undefined): Promise<void> {
  const accountId = flat?.accountId ?? 0;
  await inTransaction(db, 1, async (tx) => {
    const stopOn = addDays(tx.today, -10);
    await tx.db.ServiceAgreement.update({ status: 'STOPPED', endOn: stopOn }, { where: { accountId } });
    const last = await tx.db.MeterRead.findOne({ where: { meterId: flat?.meterId ?? 0 }, order: [['id', 'DESC']] });
    await tx.db.ServiceAgreement.update(
      { stopReadId: last?.id ?? null },
      { where: { accountId, serviceCode: 'WATER' } },
    );
    await tx.db.Account.update({ status: 'FINAL_BILLED', stopOn }, { where: { id: accountId } });
    const lines = [
      { ledgerAccount: 'RECEIVABLE' as const, serviceCode: 'WATER', amountCents: 4_200 },
      { ledgerAccount: 'OPENING_BALANCE' as const, amountCents: -4_200 },
    ];
    await post(tx, {
      ...{ entryKey: 'old-debt', kind: 'OPENING_BALANCE', accountId, caseId: null, entryOn: tx.today, lines },
    });
  });
}
