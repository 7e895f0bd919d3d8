import { QueryTypes, type Sequelize } from 'sequelize';
import type { Migration } from '../migrate';
import { create, drop } from './sql';

const TOLD = ['ACTIVATED', 'STOPPED', 'FINAL_BILLED', 'ADDRESS_CHANGED'];
const toldOf = (kinds: string[]): string =>
  `ALTER TABLE feed_change DROP CONSTRAINT feed_change_kind,
    ADD CONSTRAINT feed_change_kind CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}))`;

/**
 * Reads that are not in are looked for from a day on; what a periodic bill billed its services from, so that it can be
 * reversed when somebody moved out before its end.
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE move_out ADD COLUMN read_deadline_on DATE NULL`,
    `CREATE TABLE billed_service (
      bill_id INT NOT NULL,
      service_agreement_id INT NOT NULL,
      before_through DATE NULL,
      before_read_id INT NULL,
      read_id INT NULL,
      PRIMARY KEY (bill_id, service_agreement_id),
      CONSTRAINT billed_service_bill FOREIGN KEY (bill_id) REFERENCES bill (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT billed_service_agreement FOREIGN KEY (service_agreement_id) REFERENCES service_agreement (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT billed_service_before FOREIGN KEY (before_read_id) REFERENCES meter_read (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT billed_service_read FOREIGN KEY (read_id) REFERENCES meter_read (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE bill_reversal (
      bill_id INT NOT NULL,
      case_id VARCHAR(48) NOT NULL,
      reversed_by INT NOT NULL,
      reversed_on DATE NOT NULL,
      restored_on DATE NULL,
      PRIMARY KEY (bill_id, case_id),
      CONSTRAINT bill_reversal_bill FOREIGN KEY (bill_id) REFERENCES bill (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_reversal_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT bill_reversal_by FOREIGN KEY (reversed_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    toldOf([...TOLD, 'BILL_REVERSED']),
  ]);
};

/** Each statement on tables commits by itself: what would fail is looked for before the first of them. */
async function refuseLoss(sequelize: Sequelize): Promise<void> {
  const [row] = await sequelize.query<{ lost: number }>(`SELECT COUNT(*) AS lost FROM bill_reversal`, {
    type: QueryTypes.SELECT,
  });
  if (Number(row?.lost) > 0) throw new Error('Bills were reversed for a move-out: that would be lost');
}

export const down: Migration = async ({ context: sequelize }) => {
  await refuseLoss(sequelize);
  await create(sequelize, [toldOf(TOLD)]);
  await drop(sequelize, ['bill_reversal', 'billed_service']);
  await create(sequelize, [`ALTER TABLE move_out DROP COLUMN read_deadline_on`]);
};
