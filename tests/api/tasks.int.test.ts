import { addDays } from '../../domain/dates';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { eventually } from '../support/eventually';
import { flatStories, invariantsHold } from '../support/flat';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type Answered, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'ada' | 'chief', string>;
const { moveOut, report } = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  api = await testApi(system);
  const ada = await addUser(system.db, 'ada', ['admin']);
  const chief = await addUser(system.db, 'chief', ['supervisor', 'clerk']);
  const ids = { ...town.users, ada, chief };
  token = await api.allSignedIn(ids);
});
afterEach(async () => {
  await api.close();
  await system.end();
});

type Who = keyof typeof token;
const code = ({ status, body }: Answered) => [status, body.code ?? status];
const detail = async (taskId: string, who: Who = 'sue') => (await api.get(`/tasks/${taskId}`, token[who])).body;
const listed = async (view: string, who: Who) =>
  (await api.get(`/tasks?view=${view}`, token[who])).body.data.map(({ taskId }: { taskId: string }) => taskId);
const act = (who: Who, taskId: string, what: string, body: object = {}) =>
  api.post(`/tasks/${taskId}/${what}`, body, token[who]);
const approve = (who: Who, taskId: string) => act(who, taskId, 'complete', { version: 1, outcome: 'APPROVE' });

/** The prompt for the landlord, which is the clerks'. */
async function prompt(): Promise<string> {
  await moveOut({ newTenant: 'NO' });
  return (await system.desk.openTask('RECONNECT_TO_LANDLORD')).id;
}

/** A final bill that waits for its approval; Cora asked for it. */
async function finalBill(): Promise<{ taskId: string; caseId: string }> {
  const { caseId } = await moveOut({ newTenant: 'NO' });
  await report(caseId, '1500');
  return { taskId: (await system.desk.openTask('APPROVE_FINAL_BILL', caseId)).id, caseId };
}

