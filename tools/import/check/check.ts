import type { CivilDate } from '../../../domain/dates';
import type { Settings } from '../../../domain/settings';
import type { BadRows } from '../bad-rows';
import { FILES, type FileName, type Row, type Rows, type ValuesOf } from '../files';
import type { Office } from '../office';

/** What every check works on: the rows, what they can name, and the faults found so far. */
export interface Check {
  rows: Rows;
  office: Office;
  bad: BadRows;
  /** The rows of a file by their whole key and by its first cell, in lower case. */
  index: Record<FileName, Map<string, Row[]>>;
  today: CivilDate;
  settings: Settings;
}

/** Makes the index of all rows. */
export function indexOf(rows: Rows): Check['index'] {
  const entries = Object.entries(rows).map(([file, all]) => {
    const index = new Map<string, Row[]>();
    for (const row of all as Row[]) {
      const whole = row.key.toLowerCase();
      for (const key of new Set([whole, whole.split(' ')[0] ?? ''])) {
        const known = index.get(key);
        if (known) known.push(row);
        else index.set(key, [row]);
      }
    }
    return [file, index];
  });
  return Object.fromEntries(entries) as Check['index'];
}

/** A row whose cells are all good. */
export type Good<N extends FileName> = Row<N> & { values: ValuesOf<N> };

/** The rows of a file that are good so far and not in the records yet. */
export function fresh<N extends FileName>({ rows, bad }: Check, file: N): Good<N>[] {
  return (rows[file] as Row<N>[]).filter(
    (row): row is Good<N> => row.values !== null && !row.already && !bad.has(row as Row),
  );
}

/** What a cell names, or null and a fault: there is no such thing, or its own row is bad. */
export function named<T>(
  { bad, index }: Check,
  row: Row,
  cell: string,
  of: { file: FileName; key: string; things: { get(key: string): T | undefined } },
): T | null {
  const spoilt = index[of.file].get(of.key.toLowerCase())?.find((each) => bad.has(each));
  const found = of.things.get(of.key);
  if (spoilt) bad.add(row, cell, `Depends on ${FILES[of.file].name} line ${spoilt.line}, which is bad`);
  else if (found === undefined) bad.add(row, cell, `There is no ${of.key} in ${FILES[of.file].name}`);
  return spoilt || found === undefined ? null : found;
}

/** Leaves out the other rows of what one of its rows makes bad. */
export function spoilTogether({ bad }: Check, rows: Iterable<Row>, cell: string): boolean {
  const all = [...rows];
  const first = all.find((row) => bad.has(row));
  if (!first) return false;
  for (const row of all)
    if (!bad.has(row) && !row.already)
      bad.add(row, cell, `Depends on ${FILES[first.file].name} line ${first.line}, which is bad`);
  return true;
}

/** A fault where a new row's key is in the database but not out of this file. */
export function refuseKnown({ bad }: Check, row: Row, cell: string, known: boolean): boolean {
  if (known) bad.add(row, cell, 'Is in Keyturn already, and not from this file');
  return known;
}

/** A fault for each of the cells whose date is still to come. */
export function refuseFuture<N extends FileName>(
  { bad, today }: Check,
  row: Good<N>,
  cells: readonly (keyof ValuesOf<N> & string)[],
): void {
  for (const cell of cells) {
    const date = row.values[cell];
    if (typeof date === 'string' && date > today)
      bad.add(row as Row, cell, `Is after the office's today, which is ${today}`);
  }
}
