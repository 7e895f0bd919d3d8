import { inSeason, type CivilDate, type MonthDay } from './dates';

/** Where mail goes: all year, and for part of the year elsewhere. `A` is an address in whatever parts the caller has. */
export interface MailingAddresses<A> {
  permanent: A | null;
  alternate: (A & { seasonStart: MonthDay; seasonEnd: MonthDay }) | null;
}

/**
 * The address that mail of this day goes to (domain.md rows S11 and S12), null for whoever gave none: then it is the
 * service address. A season may wrap the year end.
 */
export function mailingAddressOn<A>({ permanent, alternate }: MailingAddresses<A>, day: CivilDate): A | null {
  if (!alternate || !inSeason(day, alternate.seasonStart, alternate.seasonEnd)) return permanent;
  const { seasonStart: _start, seasonEnd: _end, ...address } = alternate;
  return address as unknown as A;
}
