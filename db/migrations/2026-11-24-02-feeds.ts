import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** The feeds: chunks that other systems send and what became of each row; changes and refund files that they fetch. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE feed_chunk (
      id VARCHAR(48) NOT NULL PRIMARY KEY,
      kind VARCHAR(8) NOT NULL,
      content JSON NOT NULL,
      status VARCHAR(10) NOT NULL,
      taken INT NULL,
      unchanged INT NULL,
      bad_rows JSON NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      closed_at DATETIME(3) NULL,
      CONSTRAINT feed_chunk_creator FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT feed_chunk_kind CHECK (kind IN ('BILLS', 'READS', 'PAYMENTS')),
      CONSTRAINT feed_chunk_status CHECK (status IN ('RECORDED', 'APPLIED', 'REFUSED')),
      CONSTRAINT feed_chunk_applied CHECK (status <> 'APPLIED' OR (taken IS NOT NULL AND unchanged IS NOT NULL)),
      CONSTRAINT feed_chunk_refused CHECK (status <> 'REFUSED' OR bad_rows IS NOT NULL)
    )`,
    // Another system's ids differ by case too.
    `CREATE TABLE feed_row (
      kind VARCHAR(8) NOT NULL,
      source_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      content_hash CHAR(64) NOT NULL,
      chunk_id VARCHAR(48) NOT NULL,
      record_id INT NULL,
      PRIMARY KEY (kind, source_id),
      CONSTRAINT feed_row_chunk FOREIGN KEY (chunk_id) REFERENCES feed_chunk (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE feed_change (
      seq BIGINT NOT NULL PRIMARY KEY,
      kind VARCHAR(16) NOT NULL,
      account_id INT NOT NULL,
      on_date DATE NOT NULL,
      data JSON NOT NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT feed_change_account FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT feed_change_kind CHECK (kind IN ('ACTIVATED', 'STOPPED', 'FINAL_BILLED', 'ADDRESS_CHANGED'))
    )`,
    `CREATE TABLE refund_file (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      made_on DATE NOT NULL,
      refund_count INT NOT NULL,
      total_cents BIGINT NOT NULL,
      content JSON NOT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT refund_file_creator FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT refund_file_total CHECK (refund_count > 0 AND total_cents > 0)
    )`,
    `ALTER TABLE refund
      ADD COLUMN refund_file_id INT NULL,
      ADD CONSTRAINT refund_in_file FOREIGN KEY (refund_file_id) REFERENCES refund_file (id) ON DELETE RESTRICT ON UPDATE RESTRICT`,
    `ALTER TABLE bill MODIFY COLUMN bill_revision_id INT NULL`,
    `ALTER TABLE bill ADD CONSTRAINT bill_final_revision CHECK (kind <> 'FINAL' OR bill_revision_id IS NOT NULL)`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE bill DROP CONSTRAINT bill_final_revision`,
    `ALTER TABLE bill MODIFY COLUMN bill_revision_id INT NOT NULL`,
    `ALTER TABLE refund DROP CONSTRAINT refund_in_file, DROP COLUMN refund_file_id`,
  ]);
  await drop(sequelize, ['refund_file', 'feed_change', 'feed_row', 'feed_chunk']);
};
