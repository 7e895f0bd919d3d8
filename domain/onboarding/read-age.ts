/**
 * Whether a newcomer should not begin with a meter's last read (domain.md row S6): it is more than so many days older
 * than the start, or there is none (null).
 */
export const isReadOld = (ageDays: number | null, maxReadAgeDays: number): boolean =>
  ageDays === null || ageDays > maxReadAgeDays;
