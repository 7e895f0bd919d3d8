import { Op } from 'sequelize';
import { HOLDING, type AgreementStatus, type NewTenant, type TaskType } from '../../domain/states';
import type { Case } from '../models/cases';
import type { ServiceAgreement, VacancyLine } from '../models/occupancy';
import { ensure } from '../errors';
import type { Tx } from '../transaction';
import { cancelTask } from './task-history';
import { followerOf } from './agreements';
import { cancelOrder, openOrders } from './service-orders';
import { meterAt } from './places';
import { chooser, handoverDay, isOfClerk, landlordFor, newTenantOf } from './vacancy-choice';

/** What is asked for the lines of a choice. */
export const PROMPTS: Partial<Record<string, TaskType>> = {
  PROMPT_NEW_TENANT: 'NEW_TENANT',
  PROMPT_LANDLORD: 'RECONNECT_TO_LANDLORD',
  SHUT_OFF: 'CONFIRM_SHUT_OFF',
};

/**
 * The lines of a vacancy, one per service point of the leaver, each with its choice; made once. A new tenant who was set
 * up before the vacancy was opened has their line at once.
 */
export async function openLines(tx: Tx, theCase: Case): Promise<VacancyLine[]> {
  const stopping = await tx.db.ServiceAgreement.findAll({
    where: {
      accountId: theCase.accountId ?? 0,
      status: ['PENDING_STOP', 'STOPPED', 'CLOSED'],
      stopReason: { [Op.ne]: null },
    },
    order: [['id', 'ASC']],
  });
  const lines: VacancyLine[] = [];
  for (const agreement of stopping) {
    const follower = await followerOf(tx, agreement.id);
    const setUp = follower && (await tx.db.Onboarding.findOne({ where: { accountId: follower.accountId } }));
    if (follower && !(setUp && follower.status === 'PENDING_START')) continue;
    const created = await openLine(tx, theCase, agreement);
    if (follower && setUp) await giveToTenant(tx, theCase, created, follower, setUp.caseId);
    lines.push(created);
  }
  return lines;
}

/** The line of a service whose last holder stops or has stopped, with its choice. */
export async function openLine(tx: Tx, theCase: Case, leaver: ServiceAgreement): Promise<VacancyLine> {
  const { choice, reason } = await chooser(tx, theCase, await newTenantOf(tx, theCase))(leaver);
  const { id: outgoingAgreementId, servicePointId } = leaver;
  const line = { caseId: theCase.caseId, servicePointId, outgoingAgreementId, choice, reason };
  return tx.db.VacancyLine.create({ ...line, status: 'OPENED' });
}

/** Chooses anew for the lines that were asked for a new tenant, now that the answer is known; returns these lines. */
export async function chooseLines(tx: Tx, theCase: Case, newTenant: NewTenant): Promise<VacancyLine[]> {
  const choose = chooser(tx, theCase, newTenant);
  const asked = await tx.db.VacancyLine.findAll({
    where: { caseId: theCase.caseId, status: 'PROMPTED', choice: 'PROMPT_NEW_TENANT' },
  });
  for (const line of asked) {
    const agreement = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    await line.update({ ...(await choose(agreement, line)), status: 'OPENED' });
  }
  return asked;
}

/**
 * Chooses anew for the lines that are still asked, since a landlord agreement may have been made, changed or ended: one
 * whose answer has changed is not asked any more, or asked of somebody else.
 */
export async function chooseAnew(tx: Tx, theCase: Case): Promise<void> {
  const known = await newTenantOf(tx, theCase);
  const status = ['PROMPTED' as const, 'OPENED' as const];
  for (const line of await tx.db.VacancyLine.findAll({ where: { caseId: theCase.caseId, status } })) {
    if (!isUndecided(line)) continue;
    // Nobody asks the landlord while a new tenant is looked for.
    const newTenant = line.choice === 'PROMPT_NEW_TENANT' ? known : 'NO';
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    const now = await chooser(tx, theCase, newTenant)(leaver, line);
    if (now.choice === line.choice) continue;
    const waits = now.choice === 'VACANT' && line.tenantAgreementId !== null;
    await line.update(waits ? { choice: 'NEW_TENANT', status: 'NEW_TENANT' } : { ...now, status: 'OPENED' });
  }
}

