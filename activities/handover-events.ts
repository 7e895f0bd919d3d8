import type { Wake } from '../contract/activities';
import { takeEffect } from '../db/records/handover';
import type { Tx } from '../db/transaction';

/** Hands over at these points as far as the facts allow; names the vacancy cases that may now have what they wait for. */
export async function takeEffectAt(tx: Tx, servicePointIds: number[]): Promise<Wake[]> {
  const waiting = new Set<string>();
  for (const servicePointId of servicePointIds) {
    const { stopped, activated } = await takeEffect(tx, servicePointId);
    for (const agreement of [stopped, activated]) {
      if (!agreement) continue;
      tx.audit({
        action: `agreement.${agreement.status}`,
        entity: 'service_agreement',
        entityId: agreement.id,
        data: { servicePointId },
      });
    }
    if (!stopped && !activated) continue;
    const lines = await tx.db.VacancyLine.findAll({ where: { servicePointId } });
    const cases = await tx.db.Case.findAll({ where: { caseId: lines.map(({ caseId }) => caseId), closedAt: null } });
    for (const { caseId } of cases) waiting.add(caseId);
  }
  return [...waiting].map((caseId) => ({ caseId, reason: 'STOPPED' as const }));
}
