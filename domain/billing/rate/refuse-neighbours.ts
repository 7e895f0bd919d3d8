import type { CivilDate } from '../../dates';
import type { Refusal } from '../../refusal';

/** The days of a version: its first, and the first on which it no longer applies where one is given. */
export interface VersionDays {
  effectiveFrom: CivilDate;
  effectiveTo?: CivilDate | null;
}

/** Every reason why a version cannot stand beside the published ones: each day has one price at most. */
export function refuseNeighbours(version: VersionDays, published: readonly VersionDays[]): Refusal[] {
  const { effectiveFrom, effectiveTo } = version;
  const before = published.filter((each) => each.effectiveFrom < effectiveFrom);
  const after = published.filter((each) => each.effectiveFrom > effectiveFrom);
  return [
    ...before.flatMap((each) =>
      each.effectiveTo && each.effectiveTo > effectiveFrom
        ? overlap(`The version of ${each.effectiveFrom} applies until ${each.effectiveTo}`, '/effectiveFrom')
        : [],
    ),
    ...after.flatMap((each) =>
      effectiveTo && effectiveTo > each.effectiveFrom
        ? overlap(`Another version applies from ${each.effectiveFrom}`, '/effectiveTo')
        : [],
    ),
  ];
}

const overlap = (message: string, pointer: string): Refusal[] => [{ code: 'RATE_OVERLAP', message, pointer }];

/** The first day on which a version no longer applies: its own, or that of the next published one; null for none. */
export function endOfVersion(version: VersionDays, published: readonly VersionDays[]): CivilDate | null {
  const later = published.map(({ effectiveFrom }) => effectiveFrom).filter((day) => day > version.effectiveFrom);
  return version.effectiveTo ?? later.sort()[0] ?? null;
}
