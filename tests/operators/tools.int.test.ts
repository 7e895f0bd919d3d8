import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { newCaseId, newDraftId, TASK_QUEUE } from '../../contract/ids';
import { openCase } from '../../contract/messages';
import { createDraft, freezeDraft } from '../../db/records/drafts';
import { inTransaction } from '../../db/transaction';
import { verify } from '@node-rs/argon2';
import { bundleForTests } from '../support/bundle';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { testServers } from '../support/servers';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { startPart, type Running } from './support/processes';

const root = join(__dirname, '..', '..');
const namespace = `tools-${randomBytes(4).toString('hex')}`;
let database: FreshDatabase;
let town: SmallTown;
let connection: Connection;

beforeAll(async () => {
  database = await freshDatabase();
  town = await makeSmallTown(database.db);
  connection = await Connection.connect({ address: testServers().temporal });
  expect(await run('prepare-temporal')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

const settings = () => ({
  DATABASE_URL: database.url,
  TEMPORAL_ADDRESS: testServers().temporal,
  TEMPORAL_NAMESPACE: namespace,
});

/** Runs one of the built tools to its end, with this on its standard input. */
async function run(tool: string, args: string[] = [], input = ''): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'tools', `${tool}.js`), ...args], {
    env: { ...process.env, ...settings() },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, printed };
}

describe('npm run admin -- create', () => {
  it('adds the first administrator, with audit and a hash of the password alone', async () => {
    const made = await run('admin', ['create', 'root', '--name', 'Rosa Root'], 'a long enough password\n');
    expect(made).toEqual({ code: 0, printed: 'root is an administrator now\n' });
    const user = await database.db.AppUser.findOne({ where: { username: 'root' }, rejectOnEmpty: true });
    expect(user.displayName).toBe('Rosa Root');
    expect(await verify(user.passwordHash ?? '', 'a long enough password')).toBe(true);
    expect(await database.db.UserRole.findAll({ where: { userId: user.id } })).toMatchObject([{ role: 'admin' }]);
    expect(await database.db.AuditLog.count({ where: { action: 'user.created', entityId: user.id } })).toBe(1);
  });

  it.each([
    ['a short password', ['create', 'ada'], 'short', /^password: At least 12 characters/],
    ['a name that is taken', ['create', 'root'], 'a long enough password', /^This user name is taken/],
    ['a name that is none', ['create', 'no name!'], 'a long enough password', /^username: /],
    ['no name', ['create'], '', /^npm run admin -- create USERNAME/],
  ])('refuses %s, and adds nobody', async (_, args, input, says) => {
    const before = await database.db.AppUser.count();
    const { code, printed } = await run('admin', args, input);
    expect({ code, printed }).toEqual({ code: 1, printed: expect.stringMatching(says) as string });
    expect(await database.db.AppUser.count()).toBe(before);
  });
});

describe('npm run replay', () => {
  let worker: Running;
  beforeAll(async () => {
    worker = await startPart('worker', settings());
    const caseId = newCaseId('MOVE_OUT');
    const { accountId, accountNumber, today, users } = town;
    const form = {
      ...{ accountId, accountNumber, stopDate: today, vacateDate: today, stopReason: 'CUSTOMER' },
      ...{ forwardingAddress: null, newTenant: 'NO' },
    };
    const { draftId, revision } = await inTransaction(database.db, users.cora, async (tx) => {
      const draft = await createDraft(tx, { draftId: newDraftId(), kind: 'MOVE_OUT', content: form });
      return freezeDraft(tx, draft, form, caseId);
    });
    const startWorkflowOperation = new WithStartWorkflowOperation('moveOut', {
      ...{ workflowId: caseId, taskQueue: TASK_QUEUE, args: [{ caseId, draftId, revision }] },
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    const client = new Client({ connection, namespace });
    await client.workflow.executeUpdateWithStart(openCase, { startWorkflowOperation, updateId: 'open' });
  });
  afterAll(async () => {
    await worker.stop();
  });

  it('tells that this build can go on with every open case', async () => {
    const { code, printed } = await run('replay');
    expect(printed).toMatch(/^[2-9] open cases replayed, 0 that this build could not go on with\n$/);
    expect(code).toBe(0);
  });

  it('names the cases that a build could not go on with', async () => {
    const bundle = await bundleForTests(require.resolve('../workflows/builds/careless'));
    const { code, printed } = await run('replay', ['--bundle', bundle]);
    expect(printed).toMatch(/^moveout-\w+: .*[Nn]ondeterminism/m);
    expect(printed).toMatch(/[1-9] that this build could not go on with/);
    expect(code).toBe(1);
  });
});
