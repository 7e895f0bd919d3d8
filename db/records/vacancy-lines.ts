import { chooseLandlordStart, type LandlordStartChoice } from '../../domain/landlord/choose-landlord-start';
import { HOLDING, type AgreementStatus, type NewTenant, type TaskType } from '../../domain/states';
import type { Case } from '../models/cases';
import type { ServiceAgreement, VacancyLine } from '../models/occupancy';
import type { Tx } from '../transaction';
import { cancelTask } from './task-history';
import { followerOf } from './agreements';
import { landlordAgreementOf } from './places';

/** What is asked for the lines of a choice. */
export const PROMPTS: Partial<Record<string, TaskType>> = {
  PROMPT_NEW_TENANT: 'NEW_TENANT',
  PROMPT_LANDLORD: 'RECONNECT_TO_LANDLORD',
};

/**
 * The lines of a vacancy, one per service point of the leaver, each with its choice; made once. A new tenant who was set
 * up before the vacancy was opened has their line at once.
 */
export async function openLines(tx: Tx, theCase: Case): Promise<VacancyLine[]> {
  const stopping = await tx.db.ServiceAgreement.findAll({
    where: { accountId: theCase.accountId ?? 0, status: ['PENDING_STOP', 'STOPPED', 'CLOSED'] },
    order: [['id', 'ASC']],
  });
  const choose = await chooser(tx, theCase, await newTenantOf(tx, theCase));
  const lines: VacancyLine[] = [];
  for (const agreement of stopping) {
    const follower = await followerOf(tx, agreement.id);
    const setUp = follower && (await tx.db.Onboarding.findOne({ where: { accountId: follower.accountId } }));
    if (follower && !(setUp && follower.status === 'PENDING_START')) continue;
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
    const created = await tx.db.VacancyLine.create(line);
    if (follower && setUp) await giveToTenant(tx, theCase, created, follower, setUp.caseId);
    lines.push(created);
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

/** The landlord said no to the lines that were asked: they go to the new tenant where there is one, else fall vacant. */
export async function declineLines(tx: Tx, theCase: Case): Promise<void> {
  const where = { caseId: theCase.caseId, status: 'PROMPTED' as const, choice: 'PROMPT_LANDLORD' };
  for (const line of await tx.db.VacancyLine.findAll({ where })) {
    await line.update(
      line.tenantAgreementId === null
        ? { status: 'OPENED', choice: 'VACANT', reason: 'LANDLORD_DECLINED' }
        : { status: 'NEW_TENANT', choice: 'NEW_TENANT', reason: 'LANDLORD_DECLINED' },
    );
  }
}

/**
 * Gives a line to the new tenant who was set up there. A landlord who stays until the tenant begins keeps it meanwhile;
 * days that nobody would have are offered to the landlord as for no new tenant (design.md section 4, T > S).
 */
export async function giveToTenant(
  tx: Tx,
  theCase: Case,
  line: VacancyLine,
  tenant: ServiceAgreement,
  onboardingCaseId: string,
): Promise<void> {
  const given = { tenantAgreementId: tenant.id, onboardingCaseId };
  if (await landlordStays(tx, line)) return void (await line.update(given));
  const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
  const between = leaver.endOn !== null && tenant.startOn > leaver.endOn;
  const choice = between ? (await chooser(tx, theCase, 'NO'))(leaver) : null;
  const offered = choice && choice.choice !== 'VACANT' ? { ...choice, status: 'OPENED' as const } : null;
  const taken = { choice: 'NEW_TENANT', reason: 'NEW_TENANT_SAVED', status: 'NEW_TENANT' as const };
  await line.update({ ...given, newAgreementId: null, ...(offered ?? taken) });
}

/** Puts a line back to where it was before the new tenant, who does not come after all. */
export async function putBack(tx: Tx, theCase: Case, line: VacancyLine): Promise<void> {
  const noTenant = { tenantAgreementId: null, onboardingCaseId: null };
  if (await landlordStays(tx, line)) return void (await line.update(noTenant));
  const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
  const choose = await chooser(tx, theCase, await newTenantOf(tx, theCase));
  await line.update({ ...noTenant, newAgreementId: null, ...choose(leaver), status: 'OPENED' });
}

async function landlordStays(tx: Tx, line: VacancyLine): Promise<boolean> {
  const landlord = line.newAgreementId ? await tx.db.ServiceAgreement.findByPk(line.newAgreementId) : null;
  return landlord !== null && landlord.status !== 'CANCELED';
}

const newTenantOf = async (tx: Tx, theCase: Case): Promise<NewTenant> =>
  (await tx.db.MoveOut.findOne({ where: { vacancyCaseId: theCase.caseId } }))?.newTenant ?? 'UNKNOWN';

async function chooser(
  tx: Tx,
  theCase: Case,
  newTenant: NewTenant,
): Promise<(leaver: ServiceAgreement) => LandlordStartChoice> {
  const landlord = await landlordAgreementOf(tx, theCase.locationId ?? 0);
  return ({ serviceCode, endOn, stopReason }) =>
    chooseLandlordStart({
      landlordAgreement: landlord?.terms ?? null,
      serviceType: serviceCode,
      stopOn: endOn ?? tx.today,
      stopReason: stopReason ?? 'CUSTOMER',
      newTenant,
    });
}

const BEGUN: readonly AgreementStatus[] = [...HOLDING, 'STOPPED', 'CLOSED'];

/**
 * Brings the lines up to what has taken effect: REVERTED when the landlord has begun, OCCUPIED when the new tenant has,
 * VACANT when nobody will.
 */
export async function refreshLines(tx: Tx, caseId: string): Promise<VacancyLine[]> {
  const lines = await tx.db.VacancyLine.findAll({ where: { caseId }, order: [['id', 'ASC']], lock: true });
  const find = (id: number | null) => (id === null ? null : tx.db.ServiceAgreement.findByPk(id));
  for (const line of lines) {
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    const [landlord, tenant] = [await find(line.newAgreementId), await find(line.tenantAgreementId)];
    if (tenant && BEGUN.includes(tenant.status)) await line.update({ status: 'OCCUPIED' });
    else if (line.status === 'REVERTING' && landlord && BEGUN.includes(landlord.status))
      await line.update({ status: 'REVERTED' });
    const left = leaver.status === 'STOPPED' || leaver.status === 'CLOSED';
    if (line.status === 'OPENED' && line.choice === 'VACANT' && left) await line.update({ status: 'VACANT' });
  }
  return lines;
}

/** The lines of which nothing has taken effect are not followed any more. */
export async function supersedeLines(tx: Tx, caseId: string): Promise<void> {
  const open = { caseId, status: ['OPENED', 'PROMPTED', 'REVERTING', 'NEW_TENANT'] as VacancyLine['status'][] };
  await tx.db.VacancyLine.update({ status: 'SUPERSEDED' }, { where: open });
}

/** Closes the tasks whose every line has been answered otherwise: a new tenant was saved, or does not come. */
export async function closeAnsweredTasks(tx: Tx, caseId: string): Promise<void> {
  const lines = await tx.db.VacancyLine.findAll({ where: { caseId, status: 'PROMPTED' } });
  for (const task of await tx.db.HumanTask.findAll({ where: { caseId, status: 'OPEN' }, lock: true })) {
    if (lines.some(({ choice }) => PROMPTS[choice] === task.type)) continue;
    await cancelTask(tx, task);
  }
}
