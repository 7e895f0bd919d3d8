import { newCommandId } from '../../contract/ids';
import { commandCase } from '../../contract/messages';
import { ensure } from '../../db/errors';
import { findCommand, recordCommand, voidCommand, type RecordedCommand } from '../../db/records/commands';
import { findStartRequest, nameSubject } from '../../db/records/http-requests';
import { findFinalBillDraft } from '../../db/reads/bills';
import { caseEvents, caseStatus, findCase, incidentsOf, listCases, moveOutOf, vacancyLinesOf, type CaseRow } from '../../db/reads/cases';
import { findAccountId } from '../../db/reads/customers';
import { ordersOfCase } from '../../db/reads/service-orders';
import { tasksOfCase } from '../../db/reads/tasks';
import { carryOut } from '../carry-out';
import { holds, type Actor, type ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import { openingVerdict } from '../opening-verdict';
import { problemOf } from '../problem';
import { ok, route, type Answer, type Call, type Route } from '../route';
import { finalBillDraft } from '../schemas/accounts';
import {
  applied,
  cancelBody,
  caseDetail,
  caseList,
  caseListQuery,
  caseParams,
  caseWithoutRow,
  incidentBody,
  moveOutBody,
  opened,
  saving,
} from '../schemas/cases';
import { listAnswer, pageRequest } from '../schemas/common';
import { caseLocation, startCase } from '../start-case';
import { RefusedError } from '../../db/errors';
import { taskAnswer } from './tasks';

/** Starting, finding, canceling and repairing cases. */
export const caseRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /cases',
    tag: 'Cases',
    summary: 'The cases, newest first',
    query: caseListQuery,
    answers: { 200: { description: 'A page of cases', schema: caseList } },
    handle: async ({ query, actor }) => {
      const { limit: _limit, cursor: _cursor, ...filter } = query;
      const page = await listCases(deps.db, { ...filter, searchPeople: seesPeople(actor) }, pageRequest(query));
      return ok(listAnswer({ ...page, rows: page.rows.map((row) => shownTo(actor, deps, row)) }));
    },
  }),

  route({
    name: 'GET /cases/{caseId}',
    tag: 'Cases',
    summary: 'One case with its events, tasks and orders; SAVING until its row exists',
    params: caseParams,
    answers: { 200: { description: 'The case', schema: caseDetail.or(caseWithoutRow) } },
    handle: async ({ params, actor, requestId }) => {
      const row = await findCase(deps.db, params.caseId);
      return ok(row ? await detailOf(deps, actor, row) : await withoutRow(deps, params.caseId, requestId));
    },
  }),

  route({
    name: 'GET /cases/{caseId}/final-bill',
    tag: 'Cases',
    summary: 'The latest draft of the final bill, as its approver sees it',
    params: caseParams,
    answers: { 200: { description: 'The draft', schema: finalBillDraft } },
    handle: async ({ params }) => {
      const draft = await findFinalBillDraft(deps.db, params.caseId);
      ensure(draft, 'NOT_FOUND', 'The case has no final bill yet');
      return ok(draft);
    },
  }),

  route({
    name: 'POST /cases/move-out',
    tag: 'Cases',
    summary: 'Moves an account out: starts its case',
    body: moveOutBody,
    answers: {
      201: { description: 'The case is open', schema: opened },
      202: { description: 'Taken; whether it opened is not known yet', schema: saving },
    },
    handle: (call) => {
      const { body } = call;
      return startCase(deps, call, {
        type: 'MOVE_OUT',
        workflow: 'moveOut',
        draftKind: 'MOVE_OUT',
        summary: `Move-out of account ${body.accountNumber}, stop ${body.stopDate}`,
        accountNumber: body.accountNumber,
        content: async () => ({ ...body, ...(await accountIds(deps, body.accountNumber)) }),
      });
    },
  }),

  route({
    name: 'POST /cases/{caseId}/cancel',
    tag: 'Cases',
    summary: 'Cancels a case',
    params: caseParams,
    body: cancelBody,
    answers: commandAnswers,
    handle: (call) => command(deps, call, { caseId: call.params.caseId, kind: 'CANCEL', reason: call.body.reason }),
  }),

  route({
    name: 'POST /cases/{caseId}/incident',
    tag: 'Cases',
    summary: 'Has a case in an incident try its step again',
    params: caseParams,
    body: incidentBody,
    answers: commandAnswers,
    handle: (call) => command(deps, call, { caseId: call.params.caseId, kind: call.body.action, reason: call.body.reason }),
  }),
];

