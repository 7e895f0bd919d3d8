import { addDays, type CivilDate } from '../../domain/dates';
import {
  inForceOn,
  refuseLandlordChange,
  refuseTerms,
  type AgreementEnd,
  type LandlordTerms,
  type NoticeBy,
  type Reversion,
} from '../../domain/landlord/landlord-terms';
import type { Refusal } from '../../domain/refusal';
import { ensure, RefusedError } from '../errors';
import type { Customer, LandlordAgreement, Location } from '../models/places';
import { classForCustomer } from '../reads/place-class';
import { parsedJson, select } from '../reads/select';
import type { Tx } from '../transaction';
import { isPriced } from './rates';

/** A place with its landlord agreements, under the location's lock. */
export interface LandlordPlace {
  location: Location;
  agreements: LandlordAgreement[];
  serviceCodes: Set<string>;
  reversions: Reversion[];
}

/** An agreement to make at a place. */
export interface PlannedAgreement {
  place: LandlordPlace;
  customerId: number;
  terms: LandlordTerms;
}

/** An agreement that was made, and the one that it ended. */
export interface MadeAgreement {
  location: Location;
  agreement: LandlordAgreement;
  ended: LandlordAgreement | null;
}

/** What stands against an agreement at one place; `line` where it is about a line of the terms. */
type PlaceRefusal = Refusal & { line?: number; caseId?: string };

/** Reads what matters for landlords at these locations, which are locked, unless they are only looked at. */
export async function landlordPlaces(
  tx: Tx,
  locations: Location[],
  { lock }: { lock: boolean } = { lock: true },
): Promise<LandlordPlace[]> {
  const locationId = locations.map(({ id }) => id);
  const agreements = await tx.db.LandlordAgreement.findAll({
    where: { locationId },
    order: ['startOn', 'id'],
    lock,
  });
  const points = await tx.db.ServicePoint.findAll({ where: { locationId } });
  const reversions = await reversionsAt(tx, locationId);
  return locations.map((location) => ({
    location,
    agreements: agreements.filter((each) => each.locationId === location.id),
    serviceCodes: new Set(points.filter((each) => each.locationId === location.id).map((each) => each.serviceCode)),
    reversions: reversions.filter((each) => each.locationId === location.id),
  }));
}

async function reversionsAt(tx: Tx, locationIds: number[]): Promise<(Reversion & { locationId: number })[]> {
  if (locationIds.length === 0) return [];
  return select(
    tx.db,
    `SELECT p.location_id locationId, a.customer_id customerId, g.start_on startOn,
       CASE WHEN g.status = 'PENDING_START' THEN v.case_id END pendingCaseId
     FROM vacancy_line v JOIN service_agreement g ON g.id = v.new_agreement_id AND g.status <> 'CANCELED'
     JOIN account a ON a.id = g.account_id JOIN service_point p ON p.id = g.service_point_id
     WHERE p.location_id IN (:locationIds) ORDER BY g.start_on`,
    { locationIds },
  );
}

/** The version of a place's landlords: every agreement that is made or ended changes it. */
export const landlordVersion = (agreements: LandlordAgreement[]): string =>
  `${agreements.length}.${agreements.reduce((sum, { version }) => sum + version, 0)}`;

/**
 * Checks terms by themselves, and their rates on the first day; pointers begin at `at`. Refused with every field at
 * fault: SERVICE_TWICE, SEASON_INCOMPLETE, RATE_UNKNOWN, RATE_NOT_IN_FORCE, START_TOO_FAR_BACK, START_TOO_FAR_AHEAD.
 */
export async function checkTerms(
  tx: Tx,
  terms: LandlordTerms,
  { startOn, at, startAt }: { startOn: CivilDate; at: string; startAt: string },
): Promise<void> {
  const blockers = [...refuseDay(tx, startOn, startAt), ...refuseTerms(terms, at)];
  for (const [i, { serviceCode, rateCode }] of terms.lines.entries()) {
    const refusal = await refuseRate(tx, { serviceCode, rateCode, startOn, pointer: `${at}/lines/${i}/rateCode` });
    if (refusal) blockers.push(refusal);
  }
  refuseAll(blockers);
}

