import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

/** The worker's logger; the SDK and the workflows log through it. */
export function createLogger(level: string): Logger {
  const logger = pino({ name: 'worker', level });
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', (entry) => {
      const { error, ...meta } = (entry.meta ?? {}) as Record<string, unknown>;
      logger[levels[entry.level]]({ ...meta, err: error }, entry.message);
    }),
  });
  return logger;
}
