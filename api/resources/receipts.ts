import { ensure } from '../../db/errors';
import { findReceipt } from '../../db/reads/receipts';
import { readSettings } from '../../db/records/settings';
import type { ApiDeps } from '../deps';
import { receiptPage } from '../receipt-page';
import { ok, route, type Route } from '../route';
import { receiptHtml, receiptParams, receiptShown } from '../schemas/receipts';

/** Receipts of payments, for the console and for the printer (domain.md row S9). */
export const receiptRoutes = ({ db }: ApiDeps): Route[] => [
  route({
    name: 'GET /payments/{receiptNumber}/receipt',
    tag: 'Accounts',
    summary: 'What a payment was for, who took it, and what is owed and held after it',
    params: receiptParams,
    answers: { 200: { description: 'The receipt', schema: receiptShown } },
    handle: async ({ params }) => {
      const receipt = await findReceipt(db, params.receiptNumber);
      ensure(receipt, 'NOT_FOUND', 'There is no such payment');
      return ok(receipt);
    },
  }),

  route({
    name: 'GET /payments/{receiptNumber}/receipt.html',
    tag: 'Accounts',
    summary: 'The same receipt as a page to print',
    params: receiptParams,
    answers: { 200: { description: 'The page', schema: receiptHtml, type: 'text/html' } },
    handle: async ({ params }) => {
      const receipt = await findReceipt(db, params.receiptNumber);
      ensure(receipt, 'NOT_FOUND', 'There is no such payment');
      const { utility } = await readSettings(db);
      return { status: 200, body: receiptPage(receipt, utility.name), type: 'text/html' };
    },
  }),
];
