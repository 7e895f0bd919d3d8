import { createActivities } from '../../activities';
import { look } from '../../activities/watch/look';
import { newDecisionId, stuckCasesId } from '../../contract/ids';
import type { Look } from '../../contract/watch';
import { TASK_TYPES } from '../../contract/task-types';
import type { Db } from '../../db/create-db';
import { recordDecision } from '../../db/records/decisions';
import { noteFindings } from '../../db/records/findings';
import { inTransaction } from '../../db/transaction';
import type { FindingKind } from '../../domain/stuck/findings';
import { ensureDetector } from '../../worker/schedules';
import { copyOf } from '../invariants/copy';
import { privateDatabase } from '../outage/private-database';
import { bundleForTests } from '../support/bundle';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { incidentIn, pricesGone } from '../support/incidents';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

/** Each kind of stuck case, made for real, found, and freed. */
let system: TestSystem;
let town: SmallTown;
const flat = flatStories(() => ({ system, town }));

const lookNow = (more: Partial<Look> = {}, db: Db = system.db) =>
  look(
    {
      ...{ db, temporal: system.client, taskQueue: system.taskQueue },
      ...{ mayGoOn: () => true, progress: () => undefined },
    },
    { graceSeconds: 0, after: null, outageSince: null, ...more },
  );

const openFindings = async (db: Db = system.db) =>
  (await db.Finding.findAll({ where: { clearedAt: null }, order: ['id'] })).map(({ kind, caseId }) => [kind, caseId]);

/** The next look that finds it; what Temporal lists is a moment behind. */
const isFound = (kind: FindingKind, caseId: string | null, db: Db = system.db) =>
  eventually(async () => {
    await lookNow({}, db);
    expect(await openFindings(db)).toContainEqual([kind, caseId]);
    return db.Finding.findOne({ where: { kind, caseId, clearedAt: null }, rejectOnEmpty: true });
  });

const isClear = (db: Db = system.db) =>
  eventually(async () => {
    const { listed } = await lookNow({}, db);
    expect(listed).toEqual([]);
    expect(await openFindings(db)).toEqual([]);
  });

/** The tenant's last read is in, and the bill waits for approval. */
async function billedMoveOut(): Promise<string> {
  const { caseId } = await flat.moveOut({ newTenant: 'NO' });
  await flat.report(caseId, '1500');
  await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
  return caseId;
}

function eachInAnOfficeOfItsOwn(): void {
  beforeEach(async () => {
    system = await testSystem();
    town = await makeSmallTown(system.db);
  });
  afterEach(() => system.end());
}

describe('a stuck case', () => {
  eachInAnOfficeOfItsOwn();

  it('nothing is found while cases wait for people', async () => {
    await system.startWorker();
    await billedMoveOut();
    await isClear();
    expect(await system.db.AuditLog.count({ where: { entity: 'finding' } })).toBe(0);
  });

  it('TASK_FAILING: a build that cannot replay the case, with the reason; gone with the build before', async () => {
    const before = await system.startWorker();
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await before.stop();
    const bundlePath = await bundleForTests(require.resolve('../workflows/builds/careless'));
    const bad = await system.startWorker({}, {}, { bundlePath });
    await system.client.workflow.getHandle(caseId).signal('factsChanged', { reason: 'READ' });
    const { detail } = await isFound('TASK_FAILING', caseId);
    expect(detail).toMatch(/^attempt \d+: .*[Nn]ondeterminism/);
    expect((await system.db.Case.findByPk(caseId))?.status).toBe('OPEN');
    await bad.stop();
    await system.startWorker();
    await isClear();
    expect(await system.db.Finding.findAll()).toMatchObject([{ kind: 'TASK_FAILING', clearing: 'GONE' }]);
  });

  it('STEP_RETRYING: a worker that does not have the step; gone with one that has', async () => {
    const deps = { db: system.db, temporal: system.client, consoleUrl: 'http://127.0.0.1:8080' };
    const { draftFinalBill: _left, ...activities } = createActivities(deps);
    const old = await system.startWorker({}, { activities });
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await flat.report(caseId, '1500');
    const { detail } = await isFound('STEP_RETRYING', caseId);
    expect(detail).toMatch(/^draftFinalBill, attempt \d+: .*not registered/);
    await old.stop();
    await system.startWorker();
    await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
    await isClear();
  });

  it('NOT_TAKEN: no worker takes what the case is to do next', async () => {
    const worker = await system.startWorker();
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    await worker.stop();
    await system.client.workflow.getHandle(caseId).signal('factsChanged', { reason: 'READ' });
    expect((await isFound('NOT_TAKEN', caseId)).detail).toBe('no worker takes its workflow task');
    await system.startWorker();
    await isClear();
  });

  it('an incident is listed with its step and code', async () => {
    await system.startWorker();
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    const prices = await pricesGone(system.db, 'RES-REFUSE');
    await flat.report(caseId, '1500');
    await incidentIn(system.db, caseId);
    expect((await lookNow()).listed).toEqual([{ kind: 'INCIDENT', caseId, detail: 'RATE_MISSING in draftFinalBill' }]);
    await prices.putBack();
    await system.desk.command(town.users.olive, caseId, 'RETRY');
    await isClear();
  });

  it('OVERDUE: a task that was escalated to the end; gone when it is decided', async () => {
    await system.startWorker();
    const caseId = await billedMoveOut();
    await system.desk.advance(40);
    const { subject } = await isFound('OVERDUE', caseId);
    expect(subject).toBe((await system.desk.openTask('APPROVE_FINAL_BILL', caseId)).id);
    await system.desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE', {}, caseId);
    await eventually(async () => {
      await lookNow();
      expect(await openFindings()).not.toContainEqual(['OVERDUE', caseId]);
    });
  });

  it('UNANSWERED: a decision that was recorded and not sent', async () => {
    await system.startWorker();
    const caseId = await billedMoveOut();
    const { id: taskId, version } = await system.desk.openTask('APPROVE_FINAL_BILL', caseId);
    const decisionId = newDecisionId();
    await inTransaction(system.db, town.users.sue, (tx) =>
      recordDecision(tx, {
        ...{ decisionId, taskId, version, outcome: 'APPROVE', isApproval: true, data: {}, comment: null },
        outcomesOf: (each) => TASK_TYPES[each].outcomes,
      }),
    );
    expect(await isFound('UNANSWERED', caseId)).toMatchObject({ subject: decisionId });
  });
});

