import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { caseView } from '../../contract/messages';
import type { Db } from '../../db/create-db';
import { historyText } from '../history-text';
import { compareWithTemporal } from '../invariants/temporal';
import { INVARIANTS } from '../invariants';
import { waitFor } from './http';
import type { Teller } from './teller';

/** Checks what the story left in both stores: every invariant, every workflow, and no personal data in any history. */
export async function checkFacts(t: Teller, db: Db, client: Client): Promise<void> {
  t.chapter('What the story left behind');
  for (const { name, find } of INVARIANTS) {
    const rows = await find(db);
    t.check(rows.length === 0, `${name}${rows.length > 0 ? `: ${rows.slice(0, 3).join('; ')}` : ''}`);
  }
  const drift = await compareWithTemporal(db, client);
  t.check(
    drift.length === 0,
    `open cases and running workflows are the same${drift.length > 0 ? `: ${drift.join('; ')}` : ''}`,
  );
  const told = await toldDifferently(t, db, client);
  t.check(
    told.length === 0,
    `all ${t.cases.size} cases of the stories stand in Temporal as in MySQL${told.length > 0 ? `: ${told.join('; ')}` : ''}`,
  );
  const leaks = await personalDataIn(t, db, client);
  t.check(
    leaks.length === 0,
    `no personal data in any event history${leaks.length > 0 ? `: ${leaks.join('; ')}` : ''}`,
  );
}

/** The cases whose workflow shows another step than the row, or does not run although the case is open, or runs on. */
async function toldDifferently(t: Teller, db: Db, client: Client): Promise<string[]> {
  const different: string[] = [];
  for (const caseId of t.cases) {
    const handle = client.workflow.getHandle(caseId);
    // The workflow hears of a row that was just written only a moment later.
    await waitFor(`${caseId} in Temporal`, async () => {
      const row = await db.Case.findByPk(caseId, { rejectOnEmpty: true });
      const view = await handle.query(caseView);
      const running = (await handle.describe()).status.name === (row.closedAt === null ? 'RUNNING' : 'COMPLETED');
      return running && view.status === row.status && view.step === row.step;
    }).catch((error: Error) => different.push(error.message));
  }
  return different;
}

async function personalDataIn(t: Teller, db: Db, client: Client): Promise<string[]> {
  const words = new Set(t.typed);
  for (const person of await db.Customer.findAll()) {
    for (const word of [
      person.lastName,
      person.organizationName,
      person.displayName,
      person.mailLine1,
      person.altLine1,
    ]) {
      if (word && word.length > 3) words.add(word);
    }
  }
  for (const { value } of await db.CustomerContact.findAll()) words.add(value);
  for (const place of await db.Location.findAll()) words.add(place.line1);
  for (const account of await db.Account.findAll()) if (account.forwardLine1) words.add(account.forwardLine1);
  const leaks: string[] = [];
  for (const caseId of await everStarted(db)) {
    const text = await toldOf(client, caseId);
    for (const word of words) if (text.includes(word)) leaks.push(caseId);
  }
  return leaks;
}

/** Every case, also those whose opening was refused, which left no row but the form. */
async function everStarted(db: Db): Promise<Set<string>> {
  const rows = [...(await db.Case.findAll()), ...(await db.DraftRevision.findAll({ attributes: ['caseId'] }))];
  return new Set(rows.map(({ caseId }) => caseId).filter((caseId) => caseId !== null));
}

async function toldOf(client: Client, caseId: string): Promise<string> {
  try {
    return historyText(await client.workflow.getHandle(caseId).fetchHistory());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return '';
    throw error;
  }
}
