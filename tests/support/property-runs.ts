import fc from 'fast-check';

/** KEYTURN_RUNS: how many cases each property of the unit tests tries; fast-check's 100 unless given. */
const runs = Number(process.env['KEYTURN_RUNS'] ?? '');
if (runs > 0) fc.configureGlobal({ numRuns: runs });