describe('the two stores', () => {
  eachInAnOfficeOfItsOwn();

  const terminate = (caseId: string) => system.client.workflow.getHandle(caseId).terminate('by hand');
  const rowOf = (type: 'MOVE_OUT' | 'VACANCY') => system.db.Case.findOne({ where: { type }, rejectOnEmpty: true });

  it('RUN_MISSING: a case that another wrote and did not come to start is started, once', async () => {
    // The run is ended between its step's commit and the start that follows.
    await system.startWorker({
      afterCommit: async (key) => {
        if (key.endsWith('/scheduleStop/1')) await terminate(key.split('/')[0] ?? '');
      },
    });
    await flat.moveOut({ newTenant: 'NO' }).catch((error: Error) => expect(error.name).toMatch(/Update|Workflow/));
    const { caseId } = await eventually(() => rowOf('VACANCY'));
    await eventually(async () => {
      await lookNow();
      expect(await system.db.Finding.findAll({ where: { kind: 'RUN_MISSING' } })).toMatchObject([
        { caseId, clearing: 'REPAIRED' },
      ]);
    });
    await system.desk.openTask('RECONNECT_TO_LANDLORD', caseId);
    await lookNow();
    expect(await system.db.Finding.count({ where: { kind: 'RUN_MISSING' } })).toBe(1);
    expect(await openFindings()).toEqual([['RUN_ENDED', (await rowOf('MOVE_OUT')).caseId]]);
    await invariantsHold(system);
  });

  it('RUN_MISSING: Temporal was lost: what had begun is told of and not begun again', async () => {
    await system.startWorker();
    const caseId = await billedMoveOut();
    const { db, drop } = await copyOf(system.db);
    try {
      await db.sequelize.query("UPDATE cases SET case_id = 'moveout-LOST' WHERE type = 'MOVE_OUT'");
      await db.sequelize.query("UPDATE activity_result SET activity_key = REPLACE(activity_key, ?, 'moveout-LOST')", {
        replacements: [caseId],
      });
      expect((await isFound('RUN_MISSING', 'moveout-LOST', db)).detail).toContain('Temporal has no run of it');
      expect(await db.Finding.count({ where: { clearing: 'REPAIRED' } })).toBe(0);
    } finally {
      await drop();
    }
  });

  it('ROW_MISSING: the database was restored to a time before the case', async () => {
    await system.startWorker();
    const { db, drop } = await copyOf(system.db);
    try {
      const caseId = await billedMoveOut();
      expect((await isFound('ROW_MISSING', caseId, db)).detail).toBe('it runs, and the database has no such case');
    } finally {
      await drop();
    }
  });

  it('ROW_CLOSED: a run that nobody told of its end is woken and ends', async () => {
    await system.startWorker({
      afterCommit: async (key) => {
        if (key.includes('/cancel/')) await terminate(key.split('/')[0] ?? '');
      },
    });
    const { caseId } = await flat.moveOut({ newTenant: 'NO' });
    const { caseId: vacancy } = await rowOf('VACANCY');
    await system.desk.openTask('RECONNECT_TO_LANDLORD', vacancy);
    await system.desk.command(town.users.cora, caseId, 'CANCEL').catch(() => undefined);
    await system.desk.ended(vacancy);
    const run = system.client.workflow.getHandle(vacancy);
    expect((await run.describe()).status.name).toBe('RUNNING');
    await eventually(async () => {
      await lookNow();
      expect((await run.describe()).status.name).toBe('COMPLETED');
    });
    expect(await system.db.Finding.findAll()).toMatchObject([
      { kind: 'ROW_CLOSED', caseId: vacancy, clearing: 'REPAIRED' },
    ]);
    expect(await system.db.AuditLog.count({ where: { action: 'finding.repaired' } })).toBe(1);
  });

  it('a repair that does not help is made once, then it is for people', async () => {
    await system.startWorker();
    await flat.moveOut({ newTenant: 'NO' });
    const { caseId } = await rowOf('VACANCY');
    await system.desk.openTask('RECONNECT_TO_LANDLORD', caseId);
    const { db, drop } = await copyOf(system.db);
    try {
      // This database alone says that the case has ended: its run goes on by the other.
      await db.sequelize.query("UPDATE cases SET status = 'CANCELED', closed_at = opened_at WHERE type = 'VACANCY'");
      await isFound('ROW_CLOSED', caseId, db);
      expect(await db.Finding.count({ where: { kind: 'ROW_CLOSED', clearing: 'REPAIRED' } })).toBe(1);
    } finally {
      await drop();
    }
  });
});

