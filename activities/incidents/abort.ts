import type { CaseAborted, IncidentStep } from '../../contract/activities';
import { ensure } from '../../db/errors';
import type { Case } from '../../db/models/cases';
import type { Account } from '../../db/models/occupancy';
import { closeCase, lockCase, type CaseEnd } from '../../db/records/cases';
import { resolveIncident } from '../../db/records/incidents';
import { balanceOf, heldCentsOf } from '../../db/records/journal';
import { cancelNotices } from '../../db/records/notices';
import { lockAccountWithLocation } from '../../db/records/places';
import { cancelRequestedRefunds } from '../../db/records/refunds';
import { cancelOrders } from '../../db/records/service-orders';
import { cancelOpenTasks } from '../../db/records/tasks';
import { supersedeLines } from '../../db/records/vacancy-lines';
import { cancelWriteOff } from '../../db/records/write-offs';
import type { Tx } from '../../db/transaction';
import type { CaseType } from '../../domain/states';
import { NOTHING_BESIDE, type Beside } from '../beside';
import { withdraw } from '../corrections';
import { cancelSetUp } from '../onboarding/cancel';
import { lockSetUp } from '../onboarding/lock';
import { withdrawMoveOut } from '../move-out/withdraw';
import { takeAction } from './take';

/** What ending a case of a type undoes; location, account and case are locked. */
type Undo = (
  tx: Tx,
  found: { theCase: Case; account: Account },
  to: CaseEnd & { status: 'ABORTED'; step: 'ABORTED' },
) => Promise<Beside>;

const UNDO: Record<CaseType, Undo> = {
  ONBOARD: async (tx, { theCase }, to) => cancelSetUp({ ...(await lockSetUp(tx, theCase.caseId)), tx, theCase }, to),
  MOVE_OUT: async (tx, { theCase, account }, to) => {
    const moveOut = await tx.db.MoveOut.findByPk(theCase.caseId, { rejectOnEmpty: true });
    const { vacancyCaseId } = moveOut;
    const { wakes, starts } = await withdrawMoveOut(tx, { theCase, moveOut, account }, to);
    return {
      starts,
      wakes: [...(vacancyCaseId ? [{ caseId: vacancyCaseId, reason: 'CANCELED' as const }] : []), ...wakes],
    };
  },
  VACANCY: endVacancy,
  SETTLEMENT: endSettlement,
  // Posted in the transaction that opens it: a payment that has a row is closed.
  PAYMENT: async () => NOTHING_BESIDE,
  CORRECTION: (tx, { theCase }, to) => withdraw(tx, theCase, to),
};

/**
 * Ends a case that cannot go on, and takes back what it has half done, as its cancel would. A case whose opening failed
 * has no row, and leaves none. Refused: the reasons of cancelSetUp and withdrawMoveOut, MONEY_HELD, NO_INCIDENT.
 */
export async function abort(system: Tx, input: IncidentStep): Promise<CaseAborted> {
  const { caseId, commandId } = input;
  const unlocked = await system.db.Case.findByPk(caseId);
  const account = unlocked?.accountId ? (await lockAccountWithLocation(system, unlocked.accountId)).account : null;
  const theCase = unlocked && (await lockCase(system, caseId));
  const { tx, incident, reason } = await takeAction(system, input, 'ABORT');
  await resolveIncident(tx, incident, { resolution: 'ABORT', commandId, reason });
  if (!theCase || !account) return { status: 'ABORTED', step: 'ABORTED', waitingOn: null, ...NOTHING_BESIDE };
  const data = { incidentId: incident.id, failedStep: incident.step, reason };
  const to = { status: 'ABORTED', step: 'ABORTED', event: 'ABORTED', data } as const;
  const open = theCase.closedAt === null;
  const beside = open ? await UNDO[theCase.type](tx, { theCase, account }, to) : NOTHING_BESIDE;
  const { status, step, waitingOn } = theCase;
  return { status, step, waitingOn, ...beside };
}

/**
 * What was not decided of the services stays undecided: nobody is asked any more. A landlord or tenant who was given a
 * service keeps it, since the leaver goes on leaving.
 */
async function endVacancy(tx: Tx, { theCase }: { theCase: Case }, to: CaseEnd): Promise<Beside> {
  await supersedeLines(tx, theCase.caseId);
  await cancelOrders(tx, theCase.caseId);
  await cancelOpenTasks(tx, theCase.caseId);
  await closeCase(tx, theCase, to);
  return NOTHING_BESIDE;
}

/**
 * Nobody asks for the refund or the balance any more. Money that comes later opens a new settlement; so an account that
 * was closed before, and is owed or owes something now, is final billed again. Refused with MONEY_HELD: on an account
 * that never began no money can come, and what is held of it would stay.
 */
async function endSettlement(
  tx: Tx,
  { theCase, account }: { theCase: Case; account: Account },
  to: CaseEnd,
): Promise<Beside> {
  const { caseId } = theCase;
  const heldCents = await heldCentsOf(tx, account.id);
  const isEmpty = heldCents === 0 && (await balanceOf(tx, account.id)) === 0;
  const message = 'The account never began: what was paid on it only goes back by this settlement';
  ensure(isEmpty || account.status !== 'CANCELED', 'MONEY_HELD', message);
  if (!isEmpty && account.status === 'CLOSED') await account.update({ status: 'FINAL_BILLED' });
  await cancelRequestedRefunds(tx, caseId);
  await cancelWriteOff(tx, account.id);
  await cancelOpenTasks(tx, caseId);
  await cancelNotices(tx, caseId);
  await closeCase(tx, theCase, to);
  return NOTHING_BESIDE;
}
