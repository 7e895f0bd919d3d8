import type { Migration } from '../migrate';
import { create } from './sql';

/**
 * Forms that their clerks have put away, and a list of those that they have not; a form that lets an account off tax or
 * penalties is seen by a second person wherever others are.
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE draft ADD COLUMN discarded_at DATETIME(3) NULL, ADD KEY draft_open (kind, updated_at)`,
    `UPDATE settings SET value = JSON_ARRAY_APPEND(value, '$.approvalFor', 'EXEMPT')
      WHERE name = 'onboarding' AND JSON_CONTAINS_PATH(value, 'one', '$.approvalFor')
        AND JSON_SEARCH(value, 'one', 'EXEMPT', NULL, '$.approvalFor') IS NULL`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `UPDATE settings SET value = JSON_REMOVE(value, JSON_UNQUOTE(JSON_SEARCH(value, 'one', 'EXEMPT', NULL, '$.approvalFor')))
      WHERE name = 'onboarding' AND JSON_SEARCH(value, 'one', 'EXEMPT', NULL, '$.approvalFor') IS NOT NULL`,
    `ALTER TABLE draft DROP INDEX draft_open, DROP COLUMN discarded_at`,
  ]);
};
