import { newCommandId } from '../../contract/ids';
import type { CommandKind } from '../../contract/messages';
import { ensure } from '../../db/errors';
import { findCommand, hasOpenIncident, recordCommand, type RecordedCommand } from '../../db/records/commands';
import { findStartRequest, nameSubject } from '../../db/records/http-requests';
import { caseStatus } from '../../db/reads/cases';
import { carryOut } from '../../carry-out/carry-out';
import { commandRow } from '../../carry-out/rows';
import type { ApiDeps } from '../deps';
import { answerInTwoSteps } from '../idempotency';
import type { Answer, Call } from '../route';
import { applied } from '../schemas/cases';

/** How a command to a case is answered. */
export const commandAnswers = {
  200: { description: 'Carried out', schema: applied },
  202: { description: 'Recorded; the verdict is not known yet', schema: applied },
};

/** Records a person's command and has the case carry it out. */
export function command(
  deps: ApiDeps,
  call: Call,
  given: { caseId: string; kind: CommandKind; reason: string; data?: Record<string, unknown> },
): Promise<Answer> {
  return answerInTwoSteps<RecordedCommand>(deps, call, {
    record: async (tx, request) => {
      const before = request.subjectId && (await findCommand(tx, request.subjectId));
      if (before) return before;
      if ((await caseStatus(deps.db, given.caseId)) === null) await refuseSaving(deps, given.caseId);
      const recorded = await recordCommand(tx, { ...given, commandId: newCommandId() });
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
  ensure(!request || (await hasOpenIncident(db, caseId)), 'CASE_SAVING', 'The case is not saved yet');
}
