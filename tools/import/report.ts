import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { BadRow } from './bad-rows';
import type { FileCounts } from './import-folder';

const SHOWN = 20;

/** The first faults, one a line, and how many there are. */
export function badRowLines(badRows: readonly BadRow[]): string[] {
  const lines = badRows
    .slice(0, SHOWN)
    .map(({ file, line, field, reason }) => `  ${file}:${line}  ${field}${field ? ': ' : ''}${reason}`);
  return badRows.length > SHOWN ? [...lines, `  … and ${badRows.length - SHOWN} more`] : lines;
}

/** What each file brought. */
export function countLines(counts: readonly FileCounts[]): string[] {
  return counts
    .filter(({ read }) => read > 0)
    .map(({ file, read, loaded, already, bad }) => {
      const parts = [`${loaded} loaded`, `${already} there already`, ...(bad > 0 ? [`${bad} bad`] : [])];
      return `  ${file.padEnd(20)} ${String(read).padStart(8)} rows: ${parts.join(', ')}`;
    });
}

/** Writes every fault to a file that a spreadsheet opens without running anything. */
export async function writeReport(path: string, badRows: readonly BadRow[]): Promise<void> {
  const columns = ['file', 'line', 'field', 'reason'];
  await pipeline(
    Readable.from(badRows),
    stringify({ header: true, columns, escape_formulas: true }),
    createWriteStream(path),
  );
}
