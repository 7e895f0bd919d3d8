import type { OpenTask } from '../../contract/cases';
import { realDayStart } from '../../db/clock';
import type { MoveOut } from '../../db/models/occupancy';
import { openOrders } from '../../db/records/service-orders';
import { handleOf } from '../../db/records/tasks';
import type { Tx } from '../../db/transaction';
import type { CivilDate } from '../../domain/dates';
import type { TaskType } from '../../domain/states';
import { moveOutStanding } from './standing';

/** The tasks about the reads of a move-out. */
const READ_TASKS: TaskType[] = ['READ_EXCEPTION', 'MISSING_READ'];

/** What a move-out waits for before its last read is in. */
export interface ReadWaits {
  orders: string[];
  /** Absent where nobody is asked about a read. */
  tasks?: OpenTask[];
  /** When the case looks for reads that are not in, in real time; absent where it does not. */
  readDeadlineAt?: string;
}

/** The orders that are open, the tasks about reads, and when the open orders are looked for. */
export async function readWaits(
  tx: Tx,
  { caseId, readDeadlineOn }: Pick<MoveOut, 'caseId' | 'readDeadlineOn'>,
): Promise<ReadWaits> {
  const orders = (await openOrders(tx, caseId)).map(({ orderNumber }) => orderNumber);
  const open = await openReadTasks(tx, caseId);
  const isAsked = open.some(({ type }) => type === 'MISSING_READ');
  const looks = orders.length > 0 && !isAsked && readDeadlineOn !== null;
  return {
    orders,
    ...(open.length > 0 && { tasks: open.map((task) => handleOf(tx, task)) }),
    ...(looks && { readDeadlineAt: realDayStart(tx.settings.clock, readDeadlineOn) }),
  };
}

/** The open tasks about the reads of a move-out, locked. */
export const openReadTasks = (tx: Tx, caseId: string) =>
  tx.db.HumanTask.findAll({
    where: { caseId, status: 'OPEN', type: READ_TASKS },
    order: ['openedAt', 'id'],
    lock: true,
  });

/** Where a move-out stands before its bill: a supervisor or a clerk who is asked about a read comes first. */
export function standingOfReads(tx: Tx, { orders, tasks = [] }: ReadWaits, stopOn: CivilDate) {
  if (tasks.some(({ type }) => type === 'READ_EXCEPTION'))
    return { step: 'READ_EXCEPTION', waitingOn: 'SUPERVISOR' } as const;
  if (tasks.length > 0) return { step: 'AWAITING_READ', waitingOn: 'CLERK' } as const;
  return moveOutStanding(orders.length, tx.today, stopOn);
}
