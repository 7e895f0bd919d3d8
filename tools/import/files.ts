import type { z } from 'zod';
import { balanceRow, depositRow } from './rows/money';
import { accountRow, agreementRow, landlordRow } from './rows/occupancy';
import { customerTypeRow, userRow } from './rows/office';
import { customerRow } from './rows/people';
import { locationRow, meterRow, readRow, servicePointRow } from './rows/places';
import { rateRow, serviceRow } from './rows/prices';

/** The files of a folder, in the order of their references, each with its rows' shape and natural key. */
export const FILES = {
  customerTypes: { name: 'customer-types.csv', schema: customerTypeRow, key: ['code'], dates: [] },
  services: { name: 'services.csv', schema: serviceRow, key: ['code'], dates: [] },
  rates: { name: 'rates.csv', schema: rateRow, key: ['code', 'effectiveFrom'], dates: ['effectiveFrom'] },
  locations: { name: 'locations.csv', schema: locationRow, key: ['locationNumber'], dates: [] },
  servicePoints: {
    ...{ name: 'service-points.csv', schema: servicePointRow, dates: [] },
    key: ['locationNumber', 'service', 'position'],
  },
  meters: {
    ...{ name: 'meters.csv', schema: meterRow, key: ['serial', 'installedOn'] },
    dates: ['installedOn', 'removedOn'],
  },
  reads: { name: 'reads.csv', schema: readRow, key: ['meter', 'readOn'], dates: ['readOn'] },
  customers: { name: 'customers.csv', schema: customerRow, key: ['customerNumber'], dates: [] },
  accounts: {
    ...{ name: 'accounts.csv', schema: accountRow, key: ['accountNumber'] },
    dates: ['startOn', 'stopOn', 'vacateOn', 'finalBillOn'],
  },
  agreements: {
    ...{ name: 'agreements.csv', schema: agreementRow, key: ['accountNumber', 'service', 'position', 'startOn'] },
    dates: ['startOn', 'endOn', 'lastBilledThrough'],
  },
  landlords: {
    ...{ name: 'landlords.csv', schema: landlordRow, key: ['locationNumber', 'customerNumber', 'startOn', 'service'] },
    dates: ['startOn', 'endOn'],
  },
  deposits: {
    ...{ name: 'deposits.csv', schema: depositRow, key: ['accountNumber', 'service', 'paidOn'] },
    dates: ['paidOn', 'lastInterestOn'],
  },
  balances: { name: 'balances.csv', schema: balanceRow, key: ['accountNumber', 'service'], dates: ['balanceOn'] },
  users: { name: 'users.csv', schema: userRow, key: ['username'], dates: [], secrets: ['password'] },
} as const satisfies Record<string, FileSpec>;

/** One file: columns are the schema's cells in snake_case; cells of `secrets` stay out of the hash of a row. */
export interface FileSpec {
  name: string;
  schema: z.ZodObject;
  key: readonly string[];
  dates: readonly string[];
  secrets?: readonly string[];
}

export type FileName = keyof typeof FILES;
/** What a good row of a file holds. */
export type ValuesOf<N extends FileName> = z.output<(typeof FILES)[N]['schema']>;

/** One row of a file. `values` is null where a cell is bad; `already`: it was imported before, as it is. */
export interface Row<N extends FileName = FileName> {
  file: N;
  line: number;
  key: string;
  hash: string;
  values: ValuesOf<N> | null;
  already: boolean;
}

export type Rows = { [N in FileName]: Row<N>[] };

/** The column of a cell: mailLine1 is mail_line1. */
export const columnOf = (cell: string): string => cell.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a file, and which of them a header may leave out. */
export function columnsOf({ schema }: FileSpec): { column: string; cell: string; optional: boolean }[] {
  return Object.entries(schema.shape).map(([cell, shape]) => ({
    ...{ column: columnOf(cell), cell },
    optional: (shape as z.ZodType).safeParse(undefined).success,
  }));
}
