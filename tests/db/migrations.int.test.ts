import { QueryTypes, Sequelize } from 'sequelize';
import { migrateDown, migrateUp } from '../../db/migrate';
import { readSettings } from '../../db/records/settings';
import { freshDatabase, type FreshDatabase } from '../support/database';

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

it('restricts every foreign key: nothing is deleted or changed in passing', async () => {
  const rules = await database.db.sequelize.query<{ name: string }>(
    `SELECT constraint_name AS name FROM information_schema.referential_constraints
     WHERE constraint_schema = DATABASE() AND (delete_rule NOT IN ('RESTRICT', 'NO ACTION') OR update_rule NOT IN ('RESTRICT', 'NO ACTION'))`,
    { type: QueryTypes.SELECT },
  );
  expect(rules).toEqual([]);
});
