import { FILES, type FileName, type FileSpec, type Row } from '../files';
import type { Check } from './check';

/** What import_row holds: the hash of each row by file and key. */
export type Imported = Map<string, string>;

/** The key of a row in import_row's map. */
export const importedKey = (file: string, key: string): string => `${file} ${key.toLowerCase()}`;

/** Finds the rows that are in the records already, those that have changed since, and keys that are there twice. */
export function checkKeys(c: Check, imported: Imported): void {
  for (const [file, rows] of Object.entries(c.rows)) {
    const spec: FileSpec = FILES[file as FileName];
    const [cell = ''] = spec.key;
    const seen = new Map<string, Row>();
    for (const row of rows as Row[]) {
      const hash = imported.get(importedKey(spec.name, row.key));
      row.already = hash === row.hash;
      if (hash !== undefined && !row.already) c.bad.add(row, cell, 'Was imported before with other values');
      const earlier = seen.get(row.key.toLowerCase());
      if (earlier) refuseTwice(c, earlier, row, cell);
      else seen.set(row.key.toLowerCase(), row);
    }
  }
}

function refuseTwice({ bad }: Check, earlier: Row, row: Row, cell: string): void {
  bad.add(row, cell, `Line ${earlier.line} has the same ${row.hash === earlier.hash ? 'row' : 'key'}`);
  if (row.hash !== earlier.hash) bad.add(earlier, cell, `Line ${row.line} has the same key with other values`);
}