const commandAnswers = {
  200: { description: 'Carried out', schema: applied },
  202: { description: 'Recorded; the verdict is not known yet', schema: applied },
};

function command(deps: ApiDeps, call: Call, given: { caseId: string; kind: 'CANCEL' | 'RETRY'; reason: string }): Promise<Answer> {
  return answerInTwoSteps<RecordedCommand>(deps, call, {
    record: async (tx, request) => {
      const before = request.subjectId && (await findCommand(tx, request.subjectId));
      if (before) return before;
      if ((await caseStatus(deps.db, given.caseId)) === null) await refuseSaving(deps, given.caseId);
      const recorded = await recordCommand(tx, { ...given, commandId: newCommandId() });
      await nameSubject(tx, request.id, recorded.commandId);
      return recorded;
    },
    ask: async ({ commandId, caseId, kind, status }) => {
      const done = await carryOut(deps, {
        status,
        actorId: call.actor.id,
        send: (temporal) =>
          temporal.workflow.getHandle(caseId).executeUpdate(commandCase, { updateId: commandId, args: [{ commandId, kind }] }),
        statusNow: async (db) => (await db.CaseCommand.findByPk(commandId, { rejectOnEmpty: true })).status,
        void: (tx, reason) => voidCommand(tx, commandId, reason),
      });
      return { status: done === 'APPLIED' ? 200 : 202, body: { status: done } };
    },
  });
}

async function refuseSaving({ db }: ApiDeps, caseId: string): Promise<void> {
  const request = await findStartRequest(db, caseId);
  ensure(!request, 'CASE_SAVING', 'The case is not saved yet');
}

/** The account a form is about, or a refusal: such a case would be hopeless. */
export async function accountIds({ db }: ApiDeps, accountNumber: string) {
  const account = await findAccountId(db, accountNumber);
  ensure(account, 'NOT_FOUND', 'There is no such account', { pointer: '#/accountNumber' });
  return account;
}

const seesPeople = (actor: Actor): boolean => holds(actor, 'clerk', 'supervisor');

const linksOf = ({ config }: ApiDeps, caseId: string) => ({
  self: caseLocation(caseId),
  temporal: config.temporalUiUrl && `${config.temporalUiUrl}/namespaces/${config.namespace}/workflows/${caseId}`,
});

// Operators repair cases and see no names, addresses or forms.
function shownTo<T extends CaseRow>(actor: Actor, deps: ApiDeps, row: T) {
  const links = linksOf(deps, row.caseId);
  return seesPeople(actor) ? { ...row, links } : { ...row, links, customerName: null, address: null };
}

async function detailOf(deps: ApiDeps, actor: Actor, row: CaseRow) {
  const { db } = deps;
  const { caseId } = row;
  const [moveOut, vacancyLines, events, tasks, serviceOrders, incidents] = await Promise.all([
    moveOutOf(db, caseId),
    vacancyLinesOf(db, caseId),
    caseEvents(db, caseId),
    tasksOfCase(db, caseId),
    ordersOfCase(db, caseId),
    incidentsOf(db, caseId),
  ]);
  const whole = seesPeople(actor);
  return {
    ...shownTo(actor, deps, row),
    moveOut,
    vacancyLines,
    events: whole ? events : events.map((event) => ({ ...event, data: {} })),
    tasks: tasks.map((task) => taskAnswer(whole ? task : { ...task, customerName: null, address: null })),
    serviceOrders: whole ? serviceOrders : serviceOrders.map((order) => ({ ...order, address: null })),
    incidents,
  };
}

async function withoutRow(deps: ApiDeps, caseId: string, requestId: string) {
  const request = await findStartRequest(deps.db, caseId);
  ensure(request, 'NOT_FOUND', 'There is no such case');
  const links = linksOf(deps, request.caseId);
  if (request.answer && request.answer.status >= 400) return { caseId: request.caseId, status: 'REFUSED', problem: request.answer.body, links };
  try {
    await openingVerdict(deps.temporal, request.caseId);
  } catch (error) {
    if (error instanceof RefusedError) return { caseId: request.caseId, status: 'REFUSED', problem: problemOf(error, requestId).body, links };
    // Reading goes on while Temporal is away.
  }
  return { caseId: request.caseId, status: 'SAVING', links };
}
