import { newWorkId } from '../../contract/ids';
import { ensure, RefusedError } from '../../db/errors';
import { findRequest } from '../../db/reads/field-work';
import { recordRequest } from '../../db/records/field-work-requests';
import { nameSubject } from '../../db/records/http-requests';
import type { Tx } from '../../db/transaction';
import type { RequestKind } from '../../domain/states';
import { carryOutWork } from '../carry-out-work';
import type { ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import { ok, route, type Answer, type Call, type Route } from '../route';
import { accountParams } from '../schemas/accounts';
import { writeOffBody } from '../schemas/settlement';
import { smallRefundBody, transferBody } from '../schemas/transfers';
import { accountServicesBody, exchangeBody, meterParams, workParams, workShown } from '../schemas/meters';

/** What work that was asked for is answered with. */
export const workAnswers = {
  201: { description: 'Done', schema: workShown },
  202: { description: 'Recorded; whether it is done is not known yet', schema: workShown },
};

/** Writes of case records outside a lifecycle: stored first, then done by one activity (design.md section 2). */
export const fieldWorkRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'POST /meters/{meterId}/exchange',
    tag: 'Meters',
    summary: 'Exchanges an installed meter, whoever has the service; a bill of the period adds both meters up',
    params: meterParams,
    body: exchangeBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'METER_EXCHANGE', async (tx) => {
        const { meterId } = call.params;
        ensure(await tx.db.Meter.findByPk(meterId), 'NOT_FOUND', 'There is no such meter');
        return { meterId, ...call.body };
      }),
  }),

  route({
    name: 'POST /accounts/{accountNumber}/services',
    tag: 'Accounts',
    summary: 'Adds services to an active account, changes their terms or takes back what was never billed',
    params: accountParams,
    body: accountServicesBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'ACCOUNT_SERVICES', async (tx) => {
        const { id: accountId, accountNumber } = await accountNamed(tx, call.params);
        return { accountId, accountNumber, ...call.body };
      }),
  }),

  route({
    name: 'POST /accounts/{accountNumber}/transfers',
    tag: 'Accounts',
    summary: 'Moves what a final billed account is owed or owes to another account of the same customer',
    params: accountParams,
    body: transferBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'TRANSFER', async (tx) => ({
        ...{ accountNumber: (await accountNamed(tx, call.params)).accountNumber, ...call.body },
      })),
  }),

  route({
    name: 'POST /accounts/{accountNumber}/refund-request',
    tag: 'Accounts',
    summary: 'The customer asks for a credit that is too small to be refunded by itself',
    params: accountParams,
    body: smallRefundBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'SMALL_REFUND', async (tx) => {
        const { id: accountId, accountNumber } = await accountNamed(tx, call.params);
        return { accountId, accountNumber, ...call.body };
      }),
  }),

  route({
    name: 'POST /accounts/{accountNumber}/write-off',
    tag: 'Accounts',
    summary: 'Asks to have a balance that stays unpaid written off: a supervisor approves it',
    params: accountParams,
    body: writeOffBody,
    answers: workAnswers,
    handle: (call) =>
      takeRequest(deps, call, 'WRITE_OFF', async (tx) => {
        const { id: accountId, accountNumber } = await accountNamed(tx, call.params);
        return { accountId, accountNumber, ...call.body };
      }),
  }),

  route({
    name: 'GET /field-work/{workId}',
    tag: 'Meters',
    summary: 'What became of an exchange, a change of services or a transfer that was asked for',
    params: workParams,
    answers: { 200: { description: 'The work', schema: workShown } },
    handle: async ({ params }) => ok(await workAnswer(deps, params.workId)),
  }),
];

async function accountNamed(tx: Tx, { accountNumber }: { accountNumber: string }) {
  const account = await tx.db.Account.findOne({ where: { accountNumber } });
  ensure(account, 'NOT_FOUND', 'There is no such account');
  return account;
}

/** What is asked for is stored, then work is started that does all of it or nothing (design.md section 2). */
export function takeRequest(
  deps: ApiDeps,
  call: Call,
  kind: RequestKind,
  contentOf: (tx: Tx) => Promise<Record<string, unknown>>,
): Promise<Answer> {
  return answerInTwoSteps<string>(deps, call, {
    record: async (tx, request) => {
      if (request.subjectId) return request.subjectId;
      const workId = newWorkId();
      await recordRequest(tx, { workId, kind, content: await contentOf(tx) });
      await nameSubject(tx, request.id, workId);
      return workId;
    },
    ask: async (workId) => {
      if ((await workAnswer(deps, workId)).status === 'RECORDED') await carryOutWork(deps, { workId, kind });
      const work = await workAnswer(deps, workId);
      const [first] = work.errors;
      if (first) {
        const { code, detail: message } = first;
        throw new RefusedError({ code, message }, { workId, ...work.details }, work.errors);
      }
      const headers = { Location: work.location };
      return { body: work, headers, status: work.status === 'RECORDED' ? 202 : 201 };
    },
  });
}

async function workAnswer({ db }: ApiDeps, workId: string) {
  const work = await findRequest(db, workId);
  ensure(work, 'NOT_FOUND', 'There is no such work');
  return { ...work, location: `/api/v1/field-work/${workId}` };
}
