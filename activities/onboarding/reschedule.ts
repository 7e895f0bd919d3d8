import type { RescheduleData } from '../../contract/forms';
import { ensure, RefusedError, rejectIf } from '../../db/errors';
import { parsedJson } from '../../db/reads/select';
import { priceTermsOf } from '../../db/records/agreements';
import { addEvent } from '../../db/records/cases';
import { handsInStart } from '../../db/records/hands';
import { isPriced } from '../../db/records/rates';
import { openOrders } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import { addDays, maxDate } from '../../domain/dates';
import type { ApprovalReason } from '../../domain/settings';
import { cancelOpenTasks } from '../../db/records/tasks';
import { decidePlace, refuseForcedOut, type Decided } from '../../set-up/place';
import { together, type Beside } from '../beside';
import { askForApproval } from './ask-approval';
import type { SetUp } from './lock';
import { placeServices, type PlacedService } from './place';

import { unplaceServices } from './unplace';

/**
 * Moves the start of a set-up: it is taken out of the chains and put in again on the new day, so that T and S are
 * weighed anew; services that were to connect later still do. Refused: HANDED_OVER, START_TOO_FAR_BACK,
 * START_TOO_FAR_AHEAD, START_NEEDS_APPROVAL, RATE_NOT_IN_FORCE, and the reasons of decidePlace.
 */
export async function rescheduleSetUp(found: SetUp, commandId: string): Promise<Beside> {
  const { tx, theCase, account, setUp } = found;
  const { caseId } = theCase;
  const command = await tx.db.CaseCommand.findByPk(commandId, { rejectOnEmpty: true });
  const { startDate } = parsedJson<RescheduleData>(command.data);
  refuseDate({ today: tx.today, ...tx.settings.onboarding }, startDate, account.status === 'PENDING_APPROVAL');
  const where = { accountId: account.id, status: 'PENDING_START' as const };
  const before = await tx.db.ServiceAgreement.findAll({ where, order: ['id'] });
  const back = await unplaceServices(tx, { caseId, account }, 'REFUSE');
  const services = before.map((agreement) => ({
    ...{ servicePointId: agreement.servicePointId, serviceCode: agreement.serviceCode, rateId: agreement.rateId },
    ...{ quantity: agreement.quantity, units: agreement.units, frequency: agreement.frequency },
    priceTerms: priceTermsOf(agreement),
    startReadId: agreement.startReadId,
    startOn: agreement.startOn > setUp.startOn ? maxDate(agreement.startOn, startDate) : startDate,
    pointer: '#/startDate',
  }));
  for (const { rateId, serviceCode, startOn, pointer } of services) {
    const message = `The rate of ${serviceCode} has no prices on ${startOn}`;
    if (!(await isPriced(tx, rateId, startOn))) throw new RefusedError({ code: 'RATE_NOT_IN_FORCE', message, pointer });
  }
  // Dates and orders first: where nothing else is open the newcomer begins as they are placed.
  await account.update({ startOn: startDate });
  await setUp.update({
    startOn: startDate,
    expiresOn: addDays(maxDate(startDate, tx.today), tx.settings.onboarding.expiryDays),
  });
  for (const order of await openOrders(tx, caseId)) {
    if (order.accountId === account.id) await order.update({ dueOn: maxDate(startDate, tx.today) });
  }
  await addEvent(tx, theCase, { kind: 'RESCHEDULED', data: { startOn: startDate } });
  // Nobody is moved out on a day that no supervisor has seen.
  if (setUp.forceMoveOut) await account.update({ status: 'PENDING_APPROVAL' });
  if (account.status === 'PENDING_APPROVAL') await askAgain(found);
  const placed = await placeServices(tx, { caseId, account }, await decideAll(tx, services, setUp.forceMoveOut));
  return together(back, placed);
}

async function decideAll(tx: Tx, services: PlacedService[], force: boolean): Promise<Decided<PlacedService>[]> {
  const decided: Decided<PlacedService>[] = [];
  for (const service of services) decided.push(await decidePlace(tx, service, { force }));
  rejectIf((await refuseForcedOut(tx, decided))[0] ?? null);
  return decided;
}

/** What is to be approved has changed: the supervisor sees it with its new date, and nobody who moved it approves it. */
async function askAgain(found: SetUp): Promise<void> {
  const { tx, theCase, setUp } = found;
  const { today } = tx;
  const reasons = parsedJson<ApprovalReason[]>(setUp.approvalReasons);
  const isBackDated = asksApproval({ today, ...tx.settings.onboarding }, setUp.startOn);
  const now = isBackDated ? [...new Set([...reasons, 'BACK_DATED' as const])] : reasons;
  await setUp.update({ approvalReasons: now });
  await cancelOpenTasks(tx, theCase.caseId);
  await askForApproval(found, now, await handsInStart(tx, theCase.caseId));
}

interface Limits {
  today: string;
  maxBackDays: number;
  maxFutureDays: number;
  backDaysWithoutApproval: number;
  approvalFor: readonly string[];
}

function refuseDate(limits: Limits, startDate: string, isSeenAnyway: boolean): void {
  const { today, maxBackDays, maxFutureDays } = limits;
  const within = (holds: boolean, code: string, message: string) => {
    if (!holds) throw new RefusedError({ code, message, pointer: '#/startDate' });
  };
  within(startDate >= addDays(today, -maxBackDays), 'START_TOO_FAR_BACK', `At most ${maxBackDays} days back`);
  within(startDate <= addDays(today, maxFutureDays), 'START_TOO_FAR_AHEAD', `At most ${maxFutureDays} days ahead`);
  const message = 'A start so far back needs approval: cancel the set-up and save it again with that date';
  ensure(isSeenAnyway || !asksApproval(limits, startDate), 'START_NEEDS_APPROVAL', message);
}

const asksApproval = ({ today, backDaysWithoutApproval, approvalFor }: Limits, startDate: string): boolean =>
  approvalFor.includes('BACK_DATED') && startDate < addDays(today, -backDaysWithoutApproval);
