import { Op } from 'sequelize';
import { meanPerDay, type DailyMean, type MeanMonths, type PastUsage } from '../../domain/billing/usage/estimate';
import { usageOf } from '../../domain/billing/usage/usage';
import { maxDate, minDate, type CivilDate } from '../../domain/dates';
import type { ServiceAgreement } from '../models/occupancy';
import type { Tx } from '../transaction';

/**
 * What a holder used a day on average in the months up to a day, by all meters that the point had; estimates left out,
 * since a mean of means tells nothing new. Null where no usage is known.
 */
export async function dailyMeanOf(
  tx: Tx,
  agreement: ServiceAgreement,
  until: CivilDate,
  months: MeanMonths,
): Promise<DailyMean | null> {
  const { servicePointId, startOn } = agreement;
  const past: PastUsage[] = [];
  for (const installation of await tx.db.MeterInstallation.findAll({ where: { servicePointId } })) {
    const from = maxDate(installation.installedOn, startOn);
    const to = minDate(until, installation.removedOn ?? until);
    past.push(...(await usageOfMeter(tx, installation.meterId, from, to)));
  }
  return meanPerDay(past, until, months);
}

async function usageOfMeter(tx: Tx, meterId: number, from: CivilDate, to: CivilDate): Promise<PastUsage[]> {
  const { serial, dials, multiplier } = await tx.db.Meter.findByPk(meterId, { rejectOnEmpty: true });
  const reads = await tx.db.MeterRead.findAll({
    where: {
      ...{ meterId, supersededById: null, source: { [Op.ne]: 'ESTIMATED' as const } },
      readOn: { [Op.between]: [from, to] },
    },
    order: ['readOn', 'id'],
  });
  return reads.slice(1).flatMap((read, i) => {
    const before = reads[i];
    if (!before) return [];
    const segment = { meterSerial: serial, dials, multiplier, startValue: before.value, endValue: read.value };
    const { usage } = usageOf([{ ...segment, rollover: read.rollover ? 'ACCEPTED' : 'NONE' }]);
    return [{ from: before.readOn, to: read.readOn, usage }];
  });
}
