import { stringify } from 'csv-stringify/sync';
import type { Answer } from './route';

/** Answers rows as a CSV file with a header line. A text that a spreadsheet would run as a formula is quoted. */
export function csv<T extends object>(fileName: string, columns: readonly (keyof T & string)[], rows: T[]): Answer {
  const body = stringify(rows, { header: true, columns: [...columns], escape_formulas: true });
  const headers = { 'Content-Disposition': `attachment; filename="${fileName}"` };
  return { status: 200, body, headers, type: 'text/csv' };
}
