import { ensure } from '../../db/errors';
import { moveOutBlockers } from '../../db/records/move-out-blockers';
import { inTransaction } from '../../db/transaction';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { accountParams } from '../schemas/accounts';
import { moveOutCheckBody, moveOutChecked } from '../schemas/move-out-check';

/** What would stand against a move-out, before anybody asks for it. */
export const moveOutCheckRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /accounts/{accountNumber}/move-out-check',
    tag: 'Accounts',
    summary: 'Everything that stands against a move-out on these dates, without writing anything',
    params: accountParams,
    body: moveOutCheckBody,
    answers: { 200: { description: 'The blockers; none: it can go ahead', schema: moveOutChecked } },
    handle: ({ params: { accountNumber }, body, actor }) =>
      // A transaction for one view of all tables: nothing is written in it.
      inTransaction(deps.db, actor.id, async (tx) => {
        const account = await tx.db.Account.findOne({ where: { accountNumber } });
        ensure(account, 'NOT_FOUND', 'There is no such account');
        const { stopDate, vacateDate = stopDate, forwardingAddress = null, reverseLaterBills } = body;
        const { blockers, openCaseId, laterBills } = await moveOutBlockers(tx, account, {
          ...{ stopDate, vacateDate, forwardingAddress, reverseLaterBills },
        });
        return ok({
          ...{ accountNumber, stopDate, vacateDate, openCaseId, laterBills },
          blockers: blockers.map(({ code, message, pointer = '#' }) => ({ code, detail: message, pointer })),
        });
      }),
  }),
];
