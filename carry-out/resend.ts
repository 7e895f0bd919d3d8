import type { Client } from '@temporalio/client';
import type { Db } from '../db/create-db';
import { RefusedError } from '../db/errors';
import { unansweredRows, type RowPlace, type UnansweredRow } from '../db/reads/recorded-rows';
import { TemporalUnavailable } from './ask-case';
import { carryOut, type Recorded } from './carry-out';
import { commandRow, decisionRow, reportRow } from './rows';

/** What became of the rows that were sent again. */
export interface Resent {
  applied: number;
  /** The case refused them: they are void. */
  refused: number;
  /** No verdict yet: they stay RECORDED and are sent again next time. */
  unknown: number;
  /** Where the next look goes on, when this one had to stop before the last row. */
  next: RowPlace | null;
}

/** What one look is given. */
export interface Look {
  afterSeconds: number;
  /** Where the look before stopped. */
  after?: RowPlace | null;
  /** Asked before each row. */
  mayGoOn: () => boolean;
  /** Told after each row. */
  progress: (resent: Resent) => void;
  /** A row that could not be sent, for a reason that is neither a refusal nor Temporal's absence. */
  failed: (error: unknown, place: RowPlace) => void;
}

/** How many rows are read at once, and how many of them are sent at once. */
const PAGE = 100;
const AT_ONCE = 10;

/**
 * Sends again what people recorded and no case has answered: the API was killed, Temporal was away or no worker ran. The
 * id of each Update is that of its row, so that one that did arrive is not carried out twice (design.md decision 6). Rows
 * that cannot be answered yet keep no newer one waiting: a look goes through all of them, or on where the last stopped.
 */
export async function resendUnanswered(deps: { db: Db; temporal: Client }, look: Look): Promise<Resent> {
  const resent: Resent = { applied: 0, refused: 0, unknown: 0, next: null };
  const rows = allUnanswered(deps.db, look);
  let last = look.after ?? null;
  const sendOneByOne = async () => {
    for (let pulled = await rows.next(); !pulled.done; pulled = await rows.next()) {
      last = pulled.value.place;
      resent[await send(deps, pulled.value, look)] += 1;
      look.progress(resent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOneByOne));
  return { ...resent, next: look.mayGoOn() ? null : last };
}

/** The rows page by page; a row that is answered meanwhile is not among those of a later page. */
async function* allUnanswered(
  db: Db,
  { afterSeconds, after: start = null, mayGoOn }: Look,
): AsyncGenerator<UnansweredRow, void> {
  for (let after = start; ;) {
    const page = await unansweredRows(db, { afterSeconds, limit: PAGE, after });
    for (const row of page) {
      if (!mayGoOn()) return;
      yield row;
      after = row.place;
    }
    if (page.length < PAGE) return;
  }
}

async function send(
  deps: { db: Db; temporal: Client },
  row: UnansweredRow,
  { failed }: Look,
): Promise<'applied' | 'refused' | 'unknown'> {
  try {
    return (await carryOut(deps, recordedAs(row))) === 'APPLIED' ? 'applied' : 'unknown';
  } catch (error) {
    if (error instanceof RefusedError) return 'refused';
    // One row's failure keeps no other row waiting.
    if (!(error instanceof TemporalUnavailable)) failed(error, row.place);
    return 'unknown';
  }
}

function recordedAs({ actorId, ...waiting }: UnansweredRow): Recorded {
  switch (waiting.kind) {
    case 'DECISION':
      return decisionRow(waiting.row, actorId);
    case 'COMMAND':
      return commandRow(waiting.row, actorId);
    case 'REPORT':
      return reportRow(waiting.row, actorId);
  }
}
