import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { columnsOf, FILES } from '../import/files';
import { DESCRIBES } from './calendar';
import { makeTown } from './town';

const ABOUT = {
  describes: DESCRIBES,
  zone: 'America/Denver',
  settings: { utility: { name: 'Millbrook Utilities' } },
};

/** Writes a town into a folder, in place of one that is there; the number of rows. */
export function writeTown(folder: string, seed: number, locations: number): number {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const town = makeTown(seed, locations);
  for (const spec of Object.values(FILES)) {
    const rows = town[spec.name] ?? [];
    const columns = columnsOf(spec)
      .map(({ column }) => column)
      .filter((column) => rows.some((row) => row[column]));
    writeFileSync(join(folder, spec.name), stringify(rows, { header: true, columns }));
  }
  writeFileSync(join(folder, 'about.json'), `${JSON.stringify(ABOUT, null, 2)}\n`);
  return Object.values(town).reduce((sum, rows) => sum + rows.length, 0);
}
