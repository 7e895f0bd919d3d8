import { randomBytes } from 'node:crypto';
import { QueryTypes, Sequelize } from 'sequelize';
import { migrateUp } from '../../db/migrate';
import { createDatabase, dropDatabase } from '../../tools/servers/sql';
import { freshDatabase } from '../support/database';
import { testServers } from '../support/servers';

/** The parts of a schema that this asks information_schema for, each with the column that names its database. */
const PARTS: Record<string, { from: string; of: string; not: string[] }> = {
  tables: {
    ...{ from: 'tables', of: 'table_schema' },
    not: ['create_time', 'update_time', 'check_time', 'table_rows', 'data_length', 'index_length', 'data_free'],
  },
  columns: { from: 'columns', of: 'table_schema', not: [] },
  indexes: { from: 'statistics', of: 'table_schema', not: ['cardinality', 'index_schema'] },
  constraints: { from: 'table_constraints', of: 'constraint_schema', not: ['table_schema'] },
  checks: { from: 'check_constraints', of: 'constraint_schema', not: [] },
  keys: { from: 'key_column_usage', of: 'constraint_schema', not: ['table_schema', 'referenced_table_schema'] },
  references: { from: 'referential_constraints', of: 'constraint_schema', not: ['unique_constraint_schema'] },
  triggers: { from: 'triggers', of: 'trigger_schema', not: ['event_object_schema', 'created'] },
  views: { from: 'views', of: 'table_schema', not: [] },
  routines: { from: 'routines', of: 'routine_schema', not: ['created', 'last_altered'] },
  events: { from: 'events', of: 'event_schema', not: ['created', 'last_altered'] },
};

const NOWHERE_THE_SAME = ['avg_row_length', 'max_index_length', 'temporary', 'table_id'];

async function schemaAt(url: string): Promise<Record<string, string[]>> {
  const sequelize = new Sequelize(url, { dialect: 'mysql', logging: false });
  try {
    const found: Record<string, string[]> = {};
    for (const [part, { from, of, not }] of Object.entries(PARTS)) {
      const rows = await sequelize.query<Record<string, unknown>>(
        `SELECT * FROM information_schema.${from} WHERE ${of} = DATABASE()`,
        { type: QueryTypes.SELECT },
      );
      const left = new Set([of, ...not, ...NOWHERE_THE_SAME]);
      const lineOf = (row: Record<string, unknown>) => {
        const told = Object.entries(row).map(([name, value]) => [name.toLowerCase(), value] as const);
        return JSON.stringify(told.filter(([name]) => !left.has(name)));
      };
      found[part] = rows.map(lineOf).sort();
    }
    const tables = await sequelize.query<Record<string, string>>('SHOW TABLES', { type: QueryTypes.SELECT });
    found['rows'] = [];
    for (const name of tables.flatMap((row) => Object.values(row)))
      for (const row of await sequelize.query(`SELECT * FROM \`${name}\``, { type: QueryTypes.SELECT }))
        found['rows'].push(`${name} ${JSON.stringify(row)}`);
    return found;
  } finally {
    await sequelize.close();
  }
}

// Each test's database is made by statements that were read from a migrated one (tests/support/schema.ts).
it('a test’s database has the tables, columns, keys, checks and rows of a migrated one, and nothing else', async () => {
  const name = `keyturn_t_${randomBytes(6).toString('hex')}`;
  const url = await createDatabase(testServers().databaseUrl, name);
  await migrateUp(url);
  const copy = await freshDatabase();

  const [migrated, copied] = [await schemaAt(url), await schemaAt(copy.url)];
  for (const part of Object.keys(migrated)) {
    const comparable = (lines: string[]) => lines.map((line) => line.replace(/"\w*(created|updated)_at":"[^"]*"/g, ''));
    expect([part, comparable(copied[part] ?? [])]).toEqual([part, comparable(migrated[part] ?? [])]);
  }
  const counts = Object.fromEntries(Object.entries(migrated).map(([part, lines]) => [part, lines.length]));
  expect(counts).toMatchObject({ triggers: 0, views: 0, routines: 0, events: 0 });
  for (const part of ['tables', 'columns', 'indexes', 'checks', 'references', 'rows'])
    expect([part, counts[part]]).not.toEqual([part, 0]);
  await copy.drop();
  await dropDatabase(testServers().databaseUrl, name);
});

it('a schema that differs by one check is seen to differ', async () => {
  const [one, other] = [await freshDatabase(), await freshDatabase()];
  await other.db.sequelize.query('ALTER TABLE decision DROP CONSTRAINT decision_four_eyes');
  const [{ checks }, { checks: fewer }] = [await schemaAt(one.url), await schemaAt(other.url)];
  expect(fewer).toHaveLength((checks ?? []).length - 1);
  await one.drop();
  await other.drop();
});