describe('the run stuck-cases', () => {
  eachInAnOfficeOfItsOwn();

  it('is kept by its Schedule and lists what is stuck with links, so that the Temporal UI alone is enough', async () => {
    const { client, taskQueue, db } = system;
    await system.startWorker();
    await ensureDetector(client, { taskQueue, graceSeconds: 0, everySeconds: 1, looks: 200 });
    await ensureDetector(client, { taskQueue, graceSeconds: 0, everySeconds: 1, looks: 200 });
    const schedule = client.schedule.getHandle(stuckCasesId(taskQueue));
    await schedule.trigger();
    const caseId = await billedMoveOut();
    await client.workflow.getHandle(caseId).terminate('by hand');
    await eventually(() => db.Finding.findOne({ where: { kind: 'RUN_ENDED', caseId }, rejectOnEmpty: true }));
    const { recentActions } = (await schedule.describe()).info;
    const run = client.workflow.getHandle(recentActions[0]?.action.workflow.workflowId ?? '');
    await eventually(async () => {
      const { currentDetails } = await run.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      expect(currentDetails).toContain(`- RUN_ENDED [${caseId}](/namespaces/default/workflows/${caseId}) `);
      expect(currentDetails).toMatch(/^\*\*One thing needs somebody\*\*\n\n\d+ cases, looked at /);
    });
    await schedule.delete();
    await run.terminate();
  });
});

describe('an outage of the database', () => {
  it('is one finding for all cases, and is told by Temporal alone while it lasts', async () => {
    const server = await privateDatabase();
    system = await testSystem(server.url);
    try {
      town = await makeSmallTown(system.db);
      await system.startWorker();
      const caseId = await billedMoveOut();
      await server.outages.killed.begin();
      const looked = await (async () => {
        await system.client.workflow.getHandle(caseId).signal('factsChanged', { reason: 'CLOCK' });
        return eventually(async () => {
          const { listed, ...away } = await lookNow();
          expect(away).toMatchObject({ isDatabaseAway: true, cases: 2 });
          return listed;
        });
      })().finally(() => server.outages.killed.end());
      expect(looked).toEqual([
        { kind: 'DATABASE_OUTAGE', caseId: null, detail: 'the database cannot be used: no step of a case is lost' },
      ]);
      const since = new Date().toISOString();
      await eventually(async () => {
        await lookNow({ outageSince: since });
        expect(await openFindings()).toEqual([]);
      });
      const found = await system.db.Finding.findAll();
      expect(new Set(found.map(({ kind, clearing }) => `${kind} ${clearing}`))).toEqual(
        new Set(['DATABASE_OUTAGE GONE']),
      );
      expect(await system.db.Incident.count()).toBe(0);
    } finally {
      await system.end();
      await server.close();
    }
  });

  it('hides no run that is stuck for another reason, and is on record as gone, not as repaired', async () => {
    const server = await privateDatabase();
    system = await testSystem(server.url);
    try {
      town = await makeSmallTown(system.db);
      const worker = await system.startWorker();
      const caseId = await billedMoveOut();
      await worker.stop();
      await system.client.workflow.getHandle(caseId).signal('factsChanged', { reason: 'READ' });
      await server.outages.killed.begin();
      await eventually(async () => {
        const { listed } = await lookNow();
        expect(listed.map(({ kind }) => kind)).toEqual(['NOT_TAKEN', 'DATABASE_OUTAGE']);
      }).finally(() => server.outages.killed.end());
      await inTransaction(system.db, 1, (tx) =>
        noteFindings(
          tx,
          [{ kind: 'DATABASE_OUTAGE', subject: 'database', caseId: null, detail: 'found' }],
          () => false,
        ),
      );
      const since = new Date().toISOString();
      await lookNow({ outageSince: since });
      const about = { entity: 'finding', caseId: null };
      const said = await system.db.AuditLog.findAll({ where: about, order: ['seq'] });
      expect(said.map(({ action }) => action)).toEqual(['finding.raised', 'finding.cleared']);
    } finally {
      await system.end();
      await server.close();
    }
  });
});
