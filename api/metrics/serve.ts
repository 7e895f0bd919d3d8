import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics';

/**
 * Serves the metrics on an address of their own, `host:port`: they are for the operators' network, and a port that no
 * proxy knows needs no password. Anything but `GET /metrics` is not found.
 */
export async function serveMetrics(metrics: Metrics, address: string): Promise<Server> {
  const { hostname, port } = new URL(`http://${address}`);
  const server = createServer((req, res) => {
    if (req.method !== 'GET' || req.url !== '/metrics') return void res.writeHead(404).end();
    metrics.text().then(
      (text) => res.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  });
  server.listen(Number(port), hostname);
  await once(server, 'listening');
  return server;
}
