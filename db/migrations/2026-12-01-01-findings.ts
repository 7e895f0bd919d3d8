import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** What the detector finds: each thing is open once, and stays on record after it is gone. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    // No foreign key to cases: a run without a row is one of the things that are found.
    `CREATE TABLE finding (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      kind VARCHAR(24) NOT NULL,
      subject VARCHAR(64) NOT NULL,
      case_id VARCHAR(48) NULL,
      detail VARCHAR(500) NOT NULL,
      found_at DATETIME(3) NOT NULL,
      cleared_at DATETIME(3) NULL,
      clearing VARCHAR(12) NULL,
      open_key VARCHAR(96) GENERATED ALWAYS AS (CASE WHEN cleared_at IS NULL THEN CONCAT(kind, '/', subject) END) STORED,
      CONSTRAINT finding_open_once UNIQUE (open_key),
      CONSTRAINT finding_clearing CHECK (clearing IS NULL OR clearing IN ('GONE', 'REPAIRED')),
      CONSTRAINT finding_cleared CHECK ((cleared_at IS NULL) = (clearing IS NULL)),
      KEY finding_of_case (case_id)
    )`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => drop(sequelize, ['finding']);
