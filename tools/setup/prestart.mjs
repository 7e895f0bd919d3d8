// @ts-check
import { parseArgs } from 'node:util';
import { browser } from './browser.mjs';
import { build } from './build.mjs';
import { database } from './database.mjs';
import { nodeModules } from './node-modules.mjs';
import { runSteps } from './progress.mjs';
import { SetupError } from './setup-error.mjs';
import { temporal } from './temporal.mjs';

const HELP = `Finds or installs what "npm start" needs, in this order: modules, database, temporal, build.
  --only=NAME[,NAME]  these steps only
  --for-tests         the Temporal server too where TEMPORAL_ADDRESS is set: tests start their own; and a browser`;

const { values } = parseArgs({
  options: { only: { type: 'string' }, 'for-tests': { type: 'boolean' }, help: { type: 'boolean' } },
});
const given = (/** @type {string} */ name) => Boolean(process.env[name]?.trim());

/** @type {Record<string, [string, import('./progress.mjs').Work]>} */
const steps = {
  modules: ['Node modules', nodeModules],
  database: ['Database', given('DATABASE_URL') ? async () => 'the one at DATABASE_URL' : database],
  temporal: [
    'Temporal server',
    given('TEMPORAL_ADDRESS') && !values['for-tests'] ? async () => 'the one at TEMPORAL_ADDRESS' : temporal,
  ],
  ...(values['for-tests'] && { browser: ['Browser of the tests', browser] }),
  build: ['Build', build],
};

async function main() {
  if (values.help) return console.log(HELP);
  const wanted = values.only?.split(',') ?? Object.keys(steps);
  const unknown = wanted.filter((name) => !(name in steps));
  if (unknown.length > 0) throw new SetupError(`There is no step ${unknown.join(', ')}.\n${HELP}`);
  await runSteps(Object.entries(steps).flatMap(([name, step]) => (wanted.includes(name) ? [step] : [])));
}

// The exit handlers that give up locks do not run when a signal ends the process.
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])) {
  process.on(signal, () => process.exit(code));
}

main().catch((error) => {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
});
