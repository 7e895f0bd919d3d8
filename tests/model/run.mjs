// npm run test:model -- --runs 200 --seed N [--shrink]: what people do, at random, against the model of it.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    shrink: { type: 'boolean', default: false },
  },
});
for (const name of ['runs', 'seed']) {
  if (/^\d{1,9}$/.test(values[name])) continue;
  console.error(`--${name}: ${values[name]} is no whole number`);
  process.exit(2);
}
const env = {
  ...process.env,
  MODEL_RUNS: values.runs,
  MODEL_SEED: values.seed,
  MODEL_SHRINK: values.shrink ? 'yes' : 'no',
};
const { status } = spawnSync('npx', ['jest', '--selectProjects', 'int', '--testPathPatterns', 'tests/model'], {
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
