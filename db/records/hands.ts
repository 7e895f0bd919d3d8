import type { ReadTaken } from '../models/occupancy';
import { parsedJson } from '../reads/select';
import type { Tx } from '../transaction';

/**
 * Everybody whose act shaped a final bill up to now: who drafted or corrected a revision of it, who moved its stop, who
 * had a read estimated, who entered one that the customer gave, and who proposed a rate that it is priced by; and whether
 * one of its rates was amended. None of them approves it (design.md decision 6).
 */
export async function handsInFinalBill(tx: Tx, caseId: string): Promise<{ hands: number[]; isRateAmended: boolean }> {
  const revisions = await tx.db.BillRevision.findAll({ where: { caseId } });
  const movers = await actorsOf(tx, caseId, 'STOP_MOVED');
  const proposers = await proposersOf(tx, caseId);
  const estimators = await estimatorsOf(tx, caseId);
  const enterers = await enterersOf(tx, caseId);
  const drafters = revisions.map(({ draftedBy }) => draftedBy);
  const hands = distinct([...drafters, ...movers, ...estimators, ...enterers, ...proposers]);
  return { hands, isRateAmended: proposers.length > 0 };
}

/** Everybody who moved the start of a set-up: each of them chose a date that is approved with it. */
export async function handsInStart(tx: Tx, caseId: string): Promise<number[]> {
  return distinct([...(await actorsOf(tx, caseId, 'RESCHEDULED')), ...(await proposersOf(tx, caseId))]);
}

/** Who did what the events of this kind tell of. */
async function actorsOf(tx: Tx, caseId: string, kind: string): Promise<number[]> {
  return (await tx.db.CaseEvent.findAll({ where: { caseId, kind } })).map(({ actorId }) => actorId);
}

/** Who had a final read estimated. */
async function estimatorsOf(tx: Tx, caseId: string): Promise<number[]> {
  const where = { caseId, outcome: 'ESTIMATE' };
  const tasks = await tx.db.HumanTask.findAll({ where });
  const decisions = await tx.db.Decision.findAll({
    where: { id: tasks.flatMap(({ decisionId }) => decisionId ?? []) },
  });
  return decisions.map(({ actorId }) => actorId);
}

/** Who entered a read that the customer gave. */
async function enterersOf(tx: Tx, caseId: string): Promise<number[]> {
  const orders = await tx.db.ServiceOrder.findAll({ where: { caseId } });
  const where = { serviceOrderId: orders.map(({ id }) => id), status: 'APPLIED' as const };
  const reports = await tx.db.FieldReport.findAll({ where });
  return reports
    .filter(({ readsTaken }) => parsedJson<ReadTaken[]>(readsTaken).some(({ source }) => source === 'CUSTOMER'))
    .map(({ reportedBy }) => reportedBy);
}

/** Who proposed the approved amendments: the drafter of each one's task. */
async function proposersOf(tx: Tx, caseId: string): Promise<(number | null)[]> {
  const where = { caseId, type: 'APPROVE_AMENDMENT', status: 'COMPLETED', outcome: 'APPROVE' } as const;
  return (await tx.db.HumanTask.findAll({ where })).map(({ draftedBy }) => draftedBy);
}

const distinct = (ids: (number | null)[]): number[] =>
  [...new Set(ids.filter((id) => id !== null))].sort((a, b) => a - b);
