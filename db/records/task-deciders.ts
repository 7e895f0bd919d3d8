import { approvalLimit, isOverLimit } from '../../domain/approval/approval-limit';
import { GUARDED_TASKS } from '../../domain/tasks/guarded';
import type { HumanTask } from '../models/cases';
import type { Tx } from '../transaction';
import { excludedFrom } from './task-parts';

/** Who could decide the task now: enabled, of its group, and for an approval with no other part in it and the limit. */
export async function decidersOf(
  tx: Tx,
  task: Pick<HumanTask, 'id' | 'type' | 'candidateGroup' | 'amountCents'>,
): Promise<number[]> {
  const ofGroup = await tx.db.UserRole.findAll({ where: { role: task.candidateGroup }, raw: true });
  const users = await tx.db.AppUser.findAll({
    where: { id: ofGroup.map(({ userId }) => userId), disabledAt: null },
    order: ['id'],
  });
  const ids = users.map(({ id }) => id);
  if (!GUARDED_TASKS.includes(task.type)) return ids;
  const excluded = await excludedFrom(tx, task.id);
  const roles = await tx.db.UserRole.findAll({ where: { userId: ids }, raw: true });
  const ownLimits = await tx.db.ApprovalLimit.findAll({ where: { userId: ids } });
  return ids.filter((id) => {
    const held = roles.filter(({ userId }) => userId === id).map(({ role }) => role);
    const own = ownLimits.find(({ userId }) => userId === id);
    const ownLimit = own ? { cents: own.limitCents } : null;
    const limit = approvalLimit(held, tx.settings.approvalLimitsCents, ownLimit);
    return !excluded.includes(id) && !isOverLimit(task.amountCents, limit);
  });
}
