import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { temporalConnection, type Config } from '../../config';
import { ensureNamespace } from '../servers/namespace';
import { ensureSearchAttributes } from '../servers/search-attributes';
import { versionAt } from '../servers/sql';

const PATIENCE_MS = 60_000;
const POLL_MS = 500;

/** Waits for the database server that DATABASE_URL names, and returns its version. */
export function databaseAnswers(url: string, off: AbortSignal): Promise<string> {
  return patiently(off, () => versionAt(url), [
    'ER_ACCESS_DENIED_ERROR',
    'ER_DBACCESS_DENIED_ERROR',
    'ER_BAD_DB_ERROR',
  ]);
}

/** Waits for the cluster that TEMPORAL_ADDRESS names, and registers what its namespace lacks. */
export async function temporalAnswers(temporal: Config['temporal'] & { address: string }, off: AbortSignal) {
  const connection = await patiently(off, () => Connection.connect(temporalConnection({ temporal })));
  try {
    // Temporal Cloud manages namespaces elsewhere; a namespace that is not there shows at the next line anyway.
    await ensureNamespace(connection, temporal.namespace).catch(() => undefined);
    const added = await ensureSearchAttributes(connection, temporal.namespace);
    return `${temporal.address}, ${added} search attributes added`;
  } finally {
    await connection.close();
  }
}

async function patiently<T>(off: AbortSignal, work: () => Promise<T>, final: string[] = []): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(POLL_MS, undefined, { signal: off })) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline || final.includes(String((error as NodeJS.ErrnoException).code))) throw error;
    }
  }
}
