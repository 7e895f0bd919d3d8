import { createServer } from 'node:net';

// Below the range from which the system takes the ports of outgoing connections.
const LOWEST = 20_000;
const COUNT = 10_000;

/** Whether this process could listen there now. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A port on which nobody listens; best a wish that is free, never one of those taken. */
export async function freePort({
  wish,
  not = [],
  host,
}: { wish?: number; not?: number[]; host?: string } = {}): Promise<number> {
  let port = wish ?? anyPort();
  while (not.includes(port) || !(await isFree(port, host))) port = anyPort();
  return port;
}

function anyPort(): number {
  return LOWEST + Math.floor(Math.random() * COUNT);
}
