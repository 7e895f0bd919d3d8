import type { CivilDate } from '../../domain/dates';
import type { Tx } from '../transaction';

/** Whether a rate has prices on a day. */
export async function isPriced(tx: Tx, rateId: number, day: CivilDate): Promise<boolean> {
  const versions = await tx.db.RateVersion.findAll({ where: { rateId } });
  return versions.some(({ effectiveFrom }) => effectiveFrom <= day);
}
