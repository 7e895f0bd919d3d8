import type { Migration } from '../migrate';
import { create, drop } from './sql';

/** Which rows of imported files are in the records already, so that a second run changes nothing. */
export const up: Migration = async ({ context: sequelize }) => {
  await create(sequelize, [
    `CREATE TABLE import_row (
      file VARCHAR(32) NOT NULL,
      row_key VARCHAR(120) NOT NULL,
      row_hash CHAR(64) NOT NULL,
      imported_at DATETIME(3) NOT NULL,
      PRIMARY KEY (file, row_key)
    )`,
  ]);
};

export const down: Migration = async ({ context: sequelize }) => {
  await drop(sequelize, ['import_row']);
};
