import { chooseLandlordStart } from '../../domain/landlord/choose-landlord-start';
import type { NewTenant } from '../../domain/states';
import type { Case } from '../models/cases';
import type { ServiceAgreement, VacancyLine } from '../models/occupancy';
import type { Tx } from '../transaction';
import { landlordAgreementOf } from './places';

/** The lines of a vacancy, one per service point of the leaver, each with its choice; made once. */
export async function openLines(tx: Tx, theCase: Case): Promise<VacancyLine[]> {
  const leaving = await tx.db.ServiceAgreement.findAll({
    where: { accountId: theCase.accountId ?? 0, status: ['PENDING_STOP', 'STOPPED'] },
    order: [['id', 'ASC']],
  });
  const moveOut = await tx.db.MoveOut.findOne({ where: { vacancyCaseId: theCase.caseId } });
  const choose = await chooser(tx, theCase, moveOut?.newTenant ?? 'UNKNOWN');
  const lines: VacancyLine[] = [];
  for (const agreement of leaving) {
    const { choice, reason } = choose(agreement);
    const { id: outgoingAgreementId, servicePointId } = agreement;
    const line = {
      caseId: theCase.caseId,
      servicePointId,
      outgoingAgreementId,
      choice,
      reason,
      status: 'OPENED' as const,
    };
    lines.push(await tx.db.VacancyLine.create(line));
  }
  return lines;
}

/** Chooses anew for the lines that were asked for a new tenant, now that the answer is known; returns these lines. */
export async function chooseLines(tx: Tx, theCase: Case, newTenant: NewTenant): Promise<VacancyLine[]> {
  const choose = await chooser(tx, theCase, newTenant);
  const asked = await tx.db.VacancyLine.findAll({
    where: { caseId: theCase.caseId, status: 'PROMPTED', choice: 'PROMPT_NEW_TENANT' },
  });
  for (const line of asked) {
    const agreement = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    await line.update({ ...choose(agreement), status: 'OPENED' });
  }
  return asked;
}

async function chooser(tx: Tx, theCase: Case, newTenant: NewTenant) {
  const landlord = await landlordAgreementOf(tx, theCase.locationId ?? 0);
  return ({ serviceCode, endOn, stopReason }: ServiceAgreement) =>
    chooseLandlordStart({
      landlordAgreement: landlord?.terms ?? null,
      serviceType: serviceCode,
      stopOn: endOn ?? tx.today,
      stopReason: stopReason ?? 'CUSTOMER',
      newTenant,
    });
}

/** Brings the lines up to what has taken effect: REVERTED when the landlord holds the point, VACANT when nobody will. */
export async function refreshLines(tx: Tx, caseId: string): Promise<VacancyLine[]> {
  const lines = await tx.db.VacancyLine.findAll({ where: { caseId }, order: [['id', 'ASC']], lock: true });
  for (const line of lines) {
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    const newcomer = line.newAgreementId ? await tx.db.ServiceAgreement.findByPk(line.newAgreementId) : null;
    if (line.status === 'REVERTING' && newcomer?.status === 'ACTIVE') await line.update({ status: 'REVERTED' });
    const left = leaver.status === 'STOPPED' || leaver.status === 'CLOSED';
    if (line.status === 'OPENED' && line.choice === 'VACANT' && left) await line.update({ status: 'VACANT' });
  }
  return lines;
}
