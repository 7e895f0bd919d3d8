const { relative, sep } = require('node:path');
const { statSync } = require('node:fs');

/** Seconds of the suites that take longest on two cores; what is not here counts by its size. Rough ones will do. */
const SECONDS = {
  'tests/crash/crash-points.int.test.ts': 300,
  'tests/outage/outage.int.test.ts': 240,
  'tests/model/model.int.test.ts': 150,
  'tests/forms/forms.int.test.ts': 150,
  'tests/import/import.int.test.ts': 60,
  'tests/e2e/demo.e2e.test.ts': 120,
  'tests/four-eyes/four-eyes.int.test.ts': 80,
};
const UNIT_SECONDS = 2;
const BYTES_A_SECOND = 500;

/**
 * The order of a run: what takes longest is begun first, so that no core is left waiting for it at the end. Jest's own
 * order knows how long a suite took only where it has run before, and a build machine has not.
 */
module.exports = class LongestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => secondsOf(b) - secondsOf(a));
  }

  /** Jest's own contract; a run that was split over machines would each take every n-th. */
  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, index) => index % shardCount === shardIndex - 1);
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};

function secondsOf({ path, context: { config } }) {
  const known = SECONDS[relative(config.rootDir, path).split(sep).join('/')];
  if (known !== undefined) return known;
  return config.displayName?.name === 'unit' ? UNIT_SECONDS : statSync(path).size / BYTES_A_SECOND;
}
