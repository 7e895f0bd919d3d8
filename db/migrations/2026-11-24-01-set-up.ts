import type { Migration } from '../migrate';
import { create, drop } from './sql';

const LINE_STATUS = "CHECK (status IN ('OPENED', 'PROMPTED', 'REVERTING', 'REVERTED', 'VACANT', 'SUPERSEDED'";

/** Setting up a new customer: types, contacts, seasonal addresses, defaults, meter history, asked deposits, the case. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE customer_type (
      code VARCHAR(24) NOT NULL PRIMARY KEY,
      name VARCHAR(60) NOT NULL,
      created_at DATETIME(3) NOT NULL
    )`,
    `ALTER TABLE customer
      ADD COLUMN type_code VARCHAR(24) NULL,
      ADD COLUMN name_prefix VARCHAR(20) NULL,
      ADD COLUMN middle_name VARCHAR(80) NULL,
      ADD COLUMN name_suffix VARCHAR(20) NULL,
      ADD COLUMN alt_line1 VARCHAR(120) NULL,
      ADD COLUMN alt_line2 VARCHAR(120) NULL,
      ADD COLUMN alt_city VARCHAR(80) NULL,
      ADD COLUMN alt_state VARCHAR(40) NULL,
      ADD COLUMN alt_postal_code VARCHAR(16) NULL,
      ADD COLUMN alt_season_start CHAR(5) NULL,
      ADD COLUMN alt_season_end CHAR(5) NULL,
      ADD CONSTRAINT customer_of_type FOREIGN KEY (type_code) REFERENCES customer_type (code) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT customer_alternate CHECK ((alt_line1 IS NULL) = (alt_season_start IS NULL) AND (alt_line1 IS NULL) = (alt_season_end IS NULL))`,
    `CREATE TABLE customer_contact (
      customer_id INT NOT NULL,
      position INT NOT NULL,
      kind VARCHAR(8) NOT NULL,
      value VARCHAR(254) NOT NULL,
      purpose VARCHAR(24) NULL,
      PRIMARY KEY (customer_id, position),
      CONSTRAINT customer_contact_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT customer_contact_kind CHECK (kind IN ('PHONE', 'EMAIL')),
      KEY customer_contact_value (value)
    )`,
    `INSERT INTO customer_contact (customer_id, position, kind, value) SELECT id, 1, 'PHONE', phone FROM customer WHERE phone IS NOT NULL`,
    `INSERT INTO customer_contact (customer_id, position, kind, value) SELECT id, 2, 'EMAIL', email FROM customer WHERE email IS NOT NULL`,
    `ALTER TABLE customer DROP COLUMN phone, DROP COLUMN email`,
    `ALTER TABLE service
      ADD COLUMN on_new_location BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN default_deposit_cents BIGINT NOT NULL DEFAULT 0,
      ADD CONSTRAINT service_deposit CHECK (default_deposit_cents >= 0)`,
    `ALTER TABLE rate
      ADD COLUMN is_default BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN default_key VARCHAR(16) GENERATED ALWAYS AS (CASE WHEN is_default THEN service_code END) STORED,
      ADD CONSTRAINT rate_one_default UNIQUE (default_key)`,
    `ALTER TABLE service_point
      ADD COLUMN position INT NOT NULL DEFAULT 1,
      ADD CONSTRAINT service_point_place UNIQUE (location_id, service_code, position)`,
    `CREATE TABLE meter_installation (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      meter_id INT NOT NULL,
      service_point_id INT NOT NULL,
      installed_on DATE NOT NULL,
      removed_on DATE NULL,
      install_read_id INT NULL,
      removal_read_id INT NULL,
      meter_key INT GENERATED ALWAYS AS (CASE WHEN removed_on IS NULL THEN meter_id END) STORED,
      point_key INT GENERATED ALWAYS AS (CASE WHEN removed_on IS NULL THEN service_point_id END) STORED,
      CONSTRAINT meter_installed_at_one_point UNIQUE (meter_key),
      CONSTRAINT meter_one_at_a_point UNIQUE (point_key),
      CONSTRAINT meter_installation_meter FOREIGN KEY (meter_id) REFERENCES meter (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT meter_installation_point FOREIGN KEY (service_point_id) REFERENCES service_point (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT meter_installation_read FOREIGN KEY (install_read_id) REFERENCES meter_read (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT meter_removal_read FOREIGN KEY (removal_read_id) REFERENCES meter_read (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT meter_installation_dates CHECK (removed_on IS NULL OR removed_on >= installed_on)
    )`,
    `INSERT INTO meter_installation (meter_id, service_point_id, installed_on)
      SELECT m.id, m.service_point_id, COALESCE((SELECT MIN(r.read_on) FROM meter_read r WHERE r.meter_id = m.id), '1970-01-01')
      FROM meter m WHERE m.service_point_id IS NOT NULL`,
    `ALTER TABLE account
      ADD COLUMN copied_from_id INT NULL,
      ADD CONSTRAINT account_copied_from FOREIGN KEY (copied_from_id) REFERENCES account (id) ON DELETE RESTRICT ON UPDATE RESTRICT`,
    // No foreign key: the revision is frozen and its case named before the case has a row.
    `ALTER TABLE draft_revision ADD COLUMN case_id VARCHAR(48) NULL`,
    `ALTER TABLE draft ADD COLUMN author_ids JSON NOT NULL DEFAULT (JSON_ARRAY())`,
    `UPDATE draft SET author_ids = JSON_ARRAY(created_by)`,
    `ALTER TABLE move_out MODIFY COLUMN vacancy_case_id VARCHAR(48) NULL`,
    `ALTER TABLE vacancy_line
      ADD COLUMN tenant_agreement_id INT NULL,
      ADD COLUMN onboarding_case_id VARCHAR(48) NULL,
      ADD CONSTRAINT vacancy_line_tenant FOREIGN KEY (tenant_agreement_id) REFERENCES service_agreement (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT vacancy_line_onboarding FOREIGN KEY (onboarding_case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      DROP CONSTRAINT vacancy_line_status`,
    `ALTER TABLE vacancy_line ADD CONSTRAINT vacancy_line_status ${LINE_STATUS}, 'NEW_TENANT', 'OCCUPIED'))`,
    `ALTER TABLE service_order
      ADD COLUMN gating BOOLEAN NOT NULL DEFAULT FALSE,
      ADD COLUMN notes VARCHAR(500) NULL`,
    `CREATE TABLE onboarding (
      case_id VARCHAR(48) NOT NULL PRIMARY KEY,
      account_id INT NOT NULL,
      start_on DATE NOT NULL,
      expires_on DATE NOT NULL,
      approval_reasons JSON NOT NULL,
      decision_id VARCHAR(40) NULL,
      CONSTRAINT onboarding_account UNIQUE (account_id),
      CONSTRAINT onboarding_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT onboarding_of FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT onboarding_decision FOREIGN KEY (decision_id) REFERENCES decision (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE deposit_request (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      account_id INT NOT NULL,
      case_id VARCHAR(48) NULL,
      service_code VARCHAR(16) NOT NULL,
      amount_cents BIGINT NOT NULL,
      status VARCHAR(12) NOT NULL,
      waived_because VARCHAR(200) NULL,
      requested_on DATE NOT NULL,
      CONSTRAINT deposit_request_service UNIQUE (account_id, service_code),
      CONSTRAINT deposit_request_account FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT deposit_request_case FOREIGN KEY (case_id) REFERENCES cases (case_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT deposit_request_of FOREIGN KEY (service_code) REFERENCES service (code) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT deposit_request_amount CHECK (amount_cents > 0),
      CONSTRAINT deposit_request_status CHECK (status IN ('REQUESTED', 'PAID', 'WAIVED', 'CANCELED'))
    )`,
    `ALTER TABLE payment
      ADD COLUMN apply_to VARCHAR(8) NOT NULL DEFAULT 'ACCOUNT',
      ADD CONSTRAINT payment_apply_to CHECK (apply_to IN ('ACCOUNT', 'DEPOSIT'))`,
    `ALTER TABLE deposit
      ADD COLUMN request_id INT NULL,
      ADD COLUMN payment_id INT NULL,
      ADD CONSTRAINT deposit_of_request FOREIGN KEY (request_id) REFERENCES deposit_request (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      ADD CONSTRAINT deposit_of_payment FOREIGN KEY (payment_id) REFERENCES payment (id) ON DELETE RESTRICT ON UPDATE RESTRICT`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `ALTER TABLE deposit DROP CONSTRAINT deposit_of_request, DROP CONSTRAINT deposit_of_payment, DROP COLUMN request_id, DROP COLUMN payment_id`,
    `ALTER TABLE payment DROP CONSTRAINT payment_apply_to, DROP COLUMN apply_to`,
  ]);
  await drop(sequelize, ['deposit_request', 'onboarding']);
  await create(sequelize, [
    `ALTER TABLE service_order DROP COLUMN gating, DROP COLUMN notes`,
    `ALTER TABLE vacancy_line DROP CONSTRAINT vacancy_line_status, DROP CONSTRAINT vacancy_line_tenant,
      DROP CONSTRAINT vacancy_line_onboarding, DROP COLUMN tenant_agreement_id, DROP COLUMN onboarding_case_id`,
    `ALTER TABLE vacancy_line ADD CONSTRAINT vacancy_line_status ${LINE_STATUS}))`,
    `ALTER TABLE move_out MODIFY COLUMN vacancy_case_id VARCHAR(48) NOT NULL`,
    `ALTER TABLE draft DROP COLUMN author_ids`,
    `ALTER TABLE draft_revision DROP COLUMN case_id`,
    `ALTER TABLE account DROP CONSTRAINT account_copied_from, DROP COLUMN copied_from_id`,
  ]);
  await drop(sequelize, ['meter_installation']);
  await create(sequelize, [
    // The foreign key of the column needs an index of its own before the unique one can go.
    `ALTER TABLE service_point ADD KEY service_point_location (location_id), DROP INDEX service_point_place, DROP COLUMN position`,
    `ALTER TABLE rate DROP INDEX rate_one_default, DROP COLUMN default_key, DROP COLUMN is_default`,
    `ALTER TABLE service DROP CONSTRAINT service_deposit, DROP COLUMN on_new_location, DROP COLUMN default_deposit_cents`,
    `ALTER TABLE customer ADD COLUMN phone VARCHAR(32) NULL AFTER display_name, ADD COLUMN email VARCHAR(254) NULL AFTER phone`,
    `UPDATE customer c SET phone = (SELECT LEFT(k.value, 32) FROM customer_contact k WHERE k.customer_id = c.id AND k.kind = 'PHONE' ORDER BY k.position LIMIT 1),
      email = (SELECT k.value FROM customer_contact k WHERE k.customer_id = c.id AND k.kind = 'EMAIL' ORDER BY k.position LIMIT 1)`,
  ]);
  await drop(sequelize, ['customer_contact']);
  await create(sequelize, [
    `ALTER TABLE customer DROP CONSTRAINT customer_alternate, DROP CONSTRAINT customer_of_type, DROP COLUMN type_code,
      DROP COLUMN name_prefix, DROP COLUMN middle_name, DROP COLUMN name_suffix, DROP COLUMN alt_line1, DROP COLUMN alt_line2,
      DROP COLUMN alt_city, DROP COLUMN alt_state, DROP COLUMN alt_postal_code, DROP COLUMN alt_season_start, DROP COLUMN alt_season_end`,
  ]);
  await drop(sequelize, ['customer_type']);
};