/** Why the rate cannot be a landlord's from this day on, or null. */
export async function refuseRate(
  tx: Tx,
  about: { serviceCode: string; rateCode: string; startOn: CivilDate; pointer: string },
): Promise<Refusal | null> {
  const { serviceCode, rateCode, startOn, pointer } = about;
  const rate = await tx.db.Rate.findOne({ where: { code: rateCode, serviceCode } });
  if (rate?.code !== rateCode || rate.serviceCode !== serviceCode)
    return { code: 'RATE_UNKNOWN', message: `${serviceCode} has no rate ${rateCode}`, pointer };
  if (await isPriced(tx, rate.id, startOn)) return null;
  return { code: 'RATE_NOT_IN_FORCE', message: `The rate ${rateCode} has no prices on ${startOn}`, pointer };
}

/** Why an agreement cannot begin or end on this day: it is outside what a start may be dated. */
export function refuseDay(tx: Tx, day: CivilDate, pointer: string): Refusal[] {
  const { maxBackDays, maxFutureDays } = tx.settings.onboarding;
  const [earliest, latest] = [addDays(tx.today, -maxBackDays), addDays(tx.today, maxFutureDays)];
  if (day < earliest)
    return [{ code: 'START_TOO_FAR_BACK', message: `This may be dated ${earliest} at the earliest`, pointer }];
  if (day > latest)
    return [{ code: 'START_TOO_FAR_AHEAD', message: `This may be dated ${latest} at the latest`, pointer }];
  return [];
}

/** Refuses with every field at fault; the first one's code is the answer's. */
export function refuseAll(blockers: Refusal[]): void {
  const [first] = blockers;
  if (first) throw new RefusedError(first, { blockers: JSON.stringify(blockers) });
}

/** The landlord of this number, who can be told as they agree. Refused: CUSTOMER_UNKNOWN. */
export async function landlordOf(tx: Tx, customerNumber: string, pointer: string): Promise<Customer> {
  const customer = await tx.db.Customer.findOne({ where: { customerNumber } });
  ensure(customer, 'CUSTOMER_UNKNOWN', 'There is no such customer', { pointer });
  return customer;
}

/** A notice by e-mail needs an address to go to. Refused: NO_EMAIL. */
export async function refuseNoEmail(tx: Tx, customerId: number, noticeBy: NoticeBy, pointer: string): Promise<void> {
  if (noticeBy === 'MAIL') return;
  const emails = await tx.db.CustomerContact.count({ where: { customerId, kind: 'EMAIL' } });
  ensure(emails > 0, 'NO_EMAIL', 'The customer has no e-mail address for notices', { pointer });
}

/** What stands against an agreement that begins on this day at a place, beside the classes of its rates, or null. */
export function refuseAgreement(
  { place, customerId, terms }: PlannedAgreement,
  startOn: CivilDate,
): PlaceRefusal | null {
  const line = terms.lines.findIndex(({ serviceCode }) => !place.serviceCodes.has(serviceCode));
  if (line >= 0) {
    const message = `${place.location.locationNumber} has no ${terms.lines[line]?.serviceCode}`;
    return { code: 'SERVICE_NOT_AT_LOCATION', message, line };
  }
  const { agreements, reversions } = place;
  const leavingId = inForceOn(agreements, startOn)?.customerId ?? null;
  return refuseLandlordChange({ on: startOn, leavingId, comingId: customerId, agreements, reversions });
}

