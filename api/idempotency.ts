import { RefusedError } from '../db/errors';
import { claimRequest, saveAnswer, type ClaimedRequest, type SavedAnswer } from '../db/records/http-requests';
import { inTransaction, type Tx } from '../db/transaction';
import type { ApiDeps } from './deps';
import { problemOf, statusOf } from './problem';
import type { Answer, Call } from './route';

const REPLAYED = { 'Idempotent-Replayed': 'true' };

/** A write of desk rows: one transaction with the request's key, so that a repetition finds both or neither. */
export async function answerInTransaction(
  deps: ApiDeps,
  call: Call,
  act: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  return keepingRefusals(deps, call, () =>
    inTransaction(deps.db, call.actor.id, async (tx) => {
      const request = await claimRequest(tx, call);
      if (request.answer) return replayed(request.answer);
      const answer = await act(tx);
      await saveAnswer(tx, request.id, answer);
      return answer;
    }),
  );
}

/** The two halves of a write that a case has to agree to. */
export interface TwoSteps<T> {
  /** Records what is asked, or finds what this request recorded before, in the transaction of the key. */
  record(tx: Tx, request: ClaimedRequest): Promise<T>;
  /** Asks the case. It may run again for the same record: the ids it sends are those of the record. */
  ask(recorded: T): Promise<Answer>;
}

/** A write that records first and then asks Temporal. An answer is kept when it is final. */
export async function answerInTwoSteps<T>(deps: ApiDeps, call: Call, { record, ask }: TwoSteps<T>): Promise<Answer> {
  return keepingRefusals(deps, call, async () => {
    const first = await inTransaction(deps.db, call.actor.id, async (tx) => {
      const request = await claimRequest(tx, call);
      return request.answer ? replayed(request.answer) : { id: request.id, recorded: await record(tx, request) };
    });
    if ('status' in first) return first;
    const { id, recorded } = first;
    const answer = await ask(recorded);
    if (answer.status < 300 && answer.status !== 202)
      await inTransaction(deps.db, call.actor.id, (tx) => saveAnswer(tx, id, answer));
    return answer;
  });
}

const FINAL = new Set([403, 404, 409, 422]);

// The refusal undid its transaction; its answer is kept in another one.
async function keepingRefusals(deps: ApiDeps, call: Call, act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    const isFinal = error instanceof RefusedError && FINAL.has(statusOf(error.refusal.code));
    if (!isFinal || error.refusal.code === 'IDEMPOTENCY_KEY_REUSED') throw error;
    const problem = problemOf(error, call.requestId);
    return inTransaction(deps.db, call.actor.id, async (tx) => {
      const request = await claimRequest(tx, call);
      if (request.answer) return replayed(request.answer);
      await saveAnswer(tx, request.id, problem);
      return problem;
    });
  }
}

const replayed = ({ status, body, headers }: SavedAnswer): Answer => ({
  status,
  body,
  headers: { ...headers, ...REPLAYED },
});
