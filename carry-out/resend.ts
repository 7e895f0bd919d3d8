import type { Client } from '@temporalio/client';
import type { Db } from '../db/create-db';
import { RefusedError } from '../db/errors';
import { unansweredRows, type UnansweredRow } from '../db/reads/recorded-rows';
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
}

/** How many rows are sent again in one go, and how many of them at once. */
const AT_MOST = 100;
const AT_ONCE = 5;

/**
 * Sends again what people recorded and no case has answered: the API was killed, Temporal was away or no worker ran. The
 * id of each Update is that of its row, so that one that did arrive is not carried out twice (design.md decision 6).
 */
export async function resendUnanswered(
  deps: { db: Db; temporal: Client },
  { afterSeconds, progress }: { afterSeconds: number; progress: (resent: Resent) => void },
): Promise<Resent> {
  const rows = await unansweredRows(deps.db, { afterSeconds, limit: AT_MOST });
  const resent: Resent = { applied: 0, refused: 0, unknown: 0 };
  const next = rows.values();
  const sendOneByOne = async () => {
    for (const row of next) {
      resent[await send(deps, row)] += 1;
      progress(resent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOneByOne));
  return resent;
}

async function send(deps: { db: Db; temporal: Client }, row: UnansweredRow): Promise<keyof Resent> {
  try {
    return (await carryOut(deps, recordedAs(row))) === 'APPLIED' ? 'applied' : 'unknown';
  } catch (error) {
    if (error instanceof RefusedError) return 'refused';
    if (error instanceof TemporalUnavailable) return 'unknown';
    throw error;
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
