import { ensure } from '../../db/errors';
import type { Case } from '../../db/models/cases';
import type { VacancyLine } from '../../db/models/occupancy';
import { landlordAccount } from '../../db/records/accounts';
import { insertIntoChain } from '../../db/records/agreements';
import { addEvent } from '../../db/records/cases';
import { queueNotice } from '../../db/records/notices';
import { landlordAgreementOf } from '../../db/records/places';
import type { Tx } from '../../db/transaction';
import { NOTHING_BESIDE, type Beside } from '../beside';
import { stopLandlord, type LandlordStop } from './stop-landlord';

/**
 * Sets the landlord up to follow the leaver at these points: account, agreements from the handover on, and the notice;
 * where a new tenant is set up for a later day, only until then. Refused: NO_LANDLORD.
 */
export async function startLandlord(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<Beside> {
  if (lines.length === 0) return NOTHING_BESIDE;
  const landlord = await landlordAgreementOf(tx, theCase.locationId ?? 0);
  ensure(landlord, 'NO_LANDLORD', 'No landlord is on record for this location');
  const { customerId, locationId } = landlord.agreement;
  const outgoing = await tx.db.Account.findByPk(theCase.accountId ?? 0, { rejectOnEmpty: true });
  ensure(outgoing.stopOn, 'NO_STOP_DATE', 'The leaver has no stop date');
  const account = await landlordAccount(tx, {
    customerId,
    locationId,
    startOn: outgoing.stopOn,
    billCycle: outgoing.billCycle,
  });
  const stops: LandlordStop['stops'] = [];
  for (const line of lines) {
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { lock: true, rejectOnEmpty: true });
    // A service that the agreement does not name goes on at the leaver's rate, once a clerk has said yes.
    const rateId = landlord.rateIds.get(leaver.serviceCode) ?? leaver.rateId;
    const { servicePointId, serviceCode, units, frequency } = leaver;
    const agreement = await insertIntoChain(tx, {
      ...{ accountId: account.id, servicePointId, serviceCode, rateId, units, frequency },
      ...{ startOn: leaver.endOn ?? outgoing.stopOn, followsId: leaver.id },
    });
    await line.update({ status: 'REVERTING', newAgreementId: agreement.id });
    const tenant = line.tenantAgreementId && (await tx.db.ServiceAgreement.findByPk(line.tenantAgreementId));
    if (tenant) stops.push({ agreement, stopOn: tenant.startOn });
  }
  await queueNotice(tx, {
    ...{ kind: 'LANDLORD_RECONNECT', caseId: theCase.caseId, accountId: account.id, customerId },
    noticeKey: `landlord/${theCase.caseId}/${account.accountNumber}`,
    data: { accountNumber: account.accountNumber, startOn: outgoing.stopOn },
  });
  const services = lines.map(({ servicePointId }) => servicePointId);
  await addEvent(tx, theCase, {
    kind: 'LANDLORD_STARTED',
    data: { accountNumber: account.accountNumber, servicePointIds: services },
  });
  if (stops.length === 0) return NOTHING_BESIDE;
  const ordersTo = lines.find(({ onboardingCaseId }) => onboardingCaseId !== null)?.onboardingCaseId ?? '';
  return stopLandlord(tx, { account, stops, startedByCase: theCase.caseId, ordersTo });
}
