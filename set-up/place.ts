import { Op } from 'sequelize';
import { RefusedError } from '../db/errors';
import { chainAt } from '../db/records/agreements';
import { occurrenceKey, openCaseOf } from '../db/records/cases';
import type { Tx } from '../db/transaction';
import type { PriceTerms } from '../domain/billing/price-terms';
import { maxDate, type CivilDate } from '../domain/dates';
import { HOLDING } from '../domain/states';
import { placeNewcomer, type ChainLink, type Placement } from '../domain/onboarding/place-newcomer';
import type { Refusal } from '../domain/refusal';

/** One service of a newcomer, to come to a point; null where the place has no such point yet. */
export interface NewService {
  servicePointId: number | null;
  serviceCode: string;
  rateId: number;
  quantity: string;
  units: string;
  priceTerms?: PriceTerms | null;
  frequency: string;
  startOn: CivilDate;
  startReadId: number | null;
  /** The form's field of this service, for a refusal. */
  pointer: string;
}

/** Where each service comes into its chain: decided before anything is written. */
export interface Decided<S extends NewService = NewService> {
  service: S;
  placement: Placement;
}

/**
 * Decides where a service of a newcomer comes into the chain of its point. Refused, with the case that stands in the way
 * where there is one: CASE_OPEN (somebody else is set up there), OCCUPIED, START_BEFORE_STOP, BILLED_PAST_START. Whoever
 * is there still can be moved out: the refusal offers it, with the day to stop on (domain.md row S6).
 */
export async function decidePlace<S extends NewService>(
  tx: Tx,
  service: S,
  { lock = true, force = false }: { lock?: boolean; force?: boolean } = {},
): Promise<Decided<S>> {
  const { servicePointId, startOn } = service;
  const chain = servicePointId === null ? [] : await chainAt(tx, servicePointId, { lock });
  const placement = placeNewcomer(chain, startOn, { force });
  if ('refusal' in placement) throw await inTheWay(tx, placement.refusal, chain, service);
  return { service, placement };
}

async function inTheWay(
  tx: Tx,
  refusal: { code: string; message: string },
  chain: ChainLink[],
  { startOn, pointer }: NewService,
): Promise<RefusedError> {
  const last = chain.at(-1);
  const account = last && (await tx.db.Account.findByPk(last.accountId));
  const setUp = last && (await tx.db.Onboarding.findOne({ where: { accountId: last.accountId } }));
  const moveOut = last && (await openCaseOf(tx, occurrenceKey.moveOut(last.accountId)));
  const code = refusal.code === 'START_PENDING' ? 'CASE_OPEN' : refusal.code;
  const stands = code === 'CASE_OPEN' ? setUp : moveOut;
  const details = {
    ...(account && { accountNumber: account.accountNumber }),
    ...(stands && { caseId: stands.caseId }),
    ...(last?.endOn && { stopDate: last.endOn }),
    ...(code === 'OCCUPIED' && last && { offer: 'MOVE_OUT', stopDate: firstStopOf(last, startOn) }),
  };
  return new RefusedError({ code, message: refusal.message, pointer }, details);
}

/** The newcomer's day, or the first on which the holder can stop: no day is billed twice. */
const firstStopOf = ({ startOn: since, lastBilledThrough }: ChainLink, startOn: CivilDate): CivilDate =>
  maxDate(startOn, since, ...(lastBilledThrough ? [lastBilledThrough] : []));

/**
 * Why the leavers whose stops would move cannot stop earlier (domain.md section 4, T < S): an account stops all of its
 * services on one day, so the newcomer takes all of them, all on one day. START_BEFORE_STOP.
 */
export async function refuseStopMoves(tx: Tx, decided: readonly Decided[]): Promise<Required<Refusal>[]> {
  const refusals: Required<Refusal>[] = [];
  const moving = decided.filter(({ placement }) => placement.stopMoves !== null);
  for (const accountId of new Set(moving.map(({ placement }) => placement.stopMoves?.accountId ?? 0))) {
    const theirs = moving.filter(({ placement }) => placement.stopMoves?.accountId === accountId);
    const [first] = theirs;
    const message = first && (await whyNot(tx, accountId, theirs));
    if (first && message) refusals.push({ code: 'START_BEFORE_STOP', message, pointer: first.service.pointer });
  }
  return refusals;
}

/**
 * Why the holders who are to be moved out for the newcomer cannot be: an account stops all of its services on one day, and
 * no day is billed twice. START_BEFORE_STOP, BILLED_PAST_START.
 */
export async function refuseForcedOut(tx: Tx, decided: readonly Decided[]): Promise<Required<Refusal>[]> {
  const refusals: Required<Refusal>[] = [];
  const forced = decided.filter(({ placement }) => placement.forcedOut !== undefined);
  for (const accountId of new Set(forced.map(({ placement }) => placement.forcedOut?.accountId ?? 0))) {
    const theirs = forced.filter(({ placement }) => placement.forcedOut?.accountId === accountId);
    const [first] = theirs;
    if (!first) continue;
    const { startOn, pointer } = first.service;
    const oneDay = theirs.every(({ service }) => service.startOn === startOn);
    const message = 'Whoever is there stops on one day: connect all of their services on it';
    if (!oneDay) refusals.push({ code: 'START_BEFORE_STOP', message, pointer });
    const held = await tx.db.ServiceAgreement.findAll({ where: { accountId, status: [...HOLDING] } });
    const billed = held.find(({ lastBilledThrough }) => lastBilledThrough !== null && startOn <= lastBilledThrough);
    const past = `Whoever is there is billed through ${billed?.lastBilledThrough}; no day is billed twice`;
    if (billed) refusals.push({ code: 'BILLED_PAST_START', message: past, pointer });
  }
  return refusals;
}

async function whyNot(tx: Tx, accountId: number, theirs: readonly Decided[]): Promise<string | null> {
  const [first] = theirs;
  if (theirs.some(({ service }) => service.startOn !== first?.service.startOn))
    return 'The one before stops on one day: connect all of their services on it';
  const open = await openCaseOf(tx, occurrenceKey.moveOut(accountId));
  const moveOut = open && (await tx.db.MoveOut.findByPk(open.caseId));
  if (!moveOut) return 'The one before has the services until they stop';
  const stopping = await tx.db.ServiceAgreement.findAll({
    where: { accountId, status: ['PENDING_STOP', 'STOPPED'], endOn: moveOut.stopOn, stopReason: { [Op.ne]: null } },
  });
  const points = theirs.map(({ service }) => service.servicePointId);
  const whole = stopping.every(({ servicePointId }) => points.includes(servicePointId));
  return whole ? null : `The one before keeps other services until ${moveOut.stopOn}: take all of them, or start then`;
}
