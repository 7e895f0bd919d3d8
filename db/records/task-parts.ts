import type { HumanTask } from '../models/cases';
import type { Tx } from '../transaction';

/**
 * Notes what people are to a new task: whoever started its case or drafted what it asks about, and whoever else is
 * excluded. Nobody has two parts, so none of them can be its approver, not even past this code.
 */
export async function noteParts(
  tx: Tx,
  taskId: string,
  people: { startedBy: number; draftedBy: number | null; excluded: readonly number[] },
): Promise<void> {
  const parts = new Map<number, 'STARTER' | 'DRAFTER' | 'EXCLUDED'>();
  for (const userId of people.excluded) parts.set(userId, 'EXCLUDED');
  if (people.draftedBy !== null) parts.set(people.draftedBy, 'DRAFTER');
  parts.set(people.startedBy, 'STARTER');
  await tx.db.TaskPart.bulkCreate([...parts].map(([userId, part]) => ({ taskId, userId, part })));
}

/**
 * Makes somebody the approver that an approving decision refers to. Somebody with another part was refused before this; if
 * not, the database refuses the second part, and it shows as the fault that it is.
 */
export async function noteApprover(tx: Tx, task: HumanTask, userId: number): Promise<void> {
  const part = 'APPROVER' as const;
  if (await tx.db.TaskPart.findOne({ where: { taskId: task.id, userId, part } })) return;
  await tx.db.TaskPart.create({ taskId: task.id, userId, part });
}

/** Who may not approve the task: everybody with another part in it. */
export async function excludedFrom(tx: Tx, taskId: string): Promise<number[]> {
  const rows = await tx.db.TaskPart.findAll({ where: { taskId }, order: ['userId'], raw: true });
  return rows.filter(({ part }) => part !== 'APPROVER').map(({ userId }) => userId);
}
