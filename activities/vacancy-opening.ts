import type { OpenStep } from '../contract/activities';
import type { VacancyForm } from '../contract/forms';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { ServiceAgreement } from '../db/models/occupancy';
import type { Location } from '../db/models/places';
import { chainAt } from '../db/records/agreements';
import { addEvent, occurrenceKey, openCase } from '../db/records/cases';
import { findLocation } from '../db/records/locations';
import { openLine } from '../db/records/vacancy-lines';
import { actingAs, type Tx } from '../db/transaction';
import { compareDates } from '../domain/dates';
import { frozenForm } from './frozen-form';

/**
 * Opens a vacancy that a clerk starts for a place: one line for each service that somebody had, nobody has from some day
 * on, and nobody is coming to. Refused: LOCATION_UNKNOWN, CASE_OPEN (a vacancy of the place is open), NOTHING_VACANT.
 */
export async function openForPlace(
  system: Tx,
  input: OpenStep,
): Promise<{ tx: Tx; theCase: Case; location: Location }> {
  const { form, by, draft } = await frozenForm<VacancyForm>(system, input, 'VACANCY');
  const tx = actingAs(system, by);
  const { caseId } = input;
  const location = await findLocation(tx, form.locationNumber, '#/locationNumber', { lock: true });
  const { id: locationId } = location;
  const open = await tx.db.Case.findOne({ where: { type: 'VACANCY', locationId, closedAt: null } });
  const details = { caseId: open?.caseId ?? '' };
  ensure(!open, 'CASE_OPEN', 'There is an open vacancy of this place already', details);
  const leavers = await lastHolders(tx, locationId);
  const [latest] = leavers;
  const message = 'Every service here has a holder or somebody who comes, or never had one';
  ensure(latest, 'NOTHING_VACANT', message, { pointer: '#/locationNumber' });
  const { accountId } = latest;
  const theCase = await openCase(tx, {
    ...{ caseId, type: 'VACANCY', step: 'OPENED', waitingOn: 'SYSTEM', draft, startedBy: by },
    ...{ accountId, locationId, occurrenceKey: occurrenceKey.vacancy(accountId) },
  });
  for (const leaver of leavers) await openLine(tx, theCase, leaver);
  const data = { servicePointIds: leavers.map(({ servicePointId }) => servicePointId) };
  await addEvent(tx, theCase, { kind: 'VACANCY_STARTED', data });
  return { tx, theCase, location };
}

/** Who had the vacant services last, whoever left latest first. */
async function lastHolders(tx: Tx, locationId: number): Promise<ServiceAgreement[]> {
  const points = await tx.db.ServicePoint.findAll({ where: { locationId }, order: ['id'] });
  const ids: number[] = [];
  for (const { id } of points) {
    const last = (await chainAt(tx, id)).at(-1);
    if (last?.endOn && last.status !== 'PENDING_START') ids.push(last.agreementId);
  }
  const leavers = await tx.db.ServiceAgreement.findAll({ where: { id: ids }, order: ['id'], lock: true });
  return leavers.sort((a, b) => compareDates(b.endOn ?? '', a.endOn ?? '') || a.id - b.id);
}
