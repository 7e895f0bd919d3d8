// npm run test:four-eyes -- --runs 2000 --seed N: the attempts at random on approvals, as often as asked.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^\d{1,9}$/.test(value)) continue;
  console.error(`--${name}: ${value} is no whole number`);
  process.exit(2);
}
const env = { ...process.env, FOUR_EYES_RUNS: values.runs, FOUR_EYES_SEED: values.seed };
const { status } = spawnSync('npx', ['jest', '--selectProjects', 'int', '--testPathPatterns', 'tests/four-eyes'], {
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
