import type { Tx } from '../../db/transaction';
import { addMonths, daysBetween, type CivilDate } from '../../domain/dates';
import { SYSTEM_USER_ID } from '../../domain/roles';
import { HOMES, type Home } from './homes';
import { lastReadOn, type Occupancy } from './occupancies';
import { meterId } from './places';
import type { Random } from './random';

const CYCLES_READ = 12;

/** The last read of the old register, close below its maximum of 9,999. */
const OLD_METER_LAST_READ = 9_780;

/** The id of a home's read of that day; throws when there is none. */
export type ReadIdOf = (home: number, readOn: CivilDate) => number;

/** Reads every meter: a year of cycle reads, and one on each day that somebody moved. */
export async function readMeters(tx: Tx, occupancies: Occupancy[], random: Random): Promise<ReadIdOf> {
  const reads = HOMES.flatMap((place, home) => {
    const here = occupancies.filter((each) => each.home === home);
    const days = daysRead(place, here, tx.today);
    return valuesOn(days, here, place, random).map((value, i) => ({ home, readOn: days[i] ?? '', value }));
  });
  const ids = new Map(reads.map(({ home, readOn }, i) => [`${home} ${readOn}`, i + 1]));
  const stamp = { source: 'ACTUAL' as const, recordedBy: SYSTEM_USER_ID, createdAt: tx.now };
  await tx.db.MeterRead.bulkCreate(
    reads.map(({ home, readOn, value }, i) => ({
      id: i + 1,
      meterId: meterId(home),
      readOn,
      value: `${value}`,
      ...stamp,
    })),
  );
  tx.audit({ action: 'reads.loaded', entity: 'meter_read', entityId: 'town', data: { reads: reads.length } });
  return (home, readOn) => {
    const id = ids.get(`${home} ${readOn}`);
    if (!id) throw new Error(`The home ${home} has no read of ${readOn}`);
    return id;
  };
}

function daysRead(place: Home, here: Occupancy[], today: CivilDate): CivilDate[] {
  const last = lastReadOn(place, today);
  const cycles = Array.from({ length: CYCLES_READ }, (_, monthsAgo) => addMonths(last, -monthsAgo));
  return [...new Set([...cycles, ...here.map(({ startOn }) => startOn)])].sort();
}

/** A day's use varies by 15 percent; registers began at some figure years ago. */
function valuesOn(days: CivilDate[], here: Occupancy[], { oldMeter }: Home, random: Random): number[] {
  const used = days.map((day, i) => {
    const before = days[i - 1];
    if (before === undefined) return 0;
    const holder = here.filter(({ startOn }) => startOn <= before).at(-1) ?? here[0];
    const gallons = daysBetween(before, day) * (holder?.gallonsPerDay ?? 0);
    return Math.round((gallons * random(85, 115)) / 100);
  });
  const total = used.reduce((sum, each) => sum + each, 0);
  let value = oldMeter ? OLD_METER_LAST_READ - total : random(20_000, 380_000);
  return used.map((each) => (value += each));
}
