// @ts-check
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// Run as a child with a folder and a version: the SDK gives no progress and has no time limit, so the parent watches
// the lines printed here while the file grows.
const [folder = '', version = ''] = process.argv.slice(2);

/** @returns {number} */
const bytes = () => readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
let before = 0;
setInterval(() => {
  const now = bytes();
  if (now > before) console.log(`${now} bytes`);
  before = now;
}, 1000).unref();

const { TestWorkflowEnvironment } = await import('@temporalio/testing');
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: folder, version } },
});
await environment.teardown();
