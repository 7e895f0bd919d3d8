import { officeInstantAt, type ClockSetting } from '../../db/clock';
import type { Db } from '../../db/create-db';
import { caseEvents } from '../../db/reads/cases';
import { listAttachments, listComments } from '../../db/reads/comments';
import { clockMoves } from '../../db/reads/timeline/clock-moves';
import { commandsOf } from '../../db/reads/timeline/commands';
import { decisionsOf } from '../../db/reads/timeline/decisions';
import { incidentsWithCause } from '../../db/reads/timeline/incidents';
import { moneyOf } from '../../db/reads/timeline/money';
import { noticesOf } from '../../db/reads/timeline/notices';
import { ordersDoneOf } from '../../db/reads/timeline/orders';
import { reportsTo } from '../../db/reads/timeline/reports';
import { stepsOf } from '../../db/reads/timeline/steps';
import { systemPerson } from '../../db/reads/timeline/system';
import { taskChangesOf } from '../../db/reads/timeline/task-changes';
import { voidedOf } from '../../db/reads/timeline/voided';
import type { Attempts } from './attempts';
import type { Entry } from './entry';
import { eventEntries, moneyEntries, noticeEntries, orderEntries, reportEntries } from './office-entries';
import {
  attachmentEntries,
  commandEntries,
  commentEntries,
  decisionEntries,
  taskEntries,
  voidedEntries,
} from './people-entries';
import { attemptEntries, incidentEntries, stepEntries } from './technical-entries';

// A case has some dozens of entries, and their order is known only when all of them are there.
const ALL = { limit: 1_000_000, after: null };

/** Everything of a case, each source by itself; `runId` is the workflow that carries the case out. */
export async function entriesOf(
  db: Db,
  { caseId, runId, clock, attempts }: { caseId: string; runId: string; clock: ClockSetting; attempts: Attempts },
): Promise<Entry[][]> {
  const [system, moves] = await Promise.all([systemPerson(db), clockMoves(db)]);
  // Temporal and the steps' rows keep real time; everything else keeps the office's.
  const at = (real: Date) => officeInstantAt(clock, moves, real);
  const read = await Promise.all([
    caseEvents(db, caseId).then(eventEntries),
    decisionsOf(db, caseId).then(decisionEntries),
    voidedOf(db, caseId).then(voidedEntries),
    taskChangesOf(db, caseId).then(taskEntries),
    commandsOf(db, caseId).then(commandEntries),
    listComments(db, { caseId }, ALL).then(({ rows }) => commentEntries(rows)),
    listAttachments(db, { caseId }, ALL).then(({ rows }) => attachmentEntries(rows)),
    ordersDoneOf(db, caseId).then((rows) => orderEntries(rows, caseId)),
    reportsTo(db, caseId).then(reportEntries),
    moneyOf(db, caseId).then(moneyEntries),
    noticesOf(db, caseId).then((rows) => noticeEntries(rows, system)),
    incidentsWithCause(db, caseId).then((rows) => incidentEntries(rows, system)),
    stepsOf(db, runId).then((rows) => stepEntries(rows, attempts, at, system)),
  ]);
  return [...read, attemptEntries(attempts, at, system)];
}
