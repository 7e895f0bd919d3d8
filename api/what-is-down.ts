import type { ApiDeps } from './deps';
import { LIMITS } from './limits';

/** Which of MySQL and Temporal do not answer within a moment. */
export async function whatIsDown({ db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>): Promise<string[]> {
  const asked = {
    mysql: db.sequelize.query('SELECT 1'),
    temporal: temporal.connection.withDeadline(Date.now() + LIMITS.readyWithinMs, () =>
      temporal.workflowService.getSystemInfo({}),
    ),
  };
  const answers = await Promise.all(
    Object.entries(asked).map(async ([name, answer]) => ((await answered(answer)) ? null : name)),
  );
  return answers.filter((name) => name !== null);
}

function answered(answer: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, LIMITS.readyWithinMs, false)));
  const known = answer.then(
    () => true,
    () => false,
  );
  return Promise.race([known, late]).finally(() => clearTimeout(timer));
}
