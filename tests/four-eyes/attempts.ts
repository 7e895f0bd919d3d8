import { WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { newDecisionId } from '../../contract/ids';
import { completeTask } from '../../contract/messages';
import { voidDecision } from '../../db/records/decisions';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { hadAHand, reasonsAgainst, type Target } from './oracle';
import type { Report } from './report';
import type { Dice } from '../support/seeded';
import type { World } from './world';

/** One way of trying to get an approval past somebody. */
export type Attempt = (world: World, target: Target, dice: Dice, report: Report) => Promise<void>;

/** Who asks is answered, whatever they ask. */
const ANSWER_WITHIN_MS = 20_000;

/** Codes that a race for the same task may be answered with. */
const RACED = ['ALREADY_DECIDED', 'TASK_CLOSED', 'STALE_TASK', 'CASE_CLOSED', 'REFUSED_BEFORE', 'AMOUNT_CHANGED'];

/** People, up to three at once, decide through the API, while roles may change. */
const throughTheApi: Attempt = async (world, target, dice, report) => {
  const { db } = world.system;
  const outcome = target.type === 'APPROVE_FINAL_BILL' && dice.chance(0.3) ? 'SEND_BACK' : 'APPROVE';
  const actors: number[] = [];
  for (let n = 1 + dice.below(3); n > 0; n--) actors.push(await somebody(world, target, dice));
  const version = target.version + (dice.chance(0.1) ? 1 : 0);
  const against = await Promise.all(actors.map((actor) => reasonsAgainst(db, target, actor, outcome)));
  if (version !== target.version) for (const reasons of against) reasons.add('STALE_TASK');
  const roleChanges = dice.chance(0.15);
  const [answers] = await Promise.all([
    Promise.all(
      actors.map(async (actor) =>
        world.api.post(
          `/tasks/${target.taskId}/complete`,
          { version, outcome, comment: outcome === 'SEND_BACK' ? 'looks wrong' : null },
          await world.tokenOf(actor),
        ),
      ),
    ),
    roleChanges
      ? db.sequelize.transaction(() => db.UserRole.destroy({ where: { userId: actors, role: 'supervisor' } }))
      : null,
  ]);
  const taken = answers.filter(({ status }) => status < 300);
  for (const [i, { status, body }] of answers.entries()) {
    const reasons = against[i] ?? new Set();
    const about = `API ${outcome} of ${actors[i]} on ${target.taskId}: ${status} ${body.code ?? ''}`;
    if (status < 300) {
      // The same person twice at once is one decision.
      if (reasons.size > 0) report.violated(`${about}, against ${[...reasons].join()}`);
      continue;
    }
    report.refused('API', body.code);
    const races = actors.length > 1 || roleChanges;
    const expected = reasons.has(body.code) || (races && [...RACED, 'ROLE'].includes(body.code));
    if (!expected) report.violated(`${about}, against ${[...reasons].join() || 'nothing'}`);
  }
  const decisionIds = new Set(taken.map(({ body }) => body.decisionId as string));
  if (decisionIds.size > 1) report.violated(`${target.taskId}: ${decisionIds.size} decisions were taken`);
  for (const decisionId of decisionIds) {
    // 202 on a busy machine: the case answers later.
    await eventually(async () => expect((await db.Decision.findByPk(decisionId))?.status).not.toBe('RECORDED'));
    report.accepted();
  }
};

/** The API alone: Temporal agrees to everything, so whatever is sent would have been done. */
const throughTheDeafApi: Attempt = async (world, target, dice, report) => {
  const { db } = world.system;
  const actor = await somebody(world, target, dice);
  const reasons = await reasonsAgainst(db, target, actor, 'APPROVE');
  const before = world.deaf.sent.length;
  const { status, body } = await world.deaf.api.post(
    `/tasks/${target.taskId}/complete`,
    { version: target.version, outcome: 'APPROVE' },
    await world.tokenOf(actor),
  );
  const sent = world.deaf.sent.slice(before);
  const about = `API alone, ${actor} on ${target.taskId}: ${status} ${body.code ?? ''}`;
  if (reasons.size > 0 && (status < 300 || sent.length > 0))
    report.violated(`${about}, against ${[...reasons].join()}`);
  if (status >= 300) {
    report.refused('API', body.code);
    if (!reasons.has(body.code)) report.violated(`${about}, against ${[...reasons].join() || 'nothing'}`);
  }
  if (status < 300) await voided(world, body.decisionId);
};

/** The database alone: rows written past all code, with columns that lie. */
const throughTheDatabase: Attempt = async (world, target, dice, report) => {
  const { db } = world.system;
  const own = [...(await hadAHand(db, target))];
  const actor = dice.pick(own);
  const lie = dice.pick([target.startedBy, dice.pick(world.people), 1]);
  const ways: (() => Promise<unknown>)[] = [
    () => insertDecision(world, target, { actor, startedBy: target.startedBy }),
    () => insertDecision(world, target, { actor, startedBy: lie }),
    async () => {
      await db.TaskPart.create({ taskId: target.taskId, userId: actor, part: 'APPROVER' });
      await insertDecision(world, target, { actor, startedBy: lie });
    },
    () => insertDecision(world, target, { actor, startedBy: lie, isApproval: false }),
    async () => {
      const [first, second] = world.people.filter((id) => !own.includes(id));
      for (const id of [first ?? 0, second ?? 0]) {
        await db.TaskPart.upsert({ taskId: target.taskId, userId: id, part: 'APPROVER' });
        await insertDecision(world, target, { actor: id, startedBy: target.startedBy });
      }
    },
  ];
  const way = dice.below(ways.length);
  const undo = new Error('undone');
  try {
    await db.sequelize.transaction(async () => {
      await ways[way]?.();
      throw undo;
    });
  } catch (error) {
    if (error === undo) report.violated(`DATABASE took way ${way} of ${actor} on ${target.taskId}`);
    else report.refused('DATABASE', constraintIn(error));
  }
};

/** The effect alone: the row is there, past API and database, and the Update is sent by a client of Temporal. */
const throughTheRow: Attempt = async (world, target, dice, report) => {
  const { db } = world.system;
  const actor = await somebody(world, target, dice);
  const reasons = await reasonsAgainst(db, target, actor, 'APPROVE');
  // Claims are the desk's: the effect does not ask who has the task.
  reasons.delete('TASK_CLAIMED');
  const stale = dice.chance(0.15);
  const otherHash = dice.chance(0.15);
  if (stale || (otherHash && target.subjectHash)) reasons.add('STALE_TASK').add('FORGED_DECISION');
  const decisionId = await inTransaction(db, 1, () =>
    insertDecision(world, target, {
      ...{ actor, startedBy: 1, unchecked: true, version: target.version + (stale ? 1 : 0) },
      subjectHash: otherHash ? 'f'.repeat(64) : target.subjectHash,
    }),
  );
  const code = await send(world, target, { decisionId, version: target.version });
  const after = await db.Decision.findByPk(decisionId, { rejectOnEmpty: true });
  const about = `EFFECT of ${actor} on ${target.taskId}: ${code}, ${after.status}`;
  if (code === 'APPLIED') {
    if (reasons.size > 0) return report.violated(`${about}, against ${[...reasons].join()}`);
    await takeBackTheLie(world, decisionId, target);
    return report.accepted();
  }
  report.refused('EFFECT', code);
  if (!reasons.has(code) || after.status === 'APPLIED') {
    report.violated(`${about}, against ${[...reasons].join() || 'nothing'}`);
  }
  await voided(world, decisionId);
};

/** An Update with an id that no row, or another task's row, stands behind. */
const forged: Attempt = async (world, target, dice, report) => {
  const { db } = world.system;
  const others = await db.Decision.findAll({
    where: { status: ['APPLIED', 'VOID'] },
    order: [['createdAt', 'DESC']],
    limit: 20,
  });
  const foreign = others.filter(({ taskId }) => taskId !== target.taskId);
  const used = others.filter(({ taskId }) => taskId === target.taskId);
  const from = dice.pick([[], foreign, used]);
  const decisionId = from.length > 0 ? dice.pick(from).id : newDecisionId();
  const incidents = await db.Incident.count({ where: { caseId: target.caseId, code: 'FORGED_DECISION' } });
  const code = await send(world, target, { decisionId, version: target.version });
  const task = await db.HumanTask.findByPk(target.taskId, { rejectOnEmpty: true });
  report.refused('EFFECT', code);
  const about = `EFFECT of a forged id on ${target.taskId}: ${code}`;
  const codes = ['FORGED_DECISION', 'ROLE', 'OWN_WORK', 'OVER_LIMIT', 'STALE_TASK'];
  // A decision of this task that was refused stays so.
  if (from === used) codes.push('REFUSED_BEFORE');
  if (!codes.includes(code)) report.violated(about);
  if (task.status !== 'OPEN' || task.version !== target.version) report.violated(`${about}: the task is changed`);
  const noted = await db.Incident.count({ where: { caseId: target.caseId, code: 'FORGED_DECISION' } });
  if (code === 'FORGED_DECISION' && noted < incidents) report.violated(`${about}: nothing is noted`);
};

/** The validator alone: what it refuses must leave no trace in the history. */
const atTheValidator: Attempt = async (world, target, dice, report) => {
  const { client, db } = world.system;
  const closed = await db.HumanTask.findAll({ where: { caseId: target.caseId, status: ['COMPLETED', 'CANCELED'] } });
  const handle = client.workflow.getHandle(target.caseId);
  const before = (await handle.describe()).historyLength;
  const late = closed.length > 0 && dice.chance(0.5) ? dice.pick(closed) : null;
  const message = late
    ? { taskId: late.id, version: late.version }
    : { taskId: target.taskId, version: target.version + 1 };
  const code = await send(world, { ...target, ...message }, { decisionId: newDecisionId(), version: message.version });
  report.refused('VALIDATOR', code);
  const about = `VALIDATOR on ${message.taskId} version ${message.version}: ${code}`;
  if (code !== (late ? 'TASK_CLOSED' : 'STALE_TASK')) report.violated(about);
  if ((await handle.describe()).historyLength !== before) report.violated(`${about}: it is in the history`);
};

/** The ways, the more likely ones more often. */
export const ATTEMPTS: readonly Attempt[] = [
  ...[throughTheApi, throughTheDeafApi, throughTheDeafApi, throughTheDatabase, throughTheDatabase],
  ...[throughTheRow, throughTheRow, throughTheRow, forged, atTheValidator],
];

/** Who tries: anybody, or somebody who had a hand in it and lacks nothing else. */
async function somebody(world: World, target: Target, dice: Dice): Promise<number> {
  const hands = [...(await hadAHand(world.system.db, target))].filter((id) => world.people.includes(id));
  if (hands.length === 0 || dice.chance(0.6)) return dice.pick(world.people);
  const actor = dice.pick(hands);
  await world.arm(actor);
  return actor;
}

/** Sends the Update as anybody could who reaches Temporal's port; answers APPLIED or the refusal's code. */
async function send(
  world: World,
  { caseId, taskId }: Pick<Target, 'caseId' | 'taskId'>,
  { decisionId, version }: { decisionId: string; version: number },
): Promise<string> {
  const message = { taskId, version, outcome: 'APPROVE', decisionId };
  const update = { updateId: `${decisionId}-${newDecisionId()}`, args: [message] as [typeof message] };
  const { client } = world.system;
  const ask = () => client.workflow.getHandle(caseId).executeUpdate(completeTask, update);
  try {
    return (await client.connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, ask)).status;
  } catch (error) {
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'NO_ANSWER';
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure)
      return error.cause.type ?? 'UNKNOWN';
    throw error;
  }
}

