import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { officeInNumbers } from '../../db/reads/in-numbers';
import type { ApiDeps } from '../deps';
import { whatIsDown } from '../what-is-down';
import { officeGauges } from './office';

/** What this process measures, in Prometheus' text format (docs/operations.md lists it). */
export interface Metrics {
  /** Times each request by the name of its route: paths hold numbers of accounts. */
  timed: RequestHandler;
  contentType: string;
  /** The whole text; it is there also when the database or Temporal is not, and says so. */
  text(): Promise<string>;
}

/** Seconds; the long ones are those of a request that waits for the verdict of a case. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Two scrapers, or one that is impatient, ask the database once. */
const FRESH_MS = 5_000;

/** Measures requests, this process, and how the office stands. */
export function createMetrics(deps: Pick<ApiDeps, 'db' | 'temporal'>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    ...{ name: 'keyturn_http_request_duration_seconds', help: 'Requests by route and status', buckets: BUCKETS },
    ...{ labelNames: ['method', 'route', 'status'], registers },
  });
  const inFlight = new Gauge({ name: 'keyturn_http_requests_in_flight', help: 'Requests under way', registers });
  const up = new Gauge({
    ...{
      name: 'keyturn_up',
      help: 'Whether MySQL and Temporal answer this process',
      labelNames: ['server'],
      registers,
    },
  });
  const office = officeGauges(registers);

  async function look(): Promise<void> {
    const down = await whatIsDown(deps);
    for (const server of ['mysql', 'temporal']) up.set({ server }, down.includes(server) ? 0 : 1);
    office.show(down.includes('mysql') ? null : await officeInNumbers(deps.db).catch(() => null));
  }

  let looked: { at: number; done: Promise<void> } | null = null;
  function lookedLately(): Promise<void> {
    if (!looked || Date.now() - looked.at > FRESH_MS) looked = { at: Date.now(), done: look() };
    return looked.done;
  }

  return {
    timed(req, res, next) {
      const done = requests.startTimer();
      inFlight.inc();
      res.once('close', () => {
        inFlight.dec();
        const route = (req.route as { path?: string } | undefined)?.path;
        const status = res.writableFinished ? String(res.statusCode) : 'cut';
        done({ method: req.method, route: route ? req.baseUrl + route : 'none', status });
      });
      next();
    },
    contentType: registry.contentType,
    async text() {
      await lookedLately();
      return registry.metrics();
    },
  };
}
