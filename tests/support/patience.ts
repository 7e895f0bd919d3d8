// Real servers on a shared machine: a test that fails says so by its facts, not by the clock.
jest.setTimeout(600_000);
// On the build machine alone a red test is looked at up to twice more; what it said each time is printed beside the
// summary, so that it can be found and mended. At a desk it is red at once.
if (process.env['KEYTURN_LOOK_TWICE']) jest.retryTimes(2, { logErrorsBeforeRetry: true });
