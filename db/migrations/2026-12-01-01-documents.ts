import { QueryTypes, type Sequelize } from 'sequelize';
import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** What a bill on paper says, frozen when it is posted; documents as they were made; notices on their way. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE bill_facts (
      bill_id INT NOT NULL PRIMARY KEY,
      facts LONGTEXT NOT NULL,
      facts_hash CHAR(64) NOT NULL,
      frozen_at DATETIME(3) NOT NULL,
      CONSTRAINT bill_facts_bill FOREIGN KEY (bill_id) REFERENCES bill (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE document (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      kind VARCHAR(16) NOT NULL,
      subject VARCHAR(40) NOT NULL,
      sha256 CHAR(64) NOT NULL,
      byte_count INT NOT NULL,
      bytes LONGBLOB NOT NULL,
      made_at DATETIME(3) NOT NULL,
      CONSTRAINT document_once UNIQUE (kind, subject),
      CONSTRAINT document_kind CHECK (kind IN ('BILL_PDF', 'BILL_HTML', 'BATCH_PDF'))
    )`,
    `CREATE TABLE notice_batch (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      made_on DATE NOT NULL,
      copy_count INT NOT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT notice_batch_creator FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT notice_batch_copies CHECK (copy_count > 0)
    )`,
    `CREATE TABLE notice_copy (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      notice_id INT NOT NULL,
      recipient VARCHAR(12) NOT NULL,
      customer_id INT NOT NULL,
      channel VARCHAR(8) NOT NULL,
      email VARCHAR(254) NULL,
      letter LONGTEXT NOT NULL,
      status VARCHAR(12) NOT NULL,
      attempts INT NOT NULL DEFAULT 0,
      next_try_at DATETIME(3) NOT NULL,
      last_error VARCHAR(300) NULL,
      message_id VARCHAR(200) NULL,
      sent_at DATETIME(3) NULL,
      batch_id INT NULL,
      fell_back BOOLEAN NOT NULL DEFAULT FALSE,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT notice_copy_once UNIQUE (notice_id, customer_id, channel),
      CONSTRAINT notice_copy_message UNIQUE (message_id),
      CONSTRAINT notice_copy_notice FOREIGN KEY (notice_id) REFERENCES notice (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT notice_copy_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT notice_copy_batch FOREIGN KEY (batch_id) REFERENCES notice_batch (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT notice_copy_recipient CHECK (recipient IN ('HOLDER', 'COSIGNER', 'LANDLORD')),
      CONSTRAINT notice_copy_channel CHECK (channel IN ('EMAIL', 'PRINT')),
      CONSTRAINT notice_copy_status CHECK (status IN ('QUEUED', 'SENDING', 'SENT', 'REFUSED', 'CANCELED')),
      CONSTRAINT notice_copy_email CHECK ((channel = 'EMAIL') = (email IS NOT NULL AND message_id IS NOT NULL)),
      CONSTRAINT notice_copy_sent CHECK ((status = 'SENT') = (sent_at IS NOT NULL)),
      CONSTRAINT notice_copy_in_batch CHECK ((channel = 'PRINT' AND status = 'SENT') = (batch_id IS NOT NULL)),
      KEY notice_copy_due (status, channel, next_try_at)
    )`,
    `ALTER TABLE notice ADD COLUMN sent_at DATETIME(3) NULL, ADD KEY notice_queued (status, id),
      DROP CONSTRAINT notice_status,
      ADD CONSTRAINT notice_status CHECK (status IN ('QUEUED', 'ADDRESSED', 'SENT', 'CANCELED'))`,
  ]);
};

/** Each statement on tables commits by itself: what would fail is looked for before the first of them. */
async function refuseLoss(sequelize: Sequelize): Promise<void> {
  const [row] = await sequelize.query<{ lost: number }>(
    'SELECT (SELECT COUNT(*) FROM document) + (SELECT COUNT(*) FROM notice_copy) AS lost',
    { type: QueryTypes.SELECT },
  );
  if (Number(row?.lost) > 0) throw new Error('There are documents or notices on their way: they would be lost');
}

export const down: Migration = async ({ context: sequelize }) => {
  await refuseLoss(sequelize);
  await create(sequelize, [
    `UPDATE notice SET status = 'QUEUED' WHERE status = 'ADDRESSED'`,
    `ALTER TABLE notice DROP CONSTRAINT notice_status`,
    `ALTER TABLE notice ADD CONSTRAINT notice_status CHECK (status IN ('QUEUED', 'SENT', 'CANCELED'))`,
    `ALTER TABLE notice DROP KEY notice_queued, DROP COLUMN sent_at`,
  ]);
  await drop(sequelize, ['notice_copy', 'notice_batch', 'document', 'bill_facts']);
};
