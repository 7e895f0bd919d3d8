import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { loadConfig, temporalConnection } from '../config';
import { createDb } from '../db/create-db';
import { checkFacts } from './demo/facts';
import { openOffice } from './demo/office';
import { canceledThenPaid } from './demo/stories/canceled-then-paid';
import { copiedCustomer } from './demo/stories/copied-customer';
import { fromDraft } from './demo/stories/from-draft';
import { fromScratch } from './demo/stories/from-scratch';
import { newTenant } from './demo/stories/new-tenant';
import { twoClerks } from './demo/stories/two-clerks';
import { untilDraft } from './demo/stories/until-draft';
import { createTeller } from './demo/teller';
import { runningSystem } from './running-system';

const STORIES = [canceledThenPaid, copiedCustomer, newTenant, fromScratch, twoClerks];

const USAGE = `npm run demo                       tells every story on the running system, and checks what it left
npm run demo -- --until-draft      stops when the final bill waits for approval, and prints the case
npm run demo -- --from-draft CASE  goes on from there`;

/** Tells the story through HTTP, then looks into both stores; the number of differences. */
async function main(): Promise<number> {
  const options = {
    'until-draft': { type: 'boolean' },
    'from-draft': { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const config = loadConfig();
  const system = runningSystem(config);
  const t = createTeller(system, config.temporal.namespace);
  const people = await openOffice(system.apiUrl);
  const caseId = values['from-draft'] ?? (await untilDraft(t, people)).caseId;
  if (values['until-draft']) {
    console.log(`\nGo on with: npm run demo -- --from-draft ${caseId}`);
    return t.differences.length;
  }
  await fromDraft(t, people, caseId);
  if (!values['from-draft']) for (const tell of STORIES) await tell(t, people);

  const address = system.temporalAddress;
  const connection = await Connection.connect(temporalConnection({ temporal: { ...config.temporal, address } }));
  const db = createDb(system.databaseUrl);
  try {
    await checkFacts(t, db, new Client({ connection, namespace: config.temporal.namespace }));
  } finally {
    await db.close();
    await connection.close();
  }
  console.log(t.differences.length === 0 ? '\nAll as it should be.' : `\n${t.differences.length} differences:`);
  for (const difference of t.differences) console.log(`  ${difference}`);
  return t.differences.length;
}

main().then(
  (differences) => {
    process.exitCode = differences === 0 ? 0 : 1;
  },
  (error: Error) => {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  },
);
