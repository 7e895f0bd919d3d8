import { listRefunds } from '../../db/reads/refunds';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { listAnswer, pageRequest } from '../schemas/common';
import { refundList, refundListQuery, refundPaidBody, refundParams, refundReturnedBody } from '../schemas/settlement';
import { takeRequest, workAnswers } from './field-work';

/** Refunds and what becomes of them after they are issued (domain.md rule 17). */
export const refundRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /refunds',
    tag: 'Accounts',
    summary: 'The refunds, the newest first, each with what became of it',
    query: refundListQuery,
    answers: { 200: { description: 'A page of refunds', schema: refundList } },
    handle: async ({ query }) => {
      const { state, overdue, stale, ...page } = query;
      const asked = { state, isOverdue: overdue === 'true', isStale: stale === 'true' };
      return ok(listAnswer(await listRefunds(deps.db, pageRequest(page), asked)));
    },
  }),

  route({
    name: 'POST /refunds/{refundNumber}/paid-out',
    tag: 'Accounts',
    summary: 'Notes that a refund that was sent out has been cashed',
    params: refundParams,
    body: refundPaidBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'REFUND_RESULT', async () => ({
        ...{ refundNumber: call.params.refundNumber, outcome: 'PAID_OUT', on: call.body.on, reason: '' },
      })),
  }),

  route({
    name: 'POST /refunds/{refundNumber}/returned',
    tag: 'Accounts',
    summary: 'Notes that a refund came back: the money is the account’s credit again until the customer asks for it',
    params: refundParams,
    body: refundReturnedBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'REFUND_RESULT', async () => ({
        ...{ refundNumber: call.params.refundNumber, outcome: 'RETURNED', ...call.body },
      })),
  }),
];
