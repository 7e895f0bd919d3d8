import type { RescheduleData } from '../../contract/forms';
import { ensure, RefusedError } from '../../db/errors';
import { parsedJson } from '../../db/reads/select';
import { addEvent } from '../../db/records/cases';
import { openOrders } from '../../db/records/service-orders';
import { addDays, maxDate } from '../../domain/dates';
import type { SetUp } from './lock';
import { decidePlaces, placeServices } from './place';
import type { Beside } from './standing';
import { unplaceServices } from './unplace';

/**
 * Moves the start of a set-up: it is taken out of the chains and put in again on the new day, so that T and S are
 * weighed anew; services that were to connect later still do. Refused: HANDED_OVER, START_TOO_FAR_BACK,
 * START_TOO_FAR_AHEAD, START_NEEDS_APPROVAL, and the reasons of decidePlaces.
 */
export async function rescheduleSetUp({ tx, theCase, account, setUp }: SetUp, commandId: string): Promise<Beside> {
  const { caseId } = theCase;
  const command = await tx.db.CaseCommand.findByPk(commandId, { rejectOnEmpty: true });
  const { startDate } = parsedJson<RescheduleData>(command.data);
  refuseDate({ today: tx.today, ...tx.settings.onboarding }, startDate, account.status === 'PENDING_APPROVAL');
  const where = { accountId: account.id, status: 'PENDING_START' as const };
  const before = await tx.db.ServiceAgreement.findAll({ where, order: ['id'] });
  const back = await unplaceServices(tx, { caseId, account }, 'REFUSE');
  const services = before.map((agreement) => ({
    ...{ servicePointId: agreement.servicePointId, serviceCode: agreement.serviceCode, rateId: agreement.rateId },
    ...{ units: agreement.units, frequency: agreement.frequency, startReadId: agreement.startReadId },
    startOn: agreement.startOn > setUp.startOn ? maxDate(agreement.startOn, startDate) : startDate,
    pointer: '#/startDate',
  }));
  const placed = await placeServices(tx, { caseId, account }, await decidePlaces(tx, services));
  await account.update({ startOn: startDate });
  await setUp.update({
    startOn: startDate,
    expiresOn: addDays(maxDate(startDate, tx.today), tx.settings.onboarding.expiryDays),
  });
  for (const order of await openOrders(tx, caseId)) {
    if (order.accountId === account.id) await order.update({ dueOn: maxDate(startDate, tx.today) });
  }
  await addEvent(tx, theCase, { kind: 'RESCHEDULED', data: { startOn: startDate } });
  return { wakes: [...back.wakes, ...placed.wakes], starts: [...back.starts, ...placed.starts] };
}

interface Limits {
  today: string;
  maxBackDays: number;
  maxFutureDays: number;
  backDaysWithoutApproval: number;
  approvalFor: readonly string[];
}

function refuseDate(limits: Limits, startDate: string, isSeenAnyway: boolean): void {
  const { today, maxBackDays, maxFutureDays, backDaysWithoutApproval, approvalFor } = limits;
  const within = (holds: boolean, code: string, message: string) => {
    if (!holds) throw new RefusedError({ code, message, pointer: '#/startDate' });
  };
  within(startDate >= addDays(today, -maxBackDays), 'START_TOO_FAR_BACK', `At most ${maxBackDays} days back`);
  within(startDate <= addDays(today, maxFutureDays), 'START_TOO_FAR_AHEAD', `At most ${maxFutureDays} days ahead`);
  const asksApproval = approvalFor.includes('BACK_DATED') && startDate < addDays(today, -backDaysWithoutApproval);
  const message = 'A start so far back needs approval: cancel the set-up and save it again with that date';
  ensure(!asksApproval || isSeenAnyway, 'START_NEEDS_APPROVAL', message);
}
