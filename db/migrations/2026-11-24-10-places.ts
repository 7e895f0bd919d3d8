import type { Migration } from '../migrate';
import { create, drop } from './sql';

/**
 * What a class of places gets by default, the quantity of a service, deposit policies as data, versions of what is
 * edited, and work for the field that somebody asked for (domain.md rows S7 to S10).
 */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE class_service (
      class_code VARCHAR(16) NOT NULL,
      service_code VARCHAR(16) NOT NULL,
      rate_id INT NOT NULL,
      deposit_cents BIGINT NULL,
      PRIMARY KEY (class_code, service_code),
      CONSTRAINT class_service_class FOREIGN KEY (class_code) REFERENCES rate_class (code) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT class_service_service FOREIGN KEY (service_code) REFERENCES service (code) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT class_service_rate FOREIGN KEY (rate_id) REFERENCES rate (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT class_service_deposit CHECK (deposit_cents IS NULL OR deposit_cents >= 0)
    )`,
    `ALTER TABLE service_agreement
      ADD COLUMN quantity DECIMAL(12,4) NOT NULL DEFAULT 1,
      ADD CONSTRAINT service_agreement_quantity CHECK (quantity > 0)`,
    // The fixed amount, and the amount where there is no history to average, is default_deposit_cents.
    `ALTER TABLE service
      ADD COLUMN deposit_kind VARCHAR(16) NOT NULL DEFAULT 'FIXED',
      ADD COLUMN deposit_times DECIMAL(6,2) NULL,
      ADD COLUMN version INT NOT NULL DEFAULT 0,
      ADD CONSTRAINT service_deposit_policy CHECK (deposit_kind IN ('NONE', 'FIXED', 'AVERAGE_BILL')
        AND (deposit_kind = 'AVERAGE_BILL') = (deposit_times IS NOT NULL))`,
    `ALTER TABLE meter ADD COLUMN version INT NOT NULL DEFAULT 0`,
    `CREATE TABLE field_work_request (
      id VARCHAR(48) NOT NULL PRIMARY KEY,
      kind VARCHAR(20) NOT NULL,
      content JSON NOT NULL,
      status VARCHAR(10) NOT NULL,
      result JSON NULL,
      refusal JSON NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      closed_at DATETIME(3) NULL,
      CONSTRAINT field_work_request_by FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT field_work_request_kind CHECK (kind IN ('METER_EXCHANGE', 'ACCOUNT_SERVICES')),
      CONSTRAINT field_work_request_status CHECK (status IN ('RECORDED', 'APPLIED', 'REFUSED')),
      CONSTRAINT field_work_request_end CHECK ((status = 'RECORDED') = (closed_at IS NULL)
        AND (status = 'APPLIED') = (result IS NOT NULL) AND (status = 'REFUSED') = (refusal IS NOT NULL))
    )`,
    // What an office has set as a whole gets what was added to it.
    `UPDATE settings SET value = JSON_SET(value, '$.maxReadAgeDays', 10)
      WHERE name = 'onboarding' AND JSON_EXTRACT(value, '$.maxReadAgeDays') IS NULL`,
    `UPDATE settings SET value = JSON_SET(value, '$.depositWaivedAfterMonths', NULL)
      WHERE name = 'onboarding' AND JSON_EXTRACT(value, '$.depositWaivedAfterMonths') IS NULL`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, ['field_work_request']);
  await create(sequelize, [
    `ALTER TABLE meter DROP COLUMN version`,
    `ALTER TABLE service DROP CONSTRAINT service_deposit_policy, DROP COLUMN deposit_kind, DROP COLUMN deposit_times, DROP COLUMN version`,
    `ALTER TABLE service_agreement DROP CONSTRAINT service_agreement_quantity, DROP COLUMN quantity`,
  ]);
  await drop(sequelize, ['class_service']);
};
