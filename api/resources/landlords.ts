import type { z } from 'zod';
import { civilNow } from '../../db/clock';
import { ensure, RefusedError } from '../../db/errors';
import type { Location } from '../../db/models/places';
import { agreementsOf, currentOf, findLandlord, listLandlords, locationsOf } from '../../db/reads/landlords';
import { landlordAccountsAt } from '../../db/reads/locations';
import {
  agreeAt,
  checkTerms,
  endAgreement,
  landlordOf,
  landlordPlaces,
  landlordVersion,
  makeAgreements,
  refuseAll,
  refuseDay,
  refuseNoEmail,
  refusePlan,
  refuseRate,
  termsOf,
  type LandlordPlace,
  type PlannedAgreement,
} from '../../db/records/landlord-agreements';
import { lockLocation } from '../../db/records/locations';
import { lockLocationsNumbered } from '../../db/records/lock-many';
import { readSettings } from '../../db/records/settings';
import { inTransaction, type Tx } from '../../db/transaction';
import { changedTerms, inForceOn, type TermsChange } from '../../domain/landlord/landlord-terms';
import type { Refusal } from '../../domain/refusal';
import type { ApiDeps } from '../deps';
import { answerInTransaction } from '../idempotency';
import { LIMITS } from '../limits';
import { ok, route, type Answer, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import {
  agreementsBody,
  agreementsChanged,
  agreementsMade,
  agreementsPatch,
  endAgreementBody,
  landlordAgreementBody,
  landlordDetail,
  landlordList,
  landlordListQuery,
  landlordParams,
  landlordQuery,
  placeLandlords,
  saleBody,
} from '../schemas/landlords';
import { locationParams } from '../schemas/places';
import { wakeCase } from '../wake-case';

const TAG = 'Landlords';
const ofPlace = { 200: { description: 'The landlords of the place; the version is the ETag', schema: placeLandlords } };

/** Who takes places back when a tenant leaves, and on what terms (domain.md row S16). */
export const landlordRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /landlords',
    tag: TAG,
    summary: 'The landlords, by name or number where q is given',
    query: landlordListQuery,
    answers: { 200: { description: 'A page of landlords', schema: landlordList } },
    handle: async ({ query }) =>
      ok(listAnswer(await listLandlords(deps.db, { q: query.q, today: await today(deps) }, pageRequest(query)))),
  }),

  route({
    name: 'GET /landlords/{customerNumber}',
    tag: TAG,
    summary: 'One landlord: accounts with balances, open vacancies, and a page of the places with terms and tenants',
    params: landlordParams,
    query: landlordQuery,
    answers: {
      200: { description: 'The landlord; the version of all agreements is the ETag', schema: landlordDetail },
    },
    handle: async ({ params, query }) => {
      const landlord = await findLandlord(deps.db, params.customerNumber);
      ensure(landlord, 'NOT_FOUND', 'There is no such customer');
      const { customerId, version, ...shown } = landlord;
      const page = await locationsOf(deps.db, { customerId, today: await today(deps) }, pageRequest(query));
      return ok({ ...shown, locations: listAnswer(page) }, { ETag: `"${version}"` });
    },
  }),

  route({
    name: 'GET /locations/{locationNumber}/landlord-agreement',
    tag: TAG,
    summary: 'The landlord agreement of a place, with those before and to come',
    params: locationParams,
    answers: ofPlace,
    handle: ({ params }) => placeAnswer(deps, params.locationNumber),
  }),

  route({
    name: 'PUT /locations/{locationNumber}/landlord-agreement',
    tag: TAG,
    summary: 'Makes an existing customer the landlord of a place from a day on; the landlord before ends on it',
    params: locationParams,
    body: landlordAgreementBody,
    ifMatch: true,
    answers: ofPlace,
    handle: async ({ params, body, actor, ifMatch }) => {
      await inTransaction(deps.db, actor.id, async (tx) => {
        const place = await lockPlace(tx, params.locationNumber);
        const version = landlordVersion(place.agreements);
        ensure(ifMatch === `"${version}"`, 'PRECONDITION_FAILED', 'The landlord has changed since it was read');
        const { customerNumber, startOn, ...terms } = body;
        const { id: customerId } = await landlordOf(tx, customerNumber, '#/customerNumber');
        const given = { customerId, terms, startOn, endReason: 'REPLACED' as const };
        await agreeAt(tx, place, given, { at: '#', startAt: '#/startOn' });
      });
      await wakeVacancies(deps, [params.locationNumber]);
      return placeAnswer(deps, params.locationNumber);
    },
  }),

  route({
    name: 'POST /locations/{locationNumber}/landlord-agreement/end',
    tag: TAG,
    summary: 'Ends the landlord agreement of a place on a day, the first on which it does not hold',
    params: locationParams,
    body: endAgreementBody,
    answers: ofPlace,
    handle: async (call) => {
      const { locationNumber } = call.params;
      const answer = await answerInTransaction(deps, call, async (tx) => {
        const { endOn: on, reason } = call.body;
        await endAgreement(tx, await lockPlace(tx, locationNumber), { on, reason, pointer: '#/endOn' });
        return withoutTag(await placeAnswer({ db: tx.db }, locationNumber));
      });
      await wakeVacancies(deps, [locationNumber]);
      return answer;
    },
  }),

  route({
    name: 'POST /locations/{locationNumber}/sale',
    tag: TAG,
    summary: 'The place is sold: its landlord agreement ends on that day, and the buyer may agree anew',
    params: locationParams,
    body: saleBody,
    answers: ofPlace,
    handle: async (call) => {
      const { locationNumber } = call.params;
      const answer = await answerInTransaction(deps, call, async (tx) => {
        await sell(tx, await lockPlace(tx, locationNumber), call.body);
        return withoutTag(await placeAnswer({ db: tx.db }, locationNumber));
      });
      await wakeVacancies(deps, [locationNumber]);
      return answer;
    },
  }),

  route({
    name: 'POST /landlords/{customerNumber}/agreements',
    tag: TAG,
    summary: 'Makes a customer the landlord of many places on the same terms, of all of them or of none',
    params: landlordParams,
    body: agreementsBody,
    answers: { 201: { description: 'The agreements', schema: agreementsMade } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        const { customerNumber } = call.params;
        return { status: 201, body: { customerNumber, ...(await agreeAtMany(tx, customerNumber, call.body)) } };
      }).then(async (answer) => {
        await wakeVacancies(deps, call.body.locations);
        return answer;
      }),
  }),

  route({
    name: 'PATCH /landlords/{customerNumber}/agreements',
    tag: TAG,
    summary: 'Changes the terms of a landlord from a day on, at all places or some; all of them or none',
    params: landlordParams,
    body: agreementsPatch,
    ifMatch: true,
    answers: { 200: { description: 'What was changed, and what was as asked already', schema: agreementsChanged } },
    handle: async ({ params: { customerNumber }, body, actor, ifMatch }) => {
      const done = await inTransaction(deps.db, actor.id, (tx) => changeMany(tx, customerNumber, body, ifMatch ?? ''));
      await wakeVacancies(deps, done.changed);
      return ok({ customerNumber, ...done });
    },
  }),
];

