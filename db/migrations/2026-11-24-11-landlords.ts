import type { Migration } from '../migrate';
import { create, drop } from './sql';

const RESTRICT = 'ON DELETE RESTRICT ON UPDATE RESTRICT';

/** Landlord agreements over HTTP with fee, notice and end; orders beside the cases; notes on locations (rows S15, S16). */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE landlord_agreement
      ADD COLUMN fee_cents BIGINT NOT NULL DEFAULT 0,
      ADD COLUMN notice_by VARCHAR(8) NOT NULL DEFAULT 'MAIL',
      ADD COLUMN end_reason VARCHAR(12) NULL,
      ADD KEY landlord_agreement_days (location_id, start_on),
      ADD CONSTRAINT landlord_agreement_fee CHECK (fee_cents >= 0),
      ADD CONSTRAINT landlord_agreement_notice CHECK (notice_by IN ('MAIL', 'EMAIL', 'BOTH')),
      ADD CONSTRAINT landlord_agreement_end CHECK (end_reason IS NULL OR end_reason IN ('SALE', 'REPLACED', 'CHANGED', 'OTHER'))`,
    `ALTER TABLE landlord_agreement_line
      ADD COLUMN fee_cents BIGINT NOT NULL DEFAULT 0,
      ADD CONSTRAINT landlord_line_fee CHECK (fee_cents >= 0)`,
    // By which agreement a service reverted: its fee is charged when the landlord begins.
    `ALTER TABLE vacancy_line
      ADD COLUMN landlord_agreement_id INT NULL,
      ADD CONSTRAINT vacancy_line_landlord FOREIGN KEY (landlord_agreement_id) REFERENCES landlord_agreement (id) ${RESTRICT}`,
    `ALTER TABLE field_report DROP CONSTRAINT field_report_outcome`,
    `ALTER TABLE field_report ADD CONSTRAINT field_report_outcome CHECK (outcome IN ('DONE', 'UNABLE', 'CANCELED'))`,
    `CREATE TABLE order_request (
      id VARCHAR(48) NOT NULL PRIMARY KEY,
      kind VARCHAR(16) NOT NULL,
      content JSON NOT NULL,
      status VARCHAR(10) NOT NULL,
      refusal JSON NULL,
      service_order_id INT NULL,
      field_report_id INT NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      closed_at DATETIME(3) NULL,
      CONSTRAINT order_request_report_once UNIQUE (field_report_id),
      CONSTRAINT order_request_order FOREIGN KEY (service_order_id) REFERENCES service_order (id) ${RESTRICT},
      CONSTRAINT order_request_report FOREIGN KEY (field_report_id) REFERENCES field_report (id) ${RESTRICT},
      CONSTRAINT order_request_by FOREIGN KEY (created_by) REFERENCES app_user (id) ${RESTRICT},
      CONSTRAINT order_request_kind CHECK (kind IN ('ORDER', 'ORDER_REPORT')),
      CONSTRAINT order_request_status CHECK (status IN ('RECORDED', 'APPLIED', 'REFUSED'))
    )`,
    `CREATE TABLE location_note (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      location_id INT NOT NULL,
      kind VARCHAR(8) NOT NULL,
      text VARCHAR(1000) NOT NULL,
      expires_on DATE NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      ended_by INT NULL,
      ended_at DATETIME(3) NULL,
      CONSTRAINT location_note_location FOREIGN KEY (location_id) REFERENCES location (id) ${RESTRICT},
      CONSTRAINT location_note_by FOREIGN KEY (created_by) REFERENCES app_user (id) ${RESTRICT},
      CONSTRAINT location_note_ended_by FOREIGN KEY (ended_by) REFERENCES app_user (id) ${RESTRICT},
      CONSTRAINT location_note_kind CHECK (kind IN ('NOTE', 'ALERT'))
    )`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, ['location_note', 'order_request']);
  await create(sequelize, [
    `ALTER TABLE field_report DROP CONSTRAINT field_report_outcome`,
    // Nobody did these either; the order itself says that it is canceled.
    `UPDATE field_report SET outcome = 'UNABLE' WHERE outcome = 'CANCELED'`,
    `ALTER TABLE field_report ADD CONSTRAINT field_report_outcome CHECK (outcome IN ('DONE', 'UNABLE'))`,
    `ALTER TABLE vacancy_line DROP CONSTRAINT vacancy_line_landlord`,
    `ALTER TABLE vacancy_line DROP INDEX vacancy_line_landlord, DROP COLUMN landlord_agreement_id`,
    `ALTER TABLE landlord_agreement_line DROP CONSTRAINT landlord_line_fee, DROP COLUMN fee_cents`,
    // The foreign key of the location brings an index of its own, which the next time up takes away again.
    `ALTER TABLE landlord_agreement DROP CONSTRAINT landlord_agreement_location`,
    `ALTER TABLE landlord_agreement DROP CONSTRAINT landlord_agreement_fee, DROP CONSTRAINT landlord_agreement_notice,
      DROP CONSTRAINT landlord_agreement_end, DROP INDEX landlord_agreement_days,
      DROP COLUMN fee_cents, DROP COLUMN notice_by, DROP COLUMN end_reason`,
    `ALTER TABLE landlord_agreement
      ADD CONSTRAINT landlord_agreement_location FOREIGN KEY (location_id) REFERENCES location (id) ${RESTRICT}`,
  ]);
};
