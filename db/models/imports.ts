import type { CreationOptional, InferAttributes, InferCreationAttributes, Model, Sequelize } from 'sequelize';
import type { ImportStatus } from '../../domain/states';
import { cents, flag, instant, int, key, optional, ref, text, withDefault } from './columns';

type Row<T extends Model> = Model<InferAttributes<T>, InferCreationAttributes<T>>;

/** A row of an imported file that is in the records, with the hash of the row as it stood in the file. */
export interface ImportRow extends Row<ImportRow> {
  file: string;
  rowKey: string;
  rowHash: string;
  importedAt: Date;
}

/** An import over HTTP; its files lie in a folder of its id, outside the database, until they are loaded. */
export interface ImportRun extends Row<ImportRun> {
  id: string;
  status: ImportStatus;
  /** Counts checks and loads: what an older one still says is not listened to. */
  runNo: CreationOptional<number>;
  asOf: CreationOptional<string | null>;
  step: CreationOptional<string | null>;
  stepPercent: CreationOptional<number | null>;
  stepRows: CreationOptional<number | null>;
  /** Whether the last check could read every file; null before one. */
  loadable: CreationOptional<boolean | null>;
  badCount: CreationOptional<number | null>;
  failure: CreationOptional<string | null>;
  createdBy: number;
  createdAt: Date;
  endedAt: CreationOptional<Date | null>;
}

/** A file that was uploaded, and what became of its rows at the last check or load. */
export interface ImportFile extends Row<ImportFile> {
  importId: string;
  file: string;
  bytes: number;
  readRows: CreationOptional<number | null>;
  loadedRows: CreationOptional<number | null>;
  alreadyRows: CreationOptional<number | null>;
  badRows: CreationOptional<number | null>;
}

/** A row that cannot be imported as it is, in the order in which the check named them. */
export interface ImportBadRow extends Row<ImportBadRow> {
  importId: string;
  seq: number;
  file: string;
  line: number;
  field: string;
  reason: string;
}

/** The tables of imports. */
export function defineImports(s: Sequelize) {
  return {
    ImportRow: s.define<ImportRow>('import_row', {
      file: key(32),
      rowKey: key(120),
      rowHash: text(64),
      importedAt: instant(),
    }),
    ImportRun: s.define<ImportRun>('import_run', {
      id: key(40),
      status: text(12),
      runNo: withDefault(int(), 0),
      asOf: optional(text(10)),
      step: optional(text(60)),
      stepPercent: optional(int()),
      stepRows: optional(int()),
      loadable: optional(flag()),
      badCount: optional(int()),
      failure: optional(text(500)),
      createdBy: ref(),
      createdAt: instant(),
      endedAt: optional(instant()),
    }),
    ImportFile: s.define<ImportFile>('import_file', {
      importId: key(40),
      file: key(32),
      bytes: cents(),
      readRows: optional(int()),
      loadedRows: optional(int()),
      alreadyRows: optional(int()),
      badRows: optional(int()),
    }),
    ImportBadRow: s.define<ImportBadRow>('import_bad_row', {
      importId: key(40),
      seq: { ...int(), primaryKey: true },
      file: text(60),
      line: int(),
      field: text(120),
      reason: text(500),
    }),
  };
}
