import type { DecisionStep, OpenStep, StepInput, VacancyDecided, VacancyStanding } from '../contract/activities';
import { newTaskId } from '../contract/ids';
import { TASK_TYPES } from '../contract/task-types';
import type { Case } from '../db/models/cases';
import type { Account, VacancyLine } from '../db/models/occupancy';
import { addEvent, closeCase, lockCase, moveCase } from '../db/records/cases';
import { lockAccountWithLocation } from '../db/records/places';
import { handleOf, openTask, recordForgery, takeUpDecision, type TaskHandle } from '../db/records/tasks';
import { chooseLines, openLines, refreshLines } from '../db/records/vacancy-lines';
import { actingAs, type Tx } from '../db/transaction';
import type { TaskType, WaitingOn } from '../domain/states';
import { ensure } from '../db/errors';
import { takeEffectAt } from './handover-events';
import { inStep, type Deps } from './in-step';
import { startLandlord } from './start-landlord';

/** The steps of a vacancy: what becomes of each service when its holder leaves. */
export function vacancyActivities(deps: Deps) {
  const step = <I extends StepInput>(input: I, act: (found: Locked) => Promise<VacancyStanding>) =>
    inStep(deps, input, async (tx) => act(await lockVacancy(tx, input.caseId)));
  const decision = (input: DecisionStep, act: (found: Locked) => Promise<VacancyStanding>): Promise<VacancyDecided> =>
    inStep(deps, input, async (system): Promise<VacancyDecided> => {
      const found = await lockVacancy(system, input.caseId);
      ensure(found.theCase.closedAt === null, 'CASE_CLOSED', 'The case has ended');
      const verified = await takeUpDecision(system, found.theCase, input);
      if (!verified) return recordForgery(system, found.theCase, input).then(() => ({ forged: true }));
      return { forged: false, ...(await act({ ...found, tx: actingAs(system, verified.decision.actorId) })) };
    });

  return {
    /** Decides each service of the leaver: to the landlord by itself, or a prompt, or vacant (domain.md section 4). */
    openVacancy: (input: OpenStep): Promise<VacancyStanding> =>
      step(input, async (found) => {
        const { tx, theCase } = found;
        if (theCase.closedAt === null) {
          const lines = await openLines(tx, theCase);
          await startLandlord(
            tx,
            theCase,
            lines.filter(({ choice }) => choice === 'REVERT'),
          );
        }
        return standing(deps, found);
      }),

    /** "No new tenant": the services go to the landlord by agreement or by prompt, or fall vacant. */
    decideNewTenant: (input: DecisionStep): Promise<VacancyDecided> =>
      decision(input, async (found) => {
        const lines = await chooseLines(found.tx, found.theCase, 'NO');
        await startLandlord(
          found.tx,
          found.theCase,
          lines.filter(({ choice }) => choice === 'REVERT'),
        );
        return standing(deps, found);
      }),

    /** "Reconnect": the landlord's account and agreements from the handover on, with a notice to the landlord. */
    decideReconnect: (input: DecisionStep): Promise<VacancyDecided> =>
      decision(input, async (found) => {
        const lines = await found.tx.db.VacancyLine.findAll({ where: { caseId: input.caseId, status: 'PROMPTED' } });
        await startLandlord(found.tx, found.theCase, lines);
        return standing(deps, found);
      }),

    /** Looks again at what the case waits for, after another case brought a fact; ends it when every line has taken effect. */
    refreshVacancy: (input: StepInput): Promise<VacancyStanding> => step(input, (found) => standing(deps, found)),
  };
}

interface Locked {
  tx: Tx;
  theCase: Case;
  account: Account;
  locationNumber: string;
}

async function lockVacancy(tx: Tx, caseId: string): Promise<Locked> {
  const unlocked = await tx.db.Case.findByPk(caseId, { rejectOnEmpty: true });
  const { account, location } = await lockAccountWithLocation(tx, unlocked.accountId ?? 0);
  const theCase = await lockCase(tx, caseId);
  ensure(theCase, 'CASE_UNKNOWN', 'There is no such case');
  return { tx, theCase, account, locationNumber: location.locationNumber };
}

/** Opens what is to be asked, sees what has taken effect, and ends the case when nothing is left. */
async function standing(deps: Deps, { tx, theCase, account, locationNumber }: Locked): Promise<VacancyStanding> {
  let tasks: TaskHandle[] = [];
  if (theCase.closedAt === null) {
    const points = (await tx.db.VacancyLine.findAll({ where: { caseId: theCase.caseId } })).map(
      (line) => line.servicePointId,
    );
    await takeEffectAt(tx, points);
    const lines = await refreshLines(tx, theCase.caseId);
    tasks = await askWhatIsOpen(tx, theCase, lines);
    await settle(tx, theCase, lines, tasks);
  }
  const { accountNumber } = account;
  const { caseId, status, step, waitingOn } = theCase;
  return {
    opened: { caseId, status, step, accountNumber, locationNumber },
    consoleUrl: deps.consoleUrl,
    done: theCase.closedAt !== null,
    tasks,
    step,
    waitingOn,
  };
}

const PROMPTS: Record<string, TaskType> = { PROMPT_NEW_TENANT: 'NEW_TENANT', PROMPT_LANDLORD: 'RECONNECT_TO_LANDLORD' };

/** One task for all services of a kind of prompt; a task that is open already stays. */
async function askWhatIsOpen(tx: Tx, theCase: Case, lines: VacancyLine[]): Promise<TaskHandle[]> {
  const open = await tx.db.HumanTask.findAll({ where: { caseId: theCase.caseId, status: 'OPEN' }, lock: true });
  const handles = open.map((task) => handleOf(tx, task));
  for (const [choice, type] of Object.entries(PROMPTS)) {
    const asked = lines.filter((line) => line.choice === choice && line.status === 'OPENED');
    if (asked.length === 0) continue;
    const services = asked.map(({ servicePointId }) => servicePointId);
    const task = {
      taskId: newTaskId(),
      type,
      candidateGroup: TASK_TYPES[type].candidateGroup,
      subject: { servicePointIds: services },
    };
    handles.push(await openTask(tx, theCase, task));
    for (const line of asked) await line.update({ status: 'PROMPTED' });
  }
  return handles;
}

async function settle(tx: Tx, theCase: Case, lines: VacancyLine[], tasks: TaskHandle[]): Promise<void> {
  const done = lines.every(({ status }) => status === 'REVERTED' || status === 'VACANT' || status === 'SUPERSEDED');
  if (done) {
    const step = lines.some(({ status }) => status === 'REVERTED') ? 'REVERTED' : 'VACANT';
    return closeCase(tx, theCase, { status: 'COMPLETED', step, event: 'VACANCY_SETTLED' });
  }
  const asksNewTenant = tasks.some(({ type }) => type === 'NEW_TENANT');
  const step = asksNewTenant ? 'NEW_TENANT_SETUP' : tasks.length > 0 ? 'PROMPTED' : 'REVERTING';
  const waitingOn: WaitingOn = tasks.length > 0 ? 'CLERK' : 'DATE';
  if (theCase.step !== step || theCase.waitingOn !== waitingOn)
    await moveCase(tx, theCase, { step, waitingOn, event: 'VACANCY_MOVED' });
  else await addEvent(tx, theCase, { kind: 'VACANCY_LOOKED_AT' });
}
