import { addDays, addMonths, type CivilDate } from '../../domain/dates';
import type { AccountRole } from '../../domain/states';
import { CYCLE_READ_DAYS_AGO, FORMER_TENANT, HOMES, type Home, type Household } from './homes';
import type { LandlordName } from './landlords';

// Nobody moves on the day of a cycle read: moves lie this many days after one.
const MOVED_IN_AFTER = 9;
const HANDED_OVER_AFTER = 6;

/** What still runs through the meter of an empty home. */
const EMPTY_GALLONS_PER_DAY = 3;

/** One account's time at a home; endOn null: it goes on. */
export interface Occupancy extends Omit<Household, 'name'> {
  /** The home's place among HOMES. */
  home: number;
  role: AccountRole;
  holder: { landlord: LandlordName } | { name: Household['name'] };
  startOn: CivilDate;
  endOn: CivilDate | null;
}

/** The day of a home's last read and bill. */
export const lastReadOn = ({ cycle }: Home, today: CivilDate): CivilDate => addDays(today, -CYCLE_READ_DAYS_AGO[cycle]);

/** Who holds or held which home, home by home, the earlier first. */
export function occupanciesAt(today: CivilDate): Occupancy[] {
  return HOMES.flatMap((place, home) => {
    const cycleEnd = lastReadOn(place, today);
    const { landlord, household } = place;
    if (household) {
      const { name, ...rest } = household;
      const startOn = movedIn(cycleEnd, household.heldMonths);
      return [{ home, ...rest, holder: { name }, role: landlord ? 'TENANT' : 'OWNER', startOn, endOn: null }];
    }
    return landlord ? emptyHome(home, landlord, cycleEnd) : [];
  });
}

function emptyHome(home: number, landlord: LandlordName, cycleEnd: CivilDate): Occupancy[] {
  const { name, heldMonths, leftMonths, gallonsPerDay } = FORMER_TENANT;
  const handover = addDays(addMonths(cycleEnd, -leftMonths), HANDED_OVER_AFTER);
  const startOn = movedIn(cycleEnd, heldMonths);
  const since = { heldMonths: leftMonths, gallonsPerDay: EMPTY_GALLONS_PER_DAY };
  return [
    { home, holder: { name }, role: 'TENANT', startOn, endOn: handover, heldMonths, gallonsPerDay },
    { home, holder: { landlord }, role: 'LANDLORD', startOn: handover, endOn: null, ...since },
  ];
}

const movedIn = (cycleEnd: CivilDate, heldMonths: number): CivilDate =>
  addDays(addMonths(cycleEnd, -heldMonths), MOVED_IN_AFTER);
