import { Op } from 'sequelize';
import type { Account, MoveOut, ServiceAgreement } from '../../db/models/occupancy';
import { tellUndone } from '../../db/records/changes';
import { readAt } from '../../db/records/meter-reads';
import { meterOn } from '../../db/records/places';
import { cutOrder } from '../../db/records/service-orders';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';

/** The services that a move-out stops, stopped already or not, locked. */
export function stoppingOf(tx: Tx, account: Account, { stopOn }: MoveOut): Promise<ServiceAgreement[]> {
  return tx.db.ServiceAgreement.findAll({
    where: {
      ...{ accountId: account.id, endOn: stopOn, stopReason: { [Op.ne]: null } },
      status: ['PENDING_STOP', 'STOPPED'],
    },
    order: ['id'],
    lock: true,
  });
}

/**
 * One service stops on another day: with the read of that day where the reads around it tell one, else the field is asked
 * for it. Returns how many orders were cut.
 */
export async function stopAgain(
  tx: Tx,
  agreement: ServiceAgreement,
  { stopOn, caseId, type }: { stopOn: CivilDate; caseId: string; type: 'READ_HANDOVER' | 'READ_OUT' },
): Promise<number> {
  const { accountId, servicePointId, endOn } = agreement;
  if (agreement.status === 'STOPPED' && endOn) tellUndone(tx, 'ACTIVATED', agreement, endOn);
  const meter = await meterOn(tx, servicePointId, stopOn);
  if (!meter) {
    await agreement.update({ status: 'PENDING_STOP', endOn: stopOn });
    return 0;
  }
  const read = await readAt(tx, meter, stopOn, { caseId, serviceOrderId: null });
  await agreement.update({ status: 'PENDING_STOP', endOn: stopOn, stopReadId: read?.id ?? null });
  if (read) return 0;
  await cutOrder(tx, { type, caseId, accountId, servicePointId, dueOn: stopOn });
  return 1;
}
