import { parseArgs } from 'node:util';
import { writeTown } from './make-town/write-town';

const USAGE = `npm run make-town -- --seed N --locations N [--out FOLDER]
writes the CSV files of a town that nobody lives in; the same seed gives the same files`;

function main(): string {
  const options = { seed: { type: 'string' }, locations: { type: 'string' }, out: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const [seed, locations] = [Number(values.seed ?? NaN), Number(values.locations ?? NaN)];
  const whole = Number.isSafeInteger(seed) && Number.isSafeInteger(locations) && locations >= 10;
  if (!whole) throw new Error(USAGE);
  const folder = values.out ?? 'examples/town';
  return `${writeTown(folder, seed, locations)} rows in ${folder}`;
}

try {
  console.log(main());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
