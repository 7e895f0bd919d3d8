import type { Tx } from '../transaction';

/**
 * Everybody whose act shaped a final bill up to now: who drafted or corrected a revision of it, who moved its stop, and who
 * proposed a rate that it is priced by. None of them approves it (design.md decision 6).
 */
export async function handsInFinalBill(tx: Tx, caseId: string): Promise<number[]> {
  const revisions = await tx.db.BillRevision.findAll({ where: { caseId } });
  const moves = await tx.db.CaseEvent.findAll({ where: { caseId, kind: 'STOP_MOVED' } });
  const amendments = await amendmentsOf(tx, caseId);
  return distinct([
    ...revisions.map(({ draftedBy }) => draftedBy),
    ...moves.map(({ actorId }) => actorId),
    ...amendments.map(({ draftedBy }) => draftedBy),
  ]);
}

/** Everybody who moved the start of a set-up: each of them chose a date that is approved with it. */
export async function handsInStart(tx: Tx, caseId: string): Promise<number[]> {
  const moves = await tx.db.CaseEvent.findAll({ where: { caseId, kind: 'RESCHEDULED' } });
  const amendments = await amendmentsOf(tx, caseId);
  return distinct([...moves.map(({ actorId }) => actorId), ...amendments.map(({ draftedBy }) => draftedBy)]);
}

/** Whether what the case is about was amended. */
export const isAmended = async (tx: Tx, caseId: string): Promise<boolean> =>
  (await amendmentsOf(tx, caseId)).length > 0;

/** The approved amendments: each task's drafter is who proposed it. */
const amendmentsOf = (tx: Tx, caseId: string) =>
  tx.db.HumanTask.findAll({ where: { caseId, type: 'APPROVE_AMENDMENT', status: 'COMPLETED', outcome: 'APPROVE' } });

const distinct = (ids: (number | null)[]): number[] =>
  [...new Set(ids.filter((id) => id !== null))].sort((a, b) => a - b);