/** The lines whose rates are for places of another class than this (domain.md row S7): RATE_NOT_FOR_CLASS. */
export async function refuseRateClasses(
  tx: Tx,
  { lines }: LandlordTerms,
  classCode: string | null,
): Promise<(Refusal & { line: number })[]> {
  const rates = await tx.db.Rate.findAll({ where: { code: [...new Set(lines.map(({ rateCode }) => rateCode))] } });
  return lines.flatMap(({ serviceCode, rateCode: code }, line) => {
    const rate = rates.find((each) => each.code === code && each.serviceCode === serviceCode);
    if (!rate || rate.classCode === null || rate.classCode === classCode) return [];
    const message = `The rate ${code} is for the class ${rate.classCode}; the place is ${classCode ?? 'of none'}`;
    return [{ code: 'RATE_NOT_FOR_CLASS', message, line }];
  });
}

/** What stands against an agreement that begins on this day at a place, or null. */
export async function refusePlan(tx: Tx, plan: PlannedAgreement, startOn: CivilDate): Promise<PlaceRefusal | null> {
  const classCode = await classForCustomer(tx.db, plan.place.location, plan.customerId);
  const [otherClass] = await refuseRateClasses(tx, plan.terms, classCode);
  return refuseAgreement(plan, startOn) ?? otherClass ?? null;
}

/**
 * Makes agreements that begin on one day, each ending the one in force there; nothing stands against them. Where that one
 * is the same landlord's and ends on a day to come, as by a sale, the new one ends on it too.
 */
export async function makeAgreements(
  tx: Tx,
  plans: PlannedAgreement[],
  { startOn, endReason }: { startOn: CivilDate; endReason: AgreementEnd },
): Promise<MadeAgreement[]> {
  const rates = await tx.db.Rate.findAll({
    where: { code: [...new Set(plans.flatMap(({ terms }) => terms.lines.map(({ rateCode }) => rateCode)))] },
  });
  const rateIdOf = new Map(rates.map(({ id, code, serviceCode }) => [`${serviceCode}/${code}`, id]));
  const made: MadeAgreement[] = [];
  const lines = [];
  for (const { place, customerId, terms } of plans) {
    const { location, agreements } = place;
    const { feeCents, noticeBy } = terms;
    const ended = inForceOn(agreements, startOn);
    const until = ended?.customerId === customerId ? { endOn: ended.endOn, endReason: ended.endReason } : {};
    if (ended) await endOne(tx, ended, startOn, endReason);
    const agreement = await tx.db.LandlordAgreement.create({
      ...{ customerId, locationId: location.id, startOn, feeCents, noticeBy, ...until },
    });
    for (const { rateCode, ...line } of terms.lines) {
      const rateId = rateIdOf.get(`${line.serviceCode}/${rateCode}`) ?? 0;
      lines.push({ ...line, rateId, landlordAgreementId: agreement.id });
    }
    const { locationNumber } = location;
    const data = { locationNumber, customerId, startOn, ...until, feeCents, noticeBy, lines: terms.lines };
    tx.audit({ action: 'landlordAgreement.made', entity: 'landlord_agreement', entityId: agreement.id, data });
    made.push({ location, agreement, ended });
  }
  await tx.db.LandlordAgreementLine.bulkCreate(lines);
  return made;
}

/** The field of the terms that a refusal of a place is about, below `at`; null where it is about none of them. */
function pointerOf(refusal: PlaceRefusal | null, at: string): string | null {
  if (refusal?.line === undefined) return null;
  return `${at}/lines/${refusal.line}/${refusal.code === 'RATE_NOT_FOR_CLASS' ? 'rateCode' : 'serviceCode'}`;
}

/**
 * Makes a landlord agreement at one place, which is locked; whoever is the landlord there ends on its first day. Pointers
 * of refusals begin at `at`. Refused: the reasons of checkTerms and endAgreement, NO_EMAIL, SERVICE_NOT_AT_LOCATION,
 * RATE_NOT_FOR_CLASS.
 */
