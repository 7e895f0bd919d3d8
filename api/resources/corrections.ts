import { ensure } from '../../db/errors';
import { accountOfBill } from '../../db/reads/bills';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../route';
import { billParams } from '../schemas/accounts';
import { opened, saving } from '../schemas/cases';
import { correctionBody } from '../schemas/corrections';
import { freezeWhole, startCase } from '../start-case';

/** Canceling and rebilling a final bill that was wrong. */
export const correctionRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /bills/{billNumber}/cancel',
    tag: 'Accounts',
    summary: 'Asks to cancel a final bill and rebill it: a supervisor approves the bill that takes its place',
    params: billParams,
    body: correctionBody,
    answers: {
      201: { description: 'The corrected bill is drafted and waits for approval', schema: opened },
      202: { description: 'Taken; whether it was drafted is not known yet', schema: saving },
    },
    handle: async (call) => {
      const { params, body } = call;
      const account = await accountOfBill(deps.db, params.billNumber);
      ensure(account, 'NOT_FOUND', 'There is no such bill');
      return startCase(deps, call, {
        type: 'CORRECTION',
        workflow: 'correctBill',
        summary: `Correction of bill ${params.billNumber} of account ${account.accountNumber}`,
        accountNumber: account.accountNumber,
        freeze: (tx, caseId) =>
          freezeWhole(tx, caseId, 'CORRECTION', { ...body, ...account, billNumber: params.billNumber }),
      });
    },
  }),
];
