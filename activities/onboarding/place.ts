import type { Wake } from '../../contract/activities';
import { RefusedError } from '../../db/errors';
import type { Account, ServiceAgreement } from '../../db/models/occupancy';
import { chainAt, insertIntoChain } from '../../db/records/agreements';
import { lockCase } from '../../db/records/cases';
import { giveToTenant } from '../../db/records/vacancy-lines';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { placeNewcomer, type ChainLink, type Placement } from '../../domain/onboarding/place-newcomer';
import { together, type Beside } from '../beside';
import { giveWay } from '../handover/give-way';
import { moveStop } from '../handover/move-stop';
import { stopLandlord } from '../handover/stop-landlord';
import { moveVacancy } from '../vacancy-standing';

/** One service of a newcomer, at its point. */
export interface PlacedService {
  servicePointId: number;
  serviceCode: string;
  rateId: number;
  units: string;
  frequency: string;
  startOn: CivilDate;
  startReadId: number | null;
  /** The form's field of this service, for a refusal. */
  pointer: string;
}

/** Where each service comes into its chain: decided before anything is written. */
export interface Decided {
  service: PlacedService;
  placement: Placement;
}

/**
 * Decides where each service of a newcomer comes into the chain of its point. Refused, with the case that stands in the
 * way where there is one: CASE_OPEN (somebody else is set up there), OCCUPIED, START_BEFORE_STOP, BILLED_PAST_START.
 */
export async function decidePlaces(tx: Tx, services: PlacedService[]): Promise<Decided[]> {
  const decided: Decided[] = [];
  for (const service of services) {
    const chain = await chainAt(tx, service.servicePointId);
    const placement = placeNewcomer(chain, service.startOn);
    if ('refusal' in placement) throw await inTheWay(tx, placement.refusal, chain, service.pointer);
    decided.push({ service, placement });
  }
  return decided;
}

async function inTheWay(
  tx: Tx,
  refusal: { code: string; message: string },
  chain: ChainLink[],
  pointer: string,
): Promise<RefusedError> {
  const last = chain.at(-1);
  const account = last && (await tx.db.Account.findByPk(last.accountId));
  const setUp = last && (await tx.db.Onboarding.findOne({ where: { accountId: last.accountId } }));
  const code = refusal.code === 'START_PENDING' ? 'CASE_OPEN' : refusal.code;
  const details = {
    ...(account && { accountNumber: account.accountNumber }),
    ...(setUp && { caseId: setUp.caseId }),
  };
  return new RefusedError({ code, message: refusal.message, pointer }, details);
}

/**
 * Puts a newcomer's services where they were decided to come: landlords give way or stop, a leaver's stop moves, the
 * lines of open vacancies go to the newcomer (domain.md section 4, T and S).
 */
export async function placeServices(
  tx: Tx,
  about: { caseId: string; account: Account },
  decided: Decided[],
): Promise<Beside> {
  const { caseId, account } = about;
  const rowsOf = (links: ChainLink[]) =>
    tx.db.ServiceAgreement.findAll({
      where: { id: links.map(({ agreementId }) => agreementId) },
      order: ['id'],
      lock: true,
    });
  const gaveWay = await giveWay(tx, await rowsOf(decided.flatMap(({ placement }) => placement.removed)), caseId);
  const moved = await moveStops(tx, decided);
  const tenants: ServiceAgreement[] = [];
  for (const { service, placement } of decided) {
    const { pointer: _pointer, ...terms } = service;
    tenants.push(await insertIntoChain(tx, { ...terms, accountId: account.id, followsId: placement.followsId }));
  }
  const beside = [gaveWay, { wakes: moved, starts: [] }, await stopLandlords(tx, caseId, decided)];
  for (const vacancyCaseId of await giveLines(tx, caseId, tenants)) {
    const vacancy = await lockCase(tx, vacancyCaseId);
    if (!vacancy) continue;
    beside.push(await moveVacancy(tx, vacancy), {
      wakes: [{ caseId: vacancyCaseId, reason: 'NEW_TENANT' }],
      starts: [],
    });
  }
  return together(...beside);
}

/** Moves the stop of each leaver who goes later than the newcomer comes. */
async function moveStops(tx: Tx, decided: Decided[]): Promise<Wake[]> {
  const wakes: Wake[] = [];
  const moving = decided.filter(({ placement }) => placement.stopMoves !== null);
  for (const accountId of new Set(moving.map(({ placement }) => placement.stopMoves?.accountId ?? 0))) {
    const theirs = moving.filter(({ placement }) => placement.stopMoves?.accountId === accountId);
    const [first] = theirs;
    if (!first) continue;
    const { startOn, pointer } = first.service;
    if (theirs.some(({ service }) => service.startOn !== startOn)) {
      const message = 'The one before stops on one day: connect all of their services on it';
      throw new RefusedError({ code: 'START_BEFORE_STOP', message, pointer });
    }
    const leaver = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    wakes.push(
      ...(await moveStop(
        tx,
        leaver,
        startOn,
        theirs.map(({ service }) => service.servicePointId),
      )),
    );
  }
  return wakes;
}

async function stopLandlords(tx: Tx, caseId: string, decided: Decided[]): Promise<Beside> {
  const beside: Beside[] = [];
  const stopping = decided.flatMap(({ service, placement }) =>
    placement.landlordStops ? [{ link: placement.landlordStops, stopOn: service.startOn }] : [],
  );
  for (const accountId of new Set(stopping.map(({ link }) => link.accountId))) {
    const account = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    const stops = [];
    for (const { link, stopOn } of stopping.filter(({ link: each }) => each.accountId === accountId)) {
      const agreement = await tx.db.ServiceAgreement.findByPk(link.agreementId, { lock: true, rejectOnEmpty: true });
      stops.push({ agreement, stopOn });
    }
    beside.push(await stopLandlord(tx, { account, stops, startedByCase: caseId, ordersTo: caseId }));
  }
  return together(...beside);
}

/** Gives the lines of open vacancies to the newcomer who follows their leaver; returns the vacancies. */
async function giveLines(tx: Tx, caseId: string, tenants: ServiceAgreement[]): Promise<string[]> {
  const changed = new Set<string>();
  for (const tenant of tenants) {
    const lines = await tx.db.VacancyLine.findAll({ where: { servicePointId: tenant.servicePointId }, order: ['id'] });
    for (const line of lines) {
      const vacancy = await tx.db.Case.findByPk(line.caseId, { rejectOnEmpty: true });
      if (vacancy.closedAt !== null || line.status === 'SUPERSEDED') continue;
      await giveToTenant(tx, vacancy, line, tenant, caseId);
      changed.add(line.caseId);
    }
  }
  return [...changed].sort();
}
