import { QueryTypes, Sequelize } from 'sequelize';
import { migrateDown, migrateUp } from '../../db/migrate';
import { readSettings } from '../../db/records/settings';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { makeSmallTown } from '../support/small-town';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function schema(): Promise<string[]> {
  const sequelize = new Sequelize(database.url, { dialect: 'mysql', logging: false });
  const rows = await sequelize.query<{ line: string }>(
    `SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, extra) AS line
     FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> 'schema_migration' ORDER BY 1`,
    { type: QueryTypes.SELECT },
  );
  await sequelize.close();
  return rows.map(({ line }) => line);
}

it('goes all the way down and up again to the same schema', async () => {
  const before = await schema();
  expect(before.length).toBeGreaterThan(200);
  await migrateDown(database.url, { to: 0 });
  expect(await schema()).toEqual([]);
  await migrateUp(database.url);
  expect(await schema()).toEqual(before);
});

it('runs once however many migrate at once', async () => {
  await migrateDown(database.url, { to: 0 });
  const ran = await Promise.all([migrateUp(database.url), migrateUp(database.url), migrateUp(database.url)]);
  expect(ran.filter((count) => count > 0)).toHaveLength(1);
});

it('turns the hours of tasks that an office had set into office hours', async () => {
  const tasks = '{"remindAfterHours": 24, "dueAfterHours": 200}';
  await migrateDown(database.url, { to: '2026-11-24-04-tasks' });
  await database.db.sequelize.transaction(() =>
    database.db.sequelize.query(
      `INSERT INTO settings (name, value, updated_by, updated_at) VALUES ('tasks', '${tasks}', 1, NOW(3))`,
    ),
  );
  await migrateUp(database.url);
  const { tasks: now } = await readSettings(database.db);
  expect(now).toEqual({
    ...{ remindAfterHours: 9, dueAfterHours: 75, escalateAgainAfterHours: 150, priority: 50, byType: {} },
  });
});

it('S3 makes customers who are there already findable by their names', async () => {
  const { db, url } = database;
  await migrateDown(url, { to: '2026-11-24-09-customers' });
  await db.sequelize.transaction(() =>
    db.sequelize.query(
      `INSERT INTO customer (customer_number, kind, first_name, last_name, organization_name, display_name, created_at) VALUES
         ('C1', 'PERSON', 'Zoë', 'O’Brien-Łski', NULL, 'O’Brien-Łski, Zoë', NOW(3)),
         ('C2', 'ORGANIZATION', NULL, NULL, 'Straße & Söhne', 'Straße & Söhne', NOW(3))`,
    ),
  );
  await migrateUp(url);
  const found = await db.Customer.findAll({ order: ['id'], raw: true });
  expect(found.map(({ searchName }) => searchName)).toEqual(['obrienlski zoe', 'strasse sohne']);
});

it('S4 has the bill cycle in the list that an office has set for set-ups', async () => {
  const { db, url } = database;
  await migrateDown(url, { to: '2026-11-24-08-classes' });
  await db.sequelize.transaction(() =>
    db.sequelize.query(
      `INSERT INTO settings (name, value, updated_by, updated_at)
       VALUES ('onboarding', '{"defaultBillCycle": "NORTH"}', 1, NOW(3))`,
    ),
  );
  await migrateUp(url);
  expect((await db.BillCycle.findAll({ order: ['code'], raw: true })).map(({ code }) => code)).toEqual(['C1', 'NORTH']);
  await db.sequelize.transaction(() => db.sequelize.query(`DELETE FROM settings WHERE name = 'onboarding'`));
});

it('S10 adds to what an office has set for set-ups, and takes nothing from it', async () => {
  const { db, url } = database;
  await migrateDown(url, { to: '2026-11-24-10-places' });
  const before = await readSettings(db);
  const { maxReadAgeDays: _age, depositWaivedAfterMonths: _months, ...older } = before.onboarding;
  const value = JSON.stringify({ ...older, maxBackDays: 17 });
  await db.sequelize.transaction(() =>
    db.sequelize.query(
      `INSERT INTO settings (name, value, updated_by, updated_at) VALUES ('onboarding', :value, 1, NOW(3))`,
      { replacements: { value } },
    ),
  );
  await migrateUp(url);
  expect((await readSettings(db)).onboarding).toEqual({ ...before.onboarding, maxBackDays: 17 });
});

