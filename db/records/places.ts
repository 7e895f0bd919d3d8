import { Op } from 'sequelize';
import type { CivilDate } from '../../domain/dates';
import type { LandlordAgreementTerms } from '../../domain/landlord/choose-landlord-start';
import { inForceOn } from '../../domain/landlord/landlord-terms';
import { ensure } from '../errors';
import type { Account } from '../models/occupancy';
import type { LandlordAgreement, Location, Meter } from '../models/places';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';

/** Locks the account's location, then the account: the first two places of the lock order (design.md decision 3). */
export async function lockAccountWithLocation(
  tx: Tx,
  accountId: number,
): Promise<{ account: Account; location: Location }> {
  const found = await tx.db.Account.findByPk(accountId);
  ensure(found, 'ACCOUNT_UNKNOWN', 'There is no such account');
  const location = await tx.db.Location.findByPk(found.locationId, { lock: true, rejectOnEmpty: true });
  const account = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
  return { account, location };
}

/** A landlord agreement with its terms per service, as a handover needs them. */
export interface AgreedLandlord {
  agreement: LandlordAgreement;
  terms: LandlordAgreementTerms;
  rateIds: Map<string, number>;
}

/**
 * The landlord agreement of a location that is in force on a day, the day of a handover; else the last one, whose terms
 * say that it is not; null when there never was one.
 */
export async function landlordAgreementOf(tx: Tx, locationId: number, day: CivilDate): Promise<AgreedLandlord | null> {
  const all = await tx.db.LandlordAgreement.findAll({ where: { locationId }, order: ['startOn', 'id'] });
  const agreement = inForceOn(all, day) ?? all.at(-1);
  if (!agreement) return null;
  const lines = await tx.db.LandlordAgreementLine.findAll({ where: { landlordAgreementId: agreement.id } });
  const terms: LandlordAgreementTerms = {
    startOn: agreement.startOn,
    endOn: agreement.endOn,
    lines: lines.map((line) => ({
      serviceType: line.serviceCode,
      decision: line.decision,
      season: line.seasonStart && line.seasonEnd ? { start: line.seasonStart, end: line.seasonEnd } : null,
      stopReasonsExcluded: parsedJson(line.stopReasonsExcluded),
    })),
  };
  return { agreement, terms, rateIds: new Map(lines.map((line) => [line.serviceCode, line.rateId])) };
}

/** The meter that was at a service point on a day; on the day of an exchange, the one that was put in. */
export async function meterOn(tx: Tx, servicePointId: number, day: CivilDate): Promise<Meter | null> {
  const there = { installedOn: { [Op.lte]: day }, removedOn: { [Op.or]: [null, { [Op.gt]: day }] } };
  const installation = await tx.db.MeterInstallation.findOne({
    where: { servicePointId, ...there },
    order: [['id', 'DESC']],
  });
  return installation ? tx.db.Meter.findByPk(installation.meterId) : meterAt(tx, servicePointId);
}

/** The meter installed at a service point, or null where the service is not metered. */
export function meterAt(tx: Tx, servicePointId: number): Promise<Meter | null> {
  return tx.db.Meter.findOne({ where: { servicePointId } });
}

/** The points of these services that have a meter. */
export async function meteredPoints(tx: Tx, agreements: readonly { servicePointId: number }[]): Promise<number[]> {
  const points: number[] = [];
  for (const { servicePointId } of agreements) if (await meterAt(tx, servicePointId)) points.push(servicePointId);
  return points;
}
