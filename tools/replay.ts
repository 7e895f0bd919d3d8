import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { loadConfig, temporalConnection } from '../config';
import { TASK_QUEUE } from '../contract/ids';
import { builtBundle } from '../worker/create-worker';
import { runningSystem } from './running-system';

const HELP = `npm run replay [-- --bundle FILE]
Replays every open case on this build's workflows, without touching one: run it from the new build, before its workers
start. A case that it could not go on with is named, and the exit code is 1. --bundle: the bundle of another build.`;

/** How many histories are fetched at once. */
const AT_ONCE = 10;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { bundle: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const codePath = values.bundle ?? builtBundle();
  if (!codePath) throw new Error('There is no bundle of the workflows: run npm run build, or name one by --bundle');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const config = loadConfig();
  const address = config.temporal.address ?? runningSystem(config).temporalAddress;
  const connection = await Connection.connect(temporalConnection({ temporal: { ...config.temporal, address } }));
  const client = new Client({ connection, namespace: config.temporal.namespace });
  let replayed = 0;
  let failed = 0;
  try {
    const query = `TaskQueue='${TASK_QUEUE}' AND ExecutionStatus='Running'`;
    const histories = client.workflow.list({ query }).intoHistories({ concurrency: AT_ONCE });
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath } }, histories)) {
      replayed += 1;
      if (!error) continue;
      failed += 1;
      console.log(`${workflowId}: ${error.message.split('\n')[0]}`);
    }
  } finally {
    await connection.close();
  }
  console.log(`${replayed} open cases replayed, ${failed} that this build could not go on with`);
  return failed === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
