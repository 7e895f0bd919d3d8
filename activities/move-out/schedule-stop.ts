import type { OpenStep, StopScheduled } from '../../contract/activities';
import type { MoveOutForm } from '../../contract/forms';
import { newCaseId } from '../../contract/ids';
import { rejectAll } from '../../db/errors';
import type { Account, ServiceAgreement } from '../../db/models/occupancy';
import { addEvent, moveCase, occurrenceKey, openCase } from '../../db/records/cases';
import { tellAddress } from '../../db/records/changes';
import { reverseLaterBills } from '../../db/records/later-bills';
import { blockedDetails, moveOutBlockers } from '../../db/records/move-out-blockers';
import { lockAccountWithLocation, meteredPoints } from '../../db/records/places';
import { cutOrder } from '../../db/records/service-orders';
import { actingAs, type Tx } from '../../db/transaction';
import { checkAddress } from '../../domain/addresses/check-address';
import { HOLDING } from '../../domain/states';
import { statusesOf } from '../handover/status-before';
import { stopAgain } from '../handover/stop-again';
import { frozenForm } from '../frozen-form';
import { readOrderType } from './read-order-type';
import { readWaits } from './read-waits';
import { moveOutStanding, readDeadlineOf, stopTimes } from './standing';

/**
 * Opens a move-out that a person asked for: account and agreements PENDING_STOP, the field's orders, and the row of the
 * vacancy case. Refused with everything that stands against it, as moveOutBlockers.
 */
export async function scheduleStop(system: Tx, input: OpenStep, consoleUrl: string): Promise<StopScheduled> {
  const { form, by, draft } = await frozenForm<MoveOutForm>(system, input, 'MOVE_OUT');
  const tx = actingAs(system, by);
  const { caseId } = input;
  const { account, location } = await lockAccountWithLocation(tx, form.accountId);
  const blocked = await moveOutBlockers(tx, account, form);
  rejectAll(blocked.blockers, blockedDetails(blocked));
  const where = { accountId: account.id, status: [...HOLDING] };
  const agreements = await tx.db.ServiceAgreement.findAll({
    where,
    order: [['id', 'ASC']],
    lock: true,
  });
  const vacancyCaseId = newCaseId('VACANCY');
  const row = { accountId: account.id, locationId: location.id, startedBy: by };
  const metered = await meteredPoints(tx, agreements);
  const theCase = await openCase(tx, {
    ...{ ...row, caseId, type: 'MOVE_OUT', draft, ...moveOutStanding(metered.length, tx.today, form.stopDate) },
    occurrenceKey: occurrenceKey.moveOut(account.id),
  });
  await openCase(tx, {
    ...{ ...row, caseId: vacancyCaseId, type: 'VACANCY', step: 'OPENED', waitingOn: 'SYSTEM' },
    ...{ startedByCase: caseId, occurrenceKey: occurrenceKey.vacancy(account.id) },
  });
  const before = statusesOf(agreements);
  await stopAccount(tx, account, agreements, form);
  if (form.forwardingAddress) tellAddress(tx, account, form.vacateDate);
  const { stopDate: stopOn, vacateDate: vacateOn, stopReason, newTenant } = form;
  const moveOut = await tx.db.MoveOut.create({
    ...{ caseId, accountId: account.id, vacancyCaseId, draftedBy: by },
    ...{ stopOn, vacateOn, stopReason, newTenant, transferToId: await newPlaceOf(tx, account) },
    readDeadlineOn: metered.length > 0 ? readDeadlineOf(tx, stopOn) : null,
  });
  const type = await readOrderType(tx, account, form);
  // Where a bill was reversed, the meter was read on its last day: reads around the stop tell the one of its day.
  const reversed = form.reverseLaterBills ? await reverseLaterBills(tx, account, stopOn, caseId) : [];
  for (const agreement of agreements) {
    const { servicePointId } = agreement;
    if (!metered.includes(servicePointId)) continue;
    const order = { caseId, accountId: account.id, servicePointId, dueOn: stopOn };
    if (reversed.length > 0) await stopAgain(tx, agreement, { stopOn, caseId, type });
    else await cutOrder(tx, { ...order, type });
  }
  const waits = await readWaits(tx, moveOut);
  const { orders } = waits;
  const standing = moveOutStanding(orders.length, tx.today, stopOn);
  if (standing.step !== theCase.step) await moveCase(tx, theCase, { ...standing, event: 'BILLS_REVERSED' });
  const data = {
    ...{ stopOn, orders, ...(before.length > 0 && { before }), ...(reversed.length > 0 && { reversed }) },
  };
  await addEvent(tx, theCase, { kind: 'STOP_SCHEDULED', data });
  const { accountNumber } = account;
  const { locationNumber } = location;
  return {
    ...standing,
    opened: { caseId, status: 'OPEN', step: standing.step, accountNumber, locationNumber },
    ...{ consoleUrl, vacancyCaseId, ...stopTimes(tx, stopOn), ...waits },
  };
}

/** The account of the same customer at another place, whose set-up says that they move there from here. */
async function newPlaceOf(tx: Tx, { id: movesFromId }: Account): Promise<number | null> {
  const moves = await tx.db.Onboarding.findAll({ where: { movesFromId }, order: [['caseId', 'DESC']] });
  for (const { accountId } of moves) {
    const to = await tx.db.Account.findByPk(accountId, { rejectOnEmpty: true });
    if (to.status !== 'CANCELED' && to.stopOn === null) return accountId;
  }
  return null;
}

async function stopAccount(tx: Tx, account: Account, agreements: ServiceAgreement[], form: MoveOutForm): Promise<void> {
  const given = form.forwardingAddress && { ...form.forwardingAddress, line2: form.forwardingAddress.line2 ?? null };
  const forward = given && checkAddress(given, tx.settings.contacts.country, '#').address;
  await account.update({
    ...{ status: 'PENDING_STOP', stopOn: form.stopDate, vacateOn: form.vacateDate, stopReason: form.stopReason },
    ...{
      forwardLine1: forward?.line1 ?? null,
      forwardLine2: forward?.line2 ?? null,
      forwardCity: forward?.city ?? null,
    },
    ...{ forwardState: forward?.state ?? null, forwardPostalCode: forward?.postalCode ?? null },
    forwardCountry: forward?.country ?? null,
  });
  for (const agreement of agreements) {
    await agreement.update({ status: 'PENDING_STOP', endOn: form.stopDate, stopReason: form.stopReason });
  }
}
