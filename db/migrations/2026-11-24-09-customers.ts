import { QueryTypes, type Sequelize } from 'sequelize';
import { searchNameOf } from '../../domain/names/search-name';
import type { Migration } from '../migrate';
import { create } from './sql';

/** Couples, the name that is searched, countries of addresses, and what an account bears (domain.md rows S3, S4, S11). */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE customer
      ADD COLUMN second_name_prefix VARCHAR(20) NULL,
      ADD COLUMN second_first_name VARCHAR(80) NULL,
      ADD COLUMN second_middle_name VARCHAR(80) NULL,
      ADD COLUMN second_last_name VARCHAR(80) NULL,
      ADD COLUMN second_name_suffix VARCHAR(20) NULL,
      ADD COLUMN search_name VARCHAR(700) NOT NULL DEFAULT '',
      ADD COLUMN mail_country CHAR(2) NULL,
      ADD COLUMN alt_country CHAR(2) NULL`,
    `ALTER TABLE account
      ADD COLUMN forward_country CHAR(2) NULL,
      ADD COLUMN tax_exempt BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN penalty_exempt BOOLEAN NOT NULL DEFAULT FALSE`,
  ]);
  await fillSearchNames(sequelize);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE account DROP COLUMN forward_country, DROP COLUMN tax_exempt, DROP COLUMN penalty_exempt`,
    `ALTER TABLE customer DROP COLUMN second_name_prefix, DROP COLUMN second_first_name, DROP COLUMN second_middle_name,
      DROP COLUMN second_last_name, DROP COLUMN second_name_suffix, DROP COLUMN search_name, DROP COLUMN mail_country,
      DROP COLUMN alt_country`,
  ]);
};

const AT_A_TIME = 500;

/** Accents cannot be folded in portable SQL. */
async function fillSearchNames(sequelize: Sequelize): Promise<void> {
  for (let after = 0; ;) {
    const rows = await sequelize.query<Parameters<typeof searchNameOf>[0] & { id: number }>(
      `SELECT id, name_prefix namePrefix, first_name firstName, middle_name middleName, last_name lastName,
         name_suffix nameSuffix, organization_name organizationName
       FROM customer WHERE id > :after ORDER BY id LIMIT :limit`,
      { type: QueryTypes.SELECT, replacements: { after, limit: AT_A_TIME } },
    );
    if (rows.length === 0) return;
    const names = Object.fromEntries(rows.map((row) => [`name${row.id}`, searchNameOf(row)]));
    const cases = rows.map(({ id }) => `WHEN ${Number(id)} THEN :name${id}`).join(' ');
    await sequelize.query(`UPDATE customer SET search_name = CASE id ${cases} END WHERE id IN (:ids)`, {
      replacements: { ...names, ids: rows.map(({ id }) => id) },
    });
    after = rows.at(-1)?.id ?? 0;
  }
}
