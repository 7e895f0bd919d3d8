import { addDays, addMonths, type CivilDate } from '../../domain/dates';

/** The day that the files describe. --as-of moves all dates by whole days from here. */
export const DESCRIBES: CivilDate = '2026-11-20';

/** Days since the last read and bill of each bill cycle. */
const CYCLE_READ_DAYS_AGO = { C1: 12, C2: 19, C3: 27, C4: 36 } as const;
export type Cycle = keyof typeof CYCLE_READ_DAYS_AGO;
export const CYCLES = Object.keys(CYCLE_READ_DAYS_AGO) as Cycle[];

export const MONTHS_READ = 24;

/** The day of a cycle's last read and bill. */
export const lastReadOn = (cycle: Cycle): CivilDate => addDays(DESCRIBES, -CYCLE_READ_DAYS_AGO[cycle]);

/** A day in the cycle that ended so many months before the last one: 0 is the cycle that runs now. */
export const dayOfCycle = (cycle: Cycle, monthsAgo: number, day: number): CivilDate =>
  addDays(addMonths(lastReadOn(cycle), -monthsAgo), day);
