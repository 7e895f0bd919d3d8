import { civilNow } from '../../db/clock';
import { ensure, RefusedError } from '../../db/errors';
import { readSettings } from '../../db/records/settings';
import { findStartRequest } from '../../db/records/http-requests';
import { caseEvents, moveOutOf, onboardingOf, vacancyLinesOf, type CaseRow } from '../../db/reads/cases';
import { ordersOfCase } from '../../db/reads/service-orders';
import { tasksOfCase } from '../../db/reads/tasks';
import { withWait } from '../../db/reads/waits';
import { waitsFor } from '../../domain/waits-for';
import { holds, type Actor, type ApiDeps } from '../deps';
import { openingVerdict } from '../opening-verdict';
import { problemOf } from '../problem';
import { caseLocation } from '../start-case';
import { incidentDetails } from './incident-detail';
import { taskAnswer } from './task-detail';

/** Whether somebody may see who lives where: operators repair cases and see no names, addresses or forms. */
export const seesPeople = (actor: Actor): boolean => holds(actor, 'clerk', 'supervisor');

const linksOf = ({ config }: ApiDeps, caseId: string, runId = caseId) => ({
  self: caseLocation(caseId),
  temporal: config.temporalUiUrl && `${config.temporalUiUrl}/namespaces/${config.namespace}/workflows/${runId}`,
});

/** The run that carries a case out. A payment of a feed has none of its own: the feed's chunk has. */
export const runOf = ({ caseId, type, startedByCase }: CaseRow): string =>
  type === 'PAYMENT' ? (startedByCase ?? caseId) : caseId;

/** A case as this person may see it. */
export function shownTo<T extends CaseRow>(actor: Actor, deps: ApiDeps, row: T) {
  const links = linksOf(deps, row.caseId, runOf(row));
  return seesPeople(actor) ? { ...row, links } : { ...row, links, customerName: null, address: null };
}

/** A case with everything around it, as this person may see it. */
export async function detailOf(deps: ApiDeps, actor: Actor, found: CaseRow) {
  const { db } = deps;
  const { caseId } = found;
  const today = civilNow((await readSettings(db)).clock);
  const row = await withWait(db, found, today);
  const [onboarding, moveOut, vacancyLines, events, tasks, serviceOrders, incidents] = await Promise.all([
    onboardingOf(db, caseId, today),
    moveOutOf(db, caseId),
    vacancyLinesOf(db, caseId),
    caseEvents(db, caseId),
    tasksOfCase(db, caseId),
    ordersOfCase(db, caseId),
    incidentDetails(deps, actor, caseId),
  ]);
  const whole = seesPeople(actor);
  return {
    ...shownTo(actor, deps, row),
    onboarding,
    moveOut,
    vacancyLines,
    events: whole ? events : events.map((event) => ({ ...event, data: {} })),
    tasks: tasks.map((task) => taskAnswer(whole ? task : { ...task, customerName: null, address: null })),
    serviceOrders: whole ? serviceOrders : serviceOrders.map((order) => ({ ...order, address: null })),
    incidents,
  };
}

/** A case whose row does not exist: not yet, or because its opening was refused. */
export async function withoutRow(deps: ApiDeps, actor: Actor, caseId: string, requestId: string) {
  const request = await findStartRequest(deps.db, caseId);
  ensure(request, 'NOT_FOUND', 'There is no such case');
  const links = linksOf(deps, request.caseId);
  const incidents = await incidentDetails(deps, actor, request.caseId);
  const about = { type: request.type, tasks: [], conditions: [] };
  const shown = { caseId: request.caseId, incidents, links };
  const refused = (problem: unknown) => {
    const nothing = waitsFor({ ...about, step: 'REFUSED', incident: null });
    return { ...shown, status: 'REFUSED', waitsFor: nothing, problem };
  };
  const open = incidents.find(({ status }) => status === 'OPEN');
  const first = waitsFor({ ...about, step: 'REQUESTED', incident: open ?? null });
  if (open) return { ...shown, status: 'INCIDENT', waitsFor: first };
  if (request.answer && request.answer.status >= 400) return refused(request.answer.body);
  try {
    await openingVerdict(deps.temporal, request.caseId);
  } catch (error) {
    if (error instanceof RefusedError) return refused(problemOf(error, requestId).body);
    // Reading goes on while Temporal is away.
  }
  return { ...shown, status: 'SAVING', waitsFor: first };
}
