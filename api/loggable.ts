import type { IncomingMessage, ServerResponse } from 'node:http';
import { driverError } from '../db/errors';

/** What of a request, an answer and an error may be written to the log: no query, header, SQL or value of a row. */
export const loggable = {
  req: (req: IncomingMessage & { originalUrl?: string }) => ({
    method: req.method,
    path: (req.originalUrl ?? req.url ?? '').split('?')[0],
  }),
  res: (res: ServerResponse) => ({ status: res.statusCode }),
  err: (error: unknown) => {
    const driver = driverError(error);
    // A driver's message may quote the value it stumbled over.
    if (driver) return { type: (error as Error).name, errno: driver.errno, code: driver.code };
    return error instanceof Error
      ? { type: error.name, message: error.message, stack: error.stack }
      : { type: typeof error };
  },
};
