import { FILES, columnOf, type Row } from './files';

/** One fault of a file: where, and what is wrong. A line of 0 is the file as a whole. */
export interface BadRow {
  file: string;
  line: number;
  field: string;
  reason: string;
}

/** The faults found so far. */
export class BadRows {
  readonly all: BadRow[] = [];
  private readonly rows = new Set<Row>();

  /** Notes a fault of a row, which is left out from now on. */
  add(row: Row, cell: string, reason: string): void {
    this.all.push({ file: FILES[row.file].name, line: row.line, field: columnOf(cell), reason });
    this.rows.add(row);
  }

  has(row: Row): boolean {
    return this.rows.has(row);
  }

  /** How many rows are left out. */
  get count(): number {
    return this.rows.size;
  }

  /** The same faults so far, to add more to. */
  copy(): BadRows {
    const copied = new BadRows();
    copied.all.push(...this.all);
    for (const row of this.rows) copied.rows.add(row);
    return copied;
  }

  /** The faults file by file, in the order of the lines. */
  inOrder(): BadRow[] {
    const order = Object.values(FILES).map(({ name }) => name as string);
    return [...this.all].sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.line - b.line);
  }
}

/** What makes it useless to look at the rows: a wrong header, a file that is no CSV. Nothing is loaded. */
export class FileFault extends Error {
  constructor(readonly faults: BadRow[]) {
    super(faults.map(({ file, line, field, reason }) => `${file}:${line} ${field}: ${reason}`).join('\n'));
    this.name = 'FileFault';
  }
}
