import { maxDate, type CivilDate } from '../../domain/dates';
import { ensure } from '../errors';
import type { Case } from '../models/cases';
import type { VacancyLine } from '../models/occupancy';
import type { Tx } from '../transaction';
import { addEvent } from './cases';
import { ensureMayShutOff } from './no-shut-off';
import { meterAt } from './places';
import { cutOrder, dueByCalendar } from './service-orders';

/**
 * Has it asked for that these lines are shut off, which a supervisor confirms; what has no meter, or is off already,
 * falls vacant. Refused: TENANT_COMES, NOTHING_TO_SHUT_OFF, MORATORIUM, NO_SHUT_OFF.
 */
export async function askToShutOff(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<void> {
  let asked = 0;
  for (const line of lines) {
    const comes = line.tenantAgreementId !== null;
    ensure(!comes, 'TENANT_COMES', 'A new tenant is set up here: the supply stays on');
    const meter = await meterAt(tx, line.servicePointId);
    if (meter?.switchState !== 'ON') {
      const reason = meter ? 'OFF_ALREADY' : 'NOT_METERED';
      await line.update({ choice: 'VACANT', reason, status: 'OPENED' });
      continue;
    }
    await ensureMayTurnOff(tx, theCase, line);
    await line.update({ choice: 'SHUT_OFF', reason: 'SHUT_OFF_ASKED', status: 'OPENED' });
    asked += 1;
  }
  ensure(asked > 0, 'NOTHING_TO_SHUT_OFF', 'None of these services has a meter that could be turned off');
}

/**
 * A supervisor has confirmed it: the field turns the supply off, once the one who leaves has stopped. What stood against
 * it when it was asked for may have come since, and is looked at again. Refused: MORATORIUM, NO_SHUT_OFF.
 */
export async function shutOff(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<void> {
  const { caseId } = theCase;
  const orders: string[] = [];
  for (const line of lines) {
    const { servicePointId } = line;
    const { accountId, dueOn } = await ensureMayTurnOff(tx, theCase, line);
    const order = await cutOrder(tx, { type: 'TURN_OFF', caseId, accountId, servicePointId, dueOn });
    await line.update({ status: 'SHUTTING_OFF', reason: 'SHUT_OFF_CONFIRMED' });
    orders.push(order.orderNumber);
  }
  await addEvent(tx, theCase, { kind: 'SHUT_OFF_CONFIRMED', data: { orders } });
}

/** The lines at these points that wait for a supervisor to confirm that they are shut off. */
export const confirmable = (tx: Tx, caseId: string, servicePointId: number[]): Promise<VacancyLine[]> =>
  tx.db.VacancyLine.findAll({
    where: { caseId, servicePointId, choice: 'SHUT_OFF', status: 'PROMPTED' },
    ...{ order: ['id'], lock: true },
  });

/** When these lines would be shut off: the last of their days. */
export async function shutOffDayOf(tx: Tx, lines: VacancyLine[]): Promise<CivilDate> {
  let on = tx.today;
  for (const line of lines) on = maxDate(on, (await turnOffOf(tx, line)).dueOn);
  return on;
}

async function ensureMayTurnOff(tx: Tx, { locationId }: Case, line: VacancyLine) {
  const { accountId, serviceCode, dueOn } = await turnOffOf(tx, line);
  await ensureMayShutOff(tx, { locationId: locationId ?? 0, accountId, serviceCode, on: dueOn });
  return { accountId, dueOn };
}

/** The supply is turned off on a day of work, and never before the leaver's stop. */
async function turnOffOf(tx: Tx, { outgoingAgreementId }: VacancyLine) {
  const leaver = await tx.db.ServiceAgreement.findByPk(outgoingAgreementId, { rejectOnEmpty: true });
  const { accountId, serviceCode, endOn } = leaver;
  const soonest = await dueByCalendar(tx, 'TURN_OFF', null);
  return { accountId, serviceCode, dueOn: maxDate(soonest, endOn ?? soonest) };
}
