import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { Db } from '../create-db';
import type { Rate, RateVersionRow } from '../models/places';
import { pageOf, type Page, type PageRequest } from './page';

/** A rate and the days from which its versions apply. */
export interface RateRow {
  code: string;
  serviceCode: string;
  name: string;
  classCode: string | null;
  isDefault: boolean;
  versions: { effectiveFrom: string; status: 'DRAFT' | 'PUBLISHED' }[];
}

/** A version with who drafted and published it; null: it was there before, or imported. */
export interface RateVersionShown {
  effectiveFrom: string;
  status: 'DRAFT' | 'PUBLISHED';
  definitionHash: string;
  draftedBy: { username: string; displayName: string } | null;
  draftedAt: string | null;
  publishedBy: { username: string; displayName: string } | null;
  publishedAt: string | null;
  definition: RateVersion;
}

/** The rates by their codes. */
export async function listRates(db: Db, page: PageRequest): Promise<Page<RateRow>> {
  const rates = await db.Rate.findAll({ order: ['code'] });
  const from = Number(page.after?.[0] ?? 0);
  const numbered = rates.map((rate, i) => ({ rate, place: i + 1 })).slice(from, from + page.limit + 1);
  const { rows, next } = pageOf(numbered, page.limit, ({ place }) => [place]);
  const versions = await db.RateVersion.unscoped().findAll({
    ...{ where: { rateId: rows.map(({ rate }) => rate.id) }, order: ['effectiveFrom'] },
    attributes: ['rateId', 'effectiveFrom', 'status'],
  });
  return {
    rows: rows.map(({ rate }) => ({
      ...shownOf(rate),
      versions: versions
        .filter(({ rateId }) => rateId === rate.id)
        .map(({ effectiveFrom, status }) => ({ effectiveFrom, status })),
    })),
    next,
  };
}

/** One rate with all of its versions, or null. */
export async function findRate(db: Db, code: string) {
  const rate = await db.Rate.findOne({ where: { code } });
  if (rate?.code !== code) return null;
  const rows = await db.RateVersion.unscoped().findAll({ where: { rateId: rate.id }, order: ['effectiveFrom'] });
  return { ...shownOf(rate), versions: await versionsOf(db, rows) };
}

/** One version of a rate, or null. */
export async function findRateVersion(db: Db, code: string, effectiveFrom: string): Promise<RateVersionShown | null> {
  const rate = await db.Rate.findOne({ where: { code } });
  if (rate?.code !== code) return null;
  const rows = await db.RateVersion.unscoped().findAll({ where: { rateId: rate.id, effectiveFrom } });
  return (await versionsOf(db, rows))[0] ?? null;
}

const shownOf = ({ code, serviceCode, name, classCode, isDefault }: Rate) => ({
  ...{ code, serviceCode, name, classCode, isDefault: Boolean(isDefault) },
});

async function versionsOf(db: Db, rows: RateVersionRow[]): Promise<RateVersionShown[]> {
  const ids = rows.flatMap(({ draftedBy, publishedBy }) => [draftedBy, publishedBy]).filter((id) => id !== null);
  const people = await db.AppUser.findAll({ where: { id: ids } });
  const personOf = (id: number | null) => {
    const user = people.find((each) => each.id === id);
    return user ? { username: user.username, displayName: user.displayName } : null;
  };
  return rows.map((row) => ({
    ...{ effectiveFrom: row.effectiveFrom, status: row.status, definitionHash: row.definitionHash },
    ...{ draftedBy: personOf(row.draftedBy), draftedAt: row.draftedAt?.toISOString() ?? null },
    ...{ publishedBy: personOf(row.publishedBy), publishedAt: row.publishedAt?.toISOString() ?? null },
    definition: JSON.parse(row.definition) as RateVersion,
  }));
}
