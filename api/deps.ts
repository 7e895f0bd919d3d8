import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../db/create-db';
import type { Role } from '../domain/roles';
import type { Limits } from './limits';
import type { Metrics } from './metrics/metrics';

/** Everything the API needs; main.ts and the tests hand it in. */
export interface ApiDeps {
  db: Db;
  temporal: Client;
  config: {
    production: boolean;
    /** The one origin whose pages may call this API from a browser. */
    allowedOrigin: string;
    /** Where operators look at a case, without a slash at the end; null when there is no UI. */
    temporalUiUrl: string | null;
    namespace: string;
  };
  logger: Logger;
  /** Measures the requests, where somebody reads it. */
  metrics?: Metrics;
  /** The folder of the built console; without one the API has no pages but its documentation. */
  consoleDir?: string;
  /** Aborted when the process stops: answers that would go on are ended. */
  stopping?: AbortSignal;
  /** Other limits and another task queue than the product's, for tests. */
  limits?: Partial<Limits>;
  taskQueue?: string;
}

/** Who makes a request, as of now. */
export interface Actor {
  id: number;
  username: string;
  displayName: string;
  roles: readonly Role[];
}

export const holds = (actor: Actor, ...roles: Role[]): boolean => roles.some((role) => actor.roles.includes(role));
