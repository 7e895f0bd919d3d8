import type { Wake } from '../../contract/activities';
import type { ServiceAgreement } from '../../db/models/occupancy';
import { takeEffect } from '../../db/records/handover';
import { chargeReversion } from '../../db/records/reversion-fees';
import type { Tx } from '../../db/transaction';

/**
 * Hands over at these points as far as the facts allow, from holder to holder; names the vacancies and set-ups that may
 * now have what they wait for.
 */
export async function takeEffectAt(tx: Tx, servicePointIds: number[]): Promise<Wake[]> {
  const wakes = new Map<string, Wake>();
  for (const servicePointId of servicePointIds) {
    for (;;) {
      const { stopped, activated } = await takeEffect(tx, servicePointId);
      const changed = [stopped, activated].filter((agreement) => agreement !== null);
      if (changed.length === 0) break;
      for (const agreement of changed) noteChange(tx, agreement);
      if (activated) await chargeReversion(tx, activated);
      for (const wake of await whoWaits(tx, servicePointId, changed)) wakes.set(wake.caseId, wake);
    }
  }
  return [...wakes.values()];
}

function noteChange(tx: Tx, agreement: ServiceAgreement): void {
  const { id, status, servicePointId } = agreement;
  tx.audit({ action: `agreement.${status}`, entity: 'service_agreement', entityId: id, data: { servicePointId } });
}

async function whoWaits(tx: Tx, servicePointId: number, changed: ServiceAgreement[]): Promise<Wake[]> {
  const lines = await tx.db.VacancyLine.findAll({ where: { servicePointId } });
  const accountIds = changed.map(({ accountId }) => accountId);
  const setUps = await tx.db.Onboarding.findAll({ where: { accountId: accountIds } });
  const caseIds = [...lines, ...setUps].map(({ caseId }) => caseId);
  const open = await tx.db.Case.findAll({ where: { caseId: caseIds, closedAt: null } });
  return open.map(({ caseId, type }) => ({ caseId, reason: type === 'ONBOARD' ? 'STARTED' : 'STOPPED' }));
}
