import { parse } from 'csv-parse/sync';
import { putSetting } from '../../db/records/settings';
import { inTransaction } from '../../db/transaction';
import { addDays } from '../../domain/dates';
import type { Settings } from '../../domain/settings';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { refusalOf } from '../support/refusal';
import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let worker: { stop(): Promise<void> };
let ada: string;
const flat = flatStories(() => ({ system, town }));

beforeEach(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  worker = await system.startWorker();
  api = await testApi(system);
  ada = await api.signedIn(await addUser(system.db, 'ada', ['admin']));
});
afterEach(async () => {
  await api.close();
  await system.end();
});

const set = <K extends keyof Settings>(name: K, value: Settings[K]) =>
  inTransaction(system.db, 1, (tx) => putSetting(tx, name, value));
const report = (from = town.today, to = town.today, more = '') =>
  api.get(`/audit/approvals?from=${from}&to=${to}${more}`, ada);
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rows of the report as they come
const rowsOf = async (more = ''): Promise<any[]> => (await report(town.today, town.today, more)).body.data;
const BILL = 333 + 150 + 400;
const OK = { fourEyes: 'OK', limit: 'OK', role: 'OK' };

/** A final bill is sent back, drafted again and approved; its refund needs two. One decision comes to nothing. */
async function longStory(): Promise<string> {
  const { desk, db } = system;
  const { cliff, sam, sue } = town.users;
  await set('refundSecondApprovalAboveCents', 0);
  const { caseId } = await flat.moveOut();
  await flat.report(caseId, '1500');
  await desk.decide(sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
  await desk.decide(cliff, 'CORRECT_FINAL_BILL', 'REDRAFT');
  await desk.openTask('APPROVE_FINAL_BILL');
  await worker.stop();
  const late = refusalOf(desk.decide(sam, 'APPROVE_FINAL_BILL', 'APPROVE'));
  await eventually(() => db.Decision.findOne({ where: { status: 'RECORDED' }, rejectOnEmpty: true }));
  await set('approvalLimitsCents', { supervisor: 1 });
  await system.startWorker();
  expect(await late).toBe('OVER_LIMIT');
  await set('approvalLimitsCents', { supervisor: 20_000 });
  const task = await desk.openTask('APPROVE_FINAL_BILL');
  const body = { version: 1, outcome: 'APPROVE', comment: '=HYPERLINK("http://x","looks right")' };
  expect((await api.post(`/tasks/${task.id}/complete`, body, await api.signedIn(sue))).status).toBe(200);
  await desk.decide(sam, 'APPROVE_REFUND', 'APPROVE');
  const { caseId: settlement } = await desk.openTask('APPROVE_REFUND_SECOND');
  await desk.decide(sue, 'APPROVE_REFUND_SECOND', 'APPROVE');
  await desk.ended(settlement);
  return caseId;
}

describe('GET /audit/approvals', () => {
  it('tells of each approval and refusal who, what they might, how it ended, and that four eyes saw it', async () => {
    const caseId = await longStory();
    const rows = await rowsOf();
    const shown = rows.map(({ taskType, outcome, status, approver }) => [taskType, outcome, status, approver.username]);
    expect(shown).toEqual([
      ['APPROVE_FINAL_BILL', 'SEND_BACK', 'APPLIED', 'sam'],
      ['APPROVE_FINAL_BILL', 'APPROVE', 'VOID', 'sam'],
      ['APPROVE_FINAL_BILL', 'APPROVE', 'APPLIED', 'sue'],
      ['APPROVE_REFUND', 'APPROVE', 'APPLIED', 'sam'],
      ['APPROVE_REFUND_SECOND', 'APPROVE', 'APPLIED', 'sue'],
    ]);
    const [sentBack, voided, bill, first, second] = rows;
    const names = (people: { username: string }[]) => people.map(({ username }) => username);
    expect(sentBack).toMatchObject({ checks: { fourEyes: 'NOT_NEEDED', limit: 'NOT_NEEDED', role: 'OK' } });
    expect(voided).toMatchObject({ voidReason: 'REFUSED', appliedAt: null, limitFrom: 'ROLES', limitCents: null });
    expect(bill).toMatchObject({
      ...{ caseId, caseType: 'MOVE_OUT', accountNumber: town.accountNumber, locationNumber: town.locationNumber },
      ...{ amountCents: BILL, by: 'PERSON', starter: { username: 'cora' }, firstApprover: null, taskVersion: 1 },
      ...{ actorRoles: ['supervisor'], limitFrom: 'ROLES', limitCents: 20_000, checks: OK },
      ...{ subjectHash: expect.stringMatching(/^[0-9a-f]{64}$/), appliedAt: expect.any(String) },
    });
    expect(names(bill.drafters)).toEqual(['cora', 'cliff']);
    expect([first.firstApprover, second.firstApprover.username]).toEqual([null, 'sam']);
    expect([first, second].map(({ checks }) => checks)).toEqual([OK, OK]);
    expect(names(second.drafters)).toEqual(['system']);
  });

  it('is read page by page, or as one file that no spreadsheet runs', async () => {
    await longStory();
    const all = await rowsOf();
    const page = (await report(town.today, town.today, '&limit=2')).body;
    const rest = (await report(town.today, town.today, `&limit=100&cursor=${page.nextCursor}`)).body;
    expect([...page.data, ...rest.data]).toEqual(all);
    expect(rest.nextCursor).toBeNull();

    const file = await report(town.today, town.today, '&format=csv&limit=1');
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toContain(`approvals-${town.today}-${town.today}.csv`);
    const lines: Record<string, string>[] = parse(file.body as string, { columns: true });
    expect(lines.map(({ decisionId }) => decisionId)).toEqual(all.map(({ decisionId }) => decisionId));
    expect(lines[2]).toMatchObject({
      ...{ approver: 'sue', drafters: 'cora cliff', starter: 'cora', by: 'PERSON', amountCents: String(BILL) },
      ...{ fourEyes: 'OK', limit: 'OK', role: 'OK', comment: `'=HYPERLINK("http://x","looks right")` },
    });
    expect(lines[4]).toMatchObject({ firstApprover: 'sam', taskType: 'APPROVE_REFUND_SECOND' });
  });

  it('tells what the system approved by policy, held to the figures of the policy', async () => {
    await set('finalBillApproval', 'POLICY');
    await set('finalBillPolicy', { maxTotalCents: BILL, samplePercent: '0' });
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    await system.desk.openTask('APPROVE_REFUND');
    expect(await rowsOf()).toMatchObject([
      {
        ...{ caseId, outcome: 'APPROVE', status: 'APPLIED', by: 'POLICY', approver: { username: 'system' } },
        ...{ limitFrom: 'POLICY', actorRoles: [], checks: { fourEyes: 'OK', limit: 'OK', role: 'NOT_NEEDED' } },
      },
    ]);
  });

  it('has both days of the range in the office’s zone, up to 366, for administrators alone', async () => {
    const { caseId } = await flat.moveOut();
    await flat.report(caseId, '1500');
    await system.desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    const count = async (from: string, to: string) => (await report(from, to)).body.data.length as number;
    const yesterday = addDays(town.today, -1);
    const tomorrow = addDays(town.today, 1);
    expect([await count(yesterday, yesterday), await count(tomorrow, tomorrow)]).toEqual([0, 0]);
    expect([await count(yesterday, tomorrow), await count(town.today, town.today)]).toEqual([1, 1]);
    // The last and the first millisecond of the day in Denver.
    const { db } = system;
    const at = async (instant: string) => {
      await inTransaction(db, 1, (tx) => tx.db.Decision.update({ createdAt: new Date(instant) }, { where: {} }));
      return [await count('2026-01-05', '2026-01-05'), await count('2026-01-06', '2026-01-06')];
    };
    expect(await at('2026-01-06T06:59:59.999Z')).toEqual([1, 0]);
    expect(await at('2026-01-06T07:00:00.000Z')).toEqual([0, 1]);

    const days = (n: number) => report(addDays(town.today, -n), town.today);
    expect([(await days(365)).status, (await days(366)).status]).toEqual([200, 400]);
    for (const query of ['', `?from=${town.today}`, `?from=${tomorrow}&to=${town.today}`]) {
      expect((await api.get(`/audit/approvals${query}`, ada)).status).toBe(400);
    }
    const sue = await api.signedIn(town.users.sue);
    expect((await api.get(`/audit/approvals?from=${town.today}&to=${town.today}`, sue)).status).toBe(403);
  });
});
