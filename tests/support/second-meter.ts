import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import type { SmallTown } from './small-town';
import type { TestSystem } from './system';

/** A second meter of the small town's flat, for water as the first, billed through the same day at the same read. */
export async function secondMeter(
  { db }: TestSystem,
  { accountId, waterPointId, today }: SmallTown,
): Promise<{ meterId: number; servicePointId: number }> {
  return inTransaction(db, 1, async (tx) => {
    const { locationId } = await tx.db.ServicePoint.findByPk(waterPointId, { rejectOnEmpty: true });
    const first = { accountId, servicePointId: waterPointId };
    const agreement = await tx.db.ServiceAgreement.findOne({ where: first, rejectOnEmpty: true, raw: true });
    const { startOn, rateId, lastBilledThrough } = agreement;
    const { id: servicePointId } = await tx.db.ServicePoint.create({ locationId, serviceCode: 'WATER', position: 2 });
    const about = { dials: 6, multiplier: '1', unit: 'gal', status: 'INSTALLED' as const };
    const { id: meterId } = await tx.db.Meter.create({ serial: 'M-SECOND', servicePointId, ...about });
    const reads = { installReadId: null, removalReadId: null };
    await tx.db.MeterInstallation.create({ meterId, servicePointId, installedOn: startOn, removedOn: null, ...reads });
    const read = { meterId, source: 'ACTUAL' as const, recordedBy: 1, createdAt: tx.now };
    const begun = await tx.db.MeterRead.create({ ...read, readOn: startOn, value: '0' });
    const billed = await tx.db.MeterRead.create({ ...read, readOn: addDays(today, -10), value: '1000' });
    await tx.db.ServiceAgreement.create({
      ...{ accountId, servicePointId, serviceCode: 'WATER', rateId, frequency: 'MONTHLY', status: 'ACTIVE' },
      ...{ startOn, startReadId: begun.id, lastBilledThrough, lastBilledReadId: billed.id },
    });
    return { meterId, servicePointId };
  });
}