describe('who has a task', () => {
  it('is claimed by one of two at once, and released', async () => {
    const taskId = await prompt();
    const answers = await Promise.all([act('cora', taskId, 'claim'), act('cliff', taskId, 'claim')]);
    expect(answers.map(code).sort()).toEqual([
      [200, 200],
      [409, 'TASK_CLAIMED'],
    ]);
    const [winner, loser]: [Who, Who] = answers[0]?.status === 200 ? ['cora', 'cliff'] : ['cliff', 'cora'];
    expect(await listed('mine', winner)).toEqual([taskId]);
    expect(await listed('mine', loser)).toEqual([]);
    expect(code(await act(loser, taskId, 'release'))).toEqual([409, 'TASK_CLAIMED']);
    expect((await act(winner, taskId, 'release')).body).toMatchObject({ assignee: null });
  });

  it('is assigned by a supervisor who says whom they saw; who comes too late is told', async () => {
    const taskId = await prompt();
    expect(code(await act('cora', taskId, 'assign', { assignee: 'cliff', seen: null }))).toEqual([403, 'ROLE']);
    expect((await act('sue', taskId, 'assign', { assignee: 'cliff', seen: null })).body).toMatchObject({
      assignee: { username: 'cliff' },
    });
    expect(code(await act('sam', taskId, 'assign', { assignee: 'cora', seen: null }))).toEqual([
      409,
      'ASSIGNEE_CHANGED',
    ]);
    expect(code(await act('sam', taskId, 'assign', { assignee: 'sam', seen: 'cliff' }))).toEqual([422, 'NOT_ELIGIBLE']);
    expect(code(await act('sam', taskId, 'assign', { assignee: 'nobody', seen: 'cliff' }))).toEqual([
      422,
      'USER_UNKNOWN',
    ]);
    expect((await act('sam', taskId, 'assign', { assignee: null, seen: 'cliff' })).body.assignee).toBeNull();
  });

  it('is never assigned or delegated to somebody who could not approve it', async () => {
    const roles = { userId: town.users.cora, role: 'supervisor' as const };
    const { taskId } = await finalBill();
    await inTransaction(system.db, 1, (tx) => tx.db.UserRole.create(roles));
    const refused = await act('sue', taskId, 'assign', { assignee: 'cora', seen: null });
    expect([refused.body.code, refused.body.errors[0].pointer]).toEqual(['NOT_ELIGIBLE', '#/assignee']);
    await act('sue', taskId, 'claim');
    expect(code(await act('sue', taskId, 'delegate', { to: 'cora' }))).toEqual([422, 'NOT_ELIGIBLE']);
    await act('sue', taskId, 'release');
    expect(code(await act('cora', taskId, 'claim'))).toEqual([403, 'OWN_WORK']);
  });

  it('is delegated, decided by the delegate or given back, and taken back', async () => {
    const { taskId } = await finalBill();
    expect(code(await act('sue', taskId, 'delegate', { to: 'sam' }))).toEqual([409, 'NOT_YOURS']);
    await act('sue', taskId, 'claim');
    expect((await act('sue', taskId, 'delegate', { to: 'sam' })).body).toMatchObject({
      assignee: { username: 'sam' },
      owner: { username: 'sue' },
    });
    expect(code(await approve('sue', taskId))).toEqual([409, 'TASK_CLAIMED']);
    expect(code(await act('sam', taskId, 'delegate', { to: 'chief' }))).toEqual([409, 'DELEGATED']);
    await act('sam', taskId, 'claim');
    expect((await act('sam', taskId, 'give-back')).body).toMatchObject({ assignee: { username: 'sue' }, owner: null });
    expect(code(await act('sue', taskId, 'give-back'))).toEqual([409, 'NOT_DELEGATED']);
    await act('sue', taskId, 'delegate', { to: 'sam' });
    expect((await act('sue', taskId, 'claim')).body).toMatchObject({ assignee: { username: 'sue' }, owner: null });
    await act('sue', taskId, 'delegate', { to: 'sam' });
    expect(code(await approve('sam', taskId))).toEqual([200, 200]);
    const { history, status } = await detail(taskId);
    expect(status).toBe('COMPLETED');
    expect(history.map(({ action }: { action: string }) => action)).toEqual([
      ...['task.opened', 'task.claimed', 'task.delegated', 'task.givenBack', 'task.delegated', 'task.claimed'],
      ...['task.delegated', 'decision.recorded', 'task.APPROVE'],
    ]);
    expect(history[2]).toMatchObject({ actor: { username: 'sue' }, data: { from: 'sue', to: 'sam' } });
  });
});

describe('what people did with a task', () => {
  it('is in the timeline of its case', async () => {
    const { taskId, caseId } = await finalBill();
    await act('sue', taskId, 'claim');
    await act('sue', taskId, 'delegate', { to: 'sam' });
    await act('chief', taskId, 'priority', { priority: 80 });
    const { data } = (await api.get(`/cases/${caseId}/timeline?limit=100`, token.cora)).body;
    const tasks = data.filter(({ kind }: { kind: string }) => kind === 'TASK');
    expect(
      tasks.map((each: { actor: { username: string }; text: string }) => [each.actor.username, each.text]),
    ).toEqual([
      ['sue', 'The task "Approve the final bill" was claimed.'],
      ['sue', 'The task "Approve the final bill" was delegated to sam.'],
      ['chief', 'The task "Approve the final bill" has the priority 80 now.'],
    ]);
  });

  it('goes back to the group when they are disabled or lose the role', async () => {
    const { taskId } = await finalBill();
    const change = async (username: string, patch: object) => {
      const { headers } = await api.get(`/users/${username}`, token.ada);
      const body = { ...patch };
      const sent = { token: token.ada, body, headers: { 'if-match': headers.get('etag') ?? '' } };
      expect((await api.call('PATCH', `/api/v1/users/${username}`, sent)).status).toBe(200);
    };
    await act('sue', taskId, 'claim');
    await act('sue', taskId, 'delegate', { to: 'sam' });
    await change('sue', { roles: ['clerk'] });
    expect(await detail(taskId, 'sam')).toMatchObject({ assignee: { username: 'sam' }, owner: null });
    await change('sam', { disabled: true });
    expect(await detail(taskId, 'chief')).toMatchObject({ assignee: null });
    expect(code(await approve('chief', taskId))).toEqual([200, 200]);
  });
});