it('S15 goes down where an order was canceled, too', async () => {
  const { db, url } = database;
  // One connection, so that a report can stand alone.
  await db.sequelize.transaction(async () => {
    await db.sequelize.query('SET FOREIGN_KEY_CHECKS = 0');
    await db.sequelize.query(
      `INSERT INTO field_report (service_order_id, reported_by, outcome, reads_taken, reason, status, created_at)
       VALUES (1, 1, 'CANCELED', '[]', 'not needed', 'APPLIED', NOW(3))`,
    );
    await db.sequelize.query('SET FOREIGN_KEY_CHECKS = 1');
  });
  await migrateDown(url, { to: '2026-11-24-11-landlords' });
  const rows = await db.sequelize.query<{ outcome: string; reason: string }>(
    'SELECT outcome, reason FROM field_report',
    { type: QueryTypes.SELECT },
  );
  expect(rows).toEqual([{ outcome: 'UNABLE', reason: 'not needed' }]);
  await db.sequelize.transaction(() => db.sequelize.query('DELETE FROM field_report'));
  await migrateUp(url);
});

it('goes down where a bad debt was written off, too, and every entry stays balanced', async () => {
  const { db, url, drop } = await freshDatabase();
  const { accountId } = await makeSmallTown(db, { depositCents: 0, openingCents: 300 });
  const { id } = await db.JournalEntry.findOne({ rejectOnEmpty: true });
  await db.sequelize.transaction(() =>
    db.sequelize.query(
      `INSERT INTO posting (entry_id, ledger_account, account_id, amount_cents)
       VALUES (:id, 'WRITE_OFF', :accountId, 300), (:id, 'RECEIVABLE', :accountId, -300)`,
      { replacements: { id, accountId } },
    ),
  );
  await migrateDown(url, { to: '2026-11-24-14-ledger' });
  const postings = await db.Posting.findAll({ order: ['id'], raw: true });
  expect(postings.map(({ ledgerAccount, amountCents }) => `${ledgerAccount} ${amountCents}`)).toEqual([
    ...['RECEIVABLE 300', 'OPENING_BALANCE -300', 'REVENUE 300', 'RECEIVABLE -300'],
  ]);
  await migrateUp(url);
  await drop();
});

it('restricts every foreign key: nothing is deleted or changed in passing', async () => {
  const rules = await database.db.sequelize.query<{ name: string }>(
    `SELECT constraint_name AS name FROM information_schema.referential_constraints
     WHERE constraint_schema = DATABASE() AND (delete_rule NOT IN ('RESTRICT', 'NO ACTION') OR update_rule NOT IN ('RESTRICT', 'NO ACTION'))`,
    { type: QueryTypes.SELECT },
  );
  expect(rules).toEqual([]);
});

it('leaves only published versions of rates when it goes down, which count as published when it comes up again', async () => {
  const { db, url } = database;
  const versions = () =>
    db.RateVersion.unscoped().findAll({ order: ['effectiveFrom'], attributes: ['effectiveFrom', 'status'], raw: true });
  await db.sequelize.transaction(async () => {
    await db.Service.create({ code: 'ICE', name: 'Ice', metered: false, unit: null, priority: 9 });
    const rate = await db.Rate.create({ code: 'ICE', serviceCode: 'ICE', name: 'Ice' });
    const row = { rateId: rate.id, definition: '{}', definitionHash: '0'.repeat(64) };
    const drafted = { draftedBy: 1, draftedAt: new Date() };
    await db.RateVersion.create({ ...row, effectiveFrom: '2026-01-01', publishedAt: new Date() });
    await db.RateVersion.create({
      ...row,
      ...drafted,
      effectiveFrom: '2027-01-01',
      status: 'DRAFT',
      publishedAt: null,
    });
  });
  expect(await versions()).toHaveLength(2);
  await migrateDown(url, { to: '2026-11-24-16-rates' });
  await migrateUp(url);
  expect(await versions()).toEqual([{ effectiveFrom: '2026-01-01', status: 'PUBLISHED' }]);
});