const today = async ({ db }: Pick<ApiDeps, 'db'>) => civilNow((await readSettings(db)).clock);

async function placeAnswer({ db }: Pick<ApiDeps, 'db'>, locationNumber: string): Promise<Answer> {
  const location = await db.Location.findOne({ where: { locationNumber }, raw: true });
  ensure(location, 'NOT_FOUND', 'There is no such location');
  const { agreements, version } = await agreementsOf(db, location.id);
  const current = currentOf(agreements, await today({ db }));
  const landlordAccounts = await landlordAccountsAt(db, location.id);
  return ok({ locationNumber, current, agreements, landlordAccounts }, { ETag: `"${version}"` });
}

/** The open vacancies of these places look again: what is still asked there may be asked of somebody else now. */
async function wakeVacancies(deps: ApiDeps, locationNumbers: string[]): Promise<void> {
  const locations = await deps.db.Location.findAll({ where: { locationNumber: locationNumbers }, raw: true });
  const locationId = locations.map(({ id }) => id);
  const open = await deps.db.Case.findAll({ where: { type: 'VACANCY', locationId, closedAt: null }, raw: true });
  for (const { caseId } of open) await wakeCase(deps, caseId, 'LANDLORD');
}

// An answer that is repeated later would name a version that is past.
const withoutTag = ({ status, body }: Answer): Answer => ({ status, body });

