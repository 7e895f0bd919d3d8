import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { allRoutes } from '../api/routes';

// What the routes do needs a database; what they are called and shaped does not.
const NOTHING = new Proxy({}, { get: () => NOTHING }) as never;

/**
 * node --import tsx tools/openapi.ts FILE: writes the OpenAPI document that the console's client is typed from. It is
 * without the Idempotency-Key, which that client gives each POST by itself.
 */
async function main(file: string | undefined): Promise<void> {
  if (!file) throw new Error('Say which file to write');
  const route = allRoutes(NOTHING).find(({ name }) => name === 'GET /openapi.json');
  const answer = await route?.handle(NOTHING);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(answer?.body, withoutKey, 1));
}

const withoutKey = (name: string, value: unknown) =>
  name === 'parameters' && Array.isArray(value)
    ? value.filter((each: { name?: string }) => each.name !== 'Idempotency-Key')
    : value;

void main(process.argv[2]);
