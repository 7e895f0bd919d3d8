import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { WORKFLOWS } from '../../worker/create-worker';

/** Bundles the workflows of the sources once for a whole run and returns the file; each worker would take seconds. */
export async function bundleForTests(workflowsPath = WORKFLOWS.workflowsPath): Promise<string> {
  const { code } = await bundleWorkflowCode({
    ...WORKFLOWS,
    workflowsPath,
    logger: new DefaultLogger('WARN'),
  });
  const file = join(mkdtempSync(join(tmpdir(), 'keyturn-bundle-')), 'workflows.js');
  writeFileSync(file, code);
  return file;
}
