import { canonicalJson, sha256 } from '../db/canonical';
import { newDraftId, newTaskId } from '../contract/ids';
import { TASK_TYPES } from '../contract/task-types';
import type { Case } from '../db/models/cases';
import type { VacancyLine } from '../db/models/occupancy';
import { addEvent, closeCase, moveCase } from '../db/records/cases';
import { createDraft } from '../db/records/drafts';
import { handleOf, openTask, type TaskHandle } from '../db/records/tasks';
import { openOrders } from '../db/records/service-orders';
import { shutOffDayOf } from '../db/records/shut-off-lines';
import { enders } from '../db/records/no-shut-off';
import { closeAnsweredTasks, PROMPTS, refreshLines } from '../db/records/vacancy-lines';
import { isOfClerk } from '../db/records/vacancy-choice';
import { copyForm } from '../db/reads/set-up-form';
import { actingAs, type Tx } from '../db/transaction';
import { maxDate } from '../domain/dates';
import { SYSTEM_USER_ID } from '../domain/roles';
import type { CaseStep, TaskType, WaitingOn } from '../domain/states';
import type { Beside } from './beside';
import { takeEffectAt } from './handover/handover-events';
import { startLandlord } from './handover/start-landlord';

/** What a vacancy waits for after it was brought up to the facts, and what it set going. */
export interface VacancyMoved extends Beside {
  tasks: TaskHandle[];
}

/**
 * Brings an open vacancy up to the facts, under the location's lock: the landlord begins where that was chosen, what is
 * open is asked, what has taken effect is seen, and the case ends when nothing is left.
 */
export async function moveVacancy(tx: Tx, theCase: Case): Promise<VacancyMoved> {
  const { caseId } = theCase;
  const toLandlord = { caseId, choice: 'REVERT', status: 'OPENED' as const };
  const reverting = await tx.db.VacancyLine.findAll({ where: toLandlord, order: ['id'] });
  const started = await startLandlord(tx, theCase, reverting);
  const lines = await tx.db.VacancyLine.findAll({ where: { caseId } });
  const wakes = await takeEffectAt(
    tx,
    lines.map(({ servicePointId }) => servicePointId),
  );
  const now = await refreshLines(tx, theCase);
  await closeAnsweredTasks(tx, caseId);
  const tasks = await askWhatIsOpen(tx, theCase, now);
  await settle(tx, theCase, now, tasks);
  const setUps = [...new Set(now.map(({ onboardingCaseId }) => onboardingCaseId))].filter((id) => id !== null);
  // An order for the read of a landlord who stays meanwhile may have come to the set-up.
  const told = reverting.length > 0 ? setUps.map((id) => ({ caseId: id, reason: 'STARTED' as const })) : [];
  const others = [...started.wakes, ...wakes].filter((wake) => wake.caseId !== caseId);
  return { tasks, starts: started.starts, wakes: [...others, ...told] };
}

/** One task for all services of a kind of prompt; a task that is open already stays. */
async function askWhatIsOpen(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<TaskHandle[]> {
  const open = await tx.db.HumanTask.findAll({ where: { caseId: theCase.caseId, status: 'OPEN' }, lock: true });
  const handles = open.map((task) => handleOf(tx, task));
  for (const [choice, type] of Object.entries(PROMPTS) as [string, TaskType][]) {
    const asked = lines.filter((line) => line.choice === choice && line.status === 'OPENED');
    if (asked.length === 0) continue;
    const { candidateGroup } = TASK_TYPES[type];
    handles.push(
      await openTask(tx, theCase, {
        taskId: newTaskId(),
        type,
        candidateGroup,
        ...(await about(tx, theCase, type, asked)),
      }),
    );
    for (const line of asked) await line.update({ status: 'PROMPTED' });
  }
  return handles;
}

/** What a task is about; whoever asked for a shut-off is who drafted it, and does not confirm it (design.md decision 6). */
async function about(tx: Tx, theCase: Case, type: TaskType, lines: VacancyLine[]) {
  const services = { servicePointIds: lines.map(({ servicePointId }) => servicePointId) };
  if (type === 'NEW_TENANT') return { subject: { ...services, draftId: await filledDraft(tx, theCase) } };
  if (type !== 'CONFIRM_SHUT_OFF') return { subject: services };
  const subject = { ...services, shutOffOn: await shutOffDayOf(tx, lines) };
  const excludedUserIds = await enders(tx, theCase.locationId ?? 0, subject.shutOffOn);
  return { subject, subjectHash: sha256(canonicalJson(subject)), draftedBy: tx.actorId, excludedUserIds };
}

/** The form for the new tenant, filled by copy from the one who leaves (domain.md row S18): saving it answers the task. */
async function filledDraft(tx: Tx, theCase: Case): Promise<string> {
  const outgoing = await tx.db.Account.findByPk(theCase.accountId ?? 0, { rejectOnEmpty: true });
  const startOn = isOfClerk(theCase) ? maxDate(outgoing.stopOn ?? tx.today, tx.today) : outgoing.stopOn;
  const { form } = await copyForm(tx.db, outgoing.id, startOn ?? tx.today);
  // The system's own work: whoever moved the tenant out has written nothing in it.
  const system = actingAs(tx, SYSTEM_USER_ID);
  const draft = await createDraft(system, { draftId: newDraftId(), kind: 'ONBOARD', content: form });
  return draft.id;
}

const SETTLED: readonly VacancyLine['status'][] = ['REVERTED', 'SHUT_OFF', 'VACANT', 'SUPERSEDED', 'OCCUPIED'];

async function settle(tx: Tx, theCase: Case, lines: VacancyLine[], tasks: TaskHandle[]): Promise<void> {
  const some = (status: VacancyLine['status']) => lines.some((line) => line.status === status);
  if (lines.every(({ status }) => SETTLED.includes(status))) {
    const held = some('REVERTED') ? 'REVERTED' : some('OCCUPIED') ? 'COMPLETED' : null;
    const step = held ?? (some('SHUT_OFF') ? 'SHUT_OFF' : 'VACANT');
    return closeCase(tx, theCase, { status: 'COMPLETED', step, event: 'VACANCY_SETTLED' });
  }
  const asksNewTenant = tasks.some(({ type }) => type === 'NEW_TENANT');
  const waits = some('NEW_TENANT') || asksNewTenant;
  const unasked: CaseStep = some('SHUTTING_OFF') ? 'SHUTTING_OFF' : 'REVERTING';
  const step: CaseStep = asksNewTenant || tasks.length === 0 ? (waits ? 'NEW_TENANT_SETUP' : unasked) : 'PROMPTED';
  const isClerks = tasks.some(({ type }) => type !== 'CONFIRM_SHUT_OFF');
  const asks: WaitingOn = isClerks ? 'CLERK' : 'SUPERVISOR';
  const fields: WaitingOn = (await openOrders(tx, theCase.caseId)).length > 0 ? 'FIELD' : 'DATE';
  const waitingOn = tasks.length > 0 ? asks : fields;
  if (theCase.step !== step || theCase.waitingOn !== waitingOn)
    await moveCase(tx, theCase, { step, waitingOn, event: 'VACANCY_MOVED' });
  else await addEvent(tx, theCase, { kind: 'VACANCY_LOOKED_AT' });
}
