import type { Checked } from '../check';
import { fresh } from '../check/check';
import { FILES, type FileName } from '../files';
import { addAll, type Writing } from './writing';
import { raiseNumbers } from './numbers';
import { writeMoney } from './money';
import { writeOccupancy } from './occupancy';
import { writeOffice } from './office';
import { writeCustomers } from './people';
import { writePlaces } from './places';
import { writePrices } from './prices';

/** Writes every good row, notes it in import_row, and says in the audit how many each file brought. */
export async function writeRows(
  w: Writing,
  { landlords }: Checked,
  passwordHashes: Map<string, string>,
): Promise<Record<FileName, number>> {
  await writeOffice(w, passwordHashes);
  await writePrices(w);
  await writePlaces(w);
  await writeCustomers(w);
  await writeOccupancy(w, landlords);
  await writeMoney(w);
  await raiseNumbers(w);
  return noteRows(w);
}

async function noteRows(w: Writing): Promise<Record<FileName, number>> {
  const { tx, c } = w;
  const counts: [FileName, number][] = [];
  for (const file of Object.keys(FILES) as FileName[]) {
    const { name } = FILES[file];
    const rows = fresh(c, file);
    await addAll(
      w,
      tx.db.ImportRow,
      rows.map(({ key, hash }) => ({ file: name, rowKey: key, rowHash: hash, importedAt: tx.now })),
    );
    if (rows.length > 0)
      tx.audit({ action: 'import.loaded', entity: 'import', entityId: name, data: { rows: rows.length } });
    counts.push([file, rows.length]);
  }
  return Object.fromEntries(counts) as Record<FileName, number>;
}
