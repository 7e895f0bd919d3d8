import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Who may approve how much, what they might when they did, and refunds that two people approve. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    // A row replaces the limits of the user's roles; limit_cents NULL is without limit.
    `CREATE TABLE approval_limit (
      user_id INT NOT NULL PRIMARY KEY,
      limit_cents BIGINT NULL,
      set_by INT NOT NULL,
      set_at DATETIME(3) NOT NULL,
      CONSTRAINT approval_limit_user FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT approval_limit_setter FOREIGN KEY (set_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT approval_limit_cents CHECK (limit_cents IS NULL OR limit_cents >= 0),
      CONSTRAINT approval_limit_other CHECK (set_by <> user_id)
    )`,
    // NULL in rows from before: nobody noted it then.
    `ALTER TABLE decision
      ADD COLUMN actor_roles JSON NULL,
      ADD COLUMN limit_from VARCHAR(8) NULL,
      ADD COLUMN limit_cents BIGINT NULL,
      ADD COLUMN applied_at DATETIME(3) NULL,
      ADD CONSTRAINT decision_limit_from CHECK (limit_from IS NULL OR limit_from IN ('OWN', 'ROLES', 'NONE', 'POLICY')),
      ADD INDEX decision_list (created_at, id)`,
    `ALTER TABLE refund
      ADD COLUMN first_decision_id VARCHAR(40) NULL,
      ADD COLUMN second_above_cents BIGINT NULL,
      ADD CONSTRAINT refund_first_decision FOREIGN KEY (first_decision_id) REFERENCES decision (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT refund_two_decisions CHECK (first_decision_id IS NULL OR decision_id IS NULL OR first_decision_id <> decision_id)`,
    // What became of each item of a request about several.
    `ALTER TABLE http_request ADD COLUMN items LONGTEXT NULL`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE http_request DROP COLUMN items`,
    `ALTER TABLE refund DROP CONSTRAINT refund_two_decisions`,
    `ALTER TABLE refund DROP CONSTRAINT refund_first_decision, DROP COLUMN first_decision_id, DROP COLUMN second_above_cents`,
    `ALTER TABLE decision DROP CONSTRAINT decision_limit_from`,
    `ALTER TABLE decision DROP INDEX decision_list, DROP COLUMN actor_roles, DROP COLUMN limit_from, DROP COLUMN limit_cents,
      DROP COLUMN applied_at`,
  ]);
  await drop(sequelize, ['approval_limit']);
};
