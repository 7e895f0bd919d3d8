import type { Wake } from '../../contract/activities';
import { rejectIf } from '../../db/errors';
import type { Account, ServiceAgreement } from '../../db/models/occupancy';
import { insertIntoChain } from '../../db/records/agreements';
import { lockCase } from '../../db/records/cases';
import { giveToTenant } from '../../db/records/vacancy-lines';
import type { Tx } from '../../db/transaction';
import type { ChainLink } from '../../domain/onboarding/place-newcomer';
import { refuseStopMoves, type Decided, type NewService } from '../../set-up/place';
import { together, type Beside } from '../beside';
import { giveWay } from '../handover/give-way';
import { moveStop } from '../handover/move-stop';
import { stopLandlord } from '../handover/stop-landlord';
import { moveVacancy } from '../vacancy-standing';

/** A service of a newcomer with its point, which is there. */
export type PlacedService = NewService & { servicePointId: number };

/**
 * Puts a newcomer's services where they were decided to come: landlords give way or stop, a leaver's stop moves, the
 * lines of open vacancies go to the newcomer (domain.md section 4, T and S). Refused: the reasons of refuseStopMoves.
 */
export async function placeServices(
  tx: Tx,
  about: { caseId: string; account: Account },
  decided: Decided<PlacedService>[],
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
async function moveStops(tx: Tx, decided: Decided<PlacedService>[]): Promise<Wake[]> {
  const [refusal] = await refuseStopMoves(tx, decided);
  rejectIf(refusal ?? null);
  const wakes: Wake[] = [];
  const moving = decided.filter(({ placement }) => placement.stopMoves !== null);
  for (const accountId of new Set(moving.map(({ placement }) => placement.stopMoves?.accountId ?? 0))) {
    const theirs = moving.filter(({ placement }) => placement.stopMoves?.accountId === accountId);
    const [first] = theirs;
    if (!first) continue;
    const leaver = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    const points = theirs.map(({ service }) => service.servicePointId);
    wakes.push(...(await moveStop(tx, leaver, first.service.startOn, points)));
  }
  return wakes;
}

async function stopLandlords(tx: Tx, caseId: string, decided: Decided<PlacedService>[]): Promise<Beside> {
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
