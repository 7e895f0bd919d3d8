import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compareWithTemporal } from '../../tools/invariants/temporal';
import { eventually } from '../support/eventually';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { copyOf } from './copy';

let system: TestSystem;
let town: SmallTown;
let caseId: string;

beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  const { accountId, accountNumber, today } = town;
  const form = { accountId, accountNumber, stopDate: today, vacateDate: today, stopReason: 'CUSTOMER' as const };
  ({ caseId } = await system.desk.moveOut(town.users.cora, { ...form, forwardingAddress: null, newTenant: 'NO' }));
  await system.desk.openTask('RECONNECT_TO_LANDLORD');
});
afterAll(() => system.end());

const drift = (db = system.db) => compareWithTemporal(db, system.client, system.taskQueue);

describe('the two stores', () => {
  it('agree while cases are open', async () => {
    expect(await system.db.Case.count({ where: { closedAt: null } })).toBe(2);
    await eventually(async () => expect(await drift()).toEqual([]));
  });

  it('differ by a running workflow whose case has ended or has no row', async () => {
    const { db, drop } = await copyOf(system.db);
    try {
      await db.sequelize.query("UPDATE cases SET status = 'CANCELED', closed_at = opened_at WHERE type = 'MOVE_OUT'");
      await db.sequelize.query("DELETE FROM cases WHERE type = 'VACANCY'");
      const { caseId: vacancy } = await system.db.Case.findOne({ where: { type: 'VACANCY' }, rejectOnEmpty: true });
      const rows = [caseId, vacancy].map((id) => `${id} runs without an open case`);
      await eventually(async () => expect((await drift(db)).sort()).toEqual(rows.sort()));
      expect(await compareWithTemporal(db, system.client, `${system.taskQueue}-other`)).toEqual([]);
    } finally {
      await drop();
    }
  });

  it('differ by an open case whose workflow is not there', async () => {
    const { db, drop } = await copyOf(system.db);
    try {
      await db.sequelize.query("UPDATE cases SET case_id = 'move_NONE' WHERE type = 'MOVE_OUT'");
      expect(await drift(db)).toContain('move_NONE is open, its workflow is NOT_FOUND');
    } finally {
      await drop();
    }
  });

  it('are not said to differ when Temporal cannot be asked', async () => {
    const client = Object.create(system.client) as typeof system.client;
    const describe = () => Promise.reject(new Error('unreachable'));
    Object.defineProperty(client, 'workflow', { value: { getHandle: () => ({ describe }) } });
    await expect(compareWithTemporal(system.db, client)).rejects.toThrow('unreachable');
  });
});

describe('check-invariants', () => {
  const run = (url: string) => {
    const script = join(__dirname, '../../tools/check-invariants.ts');
    const env = { ...process.env, DATABASE_URL: url };
    return spawnSync(process.execPath, ['--import', 'tsx', script], { env, encoding: 'utf8' });
  };

  it('says ok of each and exits with 0', () => {
    const { status, stdout } = run(system.url);
    expect(stdout).toMatch(/^ok {5}audit-chain: /m);
    expect(stdout).not.toContain('BROKEN');
    expect(status).toBe(0);
  });

  it('names what is broken, row by row, and exits with 1', async () => {
    const { db, url, drop } = await copyOf(system.db);
    try {
      await db.sequelize.query('DELETE FROM audit_log WHERE seq = 3');
      const { status, stdout } = run(url);
      expect(stdout).toMatch(/^BROKEN audit-chain: .*\n {9}line 4$/m);
      expect(status).toBe(1);
    } finally {
      await drop();
    }
  });
});
