import type { Db } from '../../../db/create-db';
import type { CivilDate } from '../../../domain/dates';
import type { Settings } from '../../../domain/settings';
import type { BadRows } from '../bad-rows';
import type { Rows } from '../files';
import { loadHistory } from '../history';
import { loadOffice, type Office } from '../office';
import type { MeterThing, PointThing } from '../things';
import { checkAgreements } from './agreements';
import { indexOf, type Check } from './check';
import { checkKeys, importedKey } from './keys';
import { checkLandlords, type LandlordThing } from './landlords';
import { checkMeters } from './meters';
import { checkMoney } from './money';
import { checkOffice } from './office';
import { checkPeople } from './people';
import { checkPlaces } from './places';
import { checkPrices } from './prices';
import { checkReads } from './reads';

/** What a check leaves: the context with every fault, and what of several rows became one thing. */
export interface Checked {
  c: Check;
  landlords: LandlordThing[];
}

/** Checks every row against the other files and the database, in the order of their references. */
export async function checkRows(
  db: Db,
  rows: Rows,
  given: { bad: BadRows; today: CivilDate; settings: Settings },
): Promise<Checked> {
  const c: Check = { rows, office: await loadOffice(db), index: indexOf(rows), ...given };
  const imported = await db.ImportRow.findAll({ raw: true });
  checkKeys(c, new Map(imported.map(({ file, rowKey, rowHash }) => [importedKey(file, rowKey), rowHash])));
  await loadHistory(db, c.office, pointsNamed(c), metersNamed(c));
  checkOffice(c);
  checkPrices(c);
  checkPlaces(c);
  checkMeters(c);
  checkReads(c);
  checkPeople(c);
  checkAgreements(c);
  const landlords = checkLandlords(c);
  checkMoney(c);
  return { c, landlords };
}

/** The points of the database at the locations that new accounts and meters name. */
function pointsNamed({ rows, office }: Check): Set<PointThing> {
  const numbers = new Set(
    [...rows.accounts, ...rows.meters].flatMap(({ already, values }) => (already ? [] : [values?.locationNumber])),
  );
  return new Set(
    [...(office as Office).points].flatMap(([key, point]) => (numbers.has(key.split(' ')[0]) ? [point] : [])),
  );
}

/** The meters of the database that new reads name. */
function metersNamed({ rows, office }: Check): Set<MeterThing> {
  const serials = new Set(rows.reads.flatMap(({ already, values }) => (already || !values ? [] : [values.meter])));
  return new Set([...serials].flatMap((serial) => office.meters.get(serial) ?? []));
}
