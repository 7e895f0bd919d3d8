import type { Case } from '../../db/models/cases';
import { parsedJson } from '../../db/reads/select';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';

/** The stop date that a person last asked for: in a reschedule, else in the form. */
export async function askedStopOf(tx: Tx, { caseId, draftId, draftRevision }: Case): Promise<CivilDate> {
  const moves = await tx.db.CaseEvent.findAll({ where: { caseId, kind: 'STOP_MOVED' }, order: [['seq', 'DESC']] });
  // A newcomer who moves the stop says no day before: only a person's reschedule does.
  const asked = moves
    .map(({ data }) => parsedJson<{ stopOn: CivilDate; before?: unknown }>(data))
    .find(({ before }) => before !== undefined);
  if (asked) return asked.stopOn;
  const where = { draftId: draftId ?? '', revision: draftRevision ?? 0 };
  const form = await tx.db.DraftRevision.findOne({ where, rejectOnEmpty: true });
  return parsedJson<{ stopDate: CivilDate }>(form.content).stopDate;
}