describe('deputies', () => {
  const away = (who: Who, body: object) => api.post('/deputies', body, token[who]);

  it('have the tasks of the absent, with their own roles, for as long as they are away', async () => {
    const { taskId, caseId } = await finalBill();
    await act('sue', taskId, 'claim');
    expect(code(await approve('sam', taskId))).toEqual([409, 'TASK_CLAIMED']);
    expect(await listed('mine', 'sam')).toEqual([]);
    const { today } = town;
    const noted = await away('sue', { deputy: 'sam', from: today, through: addDays(today, 3) });
    expect(noted.status).toBe(201);
    expect(await listed('mine', 'sam')).toEqual([taskId]);
    expect((await api.get('/deputies', token.cora)).body.data).toMatchObject([
      { person: { username: 'sue' }, deputy: { username: 'sam' }, from: today, through: addDays(today, 3) },
    ]);
    expect((await api.call('DELETE', `/api/v1/deputies/${noted.body.absenceId}`, { token: token.sue })).status).toBe(
      204,
    );
    expect(code(await approve('sam', taskId))).toEqual([409, 'TASK_CLAIMED']);
    await away('sue', { deputy: 'sam', from: today, through: today });
    expect(code(await approve('sam', taskId))).toEqual([200, 200]);
    expect(await system.desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('get no role of the absent: a clerk who stands in for a supervisor approves nothing', async () => {
    const { taskId } = await finalBill();
    await act('sue', taskId, 'claim');
    await away('sue', { deputy: 'cliff', from: town.today, through: town.today });
    expect(code(await approve('cliff', taskId))).toEqual([403, 'ROLE']);
  });

  it('are noted by oneself or a supervisor, for days that are not past and do not overlap', async () => {
    const { today } = town;
    const days = { from: today, through: addDays(today, 3) };
    expect(code(await away('cora', { username: 'cliff', deputy: 'cora', ...days }))).toEqual([403, 'ROLE']);
    expect((await away('sue', { username: 'cliff', deputy: 'cora', ...days })).status).toBe(201);
    expect(code(await away('cliff', { deputy: 'cora', from: addDays(today, 3), through: addDays(today, 9) }))).toEqual([
      ...[409, 'ABSENCE_OVERLAPS'],
    ]);
    expect(code(await away('cora', { deputy: 'cora', ...days }))).toEqual([422, 'NOT_ELIGIBLE']);
    expect(code(await away('cora', { deputy: 'cliff', from: addDays(today, 2), through: today }))).toEqual([
      ...[422, 'DATES_REVERSED'],
    ]);
    expect(
      code(await away('cora', { deputy: 'cliff', from: addDays(today, -5), through: addDays(today, -1) })),
    ).toEqual([422, 'ABSENCE_PAST']);
    expect(code(await away('cora', { deputy: 'nobody', ...days }))).toEqual([422, 'USER_UNKNOWN']);
  });
});

describe('urgency', () => {
  it('is due in office hours, without holidays', async () => {
    const { today } = town;
    const holidays = Array.from({ length: 14 }, (_, i) => addDays(today, i));
    for (const date of holidays) {
      expect((await api.post('/holidays', { date, name: 'Founders’ days' }, token.ada)).status).toBe(201);
    }
    expect(code(await api.post('/holidays', { date: today, name: 'Twice' }, token.ada))).toEqual([
      409,
      'HOLIDAY_THERE',
    ]);
    const first = await detail(await prompt(), 'cora');
    expect(first.remindAt > `${addDays(today, 14)}T`).toBe(true);
    expect(first.remindAt < first.dueAt && first.dueAt < first.escalateAgainAt).toBe(true);
    const { status } = await api.call('DELETE', `/api/v1/holidays/${today}`, { token: token.ada });
    expect(status).toBe(204);
    expect((await api.get('/holidays', token.cora)).body.data).toHaveLength(13);
  });

  it('begins as the kind of task says, is set by supervisors, and orders the lists', async () => {
    const { tasks } = (await api.get('/settings', token.ada)).body;
    await inTransaction(system.db, 1, (tx) =>
      putSetting(tx, 'tasks', { ...tasks, byType: { RECONNECT_TO_LANDLORD: { priority: 20, dueAfterHours: 1 } } }),
    );
    const later = await prompt();
    const { caseId } = await system.db.Case.findOne({ where: { type: 'MOVE_OUT' }, rejectOnEmpty: true });
    await report(caseId, '1500');
    const bill = await system.desk.openTask('APPROVE_FINAL_BILL');
    await act('sue', bill.id, 'complete', { version: 1, outcome: 'SEND_BACK', comment: 'the read is wrong' });
    const first = (await system.desk.openTask('CORRECT_FINAL_BILL')).id;
    expect(await listed('group', 'cora')).toEqual([first, later]);
    expect(code(await act('cora', later, 'priority', { priority: 90 }))).toEqual([403, 'ROLE']);
    expect((await act('sue', later, 'priority', { priority: 90 })).body.priority).toBe(90);
    expect(await listed('group', 'cora')).toEqual([later, first]);
    const page = (await api.get('/tasks?limit=1', token.cora)).body;
    expect(page.data).toMatchObject([{ taskId: later }]);
    const next = (await api.get(`/tasks?limit=1&cursor=${page.nextCursor}`, token.cora)).body;
    expect([next.data[0].taskId, next.nextCursor]).toEqual([first, null]);
    expect((await api.get('/tasks?type=CORRECT_FINAL_BILL', token.cora)).body.data).toHaveLength(1);
  });

  it('is reminded of once and escalated twice, and supervisors see it', async () => {
    const taskId = await prompt();
    expect(await listed('escalated', 'sue')).toEqual([]);
    await system.desk.advance(20);
    await eventually(async () => {
      expect(await detail(taskId, 'cora')).toMatchObject({ escalation: 2, priority: 100 });
    });
    const { history } = await detail(taskId, 'cora');
    expect(history.map(({ action }: { action: string }) => action)).toEqual([
      ...['task.opened', 'task.reminded', 'task.escalated', 'task.escalated'],
    ]);
    for (const view of ['escalated', 'overdue']) {
      expect(await listed(view, 'sue')).toEqual([taskId]);
      expect(await listed(view, 'cora')).toEqual([taskId]);
    }
  });
});

describe('a task that nobody may decide', () => {
  const setDisabled = (disabled: boolean) =>
    inTransaction(system.db, 1, (tx) =>
      tx.db.AppUser.update(
        { disabledAt: disabled ? new Date() : null },
        { where: { username: ['sue', 'sam', 'chief'] } },
      ),
    );

  it('is escalated at once, says so to operators, and waits for somebody who may', async () => {
    await setDisabled(true);
    const { taskId, caseId } = await finalBill();
    expect(await system.db.HumanTask.findByPk(taskId)).toMatchObject({ status: 'OPEN', escalation: 2, priority: 100 });
    expect(await system.db.CaseEvent.count({ where: { caseId, kind: 'TASK_UNATTENDED' } })).toBe(1);
    // The row of the task is there a moment before the case has its answer.
    await eventually(async () => {
      const view = system.client.workflow.getHandle(caseId).query<{ tasks: { unattended?: boolean }[] }>('view');
      expect((await view).tasks).toMatchObject([{ unattended: true }]);
    });
    await setDisabled(false);
    expect(code(await approve('sam', taskId))).toEqual([200, 200]);
    expect(await system.desk.ended(caseId)).toMatchObject({ status: 'COMPLETED' });
    await invariantsHold(system);
  });

  it('is one whose only supervisor started the case: she is not let approve', async () => {
    await inTransaction(system.db, 1, async (tx) => {
      await tx.db.UserRole.destroy({ where: { role: 'supervisor' } });
      await tx.db.UserRole.create({ userId: town.users.cora, role: 'supervisor' });
    });
    const { taskId } = await finalBill();
    expect(await system.db.HumanTask.findByPk(taskId)).toMatchObject({ escalation: 2 });
    expect(code(await approve('cora', taskId))).toEqual([403, 'OWN_WORK']);
  });
});
