import { unusualUsage } from '../../domain/billing/usage/estimate';
import { daysBetween, type CivilDate } from '../../domain/dates';
import type { Refusal } from '../../domain/refusal';
import { rejectIf } from '../errors';
import type { ReadTaken, ServiceAgreement } from '../models/occupancy';
import type { Meter } from '../models/places';
import type { Tx } from '../transaction';
import { judgeStopRead, refuseStopDay } from './meter-reads';
import { dailyMeanOf } from './past-usage';

/** How many times a customer's average a read of their own may at least and at most mean (domain.md rule 4; ours). */
export const USUAL = { atLeast: '0.5', atMost: '2' };

/**
 * Why a supervisor has to look at a stop read before it is recorded, or null: READ_BELOW_LAST, a register that went back
 * or turned; HIGH_USAGE (domain.md rule 1); USAGE_UNUSUAL of a read that the customer supplied (rule 4). Refused, since
 * whoever reads has to look again: READ_IN_FUTURE, READ_BEFORE_STOP, READ_NOT_A_NUMBER, READ_TOO_MANY_DIGITS.
 */
export async function notPlausible(
  tx: Tx,
  meter: Meter,
  leaver: ServiceAgreement,
  { taken, stopOn }: { taken: ReadTaken; stopOn: CivilDate },
): Promise<{ code: string; message: string; previousValue: string | null } | null> {
  rejectIf(refuseStopDay(tx, taken, stopOn));
  const { verdict, latest } = await judgeStopRead(tx, meter, taken.value);
  const { refusal, warning, usage } = verdict;
  if (refusal && refusal.code !== 'READ_BELOW_LAST') rejectIf(refusal);
  const found = refusal ?? warning ?? (await unusual());
  return found && { code: found.code, message: found.message, previousValue: latest?.value ?? null };

  async function unusual(): Promise<Refusal | null> {
    if (taken.source !== 'CUSTOMER' || !latest || usage === null) return null;
    const mean = await dailyMeanOf(tx, leaver, latest.readOn, tx.settings.moveOut.meanMonths);
    const days = daysBetween(latest.readOn, taken.readOn);
    return mean && unusualUsage({ ...USUAL, usage, days, mean });
  }
}
