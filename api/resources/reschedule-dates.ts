import { RefusedError } from '../../db/errors';
import type { CaseType } from '../../domain/states';

/** Which dates of each type of case can be moved; of the others none. */
const DATES: Partial<Record<CaseType, readonly string[]>> = {
  ONBOARD: ['startDate'],
  MOVE_OUT: ['stopDate', 'vacateDate'],
};

/** Refuses dates that a case does not have, or none of those that it has: DATE_NOT_OF_CASE, DATE_MISSING. */
export function refuseOtherDates(type: CaseType, dates: Partial<Record<string, string>>): void {
  const known = DATES[type];
  // The case itself says that its dates stay.
  if (!known) return;
  const given = Object.keys(dates).filter((name) => dates[name] !== undefined);
  const refuse = (code: string, message: string, field: string | undefined) => {
    throw new RefusedError({ code, message, pointer: `#/${field}` });
  };
  const other = given.find((name) => !known.includes(name));
  if (other) refuse('DATE_NOT_OF_CASE', `This case has no ${other}: give ${known.join(' or ')}`, other);
  if (given.length === 0) refuse('DATE_MISSING', `Give ${known.join(' or ')}`, known[0]);
}
