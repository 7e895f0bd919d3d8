import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Db } from '../../db/create-db';
import { historyText } from '../../tools/history-text';

/** Where the recorded histories lie: one file per case of each path, replayed by every run of the tests. */
export const HISTORIES = join(__dirname, '..', 'histories');

/** The words of the test towns' people and places that must never leave MySQL. */
const PERSONAL = ['Ottoline', 'Quackenbush', 'Barnaby', 'Featherstonehaugh', 'Zephyrine', '555-0147', '@example.com'];

/** All that Temporal holds of each case and feed, personal data looked for in every byte of it. */
export async function inspectHistories(db: Db, client: Client): Promise<{ leaks: string[] }> {
  const leaks: string[] = [];
  for (const { workflowId, type } of await runsOf(db)) {
    const handle = client.workflow.getHandle(workflowId);
    const history = await handle.fetchHistory();
    const description = await handle.describe();
    const text = historyText(history) + historyText(description.raw);
    for (const word of PERSONAL) if (text.includes(word)) leaks.push(`${type} ${workflowId}: ${word}`);
  }
  return { leaks };
}

/** Writes the histories of a test's cases, when histories are being recorded. */
export async function recordHistories(db: Db, client: Client): Promise<void> {
  if (!process.env.KEYTURN_RECORD) return;
  mkdirSync(HISTORIES, { recursive: true });
  const path = expect.getState().currentTestName ?? 'unnamed';
  const seen = new Map<string, number>();
  for (const { workflowId, type } of await runsOf(db)) {
    const n = (seen.get(type) ?? 0) + 1;
    seen.set(type, n);
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    const name = `${path} ${type} ${n}`.replace(/\W+/g, '-').toLowerCase();
    writeFileSync(join(HISTORIES, `${name}.json`), JSON.stringify(JSON.parse(historyToJSON(history))));
  }
}

/** The workflows behind the rows: a payment of a feed has none of its own, the feed's chunk has one. */
async function runsOf(db: Db): Promise<{ workflowId: string; type: string }[]> {
  const cases = await db.Case.findAll({ order: ['openedAt', 'caseId'] });
  const chunks = await db.FeedChunk.findAll({ order: ['createdAt', 'id'] });
  const own = cases.filter(({ type, startedByCase }) => type !== 'PAYMENT' || startedByCase === null);
  return [
    ...own.map(({ caseId, type }) => ({ workflowId: caseId, type })),
    ...chunks.map(({ id }) => ({ workflowId: id, type: 'FIELD_WORK' })),
  ];
}
