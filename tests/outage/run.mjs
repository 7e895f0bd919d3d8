// npm run test:outage -- --seconds 120: how long each outage lasts.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '15' } } });
const env = { ...process.env, KEYTURN_OUTAGE_SECONDS: values.seconds };
const jest = ['jest', '--selectProjects', 'int', '--testPathPatterns', 'tests/outage'];
const { status } = spawnSync('npx', jest, { stdio: 'inherit', env });
process.exit(status ?? 1);
