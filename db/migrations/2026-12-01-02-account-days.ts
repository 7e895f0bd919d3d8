import type { Migration } from '../migrate';

/** Who starts and who stops today is asked for by every page of everybody's home. */
export const up: Migration = async ({ context: sequelize }) => {
  await sequelize.query('ALTER TABLE account ADD INDEX account_start (start_on), ADD INDEX account_stop (stop_on)');
};

export const down: Migration = async ({ context: sequelize }) => {
  await sequelize.query('ALTER TABLE account DROP INDEX account_start, DROP INDEX account_stop');
};
