import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Db } from '../../db/create-db';
import { historyText } from '../../tools/history-text';

/** Where the recorded histories lie: a folder per recording, in it one file per path of a lifecycle; all are replayed. */
export const HISTORIES = join(__dirname, '..', 'histories');

/** The words of the test towns' people and places that must never leave MySQL. */
const PERSONAL = [
  'Ottoline',
  'Quackenbush',
  'Barnaby',
  'Featherstonehaugh',
  'Zephyrine',
  '555-0147',
  '5550147',
  '@example.com',
];

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

/**
 * Writes the histories of a test's cases, when histories are being recorded, to the folder that KEYTURN_RECORD names; of
 * cases that went the same way, the first, also of an earlier recording. Older recordings stay: cases of their age may still be running.
 */
export async function recordHistories(db: Db, client: Client): Promise<void> {
  if (!process.env.KEYTURN_RECORD) return;
  const folder = join(HISTORIES, process.env.KEYTURN_RECORD);
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const recorded = new Set(files.map((file) => wayOf(readFileSync(join(HISTORIES, file), 'utf8'))));
  const path = expect.getState().currentTestName ?? 'unnamed';
  const seen = new Map<string, number>();
  for (const { workflowId, type } of await runsOf(db)) {
    const n = (seen.get(type) ?? 0) + 1;
    seen.set(type, n);
    const history = await client.workflow.getHandle(workflowId).fetchHistory();
    const name = `${path} ${type} ${n}`.replace(/\W+/g, '-').toLowerCase();
    const text = JSON.stringify(JSON.parse(historyToJSON(history)));
    if (recorded.has(wayOf(text))) continue;
    recorded.add(wayOf(text));
    writeFileSync(join(folder, `${name}.json`), text);
  }
}

/** What happened in a case, without the tasks of its worker: the same for two cases that went the same way. */
function wayOf(text: string): string {
  const { events } = JSON.parse(text) as { events: Record<string, never>[] };
  const said = events.map((event) => {
    const { workflowExecutionStartedEventAttributes: start, activityTaskScheduledEventAttributes: step } = event;
    return `${String(event.eventType)} ${JSON.stringify([start?.['workflowType'] ?? 0, step?.['activityType'] ?? 0])}`;
  });
  return said.filter((line) => !line.includes('WORKFLOW_TASK')).join('\n');
}

/** The workflows behind the rows: a payment of a feed has none of its own, the feed's chunk has one. */
async function runsOf(db: Db): Promise<{ workflowId: string; type: string }[]> {
  const cases = await db.Case.findAll({ order: ['openedAt', 'caseId'] });
  const chunks = await db.FeedChunk.findAll({ order: ['createdAt', 'id'] });
  const requests = await db.FieldWorkRequest.findAll({ order: ['createdAt', 'id'] });
  const orders = await db.OrderRequest.findAll({ order: ['createdAt', 'id'] });
  const own = cases.filter(({ type, startedByCase }) => type !== 'PAYMENT' || startedByCase === null);
  return [
    ...own.map(({ caseId, type }) => ({ workflowId: caseId, type })),
    ...[...chunks, ...requests, ...orders].map(({ id }) => ({ workflowId: id, type: 'FIELD_WORK' })),
  ];
}
