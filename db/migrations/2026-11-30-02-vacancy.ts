import { QueryTypes, type Sequelize } from 'sequelize';
import type { Migration } from '../migrate';
import { create, drop } from './sql';

const RESTRICT = 'ON DELETE RESTRICT ON UPDATE RESTRICT';

const LINES = ['OPENED', 'PROMPTED', 'REVERTING', 'REVERTED', 'VACANT', 'SUPERSEDED', 'NEW_TENANT', 'OCCUPIED'];
const CHANGES = ['ACTIVATED', 'STOPPED', 'FINAL_BILLED', 'ADDRESS_CHANGED', 'BILL_REVERSED'];

const oneOf = (table: string, name: string, column: string, words: string[]): string =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} CHECK (${column} IN (${words.map((word) => `'${word}'`).join(', ')}))`;

/**
 * Shutting off a place that nobody takes, and what stands against it; set-ups that force the holder out or that the same
 * customer moves with (domain.md section 4, landlordReversionCase).
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    oneOf('vacancy_line', 'vacancy_line_status', 'status', [...LINES, 'SHUTTING_OFF', 'SHUT_OFF']),
    `ALTER TABLE vacancy_line ADD COLUMN declined_agreement_id INT NULL,
      ADD CONSTRAINT vacancy_line_declined FOREIGN KEY (declined_agreement_id) REFERENCES landlord_agreement (id) ${RESTRICT}`,
    `ALTER TABLE meter ADD COLUMN switch_state VARCHAR(8) NOT NULL DEFAULT 'ON',
      ADD CONSTRAINT meter_switch CHECK (switch_state IN ('ON', 'OFF', 'LOCKED'))`,
    oneOf('feed_change', 'feed_change_kind', 'kind', [...CHANGES, 'SHUT_OFF', 'TURNED_ON']),
    `CREATE TABLE no_shut_off (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      location_id INT NOT NULL,
      account_id INT NULL,
      reason VARCHAR(16) NOT NULL,
      note VARCHAR(500) NULL,
      until_on DATE NOT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      ended_by INT NULL,
      ended_at DATETIME(3) NULL,
      CONSTRAINT no_shut_off_location FOREIGN KEY (location_id) REFERENCES location (id) ${RESTRICT},
      CONSTRAINT no_shut_off_account FOREIGN KEY (account_id) REFERENCES account (id) ${RESTRICT},
      CONSTRAINT no_shut_off_by FOREIGN KEY (created_by) REFERENCES app_user (id) ${RESTRICT},
      CONSTRAINT no_shut_off_ended_by FOREIGN KEY (ended_by) REFERENCES app_user (id) ${RESTRICT},
      CONSTRAINT no_shut_off_reason CHECK (reason IN ('MEDICAL', 'LEGAL', 'SAFETY', 'OTHER')),
      CONSTRAINT no_shut_off_ended CHECK ((ended_by IS NULL) = (ended_at IS NULL))
    )`,
    `ALTER TABLE onboarding
      ADD COLUMN force_move_out BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN moves_from_id INT NULL,
      ADD CONSTRAINT onboarding_moves_from FOREIGN KEY (moves_from_id) REFERENCES account (id) ${RESTRICT}`,
    `ALTER TABLE move_out ADD COLUMN transfer_to_id INT NULL,
      ADD CONSTRAINT move_out_transfer_to FOREIGN KEY (transfer_to_id) REFERENCES account (id) ${RESTRICT}`,
  ]);
};

/** Each statement on tables commits by itself: what would fail is looked for before the first of them. */
async function refuseLoss(sequelize: Sequelize): Promise<void> {
  const [row] = await sequelize.query<{ lost: number }>(
    `SELECT (SELECT COUNT(*) FROM vacancy_line WHERE status IN ('SHUTTING_OFF', 'SHUT_OFF'))
          + (SELECT COUNT(*) FROM meter WHERE switch_state <> 'ON') + (SELECT COUNT(*) FROM no_shut_off)
          + (SELECT COUNT(*) FROM feed_change WHERE kind IN ('SHUT_OFF', 'TURNED_ON')) AS lost`,
    { type: QueryTypes.SELECT },
  );
  if (Number(row?.lost) > 0) throw new Error('There are places that were shut off or must not be: they would be lost');
}

export const down: Migration = async ({ context: sequelize }) => {
  await refuseLoss(sequelize);
  await create(sequelize, [
    `ALTER TABLE move_out DROP CONSTRAINT move_out_transfer_to`,
    `ALTER TABLE move_out DROP COLUMN transfer_to_id`,
    `ALTER TABLE onboarding DROP CONSTRAINT onboarding_moves_from`,
    `ALTER TABLE onboarding DROP COLUMN moves_from_id, DROP COLUMN force_move_out`,
  ]);
  await drop(sequelize, ['no_shut_off']);
  await create(sequelize, [
    oneOf('feed_change', 'feed_change_kind', 'kind', CHANGES),
    `ALTER TABLE meter DROP CONSTRAINT meter_switch`,
    `ALTER TABLE meter DROP COLUMN switch_state`,
    `ALTER TABLE vacancy_line DROP CONSTRAINT vacancy_line_declined`,
    `ALTER TABLE vacancy_line DROP COLUMN declined_agreement_id`,
    oneOf('vacancy_line', 'vacancy_line_status', 'status', LINES),
  ]);
};
