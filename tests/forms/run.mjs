// npm run test:forms -- --runs 300 --seed N: set-up forms at random through the real API, as often as asked.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^\d{1,9}$/.test(value)) continue;
  console.error(`--${name}: ${value} is no whole number`);
  process.exit(2);
}
const env = { ...process.env, FORMS_RUNS: values.runs, FORMS_SEED: values.seed };
const { status } = spawnSync('npx', ['jest', '--selectProjects', 'int', '--testPathPatterns', 'tests/forms'], {
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
