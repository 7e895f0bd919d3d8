import { type Client } from '@temporalio/client';
import type { Db } from '../../db/create-db';
import { historyText } from '../history-text';
import { compareWithTemporal } from '../invariants/temporal';
import { INVARIANTS } from '../invariants';
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
  const leaks = await personalDataIn(db, client);
  t.check(
    leaks.length === 0,
    `no personal data in any event history${leaks.length > 0 ? `: ${leaks.join('; ')}` : ''}`,
  );
}

async function personalDataIn(db: Db, client: Client): Promise<string[]> {
  const words = new Set<string>();
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
  for (const { caseId } of await db.Case.findAll()) {
    const text = historyText(await client.workflow.getHandle(caseId).fetchHistory());
    for (const word of words) if (text.includes(word)) leaks.push(caseId);
  }
  return leaks;
}
