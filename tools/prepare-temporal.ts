import { Connection } from '@temporalio/client';
import { loadConfig, temporalConnection } from '../config';
import { ensureNamespace } from './servers/namespace';
import { ensureSearchAttributes } from './servers/search-attributes';

/** The one-shot job of a deployment: the namespace with its retention, and the search attributes. */
async function main(): Promise<string> {
  const { temporal } = loadConfig();
  const { address, namespace } = temporal;
  if (!address) throw new Error('TEMPORAL_ADDRESS: is needed to prepare a namespace');
  const connection = await Connection.connect(temporalConnection({ temporal: { ...temporal, address } }));
  try {
    await ensureNamespace(connection, namespace);
    const added = await ensureSearchAttributes(connection, namespace);
    return `Namespace ${namespace} is ready, ${added} search attributes added`;
  } finally {
    await connection.close();
  }
}

main().then(console.log, (error: Error) => {
  console.error(error.message || error);
  process.exitCode = 1;
});
