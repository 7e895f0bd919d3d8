const { availableParallelism } = require('node:os');

/** Three projects by what a test needs: unit nothing, int a database and a Temporal server, e2e the whole system. */
const swc = [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
];
const common = {
  testEnvironment: 'node',
  transform: { '^.+\\.m?[tj]sx?$': swc },
  transformIgnorePatterns: ['/node_modules/(?!(temporal-polyfill|temporal-utils|ulid|@seriousme)/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};
const servers = {
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/tests/support/patience.ts'],
};
module.exports = {
  // Tests wait for servers and timers, a few suites for minutes: a core of its own for each file would leave cores idle.
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/tests/support/longest-first.cjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      setupFiles: ['<rootDir>/tests/support/property-runs.ts'],
      testMatch: ['<rootDir>/{domain,contract,db,documents,api,workflows,worker,tools}/**/*.test.ts'],
    },
    { ...common, ...servers, displayName: 'int', testMatch: ['<rootDir>/tests/**/*.int.test.ts'] },
    { ...common, ...servers, displayName: 'e2e', testMatch: ['<rootDir>/tests/{e2e,console,operators}/**/*.e2e.test.ts'] },
  ],
};
