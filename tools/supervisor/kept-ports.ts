import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isFree } from '../servers/ports';
import type { Say } from './say';

/** The ports of one data folder; kept, so that links into the console and the Temporal UI survive a restart. */
export interface Ports {
  api: number;
  database: number;
  temporal: number;
  temporalUi: number;
}

/** What the person asked for: PORT is an order, the default only a wish. */
export interface ApiPort {
  host: string;
  port: number;
  portGiven: boolean;
}

/** Chooses the ports once and keeps them; one that somebody else took meanwhile is replaced, but never a given one. */
export async function keptPorts(dataDir: string, api: ApiPort, say: Say): Promise<Ports> {
  const file = join(dataDir, 'ports.json');
  const kept = read(file);
  if (api.portGiven && !(await isFree(api.port, api.host))) {
    throw new Error(
      `Port ${api.port}, which PORT asks for, is taken by another process. Free it or choose another PORT.`,
    );
  }
  const taken = api.portGiven ? [api.port] : [];
  const choose = async (name: keyof Ports, wish?: number, host?: string) => {
    const before = kept[name];
    const port = await freePort({ wish: before ?? wish, not: taken, host });
    if (before !== undefined && port !== before)
      say(`  port ${before} (${name}) is taken by another process: using ${port}`);
    taken.push(port);
    return port;
  };
  const chosen: Ports = {
    api: api.portGiven ? api.port : await choose('api', api.port, api.host),
    database: await choose('database'),
    temporal: await choose('temporal'),
    temporalUi: await choose('temporalUi'),
  };
  const keep = api.portGiven ? { ...chosen, api: kept.api } : chosen;
  writeFileSync(file, `${JSON.stringify(keep, null, 2)}\n`);
  return chosen;
}

function read(file: string): Partial<Ports> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Ports>;
  } catch {
    return {};
  }
}