async function lockPlace(tx: Tx, locationNumber: string): Promise<LandlordPlace> {
  const known = await tx.db.Location.findOne({ where: { locationNumber } });
  ensure(known, 'NOT_FOUND', 'There is no such location');
  const [place] = await landlordPlaces(tx, [await lockLocation(tx, locationNumber, '#')]);
  ensure(place, 'NOT_FOUND', 'There is no such location');
  return place;
}

async function sell(tx: Tx, found: LandlordPlace, sale: z.output<typeof saleBody>): Promise<void> {
  const { soldOn, buyerCustomerNumber, newAgreement: terms } = sale;
  // A start of the seller's that is still pending is taken back by its vacancy, which asks anew.
  const place = { ...found, reversions: found.reversions.filter(({ pendingCaseId }) => pendingCaseId === null) };
  const pointer = '#/buyerCustomerNumber';
  ensure(!terms || buyerCustomerNumber, 'BUYER_MISSING', 'Say which customer agrees', { pointer });
  const buyer = buyerCustomerNumber ? await landlordOf(tx, buyerCustomerNumber, pointer) : null;
  const seller = inForceOn(place.agreements, soldOn);
  const same = buyer !== null && buyer.id === seller?.customerId;
  ensure(!same, 'BUYER_IS_SELLER', 'The place is this customer’s already', { pointer });
  if (buyer && terms) {
    const given = { customerId: buyer.id, terms, startOn: soldOn, endReason: 'SALE' as const };
    return void (await agreeAt(tx, place, given, { at: '#/newAgreement', startAt: '#/soldOn' }));
  }
  const end = { on: soldOn, reason: 'SALE' as const, pointer: '#/soldOn', buyer: buyer?.customerNumber ?? null };
  await endAgreement(tx, place, end);
}

async function agreeAtMany(tx: Tx, customerNumber: string, body: z.output<typeof agreementsBody>) {
  const { locations: numbers, startOn, ...terms } = body;
  const places = await lockPlaces(tx, numbers);
  const { id: customerId } = await existingLandlord(tx, customerNumber);
  await checkTerms(tx, terms, { startOn, at: '#', startAt: '#/startOn' });
  await refuseNoEmail(tx, customerId, terms.noticeBy, '#/noticeBy');
  const plans: PlannedAgreement[] = [];
  const bad: BadPlace[] = [];
  for (const [i, number] of numbers.entries()) {
    const place = places.get(number);
    const plan = place && { place, customerId, terms };
    const twice = numbers.indexOf(number) !== i;
    const refusal = twice ? TWICE : plan ? await refusePlan(tx, plan, startOn) : UNKNOWN;
    if (refusal) bad.push(badPlace(i, refusal));
    else if (plan) plans.push(plan);
  }
  refuseBad(bad);
  const made = await makeAgreements(tx, plans, { startOn, endReason: 'REPLACED' });
  const locations = made.map(({ location, ended }) => ({
    ...{ locationNumber: location.locationNumber, ended: ended !== null },
  }));
  return { startOn, locations };
}

