import { QueryTypes, type Sequelize } from 'sequelize';
import type { Migration } from '../migrate';
import { create, drop } from './sql';

const LEDGER = [
  ...['RECEIVABLE', 'REVENUE', 'TAX_PAYABLE', 'DEPOSITS_HELD', 'INTEREST_EXPENSE', 'REFUNDS_PAYABLE', 'CASH_CLEARING'],
  ...['OPENING_BALANCE', 'WRITE_OFF'],
];
const WORK = ['METER_EXCHANGE', 'ACCOUNT_SERVICES', 'TRANSFER', 'SMALL_REFUND'];
const NEW_WORK = ['WRITE_OFF', 'REFUND_RESULT', 'UNCLAIMED_FILE', 'PAYMENT_REVERSAL', 'PAYMENT_BATCH'];

const check = (table: string, name: string, column: string, words: string[]): string =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${name},
    ADD CONSTRAINT ${name} CHECK (${column} IN ('${words.join("', '")}'))`;
const checks = (more: { ledger: string[]; work: string[]; refund: string[] }): string[] => [
  check('posting', 'posting_ledger', 'ledger_account', [...LEDGER, ...more.ledger]),
  check('field_work_request', 'field_work_request_kind', 'kind', [...WORK, ...more.work]),
  check('refund', 'refund_status', 'status', ['REQUESTED', 'ISSUED', 'CANCELED', ...more.refund]),
];

/**
 * Debts that are written off, what collections are told, refunds that nobody claims, and payments that came back. A
 * write-off is approved by somebody who has not asked for it.
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    ...checks({ ledger: ['UNCLAIMED_PROPERTY'], work: NEW_WORK, refund: ['REJECTED'] }),
    `CREATE TABLE write_off (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      account_id INT NOT NULL,
      case_id VARCHAR(48) NOT NULL,
      amount_cents BIGINT NOT NULL,
      status VARCHAR(12) NOT NULL,
      reason VARCHAR(500) NOT NULL,
      requested_by INT NOT NULL,
      requested_on DATE NOT NULL,
      approved_by INT NULL,
      decision_id VARCHAR(40) NULL,
      decided_on DATE NULL,
      open_key INT GENERATED ALWAYS AS (CASE WHEN status = 'REQUESTED' THEN account_id END) STORED,
      CONSTRAINT write_off_one_open UNIQUE (open_key),
      CONSTRAINT write_off_account FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT write_off_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT write_off_requester FOREIGN KEY (requested_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT write_off_approver FOREIGN KEY (approved_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT write_off_decision FOREIGN KEY (decision_id) REFERENCES decision (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT write_off_amount CHECK (amount_cents > 0),
      CONSTRAINT write_off_status CHECK (status IN ('REQUESTED', 'WRITTEN_OFF', 'REJECTED', 'CANCELED')),
      CONSTRAINT write_off_approved CHECK (status <> 'WRITTEN_OFF' OR (approved_by IS NOT NULL AND decision_id IS NOT NULL)),
      CONSTRAINT write_off_four_eyes CHECK (approved_by IS NULL OR approved_by <> requested_by)
    )`,
    `CREATE TABLE money_file (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      kind VARCHAR(12) NOT NULL,
      made_on DATE NOT NULL,
      line_count INT NOT NULL,
      total_cents BIGINT NOT NULL,
      content LONGTEXT NOT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      CONSTRAINT money_file_creator FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT money_file_kind CHECK (kind IN ('COLLECTIONS', 'UNCLAIMED')),
      CONSTRAINT money_file_lines CHECK (line_count > 0)
    )`,
    `CREATE TABLE collections_line (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      account_id INT NOT NULL,
      case_id VARCHAR(48) NOT NULL,
      kind VARCHAR(12) NOT NULL,
      balance_cents BIGINT NOT NULL,
      told_on DATE NOT NULL,
      told_by INT NOT NULL,
      money_file_id INT NULL,
      CONSTRAINT collections_line_account FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT collections_line_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT collections_line_teller FOREIGN KEY (told_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT collections_line_file FOREIGN KEY (money_file_id) REFERENCES money_file (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT collections_line_kind CHECK (kind IN ('HANDED_OVER', 'CHANGED', 'PAID', 'RECALLED')),
      CONSTRAINT collections_line_balance CHECK ((kind IN ('HANDED_OVER', 'CHANGED') AND balance_cents > 0) OR (kind IN ('PAID', 'RECALLED') AND balance_cents = 0))
    )`,
    `ALTER TABLE refund ADD COLUMN outcome VARCHAR(12) NULL, ADD COLUMN outcome_on DATE NULL, ADD COLUMN money_file_id INT NULL,
      ADD CONSTRAINT refund_unclaimed_file FOREIGN KEY (money_file_id) REFERENCES money_file (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT refund_outcome CHECK (outcome IS NULL OR (status = 'ISSUED' AND outcome_on IS NOT NULL AND outcome IN ('PAID_OUT', 'RETURNED', 'UNCLAIMED'))),
      ADD CONSTRAINT refund_unclaimed CHECK ((money_file_id IS NOT NULL) = (COALESCE(outcome, '') = 'UNCLAIMED'))`,
    `ALTER TABLE payment ADD COLUMN reversed_on DATE NULL, ADD COLUMN reversed_by INT NULL, ADD COLUMN reversal_reason VARCHAR(200) NULL,
      ADD CONSTRAINT payment_reverser FOREIGN KEY (reversed_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT payment_reversed CHECK ((reversed_on IS NULL) = (reversed_by IS NULL))`,
  ]);
};

/** Each statement on tables commits by itself: what would fail is looked for before the first of them. */
async function refuseLoss(sequelize: Sequelize): Promise<void> {
  const [row] = await sequelize.query<{ lost: number }>(
    `SELECT (SELECT COUNT(*) FROM write_off) + (SELECT COUNT(*) FROM collections_line) + (SELECT COUNT(*) FROM money_file)
          + (SELECT COUNT(*) FROM refund WHERE outcome IS NOT NULL OR status = 'REJECTED')
          + (SELECT COUNT(*) FROM payment WHERE reversed_on IS NOT NULL)
          + (SELECT COUNT(*) FROM field_work_request WHERE kind IN ('${NEW_WORK.join("', '")}')) AS lost`,
    { type: QueryTypes.SELECT },
  );
  if (Number(row?.lost) > 0) throw new Error('There are write-offs, collections or reversals: they would be lost');
}

export const down: Migration = async ({ context: sequelize }) => {
  await refuseLoss(sequelize);
  await create(sequelize, [
    `ALTER TABLE payment DROP CONSTRAINT payment_reversed, DROP CONSTRAINT payment_reverser`,
    `ALTER TABLE payment DROP COLUMN reversed_on, DROP COLUMN reversed_by, DROP COLUMN reversal_reason`,
    `ALTER TABLE refund DROP CONSTRAINT refund_unclaimed, DROP CONSTRAINT refund_outcome, DROP CONSTRAINT refund_unclaimed_file`,
    `ALTER TABLE refund DROP COLUMN outcome, DROP COLUMN outcome_on, DROP COLUMN money_file_id`,
  ]);
  await drop(sequelize, ['collections_line', 'money_file', 'write_off']);
  await create(sequelize, checks({ ledger: [], work: [], refund: [] }));
};
