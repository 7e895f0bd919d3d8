import type { Wake } from '../../contract/activities';
import type { Case } from '../../db/models/cases';
import type { Account, ServiceAgreement } from '../../db/models/occupancy';
import { followerOf } from '../../db/records/agreements';
import { closeCase } from '../../db/records/cases';
import { tellUndone } from '../../db/records/changes';
import { cancelNotices } from '../../db/records/notices';
import { cancelOrdersAt, giveOrderTo, openOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import type { Tx } from '../../db/transaction';

/**
 * The landlord keeps the services that were to stop for a newcomer who does not come; `leaving` is the move-out that was
 * opened when all of the landlord's services were to stop. Those that stop for somebody else still do.
 */
export async function landlordStays(
  tx: Tx,
  landlord: Account,
  kept: ServiceAgreement[],
  leaving: Case | null,
): Promise<Wake[]> {
  if (kept.length === 0) return [];
  for (const agreement of kept) {
    const { status, endOn } = agreement;
    if (status === 'STOPPED' && endOn) tellUndone(tx, 'ACTIVATED', agreement, endOn);
    const before = status === 'PENDING_START' ? 'PENDING_START' : 'ACTIVE';
    await agreement.update({ status: before, endOn: null, stopReadId: null, stopReason: null });
  }
  const points = kept.map(({ servicePointId }) => servicePointId);
  await cancelOrdersAt(tx, landlord.id, points, 'ENDS');
  // A landlord who was to hand over may not have begun yet.
  const status = landlord.status === 'PENDING_START' ? 'PENDING_START' : 'ACTIVE';
  await landlord.update({ status, stopOn: null, vacateOn: null, stopReason: null });
  return leaving ? endMoveOut(tx, leaving) : [];
}

/** The move-out ends; what the field still owes for services that stop goes to the set-ups that wait for it. */
async function endMoveOut(tx: Tx, theCase: Case): Promise<Wake[]> {
  const { caseId } = theCase;
  const wakes: Wake[] = [{ caseId, reason: 'CANCELED' }];
  for (const order of await openOrders(tx, caseId)) {
    const { accountId, servicePointId } = order;
    const stopping = await tx.db.ServiceAgreement.findOne({
      where: { accountId, servicePointId, status: 'PENDING_STOP' },
    });
    const newcomer = stopping && (await followerOf(tx, stopping.id));
    const setUp = newcomer && (await tx.db.Onboarding.findOne({ where: { accountId: newcomer.accountId } }));
    if (!setUp) continue;
    await giveOrderTo(tx, order, setUp.caseId);
    wakes.push({ caseId: setUp.caseId, reason: 'STARTED' });
  }
  await tx.db.BillRevision.update({ status: 'CANCELED' }, { where: { caseId, status: ['DRAFT', 'SENT_BACK'] } });
  await cancelOpenTasks(tx, caseId);
  await cancelNotices(tx, caseId);
  await closeCase(tx, theCase, { status: 'CANCELED', step: 'SUPERSEDED', event: 'NEW_TENANT_CANCELED' });
  return wakes;
}
