import { newDecisionId } from '../../contract/ids';
import { flatStories } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let town: SmallTown;
let taskId: string;
const { moveOut, report } = flatStories(() => ({ system, town }));

beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  taskId = (await system.desk.openTask('APPROVE_FINAL_BILL', caseId)).id;
});
afterAll(() => system.end());

/** Writes a decision past all code, as whoever has the database's password could. */
const insert = (actor: number, outcome: string, startedBy: number) =>
  system.db.sequelize.transaction(() =>
    system.db.sequelize.query(
      `INSERT INTO decision (id, task_id, task_version, actor_id, outcome, is_approval, data, started_by, status, created_at)
       VALUES (:id, :taskId, 1, :actor, :outcome, :isApproval, '{}', :startedBy, 'RECORDED', NOW(3))`,
      { replacements: { id: newDecisionId(), taskId, actor, outcome, isApproval: outcome === 'APPROVE', startedBy } },
    ),
  );
const becomeApprover = (userId: number) =>
  system.db.sequelize.transaction(() => system.db.TaskPart.create({ taskId, userId, part: 'APPROVER' }));

describe('the database alone', () => {
  it('refuses the approval of the starter, also when the row names another starter', async () => {
    const { cora, sam } = town.users;
    await expect(insert(cora, 'APPROVE', cora)).rejects.toThrow('decision_four_eyes');
    await expect(insert(cora, 'APPROVE', sam)).rejects.toThrow('decision_approver');
    await expect(becomeApprover(cora)).rejects.toThrow();
  });

  it('refuses an approval by somebody who is not the approver, and one that calls itself something else', async () => {
    const { sue, cora } = town.users;
    await expect(insert(sue, 'APPROVE', cora)).rejects.toThrow('decision_approver');
    await expect(
      system.db.sequelize.transaction(() =>
        system.db.sequelize.query(
          `INSERT INTO decision (id, task_id, task_version, actor_id, outcome, is_approval, data, started_by, status, created_at)
           VALUES ('dec_x', :taskId, 1, :cora, 'APPROVE', 0, '{}', :cora, 'RECORDED', NOW(3))`,
          { replacements: { taskId, cora } },
        ),
      ),
    ).rejects.toThrow('decision_known_approval');
  });

  it('keeps the parts that decisions refer to', async () => {
    const { sue, cora } = town.users;
    await becomeApprover(sue);
    await insert(sue, 'APPROVE', cora);
    await expect(
      system.db.sequelize.transaction(() => system.db.TaskPart.destroy({ where: { taskId, userId: sue } })),
    ).rejects.toThrow('decision_approver');
    await expect(insert(town.users.sam, 'SEND_BACK', cora)).rejects.toThrow('Validation error');
  });
});
