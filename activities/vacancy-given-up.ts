import type { LandlordDeclinesData } from '../contract/forms';
import { ensure } from '../db/errors';
import type { Case } from '../db/models/cases';
import type { VacancyLine } from '../db/models/occupancy';
import { parsedJson } from '../db/reads/select';
import { addEvent } from '../db/records/cases';
import { chooseAgain, declineLines, revertingLines } from '../db/records/vacancy-lines';
import type { Tx } from '../db/transaction';
import { NOTHING_BESIDE, type Beside } from './beside';
import { giveBack } from './handover/give-back';

/**
 * The landlord who was to have services says no after all, before the handover: they fall vacant or wait for the new
 * tenant. Refused: NOTHING_TO_DECLINE.
 */
export async function landlordDeclines(tx: Tx, theCase: Case, commandId: string): Promise<Beside> {
  const command = await tx.db.CaseCommand.findByPk(commandId, { rejectOnEmpty: true });
  const { servicePointIds: only } = parsedJson<LandlordDeclinesData>(command.data);
  const lines = await revertingLines(tx, theCase.caseId);
  const meant = lines.filter(({ servicePointId }) => only === undefined || only.includes(servicePointId));
  const { taken, beside } = await giveBack(tx, theCase, meant);
  const message = 'No service of this vacancy is about to go to the landlord';
  ensure(taken.length > 0, 'NOTHING_TO_DECLINE', message);
  for (const line of taken) await line.update({ newAgreementId: null });
  await declineLines(tx, theCase, taken);
  await addEvent(tx, theCase, { kind: 'LANDLORD_DECLINED', data: about(taken) });
  return beside;
}

/** The place was sold, or the agreement has ended, before the handover: who is there on its day is chosen anew. */
export async function giveBackSold(tx: Tx, theCase: Case): Promise<Beside> {
  const sold: VacancyLine[] = [];
  for (const line of await revertingLines(tx, theCase.caseId)) {
    const agreed = line.landlordAgreementId && (await tx.db.LandlordAgreement.findByPk(line.landlordAgreementId));
    const start = line.newAgreementId && (await tx.db.ServiceAgreement.findByPk(line.newAgreementId));
    if (agreed && start && agreed.endOn !== null && agreed.endOn <= start.startOn) sold.push(line);
  }
  if (sold.length === 0) return NOTHING_BESIDE;
  const { taken, beside } = await giveBack(tx, theCase, sold);
  if (taken.length === 0) return beside;
  for (const line of taken) await chooseAgain(tx, theCase, line);
  await addEvent(tx, theCase, { kind: 'LANDLORD_GONE', data: about(taken) });
  return beside;
}

const about = (lines: VacancyLine[]) => ({ servicePointIds: lines.map(({ servicePointId }) => servicePointId) });
