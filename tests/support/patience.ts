// Real servers on a shared machine: a test that fails says so by its facts, not by the clock.
jest.setTimeout(120_000);
