import type { Sequelize } from 'sequelize';

/** Every table names its engine and collation: the defaults of MariaDB and MySQL differ (design.md decision 12). */
const TABLE_OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

/** Runs the statements in order; a CREATE TABLE gets the table options of this project. */
export async function create(sequelize: Sequelize, statements: string[]): Promise<void> {
  for (const statement of statements) {
    const isTable = statement.trimStart().startsWith('CREATE TABLE');
    await sequelize.query(isTable ? `${statement} ${TABLE_OPTIONS}` : statement);
  }
}

/** Drops the tables in the given order, children first. */
export async function drop(sequelize: Sequelize, tables: string[]): Promise<void> {
  for (const table of tables) await sequelize.query(`DROP TABLE ${table}`);
}
