import { inStep } from '../../activities/in-step';
import { RefusedError } from '../../db/errors';
import { nextNumber } from '../../db/records/numbers';
import { freshDatabase, type FreshDatabase } from '../support/database';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const deps = () => ({ db: database.db, consoleUrl: '' });
const input = (key: string, more: object = {}) => ({ key, caseId: 'moveout-1', ...more });

it('runs a step once for its key, and answers every later attempt with the stored result', async () => {
  const act = jest.fn((tx: Parameters<typeof nextNumber>[0]) => nextNumber(tx, 'bill'));
  const first = await inStep(deps(), input('c/step/1'), act);
  expect(await inStep(deps(), input('c/step/1'), act)).toBe(first);
  expect(act).toHaveBeenCalledTimes(1);
});

it('runs a step once however many attempts overlap', async () => {
  let effects = 0;
  const attempt = () =>
    inStep(deps(), input('c/step/2'), async (tx) => {
      effects += 1;
      const number = await nextNumber(tx, 'bill');
      await new Promise((resolve) => setTimeout(resolve, 100));
      return number;
    });
  const results = await Promise.all([attempt(), attempt(), attempt(), attempt(), attempt()]);
  expect(new Set(results).size).toBe(1);
  expect(effects).toBe(1);
});

it('refuses the same key with other input', async () => {
  await inStep(deps(), input('c/step/3'), () => Promise.resolve('done'));
  await expect(inStep(deps(), input('c/step/3', { n: 2 }), () => Promise.resolve('done'))).rejects.toThrow(
    'done before with other input',
  );
});

it('leaves no key behind when the step is refused, so that it can be run again', async () => {
  const refuse = () => Promise.reject(new RefusedError({ code: 'NO', message: 'no' }));
  await expect(inStep(deps(), input('c/step/4'), refuse)).rejects.toThrow('no');
  expect(await inStep(deps(), input('c/step/4'), () => Promise.resolve('yes'))).toBe('yes');
});
