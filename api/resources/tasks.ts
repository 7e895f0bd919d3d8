import { newDecisionId } from '../../contract/ids';
import { completeTask } from '../../contract/messages';
import { APPROVAL, TASK_TYPES } from '../../contract/task-types';
import { officeNow } from '../../db/clock';
import { findDecision, recordDecision, voidDecision, type RecordedDecision } from '../../db/records/decisions';
import { nameSubject } from '../../db/records/http-requests';
import { readSettings } from '../../db/records/settings';
import { claimTask, releaseTask } from '../../db/records/task-claims';
import { listTasks, taskTypeOf } from '../../db/reads/tasks';
import { carryOut } from '../carry-out';
import type { ApiDeps } from '../deps';
import { answerInTransaction, answerInTwoSteps } from '../idempotency';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { bodyData } from '../schemas/task-outcomes';
import { completeBody, decided, taskDetail, taskList, taskListQuery, taskParams } from '../schemas/tasks';
import { taskAnswer, taskDetailOf } from './task-detail';

/** The work that waits for people. */
export const taskRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /tasks',
    tag: 'Tasks',
    summary: 'The open tasks that are mine, of my groups, or of my groups and overdue',
    query: taskListQuery,
    answers: { 200: { description: 'A page of tasks, the most urgent first', schema: taskList } },
    handle: async ({ query, actor }) => {
      const { clock } = await readSettings(deps.db);
      const filter = { view: query.view, userId: actor.id, roles: actor.roles, now: officeNow(clock) };
      const page = await listTasks(deps.db, filter, pageRequest(query));
      return ok(listAnswer({ ...page, rows: page.rows.map(taskAnswer) }));
    },
  }),

  route({
    name: 'GET /tasks/{taskId}',
    tag: 'Tasks',
    summary: 'One task, how it can end, and what was decided about it',
    params: taskParams,
    answers: { 200: { description: 'The task', schema: taskDetail } },
    handle: async ({ params, actor }) => ok(await taskDetailOf(deps, actor, params.taskId)),
  }),

  route({
    name: 'POST /tasks/{taskId}/claim',
    tag: 'Tasks',
    summary: 'Takes a task, so that nobody else works on it',
    params: taskParams,
    answers: { 200: { description: 'The task is yours', schema: taskDetail } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await claimTask(tx, call.params.taskId);
        return ok(await taskDetailOf(deps, call.actor, call.params.taskId));
      }),
  }),

  route({
    name: 'POST /tasks/{taskId}/release',
    tag: 'Tasks',
    summary: 'Gives a task back to its group',
    params: taskParams,
    answers: { 200: { description: 'The task is nobody’s', schema: taskDetail } },
    handle: (call) =>
      answerInTransaction(deps, call, async (tx) => {
        await releaseTask(tx, call.params.taskId);
        return ok(await taskDetailOf(deps, call.actor, call.params.taskId));
      }),
  }),

  route({
    name: 'POST /tasks/{taskId}/complete',
    tag: 'Tasks',
    summary: 'Decides a task',
    params: taskParams,
    body: completeBody,
    answers: {
      200: { description: 'The case carried the decision out', schema: decided },
      202: { description: 'The decision is recorded; the verdict of the case is not known yet', schema: decided },
    },
    handle: async (call) => {
      const { params, body, actor } = call;
      const type = await taskTypeOf(deps.db, params.taskId);
      const { data } = bodyData(type, body.outcome).parse({ data: body.data });
      return answerInTwoSteps<RecordedDecision>(deps, call, {
        record: async (tx, request) => {
          const before = request.subjectId && (await findDecision(tx, request.subjectId));
          if (before) return before;
          const recorded = await recordDecision(tx, {
            ...body,
            data,
            taskId: params.taskId,
            decisionId: newDecisionId(),
            isApproval: body.outcome === APPROVAL,
            outcomesOf: (type) => TASK_TYPES[type].outcomes,
          });
          await nameSubject(tx, request.id, recorded.decisionId);
          return recorded;
        },
        ask: async (decision) => {
          const { decisionId, caseId, taskId, version, outcome } = decision;
          const status = await carryOut(deps, {
            status: decision.status,
            actorId: actor.id,
            send: (temporal) =>
              temporal.workflow.getHandle(caseId).executeUpdate(completeTask, {
                updateId: decisionId,
                args: [{ taskId, version, outcome, decisionId }],
              }),
            statusNow: async (db) => (await db.Decision.findByPk(decisionId, { rejectOnEmpty: true })).status,
            void: (tx, reason) => voidDecision(tx, decisionId, reason),
          });
          return { status: status === 'APPLIED' ? 200 : 202, body: { decisionId, status } };
        },
      });
    },
  }),
];
