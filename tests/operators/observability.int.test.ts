import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../db/canonical';
import { openSession } from '../../db/records/sessions';
import { inTransaction } from '../../db/transaction';
import { ORDER_OPEN } from '../../domain/states';
import { freePort } from '../../tools/servers/ports';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { testServers } from '../support/servers';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { alerts, expressions } from './support/expressions';
import { startPart, type Running } from './support/processes';

let database: FreshDatabase;
let town: SmallTown;
let settings: NodeJS.ProcessEnv;
let api: Running;
let worker: Running;
let url: string;
let token: string;
const at = { api: '', worker: '' };

beforeAll(async () => {
  database = await freshDatabase();
  town = await makeSmallTown(database.db);
  const [port, apiPort, workerPort] = [await freePort(), await freePort(), await freePort()];
  at.api = `127.0.0.1:${apiPort}`;
  at.worker = `127.0.0.1:${workerPort}`;
  url = `http://127.0.0.1:${port}`;
  settings = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: testServers().temporal,
    // The product's own task queue: nobody else's worker takes its cases in a namespace of its own.
    TEMPORAL_NAMESPACE: `observed-${randomBytes(4).toString('hex')}`,
    PORT: String(port),
    KEYTURN_URL: url,
    API_METRICS_ADDRESS: at.api,
    WORKER_METRICS_ADDRESS: at.worker,
  };
  const root = join(__dirname, '..', '..');
  execFileSync(process.execPath, [join(root, 'dist/tools/prepare-temporal.js')], {
    env: { ...process.env, ...settings },
  });
  [api, worker] = await Promise.all([startPart('api', settings), startPart('worker', settings)]);
  token = await signedIn(town.users.cora);
});
afterAll(async () => {
  await Promise.all([api.stop(), worker.stop()]);
  await database.drop();
});

async function signedIn(userId: number): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const session = { tokenHash: sha256(secret), lifeMs: 3_600_000 };
  await inTransaction(database.db, userId, (tx) => openSession(tx, userId, session));
  return secret;
}

const post = (path: string, body: unknown, key = randomBytes(8).toString('hex')) =>
  fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      connection: 'close',
    },
    body: JSON.stringify(body),
  });

const scrape = async (address: string): Promise<string> => {
  const answer = await fetch(`http://${address}/metrics`);
  expect(answer.status).toBe(200);
  return answer.text();
};

const moveOut = () => ({
  ...{ accountNumber: town.accountNumber, stopDate: town.today, vacateDate: town.today },
  ...{ forwardingAddress: null, newTenant: 'NO' },
});

it('names the request in the log of the API and of each step that it leads to', async () => {
  const answer = await post('/cases/move-out', moveOut());
  expect(answer.status).toBe(201);
  const { caseId } = (await answer.json()) as { caseId: string };
  const requestId = answer.headers.get('x-request-id');
  const path = '/api/v1/cases/move-out';
  const line = { req: { method: 'POST', path }, res: { status: 201 } };
  await eventually(async () => {
    expect(api.logged).toContainEqual(expect.objectContaining(line));
    const step = { msg: 'step done', activityType: 'scheduleStop', attempt: 1, caseId, requestId };
    expect(worker.logged).toContainEqual(expect.objectContaining(step));
  });
  const vacancy = await eventually(() => database.db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true }));
  // The case that this one started goes back to the same request.
  await eventually(async () => {
    const step = { msg: 'step done', activityType: 'openVacancy', caseId: vacancy.caseId, requestId };
    expect(worker.logged).toContainEqual(expect.objectContaining(step));
  });
});

it('counts what the office has open, requests by their route, and who answers', async () => {
  const shows = async (...lines: RegExp[]) => {
    const text = await scrape(at.api);
    for (const line of lines) expect(text).toMatch(line);
  };
  await eventually(() =>
    shows(
      /^keyturn_cases_open\{type="MOVE_OUT",status="OPEN"\} 1$/m,
      /^keyturn_unanswered_oldest_seconds\{kind="DECISION"\} 0$/m,
      /^keyturn_up\{server="mysql"\} 1$/m,
      /^keyturn_up\{server="temporal"\} 1$/m,
      /^keyturn_http_request_duration_seconds_count\{method="POST",route="\/api\/v1\/cases\/move-out",status="201"\} 1$/m,
    ),
  );
  await fetch(`${url}/api/v1/accounts/${town.accountNumber}`, { headers: { authorization: `Bearer ${token}` } });
  await shows(/route="\/api\/v1\/accounts\/:accountNumber",status="200"\} 1$/m);
  const text = await scrape(at.api);
  for (const personal of [town.accountNumber, town.locationNumber]) expect(text).not.toContain(personal);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  expect((await fetch(`http://${at.api}/`)).status).toBe(404);
});

it('has every measure that an alert or a dashboard asks for', async () => {
  await database.db.sequelize.query('ALTER TABLE move_out RENAME TO move_out_gone');
  const order = await database.db.ServiceOrder.findOne({ where: { status: ORDER_OPEN }, rejectOnEmpty: true });
  token = await signedIn(town.users.fred);
  const read = { meterId: town.meterId, value: '1500', readAt: town.today, source: 'ACTUAL' };
  const path = `/service-orders/${order.orderNumber}/complete`;
  expect((await post(path, { reads: [read] })).status).toBe(202);
  await eventually(async () => expect(await scrape(at.worker)).toContain('temporal_activity_execution_failed_total'));
  await database.db.sequelize.query('ALTER TABLE move_out_gone RENAME TO move_out');
  const text = (await scrape(at.api)) + (await scrape(at.worker));
  const measured = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!.replace(/_total$/, '')));
  // No build here fails to replay: tests/workflows/two-builds makes one.
  measured.add('temporal_workflow_task_execution_failed');
  const asked = expressions().flatMap(({ names }) => names);
  const unknown = asked.filter((name) => !measured.has(name.replace(/_(total|bucket|count|sum)$/, '')));
  expect(asked.length).toBeGreaterThan(30);
  expect(unknown).toEqual([]);
});

it.each(alerts().map(({ alert, annotations }) => [alert, annotations.runbook]))(
  'has a part of the runbook for the alert %s',
  (_, runbook) => {
    const text = readFileSync(join(__dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
    expect(text).toMatch(new RegExp(`^(#+ |- \\*\\*)${runbook}\\b`, 'm'));
  },
);

it('lets no request that it took go unanswered when it is stopped', async () => {
  token = await signedIn(town.users.cora);
  const before = await database.db.Draft.count();
  const asked = Array.from({ length: 30 }, (_, n) =>
    post('/drafts', {}).then(
      ({ status }) => ({ n, status }),
      ({ cause }: { cause: { code: string } }) => ({ n, status: cause.code }),
    ),
  );
  await Promise.race(asked);
  expect(await api.stop()).toBe(0);
  const answers = await Promise.all(asked);
  const taken = answers.filter(({ status }) => status === 201);
  // What came too late was not taken at all, so that it is sent again without harm.
  expect(answers.filter(({ status }) => status !== 201 && status !== 'ECONNREFUSED')).toEqual([]);
  expect(taken.length).toBeGreaterThan(0);
  expect((await database.db.Draft.count()) - before).toBe(taken.length);
  api = await startPart('api', settings);
});