const LANDLORDLESS: readonly string[] = ['NO_AGREEMENT', 'AGREEMENT_NOT_IN_FORCE', 'LANDLORD_LEFT'];

/** Whether a line is asked about, or is to fall vacant only because there was no landlord. */
const isUndecided = ({ choice, reason }: VacancyLine): boolean =>
  choice === 'PROMPT_NEW_TENANT' ||
  choice === 'PROMPT_LANDLORD' ||
  (choice === 'VACANT' && LANDLORDLESS.includes(reason));

/**
 * The landlord said no to these lines: they go to the new tenant where there is one, else fall vacant. The no is kept, and
 * holds as long as the place has the same landlord.
 */
export async function declineLines(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<void> {
  for (const line of lines) {
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    const landlord = await landlordFor(tx, theCase, leaver);
    const declined = { reason: 'LANDLORD_DECLINED', declinedAgreementId: landlord?.agreement.id ?? null };
    await line.update(
      line.tenantAgreementId === null
        ? { ...declined, status: 'OPENED', choice: 'VACANT' }
        : { ...declined, status: 'NEW_TENANT', choice: 'NEW_TENANT' },
    );
  }
}

/** The lines that the landlord is asked about; only those at these points, where some are named. Refused: SERVICE_NOT_ASKED. */
export async function askedOfLandlord(
  tx: Tx,
  { caseId }: Case,
  only: number[] | undefined,
): Promise<{ meant: VacancyLine[]; others: VacancyLine[] }> {
  const where = { caseId, status: 'PROMPTED' as const, choice: 'PROMPT_LANDLORD' };
  const asked = await tx.db.VacancyLine.findAll({ where, order: ['id'], lock: true });
  const unknown = (only ?? []).some((id) => !asked.some(({ servicePointId }) => servicePointId === id));
  const pointer = '#/data/servicePointIds';
  ensure(!unknown, 'SERVICE_NOT_ASKED', 'The task does not ask about this service', { pointer });
  const isMeant = ({ servicePointId }: VacancyLine) => only === undefined || only.includes(servicePointId);
  return { meant: asked.filter(isMeant), others: asked.filter((line) => !isMeant(line)) };
}

/** A supervisor has not confirmed that these lines are shut off, or it is not to be any more: they are asked about again. */
export async function askInsteadOfShutOff(tx: Tx, theCase: Case, lines: VacancyLine[], reason: string): Promise<void> {
  for (const line of lines) {
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    const { choice } = await chooser(tx, theCase, 'NO')(leaver, line);
    const toLandlord = choice === 'PROMPT_LANDLORD' || choice === 'REVERT';
    const asked = toLandlord
      ? 'PROMPT_LANDLORD'
      : (await chooser(tx, theCase, await newTenantOf(tx, theCase))(leaver, line)).choice;
    await line.update({ choice: asked, reason, status: 'OPENED' });
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
  await dropTurnOff(tx, line);
  const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
  const between = leaver.endOn !== null && tenant.startOn > handoverDay(tx, theCase, leaver);
  // A landlord whose start the field has to make ready would hold up the tenant for days of nobody's.
  const isOffered = between && !(await needsField(tx, theCase, line));
  const choice = isOffered ? await chooser(tx, theCase, 'NO')(leaver, line) : null;
  const offered = choice && choice.choice !== 'VACANT' ? { ...choice, status: 'OPENED' as const } : null;
  const taken = { choice: 'NEW_TENANT', reason: 'NEW_TENANT_SAVED', status: 'NEW_TENANT' as const };
  await line.update({ ...given, newAgreementId: null, ...(offered ?? taken) });
}

/** Whether a landlord could begin only after the field was there: with the supply off, or with a read after days of nobody. */
async function needsField(tx: Tx, theCase: Case, { servicePointId }: VacancyLine): Promise<boolean> {
  const meter = await meterAt(tx, servicePointId);
  return meter !== null && (isOfClerk(theCase) || meter.switchState === 'OFF');
}

/** The lines that go to the landlord, who has not begun. */
export const revertingLines = (tx: Tx, caseId: string): Promise<VacancyLine[]> =>
  tx.db.VacancyLine.findAll({ where: { caseId, status: 'REVERTING' }, order: ['id'], lock: true });

/** Chooses anew for a line whose landlord is not there any more; a new tenant who comes later is considered. */
export async function chooseAgain(tx: Tx, theCase: Case, line: VacancyLine): Promise<void> {
  await line.update({ newAgreementId: null, landlordAgreementId: null });
  const { tenantAgreementId, onboardingCaseId } = line;
  const tenant = tenantAgreementId && (await tx.db.ServiceAgreement.findByPk(tenantAgreementId));
  if (tenant && onboardingCaseId) await giveToTenant(tx, theCase, line, tenant, onboardingCaseId);
  else await putBack(tx, theCase, line);
}

/** Puts a line back to where it was before the new tenant, who does not come after all. */
export async function putBack(tx: Tx, theCase: Case, line: VacancyLine): Promise<void> {
  const noTenant = { tenantAgreementId: null, onboardingCaseId: null };
  if (await landlordStays(tx, line)) return void (await line.update(noTenant));
  const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
  const chosen = await chooser(tx, theCase, await newTenantOf(tx, theCase))(leaver, line);
  await line.update({ ...noTenant, newAgreementId: null, ...chosen, status: 'OPENED' });
}

/** The place is not shut off after all: the field is not sent. */
export async function dropTurnOff(tx: Tx, { caseId, servicePointId }: VacancyLine): Promise<void> {
  for (const order of await openOrders(tx, caseId))
    if (order.servicePointId === servicePointId && order.type === 'TURN_OFF') await cancelOrder(tx, order);
}

async function landlordStays(tx: Tx, line: VacancyLine): Promise<boolean> {
  const landlord = line.newAgreementId ? await tx.db.ServiceAgreement.findByPk(line.newAgreementId) : null;
  return landlord !== null && landlord.status !== 'CANCELED';
}

const BEGUN: readonly AgreementStatus[] = [...HOLDING, 'STOPPED', 'CLOSED'];

/**
 * Brings the lines up to what has taken effect: REVERTED when the landlord has begun, OCCUPIED when the new tenant has,
 * VACANT when nobody will, SHUT_OFF when the field has turned the supply off.
 */
export async function refreshLines(tx: Tx, theCase: Case): Promise<VacancyLine[]> {
  const { caseId } = theCase;
  const lines = await tx.db.VacancyLine.findAll({ where: { caseId }, order: [['id', 'ASC']], lock: true });
  const find = (id: number | null) => (id === null ? null : tx.db.ServiceAgreement.findByPk(id));
  for (const line of lines) {
    const leaver = await tx.db.ServiceAgreement.findByPk(line.outgoingAgreementId, { rejectOnEmpty: true });
    const [landlord, tenant] = [await find(line.newAgreementId), await find(line.tenantAgreementId)];
    if (tenant && BEGUN.includes(tenant.status)) await line.update({ status: 'OCCUPIED' });
    else if (line.status === 'REVERTING' && landlord && BEGUN.includes(landlord.status))
      await line.update({ status: 'REVERTED' });
    // A leaver who stops later, in another case, has taken the landlord's start back.
    else if (line.status === 'REVERTING' && landlord?.status === 'CANCELED') await chooseAgain(tx, theCase, line);
    if (line.status === 'SHUTTING_OFF') await followTurnOff(tx, theCase, line);
    const left = leaver.status === 'STOPPED' || leaver.status === 'CLOSED';
    if (line.status === 'OPENED' && line.choice === 'VACANT' && left) await line.update({ status: 'VACANT' });
  }
  return lines;
}

async function followTurnOff(tx: Tx, theCase: Case, line: VacancyLine): Promise<void> {
  const { caseId, servicePointId } = line;
  const where = { caseId, servicePointId, type: 'TURN_OFF' as const };
  const order = await tx.db.ServiceOrder.findOne({ where, order: [['id', 'DESC']], rejectOnEmpty: true });
  if (order.status === 'COMPLETED') await line.update({ status: 'SHUT_OFF' });
  if (order.status === 'CANCELED') await askInsteadOfShutOff(tx, theCase, [line], 'TURN_OFF_CANCELED');
}

/** The lines of which nothing has taken effect are not followed any more. */
export async function supersedeLines(tx: Tx, caseId: string): Promise<void> {
  const open = {
    caseId,
    status: ['OPENED', 'PROMPTED', 'REVERTING', 'SHUTTING_OFF', 'NEW_TENANT'] as VacancyLine['status'][],
  };
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
