import type { Client } from '@temporalio/client';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import type { Role } from '../../domain/roles';
import { addUser, testApi, type TestApi } from '../api/support/api';
import { makeFlats, makeSmallTown, type Flat } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { targets, type Target } from './oracle';
import type { Dice } from '../support/seeded';

/** How many approvals wait at once. */
const OPEN_CASES = 6;
const NAMES = ['amy', 'ben', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal'];
const LIMITS = [null, 0, 1_500, 5_000, 100_000];

/** An office on real servers whose people change: roles, limits, absences, who is disabled and who has which task. */
export interface World {
  system: TestSystem;
  api: TestApi;
  /** The same API on a Temporal client that agrees to everything; `sent` is what it was asked to carry out. */
  deaf: { api: TestApi; sent: string[] };
  people: number[];
  tokenOf(userId: number): Promise<string>;
  /** Somebody moves a tenant out, the field reads the meter, and the final bill waits for its approval. */
  fill(): Promise<void>;
  /** The approvals that wait. */
  targets(): Promise<Target[]>;
  /** Gives somebody all that an approver needs, but for clean hands. */
  arm(userId: number): Promise<void>;
  /** Changes one thing about the people; says what. */
  change(): Promise<string>;
  end(): Promise<void>;
}

export async function makeWorld(dice: Dice): Promise<World> {
  const system = await testSystem();
  const { db, desk } = system;
  const town = await makeSmallTown(db);
  await system.startWorker();
  const api = await testApi(system);
  const sent: string[] = [];
  const deafApi = await testApi({ ...system, client: deafClient(sent) });
  const people: number[] = [];
  for (const name of NAMES)
    people.push(await addUser(db, name, dice.chance(0.7) ? ['clerk', 'supervisor'] : ['clerk']));
  const tokens = new Map<number, string>();
  const { today } = town;
  let flats = 0;

  // Half of the refunds of the town need two approvals: deposits differ by flat.
  await inTransaction(db, 1, (tx) => putSetting(tx, 'refundSecondApprovalAboveCents', 5_000));

  async function nextFlat(): Promise<Flat> {
    flats += 1;
    if (flats === 1) return town;
    const [flat] = await makeFlats(db, 1, { depositCents: flats % 2 === 0 ? 10_000 : 6_000 }, flats);
    return flat ?? town;
  }

  async function moveSomebodyOut(): Promise<void> {
    const { accountId, accountNumber, meterId } = await nextFlat();
    const opened = await desk.moveOut(dice.pick(people), {
      ...{ accountId, accountNumber, stopDate: today, vacateDate: today, stopReason: 'CUSTOMER' },
      ...{ forwardingAddress: null, newTenant: 'NO' },
    });
    const order = await db.ServiceOrder.findOne({ where: { caseId: opened.caseId }, rejectOnEmpty: true });
    await desk.report(town.users.fred, order.orderNumber, { meterId, value: '1500', readOn: today });
    await desk.openTask('APPROVE_FINAL_BILL', opened.caseId);
  }

  /** A bill that was sent back is drafted again, by a clerk who has a hand in it from then on. */
  async function correctSomething(): Promise<void> {
    const task = await db.HumanTask.findOne({ where: { type: 'CORRECT_FINAL_BILL', status: 'OPEN' }, order: ['id'] });
    const clerks = await db.UserRole.findAll({ where: { userId: people, role: 'clerk' }, order: ['userId'] });
    const able = await db.AppUser.findAll({ where: { id: clerks.map(({ userId }) => userId), disabledAt: null } });
    if (!task || able.length === 0) return;
    await db.sequelize.transaction(() => task.update({ assigneeId: null }));
    await desk.decide(dice.pick(able).id, 'CORRECT_FINAL_BILL', 'REDRAFT', {}, task.caseId);
  }

  const inTx = (act: () => Promise<unknown>) => db.sequelize.transaction(act);
  const changes: (() => Promise<string>)[] = [
    async () => {
      const [userId, role] = [dice.pick(people), dice.pick<Role>(['supervisor', 'supervisor', 'clerk'])];
      const held = await db.UserRole.count({ where: { userId, role } });
      // More is given than taken, or soon nobody could approve anything.
      if (held && dice.chance(0.5)) return 'nothing';
      await inTx(() =>
        held ? db.UserRole.destroy({ where: { userId, role } }) : db.UserRole.create({ userId, role }),
      );
      return `${held ? 'takes' : 'gives'} ${role} ${userId}`;
    },
    async () => {
      const user = await db.AppUser.findByPk(dice.pick(people), { rejectOnEmpty: true });
      const disabledAt = user.disabledAt || dice.chance(0.7) ? null : new Date();
      await inTx(() => user.update({ disabledAt }));
      return `${disabledAt ? 'disables' : 'enables'} ${user.id}`;
    },
    async () => {
      const supervisor = dice.pick(LIMITS);
      await inTransaction(db, 1, (tx) => putSetting(tx, 'approvalLimitsCents', { supervisor }));
      return `limit ${supervisor}`;
    },
    async () => {
      const [userId, limitCents] = [dice.pick(people), dice.pick(LIMITS)];
      await inTx(async () => {
        await db.ApprovalLimit.destroy({ where: { userId } });
        if (dice.chance(0.5)) await db.ApprovalLimit.create({ userId, limitCents, setBy: 1, setAt: new Date() });
      });
      return `own limit ${userId}`;
    },
    async () => {
      const [userId, deputyId] = [dice.pick(people), dice.pick(people)];
      await inTx(async () => {
        await db.Absence.update({ canceledAt: new Date() }, { where: { canceledAt: null } });
        const days = { fromOn: today, throughOn: addDays(today, 30), createdBy: 1, createdAt: new Date() };
        if (userId !== deputyId) await db.Absence.create({ userId, deputyId, ...days });
      });
      return `absent ${userId}, deputy ${deputyId}`;
    },
    async () => {
      const open = await targets(db);
      const assigneeId = dice.chance(0.4) ? dice.pick(people) : null;
      const task = dice.pick(open);
      await inTx(() => db.HumanTask.update({ assigneeId }, { where: { id: task.taskId } }));
      return `${task.taskId} is of ${assigneeId}`;
    },
  ];

  return {
    system,
    api,
    deaf: { api: deafApi, sent },
    people,
    async tokenOf(userId) {
      const known = tokens.get(userId) ?? (await api.signedIn(userId));
      tokens.set(userId, known);
      return known;
    },
    async fill() {
      if (dice.chance(0.3)) await correctSomething();
      while ((await targets(db)).length < OPEN_CASES) await moveSomebodyOut();
    },
    targets: () => targets(db),
    async arm(userId) {
      await inTx(async () => {
        await db.AppUser.update({ disabledAt: null }, { where: { id: userId } });
        await db.UserRole.upsert({ userId, role: 'supervisor' });
        await db.ApprovalLimit.upsert({ userId, limitCents: null, setBy: 1, setAt: new Date() });
      });
    },
    change: () => dice.pick(changes)(),
    async end() {
      await deafApi.close();
      await api.close();
      await system.end();
    },
  };
}

/** A Temporal that agrees to every Update and does nothing. */
function deafClient(sent: string[]): Client {
  const handle = (caseId: string) => ({
    executeUpdate: (_update: unknown, { updateId }: { updateId: string }) => {
      sent.push(`${caseId} ${updateId}`);
      return Promise.resolve({ status: 'APPLIED' });
    },
  });
  const connection = { withDeadline: (_deadline: unknown, ask: () => Promise<unknown>) => ask() };
  return { connection, workflow: { getHandle: handle } } as unknown as Client;
}
