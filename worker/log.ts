import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

/**
 * The worker's logger; the SDK and the workflows log through it. With an address, `host:port`, the SDK serves its own
 * metrics there as `GET /metrics`.
 */
export function createLogger(level: string, metricsAddress?: string): Logger {
  const logger = pino({ name: 'worker', level });
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  Runtime.install({
    shutdownSignals: [],
    ...(metricsAddress && {
      telemetryOptions: {
        metrics: {
          prometheus: { bindAddress: metricsAddress, countersTotalSuffix: true, useSecondsForDurations: true },
          globalTags: { service: 'worker' },
        },
      },
    }),
    logger: new DefaultLogger('INFO', (entry) => {
      const { error, ...meta } = (entry.meta ?? {}) as Record<string, unknown>;
      logger[levels[entry.level]]({ ...meta, err: error }, entry.message);
    }),
  });
  return logger;
}
