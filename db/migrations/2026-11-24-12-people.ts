import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Who else is responsible for an account, and which records are one person's (domain.md rows S13 and S14). */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE master_contact (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      kind VARCHAR(16) NOT NULL,
      display_name VARCHAR(160) NOT NULL,
      merged_into_id INT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      version INT NOT NULL DEFAULT 0,
      CONSTRAINT master_contact_kind CHECK (kind IN ('PERSON', 'ORGANIZATION')),
      CONSTRAINT master_contact_merged FOREIGN KEY (merged_into_id) REFERENCES master_contact (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT master_contact_creator FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      KEY master_contact_name (display_name)
    )`,
    `ALTER TABLE customer
      ADD COLUMN master_contact_id INT NULL,
      ADD CONSTRAINT customer_master_contact FOREIGN KEY (master_contact_id) REFERENCES master_contact (id) ON DELETE RESTRICT ON UPDATE RESTRICT`,
    `CREATE TABLE master_contact_merge (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      from_id INT NOT NULL,
      into_id INT NOT NULL,
      customer_ids JSON NOT NULL,
      reason VARCHAR(200) NOT NULL,
      merged_by INT NOT NULL,
      merged_at DATETIME(3) NOT NULL,
      undone_by INT NULL,
      undone_at DATETIME(3) NULL,
      CONSTRAINT master_contact_merge_from FOREIGN KEY (from_id) REFERENCES master_contact (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT master_contact_merge_into FOREIGN KEY (into_id) REFERENCES master_contact (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT master_contact_merge_by FOREIGN KEY (merged_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT master_contact_merge_undone FOREIGN KEY (undone_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE account_cosigner (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      account_id INT NOT NULL,
      customer_id INT NOT NULL,
      added_by INT NOT NULL,
      added_at DATETIME(3) NOT NULL,
      ended_by INT NULL,
      ended_at DATETIME(3) NULL,
      open_key INT GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN account_id END) STORED,
      CONSTRAINT account_cosigner_open UNIQUE (open_key),
      CONSTRAINT account_cosigner_account FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT account_cosigner_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT account_cosigner_adder FOREIGN KEY (added_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT account_cosigner_ender FOREIGN KEY (ended_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT account_cosigner_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL))
    )`,
    // An issued bill never changes, so it names for itself who else owes it.
    `ALTER TABLE bill
      ADD COLUMN cosigner_id INT NULL,
      ADD CONSTRAINT bill_cosigner FOREIGN KEY (cosigner_id) REFERENCES customer (id) ON DELETE RESTRICT ON UPDATE RESTRICT`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE bill DROP CONSTRAINT bill_cosigner`,
    `ALTER TABLE bill DROP INDEX bill_cosigner, DROP COLUMN cosigner_id`,
  ]);
  await drop(sequelize, ['account_cosigner', 'master_contact_merge']);
  await create(sequelize, [
    `ALTER TABLE customer DROP CONSTRAINT customer_master_contact`,
    `ALTER TABLE customer DROP INDEX customer_master_contact, DROP COLUMN master_contact_id`,
  ]);
  await drop(sequelize, ['master_contact']);
};
