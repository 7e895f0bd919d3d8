import type { Incident } from '../../db/models/cases';
import { canonicalJson, sha256 } from '../../db/canonical';
import type { RateVersion } from '../../domain/billing/rate/rate-version';
import type { Db } from '../../db/create-db';
import { inTransaction } from '../../db/transaction';
import type { TaskType } from '../../domain/states';
import { addDays } from '../../domain/dates';
import { eventually } from './eventually';
import type { SmallTown } from './small-town';

/** The open incident of a case, or of any, as soon as there is one; its cause is real, so it may take some seconds. */
export const incidentIn = (db: Db, caseId: string | null): Promise<Incident> =>
  eventually(() => db.Incident.findOne({ where: { status: 'OPEN', ...(caseId && { caseId }) }, rejectOnEmpty: true }));

/** A table is gone until it is put back: what time does not heal. */
export async function tableGone(db: Db, table: string): Promise<{ putBack(): Promise<unknown> }> {
  await db.sequelize.query(`ALTER TABLE ${table} RENAME TO ${table}_gone`);
  return { putBack: () => db.sequelize.query(`ALTER TABLE ${table}_gone RENAME TO ${table}`) };
}

/** The database takes no event of this kind. */
export async function noEvents({ sequelize }: Db, kind: string): Promise<{ again(): Promise<unknown> }> {
  await sequelize.query(`ALTER TABLE case_event ADD CONSTRAINT not_now CHECK (kind <> '${kind}')`);
  return { again: () => sequelize.query('ALTER TABLE case_event DROP CONSTRAINT not_now') };
}

/** The database takes no task of this type. */
export async function noTasks({ sequelize }: Db, type: TaskType): Promise<{ again(): Promise<unknown> }> {
  await sequelize.query(`ALTER TABLE human_task ADD CONSTRAINT not_now CHECK (type <> '${type}')`);
  return { again: () => sequelize.query('ALTER TABLE human_task DROP CONSTRAINT not_now') };
}

/** The prices of a rate are not in the database any more. */
export async function pricesGone(db: Db, rateCode: string): Promise<{ putBack(): Promise<void> }> {
  const { id: rateId } = await db.Rate.findOne({ where: { code: rateCode }, rejectOnEmpty: true });
  const versions = await db.RateVersion.findAll({ where: { rateId }, raw: true });
  await inTransaction(db, 1, (tx) => tx.db.RateVersion.destroy({ where: { rateId } }));
  return {
    putBack: () => inTransaction(db, 1, async (tx) => void (await tx.db.RateVersion.bulkCreate(versions))),
  };
}

/** Another rate of a service: a flat price a month. */
export async function flatRate(db: Db, serviceCode: string, code: string, amountCents: number): Promise<void> {
  await inTransaction(db, 1, async (tx) => {
    const rate = await tx.db.Rate.create({ code, serviceCode, name: code, isDefault: false });
    const version: RateVersion = {
      ...{ effectiveFrom: '2020-01-01', unit: null, charges: [{ kind: 'FLAT', amountCents }], taxes: [] },
      rounding: { mode: 'HALF_UP', place: 'LINE' },
      proration: {
        ...{ newConnect: 'PRORATE_BASE_AND_MIN', finalDisconnect: 'PRORATE_BASE_AND_MIN', divisor: 'FIXED_30' },
        ...{ normalDays: 30, tolerance: null, capAtOne: false },
      },
    };
    const definition = canonicalJson(version);
    const row = { rateId: rate.id, effectiveFrom: version.effectiveFrom, definition };
    await tx.db.RateVersion.create({ ...row, definitionHash: sha256(definition), publishedAt: tx.now });
  });
}

/** One more point of refuse at the small town's flat, which its tenant has at this rate, or had until they gave it up. */
export async function refusePoint(
  db: Db,
  town: SmallTown,
  { position, rateCode, gaveUp = false }: { position: number; rateCode: string; gaveUp?: boolean },
): Promise<void> {
  await inTransaction(db, 1, async (tx) => {
    const { accountId, today } = town;
    const { locationId, startOn } = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
    const rate = await tx.db.Rate.findOne({ where: { code: rateCode }, rejectOnEmpty: true });
    const point = await tx.db.ServicePoint.create({ locationId, serviceCode: 'REFUSE', position });
    const lastBilledThrough = addDays(today, -10);
    await tx.db.ServiceAgreement.create({
      ...{ accountId, servicePointId: point.id, serviceCode: 'REFUSE', rateId: rate.id, frequency: 'MONTHLY' },
      ...{ startOn, lastBilledThrough, status: gaveUp ? 'CLOSED' : 'ACTIVE', endOn: gaveUp ? lastBilledThrough : null },
    });
  });
}

/** The rate at each of the flat's points of refuse, in the order of their positions. */
export async function refuseRates(db: Db): Promise<string[]> {
  const points = await db.ServicePoint.findAll({ where: { serviceCode: 'REFUSE' }, order: ['position'] });
  return Promise.all(
    points.map(async ({ id }) => {
      const at = { where: { servicePointId: id }, rejectOnEmpty: true as const };
      const { rateId } = await db.ServiceAgreement.findOne(at);
      return (await db.Rate.findByPk(rateId, { rejectOnEmpty: true })).code;
    }),
  );
}
