import { newDecisionId } from '../../contract/ids';
import { civilNow, officeNow } from '../../db/clock';
import { findDecision, type RecordedDecision } from '../../db/records/decisions';
import { nameSubject } from '../../db/records/http-requests';
import { readSettings } from '../../db/records/settings';
import {
  assignTask,
  claimTask,
  delegateTask,
  giveTaskBack,
  releaseTask,
  setPriority,
} from '../../db/records/task-assignment';
import { officePerson } from '../../db/reads/office-people';
import type { Tx } from '../../db/transaction';
import { listTasks, taskTypeOf } from '../../db/reads/tasks';
import { carryOutDecision, recordOn } from '../decide';
import type { ApiDeps } from '../deps';
import { answerInTransaction, answerInTwoSteps } from '../idempotency';
import { ok, route, type Answer, type Call, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { bodyData } from '../schemas/task-outcomes';
import {
  assignBody,
  completeBody,
  decided,
  delegateBody,
  priorityBody,
  taskDetail,
  taskList,
  taskListQuery,
  taskParams,
} from '../schemas/tasks';
import { taskAnswer, taskDetailOf } from './task-detail';

/** The work that waits for people. */
export const taskRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /tasks',
    tag: 'Tasks',
    summary: 'The open tasks: mine, of my groups, or overdue or escalated among those I look after',
    query: taskListQuery,
    answers: { 200: { description: 'A page of tasks, the most urgent first', schema: taskList } },
    handle: async ({ query, actor }) => {
      const { clock } = await readSettings(deps.db);
      const person = await officePerson(deps.db, actor, civilNow(clock));
      const userIds = [actor.id, ...(person?.standsInFor ?? [])];
      const { view, type } = query;
      const filter = { view, type, userIds, roles: actor.roles, now: officeNow(clock) };
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
    handle: (call) => change(deps, call, (tx, taskId) => claimTask(tx, taskId)),
  }),

  route({
    name: 'POST /tasks/{taskId}/release',
    tag: 'Tasks',
    summary: 'Gives a task back to its group',
    params: taskParams,
    answers: { 200: { description: 'The task is nobody’s', schema: taskDetail } },
    handle: (call) => change(deps, call, (tx, taskId) => releaseTask(tx, taskId)),
  }),

  route({
    name: 'POST /tasks/{taskId}/assign',
    tag: 'Tasks',
    summary: 'Gives a task to somebody, or to its group, unless somebody else has it by now',
    params: taskParams,
    body: assignBody,
    answers: { 200: { description: 'The task is theirs', schema: taskDetail } },
    handle: (call) => change(deps, call, (tx, taskId) => assignTask(tx, taskId, call.body)),
  }),

  route({
    name: 'POST /tasks/{taskId}/delegate',
    tag: 'Tasks',
    summary: 'Has somebody else do a task that is mine; they can give it back',
    params: taskParams,
    body: delegateBody,
    answers: { 200: { description: 'The task is delegated', schema: taskDetail } },
    handle: (call) => change(deps, call, (tx, taskId) => delegateTask(tx, taskId, call.body.to)),
  }),

  route({
    name: 'POST /tasks/{taskId}/give-back',
    tag: 'Tasks',
    summary: 'Gives a delegated task back to who delegated it',
    params: taskParams,
    answers: { 200: { description: 'The task is theirs again', schema: taskDetail } },
    handle: (call) => change(deps, call, (tx, taskId) => giveTaskBack(tx, taskId)),
  }),

  route({
    name: 'POST /tasks/{taskId}/priority',
    tag: 'Tasks',
    summary: 'Says how urgent a task is',
    params: taskParams,
    body: priorityBody,
    answers: { 200: { description: 'The task', schema: taskDetail } },
    handle: (call) => change(deps, call, (tx, taskId) => setPriority(tx, taskId, call.body.priority)),
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
          const given = { ...body, data, taskId: params.taskId, decisionId: newDecisionId() };
          const recorded = await recordOn(tx, given);
          await nameSubject(tx, request.id, recorded.decisionId);
          return recorded;
        },
        ask: async (decision) => {
          const { decisionId } = decision;
          const status = await carryOutDecision(deps, actor.id, decision);
          return { status: status === 'APPLIED' ? 200 : 202, body: { decisionId, status } };
        },
      });
    },
  }),
];

/** Changes who has a task or how urgent it is, and answers with it. */
const change = (
  deps: ApiDeps,
  call: Call<{ taskId: string }>,
  act: (tx: Tx, taskId: string) => Promise<void>,
): Promise<Answer> =>
  answerInTransaction(deps, call, async (tx) => {
    const { taskId } = call.params;
    await act(tx, taskId);
    return ok(await taskDetailOf(deps, call.actor, taskId));
  });
