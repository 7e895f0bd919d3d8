import { ensure } from '../../db/errors';
import { findAccount, listLedger } from '../../db/reads/accounts';
import { findBill } from '../../db/reads/bills';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { accountDetail, accountParams, billParams, billShown, ledger, ledgerQuery } from '../schemas/accounts';
import { opened, paymentBody, saving } from '../schemas/cases';
import { listAnswer, pageRequest } from '../schemas/common';
import { freezeWhole, startCase } from '../start-case';
import { accountIds } from './account-ids';

/** Accounts, their ledger and bills, and the money that comes in for them. */
export const accountRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /accounts/{accountNumber}',
    tag: 'Accounts',
    summary: 'One account: its services, deposits and balance',
    params: accountParams,
    answers: { 200: { description: 'The account', schema: accountDetail } },
    handle: async ({ params }) => {
      const account = await findAccount(deps.db, params.accountNumber);
      ensure(account, 'NOT_FOUND', 'There is no such account');
      return ok(account);
    },
  }),

  route({
    name: 'GET /accounts/{accountNumber}/ledger',
    tag: 'Accounts',
    summary: 'The journal entries of an account, the newest first',
    params: accountParams,
    query: ledgerQuery,
    answers: { 200: { description: 'A page of entries', schema: ledger } },
    handle: async ({ params, query }) => {
      const { accountId } = await accountIds(deps, params.accountNumber);
      return ok(listAnswer(await listLedger(deps.db, accountId, pageRequest(query))));
    },
  }),

  route({
    name: 'POST /accounts/{accountNumber}/payments',
    tag: 'Accounts',
    summary: 'Takes money for an account: starts the case that posts it',
    params: accountParams,
    body: paymentBody,
    answers: {
      201: { description: 'The payment is posted', schema: opened },
      202: { description: 'Taken; whether it was posted is not known yet', schema: saving },
    },
    handle: (call) => {
      const { params, body } = call;
      return startCase(deps, call, {
        type: 'PAYMENT',
        workflow: 'receivePayment',
        summary: `Payment ${body.receiptNumber} for account ${params.accountNumber}`,
        accountNumber: params.accountNumber,
        freeze: async (tx, caseId) =>
          freezeWhole(tx, caseId, 'PAYMENT', { ...body, ...(await accountIds(deps, params.accountNumber)) }),
      });
    },
  }),

  route({
    name: 'GET /bills/{billNumber}',
    tag: 'Accounts',
    summary: 'One issued bill with the working of every line',
    params: billParams,
    answers: { 200: { description: 'The bill', schema: billShown } },
    handle: async ({ params }) => {
      const bill = await findBill(deps.db, params.billNumber);
      ensure(bill, 'NOT_FOUND', 'There is no such bill');
      return ok(bill);
    },
  }),
];
