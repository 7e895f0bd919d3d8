import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { writeTown } from '../../../tools/make-town/write-town';

export type Cells = Record<string, string>;

/** A folder of files that a test may spoil. */
export interface Folder {
  path: string;
  read(file: string): Cells[];
  write(file: string, rows: Cells[]): void;
  writeText(file: string, text: string): void;
  /** Changes the rows of a file, or the text of one. */
  change(file: string, act: (rows: Cells[]) => Cells[] | void): void;
  /** All files as they were. */
  restore(): void;
  remove(): void;
}

/** Writes a small town that has one of everything. */
export function smallTownFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'keyturn-import-'));
  writeTown(path, 21, 32);
  const files = new Map(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]));
  // A hash of a password is slow by design: one is enough.
  files.set('users.csv', (files.get('users.csv') ?? '').replaceAll(/(?<!cora.*)keyturn-demo/g, ''));
  const restore = () => {
    for (const file of readdirSync(path)) rmSync(join(path, file));
    for (const [file, text] of files) writeFileSync(join(path, file), text);
  };
  restore();
  const folder: Folder = {
    path,
    read: (file) => parse(readFileSync(join(path, file)), { columns: true }) as Cells[],
    write: (file, rows) => {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      writeFileSync(join(path, file), stringify(rows, { header: true, columns }));
    },
    writeText: (file, text) => writeFileSync(join(path, file), text),
    change: (file, act) => {
      const rows = folder.read(file);
      folder.write(file, act(rows) ?? rows);
    },
    restore,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  return folder;
}

/** The row for which this holds; throws when the town has none. */
export function rowWhere(rows: Cells[], holds: (row: Cells) => unknown): Cells {
  const found = rows.find(holds);
  if (!found) throw new Error('The small town has no such row');
  return found;
}
