import { bundleForTests } from './bundle';
import { startTestServers } from './servers';

/** Starts the servers of a run. Jest calls it once, and only when a test of a project that names it is to run. */
export default async function globalSetup(): Promise<void> {
  const [servers, bundle] = await Promise.all([startTestServers(), bundleForTests()]);
  process.env.KEYTURN_TEST_DATABASE_URL = servers.databaseUrl;
  process.env.KEYTURN_TEST_TEMPORAL = servers.temporal;
  process.env.KEYTURN_TEST_BUNDLE = bundle;
  Object.assign(globalThis, { stopTestServers: servers.stop });
}
