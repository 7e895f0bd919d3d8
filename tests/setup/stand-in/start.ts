import { join } from 'node:path';
import { loadConfig } from '../../../config';
import { startMariaDb } from '../../../tools/servers/mariadb';
import { keptPorts } from '../../../tools/supervisor/kept-ports';
import { nodePart } from '../../../tools/supervisor/part';
import { supervise, type Step } from '../../../tools/supervisor/supervise';

// A system of stand-ins under the real supervisor: start.ts DATA_DIR PART... where a part is NAME or NAME:HABIT, and
// "database" is the real one.
const [dataDir = '', ...parts] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

const traces = (name: string) => ({
  logFile: join(dataDir, 'logs', `${name}.log`),
  pidFile: join(dataDir, 'run', `${name}.json`),
});

function stepOf(part: string): Step {
  const [name = '', ...habits] = part.split(':');
  if (name === 'database') return { title: name, part: { name, start: startDatabase } };
  const script = join(__dirname, 'part.js');
  const args = [name, join(dataDir, 'journal'), ...habits];
  return { title: name, part: nodePart({ name, script, args, env: () => process.env, say, ...traces(name) }) };
}

async function startDatabase(signal: AbortSignal) {
  const { database } = await keptPorts(dataDir, { host: '127.0.0.1', port: 28_080, portGiven: false }, say);
  const options = { dataDir: join(dataDir, 'database'), cacheDir: loadConfig().cacheDir, port: database, signal };
  return startMariaDb({ ...options, ...traces('database') });
}

void supervise({
  dataDir,
  steps: parts.map(stepOf),
  ready: () => 'everything runs',
  say,
  backoff: { firstMs: 50, mostMs: 200, forgivenAfterMs: 60_000 },
}).then((code) => process.exit(code));
