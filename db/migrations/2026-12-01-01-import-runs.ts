import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Imports over HTTP: what was uploaded, how far the checking or loading is, and every bad row. One is open at a time. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE import_run (
      id VARCHAR(40) NOT NULL PRIMARY KEY,
      status VARCHAR(12) NOT NULL,
      run_no INT NOT NULL DEFAULT 0,
      as_of VARCHAR(10) NULL,
      step VARCHAR(60) NULL,
      step_percent INT NULL,
      step_rows INT NULL,
      loadable TINYINT(1) NULL,
      bad_count INT NULL,
      failure VARCHAR(500) NULL,
      created_by INT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      ended_at DATETIME(3) NULL,
      open_key INT GENERATED ALWAYS AS (CASE WHEN status NOT IN ('LOADED', 'PUT_AWAY') THEN 1 END) STORED,
      CONSTRAINT import_run_one_open UNIQUE (open_key),
      CONSTRAINT import_run_creator FOREIGN KEY (created_by) REFERENCES app_user (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
      CONSTRAINT import_run_status
        CHECK (status IN ('COLLECTING', 'CHECKING', 'CHECKED', 'LOADING', 'LOADED', 'FAILED', 'PUT_AWAY')),
      CONSTRAINT import_run_ended CHECK ((status IN ('LOADED', 'PUT_AWAY')) = (ended_at IS NOT NULL))
    )`,
    `CREATE TABLE import_file (
      import_id VARCHAR(40) NOT NULL,
      file VARCHAR(32) NOT NULL,
      bytes BIGINT NOT NULL,
      read_rows INT NULL,
      loaded_rows INT NULL,
      already_rows INT NULL,
      bad_rows INT NULL,
      PRIMARY KEY (import_id, file),
      CONSTRAINT import_file_run FOREIGN KEY (import_id) REFERENCES import_run (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
    `CREATE TABLE import_bad_row (
      import_id VARCHAR(40) NOT NULL,
      seq INT NOT NULL,
      file VARCHAR(60) NOT NULL,
      line INT NOT NULL,
      field VARCHAR(120) NOT NULL,
      reason VARCHAR(500) NOT NULL,
      PRIMARY KEY (import_id, seq),
      CONSTRAINT import_bad_row_run FOREIGN KEY (import_id) REFERENCES import_run (id) ON DELETE RESTRICT ON UPDATE RESTRICT
    )`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, ['import_bad_row', 'import_file', 'import_run']);
};
