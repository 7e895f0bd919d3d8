import { QueryTypes, type Sequelize } from 'sequelize';
import type { Migration } from '../migrate';
import { create, drop } from './sql';

const typesOf = (types: string[]): string =>
  `ALTER TABLE cases DROP CONSTRAINT cases_type, ADD CONSTRAINT cases_type CHECK (type IN (${types.map((type) => `'${type}'`).join(', ')}))`;

const kindsOf = (kinds: string[]): string =>
  `ALTER TABLE field_work_request DROP CONSTRAINT field_work_request_kind,
    ADD CONSTRAINT field_work_request_kind CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;

const WORK = ['METER_EXCHANGE', 'ACCOUNT_SERVICES'];
const BEFORE = ['ONBOARD', 'MOVE_OUT', 'VACANCY', 'SETTLEMENT', 'PAYMENT'];

/**
 * The correction of a final bill: which bill took the place of which, why, and the two people behind it (design.md
 * decision 8). A bill is canceled once and replaces one; whoever asked for it has not approved it. And what the settlement
 * of money needs: deposits that are moved to another account, small credits that are asked for, days for refunds.
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    typesOf([...BEFORE, 'CORRECTION']),
    `CREATE TABLE bill_correction (
      canceled_bill_id INT NOT NULL PRIMARY KEY,
      replacement_bill_id INT NOT NULL,
      case_id VARCHAR(48) NOT NULL,
      reason VARCHAR(500) NOT NULL,
      requested_by INT NOT NULL,
      approved_by INT NOT NULL,
      decision_id VARCHAR(40) NOT NULL,
      difference_cents BIGINT NOT NULL,
      corrected_on DATE NOT NULL,
      CONSTRAINT bill_correction_replacement UNIQUE (replacement_bill_id),
      CONSTRAINT bill_correction_case UNIQUE (case_id),
      CONSTRAINT bill_correction_of FOREIGN KEY (canceled_bill_id) REFERENCES bill (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_correction_by FOREIGN KEY (replacement_bill_id) REFERENCES bill (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_correction_in FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_correction_requester FOREIGN KEY (requested_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_correction_approver FOREIGN KEY (approved_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_correction_decision FOREIGN KEY (decision_id) REFERENCES decision (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_correction_four_eyes CHECK (requested_by <> approved_by),
      CONSTRAINT bill_correction_two_bills CHECK (canceled_bill_id <> replacement_bill_id)
    )`,
    kindsOf([...WORK, 'TRANSFER', 'SMALL_REFUND']),
    `ALTER TABLE deposit ADD COLUMN transferred_from_id INT NULL, ADD COLUMN held_since DATE NULL,
      ADD CONSTRAINT deposit_transferred FOREIGN KEY (transferred_from_id) REFERENCES deposit (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT deposit_since CHECK (transferred_from_id IS NULL OR held_since IS NOT NULL)`,
    `ALTER TABLE account ADD COLUMN refund_asked_on DATE NULL`,
    `ALTER TABLE refund ADD COLUMN due_on DATE NULL`,
  ]);
};

/** Each statement on tables commits by itself: what would fail is looked for before the first of them. */
async function refuseLoss(sequelize: Sequelize): Promise<void> {
  const [row] = await sequelize.query<{ lost: number }>(
    `SELECT (SELECT COUNT(*) FROM cases WHERE type = 'CORRECTION')
          + (SELECT COUNT(*) FROM field_work_request WHERE kind IN ('TRANSFER', 'SMALL_REFUND')) AS lost`,
    { type: QueryTypes.SELECT },
  );
  if (Number(row?.lost) > 0) throw new Error('There are corrections, transfers or small refunds: they would be lost');
}

export const down: Migration = async ({ context: sequelize }) => {
  await refuseLoss(sequelize);
  await create(sequelize, [typesOf(BEFORE), kindsOf(WORK)]);
  await drop(sequelize, ['bill_correction']);
  await create(sequelize, [
    `ALTER TABLE refund DROP COLUMN due_on`,
    `ALTER TABLE account DROP COLUMN refund_asked_on`,
    `ALTER TABLE deposit DROP CONSTRAINT deposit_since, DROP CONSTRAINT deposit_transferred`,
    `ALTER TABLE deposit DROP COLUMN transferred_from_id, DROP COLUMN held_since`,
  ]);
};
