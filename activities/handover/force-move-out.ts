import type { Account } from '../../db/models/occupancy';
import { queueNotice } from '../../db/records/notices';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import { HOLDING } from '../../domain/states';
import { together, type Beside } from '../beside';
import { moveStop } from './move-stop';
import { openMoveOut } from './open-move-out';

/** The set-up for which holders are moved out. */
interface ForWhom {
  caseId: string;
  account: Account;
  /** Who asked for it, and has a hand in the final bills. */
  startedBy: number;
}

/**
 * Moves out whoever holds a service that is to begin with this newcomer, each on the newcomer's start (domain.md section 5,
 * ForcedMoveOut); one who has asked to leave later by now leaves then. Refused: BILLED_PAST_START, START_BEFORE_STOP.
 */
export async function forceOut(tx: Tx, forWhom: ForWhom): Promise<Beside> {
  const where = { accountId: forWhom.account.id, status: 'PENDING_START' as const };
  const coming = await tx.db.ServiceAgreement.findAll({ where, order: ['id'] });
  const ids = coming.map(({ followsId }) => followsId).filter((id) => id !== null);
  const holding = { id: ids, status: [...HOLDING] };
  const held = await tx.db.ServiceAgreement.findAll({ where: holding, order: ['id'], lock: true });
  const beside: Beside[] = [];
  for (const accountId of [...new Set(held.map((each) => each.accountId))].sort((a, b) => a - b)) {
    const theirs = held.filter((each) => each.accountId === accountId);
    const stopOn = coming.find(({ followsId }) => followsId === theirs[0]?.id)?.startOn;
    if (stopOn === undefined) continue;
    const holder = await tx.db.Account.findByPk(accountId, { lock: true, rejectOnEmpty: true });
    const points = theirs.map(({ servicePointId }) => servicePointId);
    if (theirs.some(({ endOn }) => endOn === null)) beside.push(await moveOut(tx, holder, stopOn, forWhom));
    else if (theirs.some(({ endOn }) => (endOn ?? '') > stopOn))
      beside.push({ wakes: await moveStop(tx, holder, stopOn, points), starts: [] });
  }
  return together(...beside);
}

/** Moves a holder out, and tells them. */
async function moveOut(tx: Tx, holder: Account, stopOn: CivilDate, forWhom: ForWhom): Promise<Beside> {
  const { caseId: startedByCase, startedBy } = forWhom;
  const given = { stopOn, stopReason: 'FORCED' as const, newTenant: 'YES' as const, startedByCase, startedBy };
  const { caseId, beside } = await openMoveOut(tx, holder, given);
  const { id: accountId, accountNumber, customerId } = holder;
  await queueNotice(tx, {
    ...{ kind: 'FORCED_MOVE_OUT', caseId, accountId, customerId, noticeKey: `forced/${caseId}` },
    data: { accountNumber, stopOn },
  });
  return beside;
}
