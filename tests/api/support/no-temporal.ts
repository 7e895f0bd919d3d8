import { Client, Connection } from '@temporalio/client';
import { impatientRetries } from '../../../api/temporal';

/** A client of a Temporal server that is not there: nothing listens on the discard port. */
export function noTemporal() {
  const connection = Connection.lazy({ address: '127.0.0.1:9', interceptors: impatientRetries });
  return { client: new Client({ connection }), close: () => connection.close() };
}
