import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Who is served, where, by which meter, at which rate. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE customer (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_number VARCHAR(20) NOT NULL,
      kind VARCHAR(16) NOT NULL,
      first_name VARCHAR(80) NULL,
      last_name VARCHAR(80) NULL,
      organization_name VARCHAR(160) NULL,
      display_name VARCHAR(160) NOT NULL,
      phone VARCHAR(32) NULL,
      email VARCHAR(254) NULL,
      mail_line1 VARCHAR(120) NULL,
      mail_line2 VARCHAR(120) NULL,
      mail_city VARCHAR(80) NULL,
      mail_state VARCHAR(40) NULL,
      mail_postal_code VARCHAR(16) NULL,
      created_at DATETIME(3) NOT NULL,
      version INT NOT NULL DEFAULT 0,
      CONSTRAINT customer_number UNIQUE (customer_number),
      CONSTRAINT customer_kind CHECK (kind IN ('PERSON', 'ORGANIZATION')),
      CONSTRAINT customer_named CHECK (kind <> 'ORGANIZATION' OR organization_name IS NOT NULL),
      KEY customer_display_name (display_name)
    )`,
    `CREATE TABLE location (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      location_number VARCHAR(20) NOT NULL,
      line1 VARCHAR(120) NOT NULL,
      line2 VARCHAR(120) NULL,
      city VARCHAR(80) NOT NULL,
      state VARCHAR(40) NOT NULL,
      postal_code VARCHAR(16) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      version INT NOT NULL DEFAULT 0,
      CONSTRAINT location_number UNIQUE (location_number)
    )`,
    `CREATE TABLE service (
      code VARCHAR(16) NOT NULL PRIMARY KEY,
      name VARCHAR(60) NOT NULL,
      metered BOOLEAN NOT NULL,
      unit VARCHAR(16) NULL,
      priority INT NOT NULL
    )`,
    `CREATE TABLE rate (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      code VARCHAR(24) NOT NULL,
      service_code VARCHAR(16) NOT NULL,
      name VARCHAR(80) NOT NULL,
      CONSTRAINT rate_code UNIQUE (code),
      CONSTRAINT rate_service FOREIGN KEY (service_code) REFERENCES service (code) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE rate_version (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      rate_id INT NOT NULL,
      effective_from DATE NOT NULL,
      definition LONGTEXT NOT NULL,
      definition_hash CHAR(64) NOT NULL,
      published_at DATETIME(3) NOT NULL,
      CONSTRAINT rate_version_from UNIQUE (rate_id, effective_from),
      CONSTRAINT rate_version_rate FOREIGN KEY (rate_id) REFERENCES rate (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE service_point (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      location_id INT NOT NULL,
      service_code VARCHAR(16) NOT NULL,
      CONSTRAINT service_point_location FOREIGN KEY (location_id) REFERENCES location (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT service_point_service FOREIGN KEY (service_code) REFERENCES service (code) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE meter (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      serial VARCHAR(32) NOT NULL,
      dials INT NOT NULL,
      multiplier DECIMAL(12,6) NOT NULL DEFAULT 1,
      unit VARCHAR(16) NOT NULL,
      service_point_id INT NULL,
      status VARCHAR(16) NOT NULL,
      CONSTRAINT meter_serial UNIQUE (serial),
      CONSTRAINT meter_installed_once UNIQUE (service_point_id),
      CONSTRAINT meter_point FOREIGN KEY (service_point_id) REFERENCES service_point (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT meter_status CHECK (status IN ('INVENTORY', 'INSTALLED', 'REMOVED', 'TESTING', 'RETIRED')),
      CONSTRAINT meter_dials CHECK (dials BETWEEN 1 AND 12)
    )`,
    `CREATE TABLE landlord_agreement (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id INT NOT NULL,
      location_id INT NOT NULL,
      start_on DATE NOT NULL,
      end_on DATE NULL,
      open_key INT GENERATED ALWAYS AS (CASE WHEN end_on IS NULL THEN location_id END) STORED,
      version INT NOT NULL DEFAULT 0,
      CONSTRAINT landlord_agreement_open UNIQUE (open_key),
      CONSTRAINT landlord_agreement_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT landlord_agreement_location FOREIGN KEY (location_id) REFERENCES location (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE landlord_agreement_line (
      landlord_agreement_id INT NOT NULL,
      service_code VARCHAR(16) NOT NULL,
      decision VARCHAR(8) NOT NULL,
      rate_id INT NOT NULL,
      season_start CHAR(5) NULL,
      season_end CHAR(5) NULL,
      stop_reasons_excluded JSON NOT NULL,
      PRIMARY KEY (landlord_agreement_id, service_code),
      CONSTRAINT landlord_line_agreement FOREIGN KEY (landlord_agreement_id) REFERENCES landlord_agreement (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT landlord_line_service FOREIGN KEY (service_code) REFERENCES service (code) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT landlord_line_rate FOREIGN KEY (rate_id) REFERENCES rate (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT landlord_line_decision CHECK (decision IN ('ALWAYS', 'ASK', 'NEVER'))
    )`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, [
    'landlord_agreement_line',
    'landlord_agreement',
    'meter',
    'service_point',
    'rate_version',
    'rate',
    'service',
    'location',
    'customer',
  ]);
};