async function insertDecision(
  { system: { db } }: World,
  target: Target,
  about: {
    actor: number;
    startedBy: number;
    isApproval?: boolean;
    version?: number;
    subjectHash?: string | null;
    /** In a session that has switched the database's own checks off, as whoever owns it can. */
    unchecked?: boolean;
  },
): Promise<string> {
  const { actor, startedBy, isApproval = true, version = target.version, unchecked = false } = about;
  const { subjectHash = target.subjectHash } = about;
  const id = newDecisionId();
  const checksOff = unchecked ? 'SET STATEMENT check_constraint_checks = 0, foreign_key_checks = 0 FOR ' : '';
  await db.sequelize.query(
    `${checksOff}INSERT INTO decision
       (id, task_id, task_version, actor_id, outcome, is_approval, data, subject_hash, started_by, status, created_at)
     VALUES (:id, :taskId, :version, :actor, 'APPROVE', :isApproval, '{}', :subjectHash, :startedBy, 'RECORDED', NOW(3))`,
    { replacements: { id, taskId: target.taskId, version, actor, isApproval, subjectHash, startedBy } },
  );
  return id;
}

/** An approval that was let through is in order, but its row was written with the checks off: it gets its part. */
async function takeBackTheLie({ system: { db } }: World, decisionId: string, target: Target): Promise<void> {
  const decision = await db.Decision.findByPk(decisionId, { rejectOnEmpty: true });
  await db.sequelize.transaction(async () => {
    await db.TaskPart.upsert({ taskId: target.taskId, userId: decision.actorId, part: 'APPROVER' });
    await decision.update({ startedBy: target.startedBy });
  });
}

async function voided({ system: { db } }: World, decisionId: string): Promise<void> {
  await inTransaction(db, 1, (tx) => voidDecision(tx, decisionId, 'TRIED'));
}

/** The constraint that refused; two parts of one person hit the primary key. */
function constraintIn(error: unknown): string {
  const text = (error as { parent?: { sqlMessage?: string } }).parent?.sqlMessage ?? (error as Error).message;
  const named = /decision_\w+|task_part_\w+/.exec(text)?.[0];
  return named ?? (text.includes('PRIMARY') ? 'task_part' : text);
}
