import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';
import { noTemporal } from './support/no-temporal';

interface Shown {
  at: string;
  kind: string;
  id: string;
  text: string;
  actor: { username: string };
  data: Record<string, unknown>;
}

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'cliff' | 'sam' | 'sue' | 'fred' | 'olive', string>;

const { moveOut, report } = flatStories(() => ({ system, town }));

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
  api = await testApi(system);
  token = await api.allSignedIn(town.users);
}
async function takeDown(): Promise<void> {
  await api.close();
  await system.end();
}

async function timelineOf(caseId: string, who: keyof typeof token = 'cora', limit = 100): Promise<Shown[]> {
  const entries: Shown[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await api.get(`/cases/${caseId}/timeline?limit=${limit}${cursor}`, token[who]);
    expect(status).toBe(200);
    entries.push(...(body.data as Shown[]));
    if (body.nextCursor === null) return entries;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

const linesOf = (entries: Shown[], ...kinds: string[]) =>
  entries.filter(({ kind }) => kinds.includes(kind)).map(({ actor, text }) => `${actor.username}: ${text}`);

describe('the timeline of a move-out', () => {
  let caseId: string;
  afterAll(takeDown);
  beforeAll(async () => {
    await setUp();
    const { desk } = system;
    caseId = (await moveOut({ newTenant: 'NO' })).caseId;
    const text = 'Ms Quackenbush says the basement is locked';
    await api.post(`/cases/${caseId}/comments`, { text }, token.cora);
    await report(caseId, '1500');
    const task = await desk.openTask('APPROVE_FINAL_BILL');
    const photo = { title: 'Photo for Ottoline', uri: 'doc:42', mediaType: 'image/jpeg' };
    await api.post(`/tasks/${task.id}/attachments`, photo, token.sue);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await desk.decide(town.users.cliff, 'CORRECT_FINAL_BILL', 'REDRAFT');
    await desk.decide(town.users.sam, 'APPROVE_FINAL_BILL', 'APPROVE');
    await desk.ended(caseId);
  });

  it('tells everything with its actor, in the order of time', async () => {
    const entries = await timelineOf(caseId);
    expect(entries.map(({ at }) => at)).toEqual([...entries.map(({ at }) => at)].sort());
    expect(linesOf(entries, 'EVENT')).toEqual([
      'cora: The case was opened.',
      expect.stringMatching(/^cora: The stop was scheduled for /),
      "fred: The case took the field's report.",
      'system: The task "Approve the final bill" was opened.',
      expect.stringMatching(/^system: Revision 1 of the final bill was drafted: \$/),
      'sue: The task "Correct the final bill that was sent back" was opened.',
      'sue: Revision 1 of the final bill was sent back to be corrected.',
      'cliff: The task "Approve the final bill" was opened.',
      expect.stringMatching(/^cliff: Revision 2 of the final bill was drafted: \$/),
      expect.stringMatching(/^sam: The final bill B0000001 was posted: \$/),
    ]);
    expect(linesOf(entries, 'DECISION', 'DECISION_APPLIED')).toEqual([
      'sue: The decision was recorded: "Send back" on the task "Approve the final bill", version 1.',
      'sue: The decision took effect: "Send back" on the task "Approve the final bill", version 1.',
      'cliff: The decision was recorded: "Draft it again" on the task "Correct the final bill that was sent back", version 1.',
      'cliff: The decision took effect: "Draft it again" on the task "Correct the final bill that was sent back", version 1.',
      'sam: The decision was recorded: "Approve" on the task "Approve the final bill", version 1.',
      'sam: The decision took effect: "Approve" on the task "Approve the final bill", version 1.',
    ]);
    expect(linesOf(entries, 'SERVICE_ORDER', 'FIELD_REPORT')).toEqual([
      expect.stringMatching(/^cora: The service order SO000001 \(read .*\) was cut\.$/),
      `fred: The field reported on the service order SO000001: done, meter ${town.meterId} read 1500 on ${town.today}.`,
      expect.stringMatching(/^fred: The service order SO000001 \(read .*\) was done\.$/),
    ]);
    expect(linesOf(entries, 'COMMENT', 'ATTACHMENT')).toEqual([
      'cora: A comment was written on the case.',
      'sue: A document was noted with a task.',
    ]);
    expect(linesOf(entries, 'NOTICE')).toEqual(['system: A notice (final bill) is to be sent.']);
  });

  it('tells the money in cents, with whoever moved it', async () => {
    const bill = await system.db.Bill.findOne({ rejectOnEmpty: true });
    const money = (await timelineOf(caseId)).filter(({ kind }) => kind === 'MONEY');
    expect(money[0]).toMatchObject({
      actor: { username: 'sam' },
      data: { entry: 'FINAL_BILL', amountCents: Number(bill.totalCents) },
    });
    const entries = await system.db.JournalEntry.count({ where: { caseId } });
    expect(money).toHaveLength(entries);
    for (const { data } of money) {
      const lines = data.lines as { amountCents: number }[];
      expect(lines.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(0);
    }
  });

  it('tells each technical step once, after what it wrote, with its attempts', async () => {
    const entries = await timelineOf(caseId);
    const steps = entries.filter(({ kind }) => kind === 'STEP_DONE');
    expect(steps.map(({ data }) => data.step)).toEqual([
      ...[
        'scheduleStop',
        'takeFieldReport',
        'draftFinalBill',
        'decideFinalBill',
        'correctFinalBill',
        'decideFinalBill',
      ],
    ]);
    expect(steps.map(({ data }) => data.attempts)).toEqual([1, 1, 1, 1, 1, 1]);
    const opened = entries.findIndex(({ text }) => text === 'The case was opened.');
    const done = entries.findIndex(({ text }) => text === 'The step scheduleStop was done.');
    const reported = entries.findIndex(({ kind }) => kind === 'FIELD_REPORT');
    expect(opened).toBeLessThan(done);
    expect(done).toBeLessThan(reported);
  });

  it('comes page by page as it comes at once', async () => {
    const whole = await timelineOf(caseId);
    expect(await timelineOf(caseId, 'cora', 7)).toEqual(whole);
    expect(new Set(whole.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(whole.length);
    expect((await api.get(`/cases/${caseId}/timeline?cursor=nonsense`, token.cora)).status).toBe(400);
  });

  it('shows operators no names, addresses, reasons or what somebody wrote', async () => {
    const [office, operators] = [await timelineOf(caseId), await timelineOf(caseId, 'olive')];
    expect(JSON.stringify(office)).toMatch(/Quackenbush/);
    expect(office.find(({ kind }) => kind === 'ATTACHMENT')?.data).toMatchObject({ title: 'Photo for Ottoline' });
    expect(office.find(({ kind }) => kind === 'DECISION')?.data).toMatchObject({
      comment: 'seen',
      outcome: 'SEND_BACK',
    });
    expect(operators.map(({ text }) => text)).toEqual(office.map(({ text }) => text));
    const shown = JSON.stringify(operators);
    expect(shown).not.toMatch(
      /Quackenbush|Ottoline|Zephyrine|Featherstonehaugh|555-0147|basement|"comment":|doc:42|"uri"/,
    );
    expect((await api.get(`/cases/${caseId}/timeline`, token.fred)).status).toBe(403);
  });

  it('is told from the database while Temporal cannot be reached', async () => {
    const away = noTemporal();
    const withoutTemporal = await testApi({ ...system, client: away.client });
    const { status, body } = await withoutTemporal.get(`/cases/${caseId}/timeline?limit=100`, token.cora);
    expect(status).toBe(200);
    expect(body).toMatchObject({ attempts: 'UNAVAILABLE', waitsFor: 'Nothing: the case is completed.' });
    const steps = (body.data as Shown[]).filter(({ kind }) => kind === 'STEP_DONE');
    expect(steps.map(({ data }) => data.attempts)).toEqual([null, null, null, null, null, null]);
    const told = await api.get(`/cases/${caseId}/timeline?limit=100`, token.cora);
    expect(told.body.attempts).toBe('KNOWN');
    expect(told.body.data).toHaveLength(body.data.length);
    await withoutTemporal.close();
    await away.close();
  });
});

describe('the timeline of a payment that a feed brought', () => {
  afterEach(takeDown);

  it('has the step of the feed that carried it out', async () => {
    await setUp();
    const { desk, db } = system;
    const { accountNumber, today } = town;
    await desk.feed(town.users.cora, 'PAYMENTS', [
      { accountNumber, receiptNumber: 'R-1', amountCents: 250, receivedOn: today, method: 'CHECK' },
    ]);
    const { caseId } = await db.Case.findOne({ where: { type: 'PAYMENT' }, rejectOnEmpty: true });
    const entries = await timelineOf(caseId);
    expect(linesOf(entries, 'MONEY')).toEqual(['cora: A payment of $2.50 was posted.']);
    expect(entries.find(({ kind }) => kind === 'STEP_DONE')?.data).toMatchObject({
      step: 'takeFeedChunk',
      attempts: 1,
    });
  });
});

describe('a timeline while something fails', () => {
  afterEach(takeDown);

  it('shows the attempts under way, then the incident with its cause and who resolved it', async () => {
    await setUp();
    const { desk, db } = system;
    await db.sequelize.query('ALTER TABLE bill_revision RENAME TO bill_revision_gone');
    const { caseId } = await moveOut({ newTenant: 'NO' });
    await report(caseId, '1500');
    const tried = await eventually(async () => {
      const entry = (await timelineOf(caseId, 'olive')).find(({ kind }) => kind === 'STEP_TRIED');
      expect(entry?.data).toMatchObject({ step: 'draftFinalBill', lastFailure: 'UNEXPECTED' });
      return entry;
    });
    expect(tried?.text).toMatch(/attempt \d, the one before failed with UNEXPECTED\.$/);
    expect(tried?.data.attempt).toBeGreaterThan(1);
    await eventually(() => db.Incident.findOne({ where: { caseId }, rejectOnEmpty: true }));
    await db.sequelize.query('ALTER TABLE bill_revision_gone RENAME TO bill_revision');
    await desk.command(town.users.olive, caseId, 'RETRY');
    await desk.openTask('APPROVE_FINAL_BILL');
    const entries = await timelineOf(caseId, 'olive');
    expect(linesOf(entries, 'COMMAND', 'INCIDENT_OPENED', 'INCIDENT_RESOLVED')).toEqual([
      'system: The step draftFinalBill failed for good: UNEXPECTED.',
      'olive: The command was given to run the failed step again.',
      'olive: The incident of the step draftFinalBill was resolved: retry.',
    ]);
    const opened = entries.find(({ kind }) => kind === 'INCIDENT_OPENED');
    expect(opened?.data).toMatchObject({ cause: expect.stringContaining('ER_NO_SUCH_TABLE') });
    expect(entries.filter(({ kind }) => kind === 'STEP_TRIED')).toEqual([]);
  });

  it('shows what the case refused', async () => {
    await setUp();
    const { desk } = system;
    const { caseId } = await moveOut({ newTenant: 'NO' });
    await desk.command(town.users.cora, caseId, 'RESCHEDULE').catch(() => null);
    const entries = await timelineOf(caseId);
    expect(linesOf(entries, 'COMMAND', 'COMMAND_REFUSED')).toEqual([
      'cora: The command was given to move the date of the case.',
      'cora: The case refused the command: REFUSED.',
    ]);
    await report(caseId, '1500');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    const reads = [{ meterId: town.meterId, value: '900', readOn: town.today, source: 'ACTUAL' }];
    await desk.decide(town.users.cora, 'CORRECT_FINAL_BILL', 'CORRECT_READ', { reads }).catch(() => null);
    expect(linesOf(await timelineOf(caseId), 'DECISION', 'DECISION_REFUSED').slice(1)).toEqual([
      'cora: The decision was recorded: "Correct a read" on the task "Correct the final bill that was sent back", version 1.',
      'cora: The case refused the decision: REFUSED.',
    ]);
  });
});

describe("a timeline on the office's clock", () => {
  afterEach(takeDown);

  it('keeps the order of what happened when the clock was moved in between', async () => {
    await setUp();
    const { desk } = system;
    const { caseId } = await moveOut({ newTenant: 'NO' });
    await desk.advance(5);
    await report(caseId, '1500');
    await desk.openTask('APPROVE_FINAL_BILL');
    await desk.advance(5);
    await desk.command(town.users.cora, caseId, 'CANCEL');
    const entries = await timelineOf(caseId);
    const days = entries.map(({ at }) => Math.round((Date.parse(at) - Date.parse(entries[0]?.at ?? '')) / 86_400_000));
    expect([...new Set(days)]).toEqual([0, 5, 10]);
    const places = [
      ...['The case was opened', 'The step scheduleStop was done', 'The field reported'],
      ...["The case took the field's report", 'The step takeFieldReport was done', 'The step draftFinalBill was done'],
      ...['The command was given to cancel', 'The case was canceled', 'The step cancel was done'],
    ].map((text) => entries.findIndex((entry) => entry.text.startsWith(text)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('is not there for a case that nobody knows', async () => {
    await setUp();
    expect((await api.get('/cases/moveout-0/timeline', token.cora)).status).toBe(404);
  });
});
