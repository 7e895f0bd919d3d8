import type { CommandStep } from '../contract/activities';
import { ensure } from '../db/errors';
import { actingAs, type Tx } from '../db/transaction';

/** Takes up a recorded command in the name of whoever gave it. Refused: FORGED_COMMAND when no such row stands behind it. */
export async function takeCommand(tx: Tx, input: CommandStep, kind: string): Promise<Tx> {
  const row = await tx.db.CaseCommand.findByPk(input.commandId, { lock: true });
  ensure(
    row?.caseId === input.caseId && row.kind === kind && row.status === 'RECORDED',
    'FORGED_COMMAND',
    'Nobody recorded this command for this case',
  );
  await row.update({ status: 'APPLIED' });
  return actingAs(tx, row.actorId);
}
