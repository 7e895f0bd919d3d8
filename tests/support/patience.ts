// Real servers on a shared machine: a test that fails says so by its facts, not by the clock.
jest.setTimeout(120_000);
// On the build machine alone a red test is looked at once more; what it said the first time is printed beside the
// summary, so that it can be found and mended. At a desk it is red at once.
if (process.env['KEYTURN_LOOK_TWICE']) jest.retryTimes(1, { logErrorsBeforeRetry: true });
