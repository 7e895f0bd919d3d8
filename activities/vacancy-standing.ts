import { newDraftId, newTaskId } from '../contract/ids';
import { TASK_TYPES } from '../contract/task-types';
import type { Case } from '../db/models/cases';
import type { VacancyLine } from '../db/models/occupancy';
import { addEvent, closeCase, moveCase } from '../db/records/cases';
import { createDraft } from '../db/records/drafts';
import { handleOf, openTask, type TaskHandle } from '../db/records/tasks';
import { closeAnsweredTasks, PROMPTS, refreshLines } from '../db/records/vacancy-lines';
import { copyForm } from '../db/reads/set-up-form';
import type { Tx } from '../db/transaction';
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
  const now = await refreshLines(tx, caseId);
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
    const services = { servicePointIds: asked.map(({ servicePointId }) => servicePointId) };
    const subject = type === 'NEW_TENANT' ? { ...services, draftId: await filledDraft(tx, theCase) } : services;
    const { candidateGroup } = TASK_TYPES[type];
    handles.push(await openTask(tx, theCase, { taskId: newTaskId(), type, candidateGroup, subject }));
    for (const line of asked) await line.update({ status: 'PROMPTED' });
  }
  return handles;
}

/** The form for the new tenant, filled by copy from the one who leaves (domain.md row S18): saving it answers the task. */
async function filledDraft(tx: Tx, theCase: Case): Promise<string> {
  const outgoing = await tx.db.Account.findByPk(theCase.accountId ?? 0, { rejectOnEmpty: true });
  const { form } = await copyForm(tx.db, outgoing.id, outgoing.stopOn ?? tx.today);
  const draft = await createDraft(tx, { draftId: newDraftId(), kind: 'ONBOARD', content: form });
  return draft.id;
}

const SETTLED: readonly VacancyLine['status'][] = ['REVERTED', 'VACANT', 'SUPERSEDED', 'OCCUPIED'];

async function settle(tx: Tx, theCase: Case, lines: VacancyLine[], tasks: TaskHandle[]): Promise<void> {
  const some = (status: VacancyLine['status']) => lines.some((line) => line.status === status);
  if (lines.every(({ status }) => SETTLED.includes(status))) {
    const step = some('REVERTED') ? 'REVERTED' : some('OCCUPIED') ? 'COMPLETED' : 'VACANT';
    return closeCase(tx, theCase, { status: 'COMPLETED', step, event: 'VACANCY_SETTLED' });
  }
  const asksNewTenant = tasks.some(({ type }) => type === 'NEW_TENANT');
  const waits = some('NEW_TENANT') || asksNewTenant;
  const step: CaseStep = asksNewTenant || tasks.length === 0 ? (waits ? 'NEW_TENANT_SETUP' : 'REVERTING') : 'PROMPTED';
  const waitingOn: WaitingOn = tasks.length > 0 ? 'CLERK' : 'DATE';
  if (theCase.step !== step || theCase.waitingOn !== waitingOn)
    await moveCase(tx, theCase, { step, waitingOn, event: 'VACANCY_MOVED' });
  else await addEvent(tx, theCase, { kind: 'VACANCY_LOOKED_AT' });
}
