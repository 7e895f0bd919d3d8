import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Op } from 'sequelize';
import { refuseFinalBill } from '../../domain/billing/refuse-final-bill';
import { HOLDING } from '../../domain/states';
import { finalBillFacts } from '../../db/records/billing-facts';
import { inTransaction, type Tx } from '../../db/transaction';
import { writeTown } from '../../tools/make-town/write-town';
import { INVARIANTS } from '../../tools/invariants';
import { loadTown } from '../../tools/town/load-town';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { checksums } from './support/rows';

const TOWN = join(__dirname, '..', '..', 'examples', 'town');
const SEED = 1911;
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('examples/town', () => {
  it('is what make-town makes of its seed, and of no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyturn-town-'));
    const texts = (from: string) =>
      Object.fromEntries(readdirSync(from).map((name) => [name, readFileSync(join(from, name), 'utf8')]));
    try {
      writeTown(folder, SEED, 500);
      expect(texts(folder)).toEqual(texts(TOWN));
      writeTown(folder, SEED + 1, 500);
      expect(texts(folder)).not.toEqual(texts(TOWN));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is loaded into an empty office as of today, and found there by the next start', async () => {
    const first = await loadTown(database.url);
    expect(first).toMatchObject({ loaded: true });
    expect(first.logins.map(({ username }) => username)).toEqual([
      'cora',
      'cliff',
      'sam',
      'sue',
      'fred',
      'olive',
      'ada',
    ]);
    const before = await checksums(database.db);
    expect(await loadTown(database.url)).toEqual({ loaded: false, logins: first.logins });
    expect(await checksums(database.db)).toEqual(before);
  });

  it.each(INVARIANTS.map((invariant) => [invariant.says, invariant] as const))('%s', async (_, { find }) => {
    expect(await find(database.db)).toEqual([]);
  });

  it('has everything that an office meets', async () => {
    const { db } = database;
    const count = async (sql: string) => {
      const [rows] = await db.sequelize.query(`SELECT COUNT(*) AS n FROM ${sql}`);
      return Number((rows as { n: number }[])[0]?.n);
    };
    const facts = {
      locations: await count('location'),
      landlords: await count("customer WHERE type_code = 'LANDLORD'"),
      mostFlatsOfALandlord: await count('(SELECT 1 FROM landlord_agreement WHERE customer_id = 1) x'),
      seasonsOverTheYearEnd: await count('landlord_agreement_line WHERE season_start > season_end'),
      stopReasonsExcluded: await count("landlord_agreement_line WHERE stop_reasons_excluded LIKE '%NONPAY%'"),
      heldByLandlord: await count("account WHERE role = 'LANDLORD' AND status = 'ACTIVE'"),
      heldByNobody: await count(
        `location l WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.location_id = l.id AND a.status = 'ACTIVE')`,
      ),
      former: await count("account WHERE status = 'CLOSED'"),
      debtsAfterTheFinalBill: await count("account WHERE status = 'FINAL_BILLED'"),
      credits: await count("posting WHERE ledger_account = 'RECEIVABLE' AND amount_cents < 0"),
      exchanges: await count('meter_installation WHERE removed_on IS NOT NULL'),
      exchangesSinceTheLastBill: await count(
        `service_agreement g JOIN meter_read r ON r.id = g.last_billed_read_id JOIN meter m ON m.id = r.meter_id
         WHERE g.status = 'ACTIVE' AND m.status = 'REMOVED'`,
      ),
      rollovers: await count('meter_read WHERE rollover = 1'),
      oldMetersAboutToTurn: await count(
        'meter m JOIN meter_read r ON r.meter_id = m.id WHERE m.dials = 4 AND r.value > 9970',
      ),
      notBilledYet: await count("service_agreement WHERE status = 'ACTIVE' AND last_billed_through IS NULL"),
      alternateAddresses: await count('customer WHERE alt_line1 IS NOT NULL'),
      organizations: await count("customer WHERE kind = 'ORGANIZATION'"),
      boxes: await count("customer WHERE mail_line1 LIKE 'PO Box%'"),
      priceChanges: await count('(SELECT rate_id FROM rate_version GROUP BY rate_id HAVING COUNT(*) > 1) x'),
    };
    expect(facts).toMatchObject({ locations: 500, landlords: 60 });
    const fewest = Object.entries(facts).filter(([, n]) => n < 1);
    expect(fewest).toEqual([]);
    expect(facts.mostFlatsOfALandlord).toBeGreaterThan(25);
    expect(facts.exchanges).toBeGreaterThan(10);
  });

  it('has no active account whose move-out could not be priced', async () => {
    const refused: string[] = [];
    const rollBack = new Error('nothing of this is to stay');
    const priceAll = inTransaction(database.db, 1, async (tx) => {
      const accounts = await tx.db.Account.findAll({ where: { status: 'ACTIVE' }, order: ['id'] });
      for (const account of accounts) {
        await stopAll(tx, account.id);
        account.stopOn = tx.today;
        const refusal = refuseFinalBill(await finalBillFacts(tx, account));
        if (refusal) refused.push(`${account.accountNumber} ${refusal.code}`);
      }
      throw rollBack;
    });
    await expect(priceAll).rejects.toBe(rollBack);
    expect(refused).toEqual([]);
  });

  /** As a move-out does it, with the last read of each meter as the final one. */
  async function stopAll(tx: Tx, accountId: number): Promise<void> {
    for (const agreement of await tx.db.ServiceAgreement.findAll({
      where: { accountId, status: { [Op.in]: HOLDING } },
    })) {
      const meter = await tx.db.Meter.findOne({ where: { servicePointId: agreement.servicePointId } });
      const read =
        meter && (await tx.db.MeterRead.findOne({ where: { meterId: meter.id }, order: [['readOn', 'DESC']] }));
      await agreement.update({ status: 'STOPPED', endOn: tx.today, stopReadId: read?.id ?? null });
    }
  }
});

it('leaves an office alone that has records of its own, and names no demo logins', async () => {
  const other = await freshDatabase();
  try {
    await inTransaction(other.db, 1, (tx) =>
      tx.db.Service.create({ code: 'WATER', name: 'Water', metered: true, unit: 'gal', priority: 1 }),
    );
    const before = await checksums(other.db);
    expect(await loadTown(other.url)).toEqual({ loaded: false, logins: [] });
    expect(await checksums(other.db)).toEqual(before);
  } finally {
    await other.drop();
  }
});
