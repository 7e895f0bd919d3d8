import { Connection } from '@temporalio/client';
import { loadConfig, temporalConnection } from '../config';
import { makeCurrent } from './servers/worker-version';

/**
 * Makes a build of the workers the current one: new cases begin with it and open ones go on with it. The build is named by
 * the first argument, else by WORKER_BUILD_ID; the one before may be named again to go back.
 */
async function main(): Promise<string> {
  const { temporal, worker } = loadConfig();
  const { address, namespace } = temporal;
  if (!address) throw new Error('TEMPORAL_ADDRESS: is needed to say which build is current');
  const [named] = process.argv.slice(2);
  const buildId = named ?? worker.version?.buildId;
  if (!buildId) throw new Error('WORKER_BUILD_ID: is needed to say which build is current');
  const deploymentName = worker.deploymentName;
  const connection = await Connection.connect(temporalConnection({ temporal: { ...temporal, address } }));
  try {
    const { before } = await makeCurrent(connection, namespace, { deploymentName, buildId });
    return `Build ${buildId} of ${deploymentName} is current; before it ${before ?? 'none'}`;
  } finally {
    await connection.close();
  }
}

main().then(console.log, (error: Error) => {
  console.error(error.message || error);
  process.exitCode = 1;
});
