import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { Answer } from './route';

/** Answers rows as a CSV file with a header line. A text that a spreadsheet would run as a formula is quoted. */
export function csv<T extends object>(fileName: string, columns: readonly (keyof T & string)[], rows: T[]): Answer {
  return file(fileName, linesOf(columns, rows, true));
}

/** Answers a file of rows that come in parts, so that no more than one part is held at once. */
export async function csvInParts<T extends object>(
  fileName: string,
  columns: readonly (keyof T & string)[],
  parts: AsyncIterable<T[]>,
): Promise<Answer> {
  const texts = textsOf(columns, parts);
  // Before the answer begins, so that what cannot be read is answered as a problem.
  const first = await texts.next();
  return file(fileName, Readable.from(first.done ? [] : startingWith(first.value, texts)));
}

const file = (fileName: string, body: string | Readable): Answer => {
  const headers = { 'Content-Disposition': `attachment; filename="${fileName}"` };
  return { status: 200, body, headers, type: 'text/csv' };
};

const linesOf = <T extends object>(columns: readonly (keyof T & string)[], rows: T[], header: boolean): string =>
  stringify(rows, { header, columns: [...columns], escape_formulas: true });

async function* textsOf<T extends object>(columns: readonly (keyof T & string)[], parts: AsyncIterable<T[]>) {
  let header = true;
  for await (const rows of parts) {
    yield linesOf(columns, rows, header);
    header = false;
  }
}

async function* startingWith(first: string, rest: AsyncIterable<string>) {
  yield first;
  yield* rest;
}
