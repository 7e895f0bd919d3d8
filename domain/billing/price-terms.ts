import type { FinalBillService } from './final-bill';

/** What the figures of a rate look up of an agreement beside its units (domain.md rules 23, 24 and 27). */
export type PriceTerms = Pick<FinalBillService, 'attributes' | 'measures' | 'averageUsage' | 'months'>;

/** Only what is given, or null for nothing. */
export function givenTerms(terms: PriceTerms | null | undefined): PriceTerms | null {
  const { attributes = {}, measures = {}, averageUsage, months } = terms ?? {};
  const given = {
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(Object.keys(measures).length > 0 && { measures }),
    ...(averageUsage !== undefined && { averageUsage }),
    ...(months !== undefined && { months }),
  };
  return Object.keys(given).length > 0 ? given : null;
}

/**
 * What stays with the place when its holder changes: the size of the meter does, what the one before used or what was
 * measured of them does not.
 */
export const termsOfPlace = (terms: PriceTerms | null): PriceTerms | null =>
  terms && givenTerms({ attributes: terms.attributes, months: terms.months });

/** Whether two terms say the same, in whatever order. */
export function sameTerms(a: PriceTerms | null, b: PriceTerms | null): boolean {
  const text = ({ attributes = {}, measures = {}, averageUsage, months }: PriceTerms) =>
    JSON.stringify([sorted(attributes), sorted(measures), averageUsage, months]);
  return text(a ?? {}) === text(b ?? {});
}

const sorted = (values: Record<string, string>) => Object.entries(values).sort(([x], [y]) => (x < y ? -1 : 1));
