import { join } from 'node:path';
import { childEnvironment, type Config } from '../../config';
import { migrateUp } from '../../db/migrate';
import { programIn } from '../servers/binaries';
import { leaveWord } from '../running-system';
import { startMariaDb } from '../servers/mariadb';
import { startTemporal } from '../servers/temporal';
import { loadTown } from '../town/load-town';
import { databaseAnswers, temporalAnswers } from './external';
import { keptPorts, type Ports } from './kept-ports';
import { nodePart } from './part';
import { readyMessage, type Login } from './ready-message';
import type { Plan, Step } from './supervise';

const DIST = join(__dirname, '..', '..');

/** What the person who starts the system may leave out. */
export interface Wanted {
  demo: boolean;
  worker: boolean;
}

/** The whole system on one data folder: embedded servers unless the config names others, then our own processes. */
export function systemPlan(config: Config, wanted: Wanted, say = console.log): Plan {
  const { dataDir, cacheDir, temporal } = config;
  const traces = (name: string) => ({
    logFile: join(dataDir, 'logs', `${name}.log`),
    pidFile: join(dataDir, 'run', `${name}.json`),
  });
  let ports: Ports;
  let databaseUrl = config.database.url ?? '';
  let address = temporal.address ?? '';
  let uiUrl = temporal.uiUrl;
  let logins: Login[] = [];

  const choosePorts: Step = {
    title: 'Ports',
    run: async () => {
      ports = await keptPorts(dataDir, config.api, say);
      return `console and API on ${ports.api}`;
    },
  };

  const database: Step = config.database.url
    ? { title: 'Database', run: (off) => databaseAnswers(databaseUrl, off) }
    : {
        title: 'Database',
        part: {
          name: 'Database',
          async start(signal) {
            const options = { dataDir: join(dataDir, 'database'), cacheDir, port: ports.database, signal };
            const server = await startMariaDb({ ...options, ...traces('database') });
            databaseUrl = server.url;
            return server;
          },
        },
      };

  const workflowServer: Step = temporal.address
    ? { title: 'Temporal', run: (off) => temporalAnswers({ ...temporal, address }, off) }
    : {
        title: 'Temporal',
        part: {
          name: 'Temporal',
          async start(signal) {
            const server = await startTemporal({
              binary: programIn(cacheDir, 'temporal'),
              dbFile: join(dataDir, 'temporal', 'cases.db'),
              port: ports.temporal,
              uiPort: ports.temporalUi,
              namespace: temporal.namespace,
              signal,
              ...traces('temporal'),
            });
            ({ address, uiUrl } = server);
            return server;
          },
        },
      };

  const migrations: Step = {
    title: 'Migrations',
    run: async () => `${await migrateUp(databaseUrl)} applied`,
  };

  const demoTown: Step = {
    title: 'Demo town',
    run: async () => {
      const town = await loadTown(databaseUrl);
      logins = town.logins;
      return town.loaded ? 'loaded' : 'there already';
    },
  };

  const word: Step = {
    title: 'Word for tools',
    run: async () => {
      const apiUrl = consoleUrl(config, ports);
      leaveWord(dataDir, { databaseUrl, temporalAddress: address, temporalUiUrl: uiUrl ?? null, apiUrl });
      return 'system.json';
    },
  };

  const ours = (name: string, folder: string): Step => ({
    title: name,
    part: nodePart({
      name,
      script: join(DIST, folder, 'main.js'),
      env: () =>
        childEnvironment({
          PORT: String(ports.api),
          KEYTURN_URL: consoleUrl(config, ports),
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: address,
          ...(uiUrl && { TEMPORAL_UI_URL: uiUrl }),
          KEYTURN_DATA: dataDir,
          KEYTURN_CACHE: cacheDir,
        }),
      say,
      ...traces(folder),
    }),
  });

  return {
    dataDir,
    say,
    steps: [
      choosePorts,
      [database, workflowServer],
      migrations,
      ...(wanted.demo && !config.production ? [demoTown] : []),
      word,
      [...(wanted.worker ? [ours('Worker', 'worker')] : []), ours('API', 'api')],
    ],
    ready: () => readyMessage({ consoleUrl: consoleUrl(config, ports), uiUrl, logins, worker: wanted.worker }),
  };
}

function consoleUrl({ api }: Config, ports: Ports): string {
  return api.url.replace(/^(http:\/\/127\.0\.0\.1):\d+$/, `$1:${ports.api}`);
}
