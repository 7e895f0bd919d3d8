import { newDecisionId } from '../../contract/ids';
import { APPROVAL } from '../../contract/task-types';
import { isOutage, RefusedError } from '../../db/errors';
import { findDecision, type RecordedDecision } from '../../db/records/decisions';
import { itemsOf, keepItems, type ClaimedRequest } from '../../db/records/http-requests';
import { inTransaction, type Tx } from '../../db/transaction';
import { carryOutDecision, recordOn } from '../decide';
import type { ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import { inParallel } from '../in-parallel';
import { LIMITS } from '../limits';
import { route, type Route } from '../route';
import { approved, approveBody } from '../schemas/tasks';
import { TemporalUnavailable } from '../../carry-out/ask-case';

/** One task of the request: its decision, or why none was recorded. Kept with the request, so that it stays so. */
type Item = { taskId: string } & ({ decisionId: string } | { decisionId: null; code: string; detail: string });

interface Result {
  taskId: string;
  decisionId: string | null;
  status: 'APPLIED' | 'RECORDED' | 'REFUSED';
  code?: string;
  detail?: string;
}

interface Asked {
  tasks: { taskId: string; version: number }[];
  comment: string | null;
}

/** Many approvals in one request, each a decision of its own. */
export const approveTasksRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /tasks/approve',
    tag: 'Tasks',
    summary: 'Approves up to 25 tasks, each for itself: one that is refused does not stop the others',
    body: approveBody,
    answers: {
      200: { description: 'What became of each task, in the order asked', schema: approved },
      202: { description: 'The verdict on the tasks that are RECORDED is not known yet', schema: approved },
    },
    handle: (call) =>
      answerInTwoSteps<Item[]>(deps, call, {
        record: (tx, request) => recordAll(tx, request, call.body),
        ask: async (items) => {
          const results = await inParallel(items, LIMITS.decisionsAtOnce, (item) =>
            resultOf(deps, call.actor.id, item),
          );
          const isFinal = results.every(({ status }) => status !== 'RECORDED');
          return { status: isFinal ? 200 : 202, body: { results } };
        },
      }),
  }),
];

/** Records each approval, or why it is none, once for the request: a repetition finds the same. */
async function recordAll(tx: Tx, request: ClaimedRequest, { tasks, comment }: Asked): Promise<Item[]> {
  const before = await itemsOf<Item>(tx, request.id);
  if (before) return before;
  const items = new Map<string, Item>();
  // Tasks are locked in one order, whatever the order asked.
  for (const task of [...tasks].sort((a, b) => (a.taskId < b.taskId ? -1 : 1))) {
    items.set(task.taskId, await recordOne(tx, task, comment));
  }
  const asked = tasks.flatMap(({ taskId }) => items.get(taskId) ?? []);
  await keepItems(tx, request.id, asked);
  return asked;
}

async function recordOne(tx: Tx, task: Asked['tasks'][number], comment: string | null): Promise<Item> {
  const { taskId } = task;
  try {
    const given = { ...task, comment, outcome: APPROVAL, data: {}, decisionId: newDecisionId() };
    const { decisionId } = await recordOn(tx, given);
    return { taskId, decisionId };
  } catch (error) {
    // A refusal comes before anything is written, or from the one statement that it undoes.
    if (error instanceof RefusedError) return { taskId, ...refusalOf(error) };
    throw error;
  }
}

async function resultOf(deps: ApiDeps, actorId: number, item: Item): Promise<Result> {
  const { taskId, decisionId } = item;
  if (decisionId === null) return { ...item, status: 'REFUSED' };
  try {
    const decision = await inTransaction(deps.db, actorId, (tx) => findDecision(tx, decisionId));
    if (!decision) throw new Error(`The decision ${decisionId} is gone`);
    if (decision.status === 'VOID') return { taskId, decisionId, status: 'REFUSED', ...refusedBefore(decision) };
    return { taskId, decisionId, status: await carryOutDecision(deps, actorId, decision) };
  } catch (error) {
    if (error instanceof RefusedError) return { taskId, ...refusalOf(error), decisionId, status: 'REFUSED' };
    // It is recorded and its verdict open; the same request asks again.
    if (isOutage(error) || error instanceof TemporalUnavailable) return { taskId, decisionId, status: 'RECORDED' };
    throw error;
  }
}

const refusalOf = ({ refusal }: RefusedError) => ({ decisionId: null, code: refusal.code, detail: refusal.message });

const refusedBefore = ({ voidReason }: RecordedDecision) => ({
  code: voidReason ?? 'REFUSED_BEFORE',
  detail: 'The case has refused this',
});
