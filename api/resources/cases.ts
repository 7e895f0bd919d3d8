import { ensure } from '../../db/errors';
import { civilNow, officeNow } from '../../db/clock';
import { findFinalBillDraft } from '../../db/reads/bills';
import { findCase, listCases } from '../../db/reads/cases';
import { withWaits } from '../../db/reads/waits';
import { readSettings } from '../../db/records/settings';
import type { ApiDeps } from '../deps';
import { ok, route, type Route } from '../route';
import { finalBillDraft } from '../schemas/accounts';
import {
  cancelBody,
  caseDetail,
  caseList,
  caseListQuery,
  caseParams,
  caseWithoutRow,
  declinesBody,
  incidentBody,
  moveOutBody,
  opened,
  saving,
  vacancyBody,
} from '../schemas/cases';
import { listAnswer, pageRequest } from '../schemas/common';
import { freezeWhole, startCase } from '../start-case';
import { accountIds } from './account-ids';
import { command, commandAnswers, incidentAction } from './case-commands';
import { detailOf, seesPeople, shownTo, withoutRow } from './case-detail';

/** Starting, finding, canceling and repairing cases. */
export const caseRoutes = (deps: ApiDeps): Route[] => [
  route({
    name: 'GET /cases',
    tag: 'Cases',
    summary: 'The cases, newest first',
    query: caseListQuery,
    answers: { 200: { description: 'A page of cases', schema: caseList } },
    handle: async ({ query, actor }) => {
      const { limit: _limit, cursor: _cursor, overdue, open, ...filter } = query;
      const { clock } = await readSettings(deps.db);
      const today = civilNow(clock);
      const late = overdue && { overdue: { today, now: officeNow(clock) } };
      const page = await listCases(
        deps.db,
        { ...filter, ...late, open: open !== undefined, searchPeople: seesPeople(actor) },
        pageRequest(query),
      );
      const rows = await withWaits(deps.db, page.rows, today);
      return ok(listAnswer({ ...page, rows: rows.map((row) => shownTo(actor, deps, row)) }));
    },
  }),

  route({
    name: 'GET /cases/{caseId}',
    tag: 'Cases',
    summary: 'One case with its events, tasks and orders; SAVING until its row exists',
    params: caseParams,
    answers: { 200: { description: 'The case', schema: caseDetail.or(caseWithoutRow) } },
    handle: async ({ params, actor, requestId }) => {
      const row = await findCase(deps.db, params.caseId);
      return ok(row ? await detailOf(deps, actor, row) : await withoutRow(deps, actor, params.caseId, requestId));
    },
  }),

  route({
    name: 'GET /cases/{caseId}/final-bill',
    tag: 'Cases',
    summary: 'The latest draft of the final bill, as its approver sees it',
    params: caseParams,
    answers: { 200: { description: 'The draft', schema: finalBillDraft } },
    handle: async ({ params }) => {
      const draft = await findFinalBillDraft(deps.db, params.caseId);
      ensure(draft, 'NOT_FOUND', 'The case has no final bill yet');
      return ok(draft);
    },
  }),

  route({
    name: 'POST /cases/move-out',
    tag: 'Cases',
    summary: 'Moves an account out: starts its case',
    body: moveOutBody,
    answers: {
      201: { description: 'The case is open', schema: opened },
      202: { description: 'Taken; whether it opened is not known yet', schema: saving },
    },
    handle: (call) => {
      const { body } = call;
      return startCase(deps, call, {
        type: 'MOVE_OUT',
        workflow: 'moveOut',
        summary: `Move-out of account ${body.accountNumber}, stop ${body.stopDate}`,
        accountNumber: body.accountNumber,
        freeze: async (tx, caseId) =>
          freezeWhole(tx, caseId, 'MOVE_OUT', { ...body, ...(await accountIds(deps, body.accountNumber)) }),
      });
    },
  }),

  route({
    name: 'POST /cases/vacancy',
    tag: 'Cases',
    summary: 'Asks what becomes of the services at a place that nobody has and nobody is coming to',
    body: vacancyBody,
    answers: {
      201: { description: 'The case is open, or has ended with what the landlord agreed', schema: opened },
      202: { description: 'Taken; whether it opened is not known yet', schema: saving },
    },
    handle: (call) =>
      startCase(deps, call, {
        type: 'VACANCY',
        workflow: 'resolveVacancy',
        summary: `Vacancy of location ${call.body.locationNumber}`,
        freeze: (tx, caseId) => freezeWhole(tx, caseId, 'VACANCY', call.body),
      }),
  }),

  route({
    name: 'POST /cases/{caseId}/cancel',
    tag: 'Cases',
    summary: 'Cancels a case',
    params: caseParams,
    body: cancelBody,
    answers: commandAnswers,
    handle: (call) => command(deps, call, { caseId: call.params.caseId, kind: 'CANCEL', reason: call.body.reason }),
  }),

  route({
    name: 'POST /cases/{caseId}/landlord-declines',
    tag: 'Cases',
    summary: 'The landlord says no after all to services that are about to be theirs: before the handover',
    params: caseParams,
    body: declinesBody,
    answers: commandAnswers,
    handle: (call) => {
      const { reason, ...data } = call.body;
      return command(deps, call, { caseId: call.params.caseId, kind: 'LANDLORD_DECLINES', reason, data });
    },
  }),

  route({
    name: 'POST /cases/{caseId}/incident',
    tag: 'Cases',
    summary: 'Resolves an incident: the step runs again, is amended first, is left out, or the case ends',
    params: caseParams,
    body: incidentBody,
    answers: commandAnswers,
    handle: (call) => {
      const { action: kind, ...given } = call.body;
      return incidentAction(deps, call, { caseId: call.params.caseId, kind, ...given });
    },
  }),
];
