import { addDays, inSeason, type CivilDate, type MonthDay } from './dates';

/** Where mail goes: all year, and for part of the year elsewhere. `A` is an address in whatever parts the caller has. */
export interface MailingAddresses<A> {
  permanent: A | null;
  alternate: (A & { seasonStart: MonthDay; seasonEnd: MonthDay }) | null;
}

/**
 * The address that mail of this day goes to (domain.md rows S11 and S12), null for whoever gave none: then it is the
 * service address. A season may wrap the year end; one that begins on the day after its last one is the whole year.
 */
export function mailingAddressOn<A>({ permanent, alternate }: MailingAddresses<A>, day: CivilDate): A | null {
  if (!alternate || !inSeasonOf(alternate, day)) return permanent;
  const { seasonStart: _start, seasonEnd: _end, ...address } = alternate;
  return address as unknown as A;
}

const inSeasonOf = (
  { seasonStart, seasonEnd }: { seasonStart: MonthDay; seasonEnd: MonthDay },
  day: CivilDate,
): boolean => inSeason(day, seasonStart, seasonEnd) || follows(seasonStart, seasonEnd);

/** Whether a day of the year is the one after another; after 02-28 comes 02-29 or 03-01. */
function follows(day: MonthDay, before: MonthDay): boolean {
  const next = (year: number) =>
    addDays(`${year}-${before === '02-29' && year !== 2024 ? '02-28' : before}`, 1).slice(5);
  return day === next(2024) || day === next(2023);
}
