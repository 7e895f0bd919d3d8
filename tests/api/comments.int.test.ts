import { makeSmallTown, type SmallTown } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { addUser, testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let token: Record<'cora' | 'sue' | 'fred' | 'olive' | 'ada', string>;
let caseId: string;

beforeAll(async () => {
  system = await testSystem();
  town = await makeSmallTown(system.db);
  await system.startWorker();
  api = await testApi(system);
  const { cora, sue, fred, olive } = town.users;
  const ids = { cora, sue, fred, olive, ada: await addUser(system.db, 'ada', ['admin']) };
  token = await api.allSignedIn(ids);
  const form = { accountId: town.accountId, accountNumber: town.accountNumber, vacateDate: town.today };
  const opened = await system.desk.moveOut(town.users.cora, {
    ...{ ...form, stopDate: town.today, stopReason: 'CUSTOMER', forwardingAddress: null, newTenant: 'NO' },
  });
  caseId = opened.caseId;
});
afterAll(async () => {
  await api.close();
  await system.end();
});

const vacancyTask = () => system.desk.openTask('RECONNECT_TO_LANDLORD');

describe('a comment', () => {
  it('is written on a case or on a task, and a case lists those of its tasks too', async () => {
    const task = await vacancyTask();
    const text = 'Ms Quackenbush called twice.\nShe leaves at noon.';
    const first = await api.post(`/cases/${task.caseId}/comments`, { text }, token.cora);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ caseId: task.caseId, taskId: null, text, author: { username: 'cora' } });
    const second = await api.post(`/tasks/${task.id}/comments`, { text: 'The landlord agrees' }, token.sue);
    expect(second.body).toMatchObject({ caseId: task.caseId, taskId: task.id, author: { username: 'sue' } });
    const listed = await api.get(`/cases/${task.caseId}/comments?limit=1`, token.sue);
    expect(listed.body.data).toEqual([first.body]);
    const rest = await api.get(`/cases/${task.caseId}/comments?cursor=${listed.body.nextCursor}`, token.sue);
    expect(rest.body).toEqual({ data: [second.body], nextCursor: null });
    expect((await api.get(`/tasks/${task.id}/comments`, token.sue)).body.data).toEqual([second.body]);
  });

  it('is one however often it is sent with the same key, and is in the audit without its text', async () => {
    const send = () => api.post(`/cases/${caseId}/comments`, { text: 'Left the keys' }, token.cora, 'same-key');
    const { body } = await send();
    expect((await send()).body).toEqual(body);
    expect((await api.get(`/cases/${caseId}/comments`, token.cora)).body.data).toEqual([body]);
    const audit = await api.get(`/audit?entity=comment&entityId=${body.commentId}`, token.ada);
    expect(audit.body.data).toMatchObject([{ action: 'comment.added', caseId, actor: 'cora' }]);
    expect(JSON.stringify(audit.body)).not.toContain('keys');
  });

  it('is refused with a payment card number, on a case that nobody knows, and by whom it is not for', async () => {
    for (const text of ['4111111111111111', 'pays with 4111 1111 1111 1111', 'card 4111-1111-1111-1111 today']) {
      const { status, body } = await api.post(`/cases/${caseId}/comments`, { text }, token.cora);
      expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'CARD_NUMBER', '#/text']);
    }
    const text = 'Seen';
    expect((await api.post('/cases/moveout-0/comments', { text }, token.cora)).status).toBe(404);
    expect((await api.post('/tasks/task_0/comments', { text }, token.cora)).status).toBe(404);
    expect((await api.get('/cases/moveout-0/comments', token.cora)).status).toBe(404);
    for (const who of ['fred', 'olive', 'ada'] as const)
      expect((await api.get(`/cases/${caseId}/comments`, token[who])).status).toBe(403);
  });
});

describe('a document', () => {
  const note = (more: object, path = `/cases/${caseId}`) =>
    api.post(`${path}/attachments`, { title: 'Photo of the meter', uri: 'doc:2026-0042', ...more }, token.cora);

  it('is noted by its reference, with what is known of the file', async () => {
    const task = await vacancyTask();
    const whole = { uri: 'https://store.example.org/d/42', mediaType: 'image/jpeg', sha256: 'a'.repeat(64) };
    const one = await note(whole);
    expect(one.status).toBe(201);
    expect(one.body).toMatchObject({ ...whole, title: 'Photo of the meter', author: { username: 'cora' } });
    const other = await note({}, `/tasks/${task.id}`);
    expect(other.body).toMatchObject({ caseId: task.caseId, taskId: task.id, mediaType: null, sha256: null });
    expect((await api.get(`/cases/${caseId}/attachments`, token.sue)).body.data).toEqual([one.body]);
    expect((await api.get(`/tasks/${task.id}/attachments`, token.sue)).body.data).toEqual([other.body]);
    expect((await api.get(`/cases/${task.caseId}/attachments`, token.sue)).body.data).toEqual([other.body]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://store.example.org/42',
    'file:///etc/passwd',
    'https://cora:secret@store.example.org/42',
    'https://store.example.org/42?X-Amz-Signature=abc',
    'https://store.example.org/42?access_token=abc',
    'https://',
    'doc:../42',
  ])('is refused with a reference that opens something else, or says a secret: %s', async (uri) => {
    const { status, body } = await note({ uri });
    expect([status, body.errors[0].pointer]).toEqual([400, '#/uri']);
  });

  it('is refused with a payment card number as its title', async () => {
    expect((await note({ title: 'Card 4111 1111 1111 1111' })).body).toMatchObject({
      status: 422,
      code: 'CARD_NUMBER',
    });
  });
});

describe('a case that has ended', () => {
  it('still takes what an auditor finds', async () => {
    await system.desk.command(town.users.cora, caseId, 'CANCEL');
    await system.desk.ended(caseId);
    const text = 'Looked at in the audit';
    expect((await api.post(`/cases/${caseId}/comments`, { text }, token.sue)).status).toBe(201);
    const scan = { title: 'Scan', uri: 'doc:7' };
    expect((await api.post(`/cases/${caseId}/attachments`, scan, token.sue)).status).toBe(201);
  });
});
