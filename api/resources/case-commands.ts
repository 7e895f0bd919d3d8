import { newCommandId } from '../../contract/ids';
import { carryOut } from '../../carry-out/carry-out';
import { commandRow } from '../../carry-out/rows';
import { ensure } from '../../db/errors';
import {
  findCommand,
  recordCommand,
  recordIncidentAction,
  type NewCommand,
  type RecordedCommand,
} from '../../db/records/commands';
import { hasOpenIncident } from '../../db/records/incidents';
import { findStartRequest, nameSubject } from '../../db/records/http-requests';
import { caseStatus } from '../../db/reads/cases';
import type { Tx } from '../../db/transaction';
import type { IncidentAction } from '../../domain/incident-actions';
import type { ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import type { Answer, Call } from '../route';
import { applied } from '../schemas/cases';

/** How a command to a case is answered. */
export const commandAnswers = {
  200: { description: 'Carried out', schema: applied },
  202: { description: 'Recorded; the verdict is not known yet', schema: applied },
};

type Given<K> = Omit<NewCommand, 'commandId'> & { kind: K };

/** Records a person's command and has the case carry it out. */
export const command = (
  deps: ApiDeps,
  call: Call,
  given: Given<'CANCEL' | 'RESCHEDULE' | 'LANDLORD_DECLINES'>,
): Promise<Answer> =>
  carryOutCommand(deps, call, given.caseId, (tx, commandId) => recordCommand(tx, { ...given, commandId }));

/** Records a person's action on an incident and has the case, or the stored work, carry it out. */
export const incidentAction = (
  deps: ApiDeps,
  call: Call,
  given: Given<IncidentAction> & { incidentId?: number },
): Promise<Answer> =>
  carryOutCommand(deps, call, given.caseId, (tx, commandId) => recordIncidentAction(tx, { ...given, commandId }));

function carryOutCommand(
  deps: ApiDeps,
  call: Call,
  inCase: string,
  record: (tx: Tx, commandId: string) => Promise<RecordedCommand>,
): Promise<Answer> {
  return answerInTwoSteps<RecordedCommand>(deps, call, {
    record: async (tx, request) => {
      const before = request.subjectId && (await findCommand(tx, request.subjectId));
      if (before) return before;
      if ((await caseStatus(deps.db, inCase)) === null) await refuseSaving(deps, inCase);
      const recorded = await record(tx, newCommandId());
      await nameSubject(tx, request.id, recorded.commandId);
      return recorded;
    },
    ask: async (recorded) => {
      const done = await carryOut(deps, commandRow(recorded, call.actor.id));
      return { status: done === 'APPLIED' ? 200 : 202, body: { status: done } };
    },
  });
}

async function refuseSaving({ db }: ApiDeps, caseId: string): Promise<void> {
  const request = await findStartRequest(db, caseId);
  ensure(!request?.answer || request.answer.status < 400, 'CASE_CLOSED', 'The case was refused');
  ensure(!request || (await hasOpenIncident(db, caseId)), 'CASE_SAVING', 'The case is not saved yet');
}
