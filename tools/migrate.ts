import { loadConfig } from '../config';
import { migrateDown, migrateUp } from '../db/migrate';

const USAGE = `npm run db:migrate -- up     brings the schema at DATABASE_URL up to date
npm run db:migrate -- down   takes the last migration back`;

async function main([direction = 'up']: string[]): Promise<string> {
  const { url } = loadConfig().database;
  if (!url) throw new Error('DATABASE_URL: is needed to migrate');
  if (direction === 'up') return `${await migrateUp(url, console.log)} migrations applied`;
  if (direction === 'down') return `${await migrateDown(url, {}, console.log)} migrations taken back`;
  throw new Error(USAGE);
}

main(process.argv.slice(2)).then(console.log, (error: Error) => {
  console.error(error.message || error);
  process.exitCode = 1;
});
