import { RefusedError } from '../../db/errors';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../route';
import { receiptParams } from '../schemas/receipts';
import { batchBody, reversalBody } from '../schemas/settlement';
import { takeRequest, workAnswers } from './field-work';

/** Payments in a batch, and payments that came back. */
export const paymentRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /payments/batch',
    tag: 'Accounts',
    summary: 'Posts a batch of payments, each by itself; `result.items` says of each POSTED, ALREADY or REFUSED',
    body: batchBody,
    large: true,
    answers: workAnswers,
    handle: async (call) => {
      const { controlTotalCents, ...batch } = call.body;
      const totalCents = batch.payments.reduce((sum, { amountCents }) => sum + amountCents, 0);
      if (controlTotalCents !== undefined && controlTotalCents !== totalCents) {
        const message = `The payments add up to ${totalCents} cents, not to ${controlTotalCents}: none is posted`;
        throw new RefusedError({ code: 'CONTROL_TOTAL', message, pointer: '#/controlTotalCents' });
      }
      return takeRequest(deps, call, 'PAYMENT_BATCH', async () => batch);
    },
  }),

  route({
    name: 'POST /payments/{receiptNumber}/reverse',
    tag: 'Accounts',
    summary: 'Takes a payment back that the bank has not honored: it is owed again',
    params: receiptParams,
    body: reversalBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'PAYMENT_REVERSAL', async () => ({
        ...{ receiptNumber: call.params.receiptNumber, reason: call.body.reason },
      })),
  }),
];
