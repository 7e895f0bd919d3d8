import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import type { z } from 'zod';
import { hashOf } from '../../db/canonical';
import { addDays } from '../../domain/dates';
import { FileFault, type BadRows } from './bad-rows';
import { columnsOf, FILES, type FileName, type FileSpec, type Row, type Rows } from './files';
import type { Progress } from './progress';

interface Reading {
  bad: BadRows;
  /** Whole days by which every date moves. */
  shiftDays: number;
  progress: Progress;
}

/** Reads a file of the folder row by row; a file that is not there has no rows. Throws FileFault. */
export async function readRows<N extends FileName>(folder: string, file: N, reading: Reading): Promise<Rows[N]> {
  const path = join(folder, FILES[file].name);
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  return size === null ? [] : readInto(path, file, size, reading);
}

async function readInto<N extends FileName>(path: string, file: N, size: number, reading: Reading): Promise<Rows[N]> {
  const spec: FileSpec = FILES[file];
  const rows: Rows[N] = [];
  const task = reading.progress.task(`${spec.name} read`, size);
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
  const source = createReadStream(path).on('error', (error) => parser.destroy(error));
  let header: string[] | null = null;
  let lastLine = 0;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
      // A quoted cell may go over several lines: a row is where it begins.
      const line = info.lines - record.join('').split('\n').length + 1;
      lastLine = info.lines;
      if (header === null) header = cellsOf(spec, record);
      else rows.push(rowOf(file, header, record, line, reading));
      task.at(info.bytes, rows.length);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : lastLine + 1;
    throw new FileFault([{ file: spec.name, line, field: '', reason: `This is not CSV: ${error.message}` }]);
  }
  if (header === null) throw new FileFault([{ file: spec.name, line: 1, field: '', reason: 'There is no header' }]);
  task.done(rows.length);
  return rows;
}

interface Parsed {
  record: string[];
  info: { lines: number; bytes: number };
}

/** The cell that each column holds. Names every column that is missing, unknown or there twice. */
function cellsOf(spec: FileSpec, header: string[]): string[] {
  const columns = columnsOf(spec);
  const given = header.map((name) => name.trim());
  const fault = (field: string, reason: string) => ({ file: spec.name, line: 1, field, reason });
  const faults = [
    ...columns
      .filter(({ column, optional }) => !optional && !given.includes(column))
      .map(({ column }) => fault(column, 'The column is missing')),
    ...given
      .filter((name) => !columns.some(({ column }) => column === name))
      .map((name) => fault(name, 'There is no such column')),
    ...given.filter((name, i) => given.indexOf(name) !== i).map((name) => fault(name, 'The column is there twice')),
  ];
  if (faults.length > 0) throw new FileFault(faults);
  return given.map((name) => columns.find(({ column }) => column === name)?.cell ?? '');
}

function rowOf<N extends FileName>(
  file: N,
  header: string[],
  record: string[],
  line: number,
  { bad, shiftDays }: Reading,
): Row<N> {
  const spec: FileSpec = FILES[file];
  const cells = record.map((cell, i) => [header[i] ?? '', cell.trim()] as const).filter(([, cell]) => cell !== '');
  const raw = Object.fromEntries(cells);
  const open = Object.fromEntries(cells.filter(([cell]) => !spec.secrets?.includes(cell)));
  const key = spec.key.map((cell) => raw[cell] ?? (cell === 'position' ? '1' : '')).join(' ');
  const row: Row<N> = { file, line, key: key.slice(0, 120), hash: hashOf(open), values: null, already: false };
  if (record.length !== header.length) {
    bad.add(row, '', `The row has ${record.length} cells, the header has ${header.length}`);
    return row;
  }
  const garbled = cells.find(([, cell]) => cell.includes('\ufffd'));
  if (garbled) bad.add(row, garbled[0], 'This is not UTF-8');
  const parsed = spec.schema.safeParse(raw);
  if (!parsed.success) for (const issue of parsed.error.issues) bad.add(row, cellOf(issue), reasonOf(issue, raw));
  else if (!garbled) row.values = shifted(spec, parsed.data, shiftDays) as Row<N>['values'];
  return row;
}

const cellOf = ({ path }: z.core.$ZodIssue): string => path.map(String).join('/');

function reasonOf({ path, message }: z.core.$ZodIssue, raw: Record<string, string>): string {
  return path.length === 1 && raw[String(path[0])] === undefined && message.startsWith('Invalid')
    ? 'The cell is empty'
    : message;
}

function shifted(spec: FileSpec, values: Record<string, unknown>, days: number): Record<string, unknown> {
  if (days === 0) return values;
  const dates = spec.dates.filter((cell) => values[cell] !== undefined);
  return { ...values, ...Object.fromEntries(dates.map((cell) => [cell, addDays(String(values[cell]), days)])) };
}
