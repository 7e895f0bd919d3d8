import { inSeason, type CivilDate, type MonthDay } from '../dates';
import type { Refusal } from '../refusal';

/** Days of the year, both included, in which these services are not shut off; it may wrap the year end. */
export interface Moratorium {
  services: string[];
  from: MonthDay;
  to: MonthDay;
}

/** Why a place is not to be shut off, through which day: for its account, or whoever lives there. */
export interface NoShutOff {
  reason: 'MEDICAL' | 'LEGAL' | 'SAFETY' | 'OTHER';
  untilOn: CivilDate;
}

/** A service that somebody wants shut off on a day. */
export interface ShutOffRequest {
  serviceCode: string;
  on: CivilDate;
  moratoria: readonly Moratorium[];
  /** What is in force for the place and its account. */
  protections: readonly NoShutOff[];
}

/**
 * Why a service is not shut off on this day, or null: MORATORIUM, NO_SHUT_OFF (domain.md section 4,
 * landlordReversionCase). First and last day of either count.
 */
export function refuseShutOff({ serviceCode, on, moratoria, protections }: ShutOffRequest): Refusal | null {
  const moratorium = moratoria.find(
    ({ services, from, to }) => services.includes(serviceCode) && inSeason(on, from, to),
  );
  if (moratorium) {
    const { from, to } = moratorium;
    return {
      code: 'MORATORIUM',
      message: `${serviceCode} is not shut off from ${from} to ${to}: that would be on ${on}`,
    };
  }
  const protection = protections.find(({ untilOn }) => on <= untilOn);
  if (!protection) return null;
  const { reason, untilOn } = protection;
  return { code: 'NO_SHUT_OFF', message: `This place is not to be shut off through ${untilOn} (${reason})` };
}
