import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { CivilDate } from '../../domain/dates';
import type { Tx } from '../transaction';

/** Whether a rate has prices on a day. */
export async function isPriced(tx: Tx, rateId: number, day: CivilDate): Promise<boolean> {
  const versions = await tx.db.RateVersion.findAll({ where: { rateId } });
  const last = versions
    .filter(({ effectiveFrom }) => effectiveFrom <= day)
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  if (!last) return false;
  const { effectiveTo } = JSON.parse(last.definition) as RateVersion;
  return !effectiveTo || day < effectiveTo;
}
