import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../config';
import { AlreadyRunning } from './supervisor/data-lock';
import { supervise } from './supervisor/supervise';
import { systemPlan } from './supervisor/system';

const HELP = `npm start -- [options]   runs the database, Temporal, the worker, and the API with the console
  --no-demo     do not load the demo town
  --no-worker   leave the worker out: cases wait until one comes
  --help        this text
Settings come from the environment, see config.ts. With DATABASE_URL or TEMPORAL_ADDRESS that server is used and
none of our own is started.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { help: { type: 'boolean' }, 'no-demo': { type: 'boolean' }, 'no-worker': { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  return supervise(systemPlan(loadConfig(), { demo: !values['no-demo'], worker: !values['no-worker'] }));
}

// A closed pipe on the other side, as in "npm start | head", must not end the system without its stop.
process.stdout.on('error', () => undefined);

void main()
  .catch((error: NodeJS.ErrnoException) => {
    const plain =
      error instanceof ConfigError || error instanceof AlreadyRunning || error.code?.startsWith('ERR_PARSE_ARGS');
    console.error(plain ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
