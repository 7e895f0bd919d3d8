import type { Migration } from '../migrate';
import { create } from './sql';

/**
 * Versions of rates are drafted by one person and published by another; those that are there, and those that an import
 * brings, count as published. What the figures of a rate look up of an agreement is kept with it.
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE rate_version
      MODIFY COLUMN published_at DATETIME(3) NULL,
      ADD COLUMN status VARCHAR(12) NOT NULL DEFAULT 'PUBLISHED',
      ADD COLUMN drafted_by INT NULL,
      ADD COLUMN drafted_at DATETIME(3) NULL,
      ADD COLUMN published_by INT NULL,
      ADD CONSTRAINT rate_version_drafted_by FOREIGN KEY (drafted_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT rate_version_published_by FOREIGN KEY (published_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT rate_version_status CHECK (status IN ('DRAFT', 'PUBLISHED')
        AND (status = 'PUBLISHED') = (published_at IS NOT NULL)),
      ADD CONSTRAINT rate_version_drafter CHECK ((drafted_by IS NULL) = (drafted_at IS NULL)
        AND (status = 'PUBLISHED' OR (drafted_by IS NOT NULL AND published_by IS NULL))),
      ADD CONSTRAINT rate_version_publisher CHECK (status = 'DRAFT' OR (drafted_by IS NULL) = (published_by IS NULL)),
      ADD CONSTRAINT rate_version_four_eyes CHECK (published_by <> drafted_by)`,
    `ALTER TABLE service_agreement ADD COLUMN price_terms JSON NULL`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE service_agreement DROP COLUMN price_terms`,
    `DELETE FROM rate_version WHERE status = 'DRAFT'`,
    `ALTER TABLE rate_version DROP CONSTRAINT rate_version_four_eyes`,
    `ALTER TABLE rate_version DROP CONSTRAINT rate_version_publisher`,
    `ALTER TABLE rate_version DROP CONSTRAINT rate_version_drafter`,
    `ALTER TABLE rate_version DROP CONSTRAINT rate_version_status`,
    `ALTER TABLE rate_version DROP FOREIGN KEY rate_version_published_by`,
    `ALTER TABLE rate_version DROP FOREIGN KEY rate_version_drafted_by`,
    `ALTER TABLE rate_version DROP COLUMN published_by, DROP COLUMN drafted_at, DROP COLUMN drafted_by, DROP COLUMN status,
      MODIFY COLUMN published_at DATETIME(3) NOT NULL`,
  ]);
};
