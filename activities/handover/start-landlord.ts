import { ensure } from '../../db/errors';
import type { Case } from '../../db/models/cases';
import type { ServiceAgreement, VacancyLine } from '../../db/models/occupancy';
import { landlordAccount } from '../../db/records/accounts';
import { insertIntoChain, priceTermsOf } from '../../db/records/agreements';
import { addEvent } from '../../db/records/cases';
import { queueNotice } from '../../db/records/notices';
import { lastRead } from '../../db/records/meter-reads';
import { landlordAgreementOf, meterAt } from '../../db/records/places';
import { handoverDay, isOfClerk } from '../../db/records/vacancy-choice';
import { cutOrder, dueByCalendar } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import { minDate, type CivilDate } from '../../domain/dates';
import { termsOfPlace } from '../../domain/billing/price-terms';
import { isInForce } from '../../domain/landlord/landlord-terms';
import { NOTHING_BESIDE, type Beside } from '../beside';
import { stopLandlord, type LandlordStop } from './stop-landlord';

/**
 * Sets the landlord up to follow the leaver at these points: account, agreements from the handover on, and the notice;
 * where a new tenant is set up for a later day, only until then. Refused: NO_LANDLORD.
 */
export async function startLandlord(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<Beside> {
  if (lines.length === 0) return NOTHING_BESIDE;
  const outgoing = await tx.db.Account.findByPk(theCase.accountId ?? 0, { rejectOnEmpty: true });
  const startOn = isOfClerk(theCase) ? await firstDay(tx, theCase, lines) : outgoing.stopOn;
  ensure(startOn, 'NO_STOP_DATE', 'The leaver has no stop date');
  const landlord = await landlordAgreementOf(tx, theCase.locationId ?? 0, startOn);
  const agreed = landlord && isInForce(landlord.agreement, startOn);
  ensure(agreed, 'NO_LANDLORD', `No landlord is on record for this location on ${startOn}`);
  const { id: landlordAgreementId, customerId, locationId, noticeBy } = landlord.agreement;
  const account = await landlordAccount(tx, {
    customerId,
    locationId,
    startOn,
    billCycle: outgoing.billCycle,
  });
  const stops: LandlordStop['stops'] = [];
  for (const line of lines) {
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { lock: true, rejectOnEmpty: true });
    // A service that the agreement does not name goes on at the leaver's rate, once a clerk has said yes.
    const rateId = landlord.rateIds.get(leaver.serviceCode) ?? leaver.rateId;
    const { servicePointId, serviceCode, quantity, units, frequency } = leaver;
    const agreement = await insertIntoChain(tx, {
      ...{ accountId: account.id, servicePointId, serviceCode, rateId, quantity, units, frequency },
      ...{ priceTerms: termsOfPlace(priceTermsOf(leaver)) },
      ...{ startOn: isOfClerk(theCase) ? handoverDay(tx, theCase, leaver) : (leaver.endOn ?? startOn) },
      followsId: leaver.id,
    });
    await cutStartOrders(tx, theCase.caseId, agreement, leaver);
    await line.update({ status: 'REVERTING', newAgreementId: agreement.id, landlordAgreementId });
    const tenant = line.tenantAgreementId && (await tx.db.ServiceAgreement.findByPk(line.tenantAgreementId));
    if (tenant) stops.push({ agreement, stopOn: tenant.startOn });
  }
  await queueNotice(tx, {
    ...{ kind: 'LANDLORD_RECONNECT', caseId: theCase.caseId, accountId: account.id, customerId },
    noticeKey: `landlord/${theCase.caseId}/${account.accountNumber}`,
    data: { accountNumber: account.accountNumber, startOn, by: noticeBy },
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

/** The first day on which the landlord has one of these services. */
async function firstDay(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<CivilDate | null> {
  const ids = lines.map(({ outgoingAgreementId }) => outgoingAgreementId);
  const leavers = await tx.db.ServiceAgreement.findAll({ where: { id: ids } });
  const [first, ...rest] = leavers.map((leaver) => handoverDay(tx, theCase, leaver));
  return first === undefined ? null : minDate(first, ...rest);
}

/**
 * What the landlord's start waits for: a read where days of nobody lie between, so that what ran in them is not the
 * landlord's, and the supply where it is off.
 */
async function cutStartOrders(
  tx: Tx,
  caseId: string,
  { accountId, servicePointId, startOn }: ServiceAgreement,
  leaver: ServiceAgreement,
): Promise<void> {
  const meter = await meterAt(tx, servicePointId);
  if (!meter) return;
  const cut = async (type: 'READ_IN' | 'TURN_ON') => {
    const dueOn = await dueByCalendar(tx, type, startOn);
    await cutOrder(tx, { type, caseId, accountId, servicePointId, dueOn, gating: true });
  };
  if (meter.switchState === 'OFF') await cut('TURN_ON');
  const isGap = leaver.endOn !== null && leaver.endOn < startOn;
  if (isGap && (await lastRead(tx, meter.id))?.readOn !== startOn) await cut('READ_IN');
}
