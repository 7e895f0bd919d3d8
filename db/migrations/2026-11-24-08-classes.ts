import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Classes of places and rates, bill cycles as a list, and what a customer type brings by default (domain.md row S4). */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE rate_class (
      code VARCHAR(16) NOT NULL PRIMARY KEY,
      name VARCHAR(60) NOT NULL,
      created_at DATETIME(3) NOT NULL
    )`,
    `CREATE TABLE bill_cycle (
      code VARCHAR(16) NOT NULL PRIMARY KEY,
      name VARCHAR(60) NOT NULL,
      created_at DATETIME(3) NOT NULL
    )`,
    `INSERT INTO bill_cycle (code, name, created_at)
      SELECT DISTINCT bill_cycle, bill_cycle, UTC_TIMESTAMP(3) FROM account WHERE bill_cycle IS NOT NULL`,
    // The cycle that set-ups get where nothing says another may have no account yet.
    `INSERT IGNORE INTO bill_cycle (code, name, created_at)
      SELECT JSON_UNQUOTE(JSON_EXTRACT(value, '$.defaultBillCycle')), JSON_UNQUOTE(JSON_EXTRACT(value, '$.defaultBillCycle')),
        UTC_TIMESTAMP(3) FROM settings WHERE name = 'onboarding' AND JSON_EXTRACT(value, '$.defaultBillCycle') IS NOT NULL`,
    `INSERT IGNORE INTO bill_cycle (code, name, created_at) VALUES ('C1', 'Cycle 1', UTC_TIMESTAMP(3))`,
    `ALTER TABLE account ADD CONSTRAINT account_bill_cycle FOREIGN KEY (bill_cycle) REFERENCES bill_cycle (code) ON DELETE RESTRICT ON UPDATE RESTRICT`,
    `ALTER TABLE location
      ADD COLUMN class_code VARCHAR(16) NULL,
      ADD CONSTRAINT location_class FOREIGN KEY (class_code) REFERENCES rate_class (code) ON DELETE RESTRICT ON UPDATE RESTRICT`,
    // A rate without a class is for all.
    `ALTER TABLE rate
      ADD COLUMN class_code VARCHAR(16) NULL,
      ADD CONSTRAINT rate_class_of FOREIGN KEY (class_code) REFERENCES rate_class (code) ON DELETE RESTRICT ON UPDATE RESTRICT`,
    `ALTER TABLE customer_type
      ADD COLUMN rate_class VARCHAR(16) NULL,
      ADD COLUMN bill_cycle VARCHAR(16) NULL,
      ADD COLUMN deposit_percent INT NOT NULL DEFAULT 100,
      ADD COLUMN penalty_exempt BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN tax_exempt BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN in_use BOOLEAN NOT NULL DEFAULT TRUE,
      ADD COLUMN version INT NOT NULL DEFAULT 0,
      ADD CONSTRAINT customer_type_class FOREIGN KEY (rate_class) REFERENCES rate_class (code) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT customer_type_cycle FOREIGN KEY (bill_cycle) REFERENCES bill_cycle (code) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT customer_type_deposit CHECK (deposit_percent BETWEEN 0 AND 1000)`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE customer_type DROP CONSTRAINT customer_type_deposit, DROP CONSTRAINT customer_type_class, DROP CONSTRAINT customer_type_cycle,
      DROP COLUMN rate_class, DROP COLUMN bill_cycle, DROP COLUMN deposit_percent, DROP COLUMN penalty_exempt, DROP COLUMN tax_exempt,
      DROP COLUMN in_use, DROP COLUMN version`,
    `ALTER TABLE rate DROP CONSTRAINT rate_class_of, DROP COLUMN class_code`,
    `ALTER TABLE location DROP CONSTRAINT location_class, DROP COLUMN class_code`,
    `ALTER TABLE account DROP CONSTRAINT account_bill_cycle`,
    `ALTER TABLE account DROP INDEX account_bill_cycle`,
  ]);
  await drop(sequelize, ['bill_cycle', 'rate_class']);
};
