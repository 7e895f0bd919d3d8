import express, { Router, type Express } from 'express';
import { pinoHttp } from 'pino-http';
import { assertComplete } from './access';
import { consolePages } from './console';
import type { ApiDeps } from './deps';
import { duringRequest } from './correlation';
import { docs } from './docs';
import { requestId, sameSite, securityHeaders } from './hardening';
import { LIMITS } from './limits';
import { loggable } from './loggable';
import { mount, problems } from './mount';
import { isAtRoot } from './openapi';
import { rateLimits } from './rate-limits';
import { allRoutes } from './routes';

export type { ApiDeps } from './deps';

/** The HTTP API as an Express application; it listens nowhere yet. Fails when a route and the access table disagree. */
export function createApi(deps: ApiDeps): Express {
  const { config, logger } = deps;
  const routes = allRoutes(deps);
  assertComplete(routes.map(({ name }) => name));

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // Replicas stand behind a proxy of the same network, which alone may say where a request came from.
  app.set('trust proxy', config.production ? ['loopback', 'linklocal', 'uniquelocal'] : false);
  if (deps.metrics) app.use(deps.metrics.timed);
  app.use(requestId, ...securityHeaders(config.production));
  // Paths may hold numbers, queries may hold names: neither query nor headers are logged.
  app.use(
    pinoHttp({
      logger,
      genReqId: (_req, res) => String(res.getHeader('X-Request-Id')),
      serializers: loggable,
      wrapSerializers: false,
    }),
  );

  app.use((_req, res, next) => duringRequest(String(res.locals.requestId), next));

  const limits = rateLimits({ ...LIMITS, ...deps.limits });
  const root = Router();
  const v1 = Router();
  v1.use(sameSite(config.allowedOrigin));
  for (const route of routes) mount(isAtRoot(route) ? root : v1, route, deps, limits);
  app.use(root);
  app.use('/api/v1', v1);
  app.use('/api/docs', docs());
  if (deps.consoleDir) app.use(consolePages(deps.consoleDir));
  app.use(...problems((error, id) => logger.error({ requestId: id, err: loggable.err(error) }, 'request failed')));
  return app;
}