async function changeMany(
  tx: Tx,
  customerNumber: string,
  { locations: asked, changes, effectiveOn }: z.output<typeof agreementsPatch>,
  ifMatch: string,
) {
  const { id: customerId } = await existingLandlord(tx, customerNumber);
  const numbers = asked ?? (await numbersOf(tx, customerId));
  const places = await lockPlaces(tx, numbers);
  const own = await tx.db.LandlordAgreement.findAll({ where: { customerId } });
  const changed = 'The agreements have changed since they were read';
  ensure(ifMatch === `"${landlordVersion(own)}"`, 'PRECONDITION_FAILED', changed);
  await checkChanges(tx, customerId, changes, effectiveOn);
  const inForce = [...places.values()].flatMap(({ agreements }) => inForceOn(agreements, effectiveOn) ?? []);
  const terms = await termsOf(tx, inForce);
  const plans: PlannedAgreement[] = [];
  const unchanged: string[] = [];
  const bad: BadPlace[] = [];
  for (const [i, number] of numbers.entries()) {
    const place = places.get(number);
    const agreement = place && inForceOn(place.agreements, effectiveOn);
    const mine = agreement?.customerId === customerId ? agreement : null;
    // Of all places, those are left out that are not this landlord's any more, or not yet, on that day.
    if (!asked && !mine) continue;
    const twice = numbers.indexOf(number) !== i;
    if (twice || !place || !mine) {
      bad.push(badPlace(i, twice ? TWICE : place ? notTheirs(effectiveOn) : UNKNOWN));
      continue;
    }
    const after = changedTerms(terms.get(mine.id) ?? { lines: [], feeCents: 0, noticeBy: 'MAIL' }, changes);
    const plan = after && { place, customerId, terms: after };
    const refusal = plan && (await refusePlan(tx, plan, effectiveOn));
    if (refusal) bad.push(badPlace(i, refusal));
    else if (plan) plans.push(plan);
    else unchanged.push(number);
  }
  refuseBad(bad);
  const most = LIMITS.agreementsAtOnce;
  const message = `One request changes up to ${most} places: name them in parts`;
  ensure(plans.length <= most, 'TOO_MANY_LOCATIONS', message, { pointer: '#/locations' });
  const made = await makeAgreements(tx, plans, { startOn: effectiveOn, endReason: 'CHANGED' });
  return { effectiveOn, changed: made.map(({ location }) => location.locationNumber), unchanged };
}

async function checkChanges(tx: Tx, customerId: number, changes: TermsChange, effectiveOn: string): Promise<void> {
  const blockers = refuseDay(tx, effectiveOn, '#/effectiveOn');
  for (const [i, { serviceCode, rateCode }] of (changes.lines ?? []).entries()) {
    const at = `#/changes/lines/${i}`;
    const first = changes.lines?.findIndex((other) => other.serviceCode === serviceCode);
    if (first !== i)
      blockers.push({ code: 'SERVICE_TWICE', message: 'The change has this service twice', pointer: at });
    if (rateCode === undefined) continue;
    const about = { serviceCode, rateCode, startOn: effectiveOn, pointer: `${at}/rateCode` };
    const refusal = await refuseRate(tx, about);
    if (refusal) blockers.push(refusal);
  }
  refuseAll(blockers);
  if (changes.noticeBy) await refuseNoEmail(tx, customerId, changes.noticeBy, '#/changes/noticeBy');
}

async function existingLandlord(tx: Tx, customerNumber: string) {
  const customer = await tx.db.Customer.findOne({ where: { customerNumber } });
  ensure(customer, 'NOT_FOUND', 'There is no such customer');
  return customer;
}

async function numbersOf(tx: Tx, customerId: number): Promise<string[]> {
  const agreements = await tx.db.LandlordAgreement.findAll({ where: { customerId } });
  const ids = [...new Set(agreements.map(({ locationId }) => locationId))];
  const locations = await tx.db.Location.findAll({ where: { id: ids }, order: ['id'] });
  return locations.map(({ locationNumber }) => locationNumber);
}

async function lockPlaces(tx: Tx, numbers: string[]): Promise<Map<string, LandlordPlace>> {
  const locked: Location[] = [...(await lockLocationsNumbered(tx, numbers)).values()];
  const places = await landlordPlaces(tx, locked);
  return new Map(places.map((place) => [place.location.locationNumber, place]));
}

interface BadPlace {
  pointer: string;
  code: string;
  detail: string;
}

const UNKNOWN: Refusal = { code: 'LOCATION_UNKNOWN', message: 'There is no such location' };
const TWICE: Refusal = { code: 'LOCATION_TWICE', message: 'The location is named twice' };
const notTheirs = (day: string): Refusal => ({
  code: 'NO_AGREEMENT',
  message: `This customer has no agreement there on ${day}`,
});

const badPlace = (i: number, { code, message }: Refusal): BadPlace => ({
  ...{ pointer: `#/locations/${i}`, code, detail: message },
});

/** All or nothing: each place at fault is named with its rule. */
function refuseBad(bad: BadPlace[]): void {
  if (bad.length === 0) return;
  const message = 'Nothing is written: some places cannot have it';
  throw new RefusedError({ code: 'BAD_LOCATIONS', message }, {}, bad);
}
