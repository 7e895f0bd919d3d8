import type { LandlordAgreementTerms } from '../../domain/landlord/choose-landlord-start';
import { ensure } from '../errors';
import type { Account } from '../models/occupancy';
import type { LandlordAgreement, Location, Meter } from '../models/places';
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

/** The landlord agreement of a location that has not ended, with its terms per service; null when there is none. */
export async function landlordAgreementOf(
  tx: Tx,
  locationId: number,
): Promise<{
  agreement: LandlordAgreement;
  terms: LandlordAgreementTerms;
  rateIds: Map<string, number>;
} | null> {
  const agreement = await tx.db.LandlordAgreement.findOne({ where: { locationId, endOn: null } });
  if (!agreement) return null;
  const lines = await tx.db.LandlordAgreementLine.findAll({ where: { landlordAgreementId: agreement.id } });
  const terms: LandlordAgreementTerms = {
    startOn: agreement.startOn,
    endOn: agreement.endOn,
    lines: lines.map((line) => ({
      serviceType: line.serviceCode,
      decision: line.decision,
      season: line.seasonStart && line.seasonEnd ? { start: line.seasonStart, end: line.seasonEnd } : null,
      stopReasonsExcluded: line.stopReasonsExcluded,
    })),
  };
  return { agreement, terms, rateIds: new Map(lines.map((line) => [line.serviceCode, line.rateId])) };
}

/** The meter installed at a service point, or null where the service is not metered. */
export function meterAt(tx: Tx, servicePointId: number): Promise<Meter | null> {
  return tx.db.Meter.findOne({ where: { servicePointId } });
}