export async function agreeAt(
  tx: Tx,
  place: LandlordPlace,
  given: { customerId: number; terms: LandlordTerms; startOn: CivilDate; endReason: AgreementEnd },
  { at, startAt }: { at: string; startAt: string },
): Promise<MadeAgreement> {
  const { customerId, terms, startOn, endReason } = given;
  await checkTerms(tx, terms, { startOn, at, startAt });
  await refuseNoEmail(tx, customerId, terms.noticeBy, `${at}/noticeBy`);
  const plan = { place, customerId, terms };
  const refusal = await refusePlan(tx, plan, startOn);
  refusePlace(refusal, pointerOf(refusal, at) ?? startAt);
  const [made] = await makeAgreements(tx, [plan], { startOn, endReason });
  if (!made) throw new Error('An agreement was planned and not made');
  return made;
}

/**
 * Ends the agreement of a place on a day, the first on which it is not in force. Refused: NO_AGREEMENT, LATER_AGREEMENT,
 * LANDLORD_TOOK_OVER; CASE_OPEN, with the vacancy, while a service is to go to this landlord on that day or later.
 */
export async function endAgreement(
  tx: Tx,
  { agreements, reversions }: LandlordPlace,
  end: { on: CivilDate; reason: AgreementEnd; pointer: string; buyer?: string | null },
): Promise<LandlordAgreement> {
  const { on, reason, pointer, buyer } = end;
  refuseAll(refuseDay(tx, on, pointer));
  const current = inForceOn(agreements, on);
  ensure(current, 'NO_AGREEMENT', `No landlord agreement is in force on ${on}`, { pointer });
  refusePlace(
    refuseLandlordChange({ on, leavingId: current.customerId, comingId: null, agreements, reversions }),
    pointer,
  );
  return endOne(tx, current, on, reason, buyer);
}

/** Throws what stands against a change at one place, if anything does. */
function refusePlace(refusal: (Refusal & { caseId?: string }) | null, pointer: string): void {
  if (!refusal) return;
  const { code, message, caseId } = refusal;
  throw new RefusedError({ code, message, pointer }, caseId === undefined ? {} : { caseId });
}

async function endOne(
  tx: Tx,
  agreement: LandlordAgreement,
  endOn: CivilDate,
  endReason: AgreementEnd,
  buyer?: string | null,
): Promise<LandlordAgreement> {
  await agreement.update({ endOn, endReason });
  const data = { endOn, reason: endReason, ...(buyer && { buyer }) };
  tx.audit({ action: 'landlordAgreement.ended', entity: 'landlord_agreement', entityId: agreement.id, data });
  return agreement;
}

/** The terms of agreements as they stand. */
export async function termsOf(tx: Tx, agreements: LandlordAgreement[]): Promise<Map<number, LandlordTerms>> {
  const landlordAgreementId = agreements.map(({ id }) => id);
  const lines = await tx.db.LandlordAgreementLine.findAll({ where: { landlordAgreementId }, order: ['serviceCode'] });
  const rates = await tx.db.Rate.findAll({ where: { id: [...new Set(lines.map(({ rateId }) => rateId))] } });
  const codeOf = new Map(rates.map(({ id, code }) => [id, code]));
  return new Map(
    agreements.map(({ id, feeCents, noticeBy }) => {
      const own = lines.filter((line) => line.landlordAgreementId === id);
      const terms = own.map((line) => ({
        ...{ serviceCode: line.serviceCode, decision: line.decision, rateCode: codeOf.get(line.rateId) ?? '' },
        ...{ seasonStart: line.seasonStart, seasonEnd: line.seasonEnd, feeCents: Number(line.feeCents) },
        stopReasonsExcluded: parsedJson<LandlordTerms['lines'][number]['stopReasonsExcluded']>(
          line.stopReasonsExcluded,
        ),
      }));
      return [id, { lines: terms, feeCents: Number(feeCents), noticeBy }];
    }),
  );
}
