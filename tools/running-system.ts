import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config';

/** Where the parts of a running system are. The database url holds a password. */
export interface RunningSystem {
  databaseUrl: string;
  temporalAddress: string;
  temporalUiUrl: string | null;
  apiUrl: string;
}

const fileIn = (dataDir: string) => join(dataDir, 'system.json');

/** Leaves word, readable by the owner alone, of where this system is. */
export function leaveWord(dataDir: string, system: RunningSystem): void {
  writeFileSync(fileIn(dataDir), `${JSON.stringify(system, null, 2)}\n`, { mode: 0o600 });
}

/** The system that the tools work on: what the environment names, else the one that runs on the data folder. */
export function runningSystem(config: Config): RunningSystem {
  const { database, temporal, api } = config;
  const left = wordLeft(config.dataDir);
  const databaseUrl = database.url ?? left?.databaseUrl;
  const temporalAddress = temporal.address ?? left?.temporalAddress;
  if (!databaseUrl || !temporalAddress) {
    throw new Error(
      'No system runs on this data folder: start one with npm start, or set DATABASE_URL and TEMPORAL_ADDRESS',
    );
  }
  const apiUrl = api.urlGiven ? api.url : (left?.apiUrl ?? api.url);
  return { databaseUrl, temporalAddress, temporalUiUrl: temporal.uiUrl ?? left?.temporalUiUrl ?? null, apiUrl };
}

function wordLeft(dataDir: string): RunningSystem | null {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as RunningSystem;
  } catch {
    return null;
  }
}
