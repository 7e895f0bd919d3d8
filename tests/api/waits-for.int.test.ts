import { caseView } from '../../contract/messages';
import { addDays } from '../../domain/dates';
import type { CaseType } from '../../domain/states';
import { eventually } from '../support/eventually';
import { flatStories } from '../support/flat';
import { copiedForm, deposit, order, scratchForm, service } from '../support/set-up';
import { makeSmallTown, type SmallTown, type SmallTownOptions } from '../support/small-town';
import { testSystem, type TestSystem } from '../support/system';
import { testApi, type TestApi } from './support/api';

let system: TestSystem;
let town: SmallTown;
let api: TestApi;
let cora: string;

const { moveOut, report, openCaseOf, setUpAt } = flatStories(() => ({ system, town }));

async function setUp(options: SmallTownOptions = {}): Promise<void> {
  system = await testSystem();
  town = await makeSmallTown(system.db, options);
  await system.startWorker();
  api = await testApi(system);
  cora = await api.signedIn(town.users.cora);
}
afterEach(async () => {
  await api.close();
  await system.end();
});

/** What the page of the case, the list and the timeline say, and what the run says to a query and in the Temporal UI. */
async function saidOf(caseId: string): Promise<Record<string, string>> {
  const handle = system.client.workflow.getHandle(caseId);
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  const list = (await api.get(`/cases?q=${caseId}`, cora)).body.data as { waitsFor: string }[];
  return {
    page: (await api.get(`/cases/${caseId}`, cora)).body.waitsFor,
    list: list[0]?.waitsFor ?? 'not listed',
    timeline: (await api.get(`/cases/${caseId}/timeline`, cora)).body.waitsFor,
    view: (await handle.query(caseView)).waitsFor,
    details: /^\*\*(.*)\*\*$/m.exec(currentDetails)?.[1] ?? currentDetails,
  };
}

const expectSaid = (caseId: string, sentence: string): Promise<void> =>
  eventually(async () =>
    expect(await saidOf(caseId)).toEqual({
      ...{ page: sentence, list: sentence, timeline: sentence },
      ...{ view: sentence, details: sentence },
    }),
  );

const caseOf = async (type: CaseType): Promise<string> => (await eventually(() => openCaseOf(type))).caseId;

describe('the sentence is the same in the API and in the Temporal UI', () => {
  it('for a set-up: its conditions one after the other, then nothing', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk, db } = system;
    const startDate = addDays(town.today, 5);
    const form = scratchForm(town, { startDate, deposits: [deposit(10_000)], serviceOrders: [order('TURN_ON')] });
    const { caseId, accountNumber = '' } = await desk.setUp(town.users.cora, form);
    await expectSaid(
      caseId,
      `Waits for a deposit of $100.00, and for one service order, and for the start date, ${startDate}; then service begins.`,
    );
    const { id: accountId } = await db.Account.findOne({ where: { accountNumber }, rejectOnEmpty: true });
    const payment = { accountId, accountNumber, receiptNumber: 'R-1', amountCents: 10_000, receivedOn: town.today };
    const paid = await desk.pay(town.users.cora, { ...payment, method: 'CASH', applyTo: 'DEPOSIT' });
    await expectSaid(paid.caseId, 'Nothing: the payment is posted.');
    await expectSaid(caseId, `Waits for one service order, and for the start date, ${startDate}; then service begins.`);
    const { orderNumber } = await db.ServiceOrder.findOne({ where: { caseId }, rejectOnEmpty: true });
    await desk.report(town.users.fred, orderNumber, null);
    await expectSaid(caseId, `Waits for the start date, ${startDate}; then service begins.`);
    await desk.advance(5);
    await expectSaid(caseId, 'Nothing: the customer is served and will be billed.');
  });

  it('for a set-up that a supervisor has to approve, and that is asked about when it has waited for too long', async () => {
    await setUp({ askedDepositCents: 10_000 });
    const { desk } = system;
    const waived = scratchForm(town, {
      deposits: [deposit(10_000, 'a good payer')],
      serviceOrders: [order('TURN_ON')],
    });
    const { caseId } = await desk.setUp(town.users.cora, waived);
    await expectSaid(
      caseId,
      'Waits for a supervisor to approve the set-up or reject it, and for one service order; then service begins.',
    );
    await desk.decide(town.users.sue, 'APPROVE_SETUP', 'APPROVE');
    await expectSaid(caseId, 'Waits for one service order; then service begins.');
    await desk.advance(31);
    await expectSaid(
      caseId,
      'Waits for a clerk to let the set-up expire or to extend it, and for one service order; then service begins or the set-up ends.',
    );
    await desk.decide(town.users.cora, 'EXPIRE_OR_EXTEND', 'EXPIRE');
    await expectSaid(caseId, 'Nothing: the set-up expired before its conditions were met.');
  });

  it('for a move-out: read, approval, correction, posted; and for the refund after it', async () => {
    await setUp({ depositCents: 20_000 });
    const { desk } = system;
    const { caseId } = await moveOut({ newTenant: 'NO' });
    await expectSaid(
      caseId,
      'Waits for the field to take the final read; then the final bill is drafted once the stop date is there.',
    );
    await report(caseId, '1500');
    const approval =
      'Waits for a supervisor to approve the final bill or send it back; then the bill is posted and the account settled.';
    await expectSaid(caseId, approval);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'SEND_BACK');
    await expectSaid(
      caseId,
      'Waits for a clerk to correct the final bill that was sent back; then it is drafted again and a supervisor asked anew.',
    );
    await desk.decide(town.users.cora, 'CORRECT_FINAL_BILL', 'REDRAFT');
    await expectSaid(caseId, approval);
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    await expectSaid(caseId, 'Nothing: the case is completed.');
    const settlement = await caseOf('SETTLEMENT');
    await expectSaid(
      settlement,
      'Waits for a supervisor to approve the refund or reject it; then the refund is issued and the account closed, or the credit held.',
    );
    await desk.decide(town.users.sue, 'APPROVE_REFUND', 'APPROVE');
    await expectSaid(settlement, 'Nothing: the refund is issued and the account closed.');
  });

  it('for a move-out with nothing to read, until its stop date is there', async () => {
    await setUp();
    const { desk, db } = system;
    const form = scratchForm(town, { services: [service('REFUSE')], meters: [] });
    const { accountNumber = '' } = await desk.setUp(town.users.cora, form);
    const { id: accountId } = await db.Account.findOne({ where: { accountNumber }, rejectOnEmpty: true });
    const { caseId } = await moveOut({ accountId, accountNumber, stopDate: addDays(town.today, 3), newTenant: 'NO' });
    await expectSaid(caseId, 'Waits for the stop date; then the final bill is drafted.');
    await desk.advance(3);
    await expectSaid(
      caseId,
      'Waits for a supervisor to approve the final bill or send it back; then the bill is posted and the account settled.',
    );
  });

  it('for a balance that is due, and for the landlord who takes over', async () => {
    await setUp({ depositCents: 0 });
    const { desk } = system;
    const { caseId, accountNumber = '' } = await moveOut({ newTenant: 'NO' });
    const vacancy = await caseOf('VACANCY');
    const prompt =
      'Waits for a clerk to reconnect service to the landlord; then the landlord has the services or they fall vacant.';
    await expectSaid(vacancy, prompt);
    await desk.decide(town.users.cora, 'RECONNECT_TO_LANDLORD', 'RECONNECT');
    await expectSaid(
      vacancy,
      "Waits for the handover: the leaver's stop date and final read; then the landlord has the services or they fall vacant.",
    );
    await report(caseId, '4500');
    await expectSaid(vacancy, 'Nothing: the landlord holds the services.');
    await desk.decide(town.users.sue, 'APPROVE_FINAL_BILL', 'APPROVE');
    const settlement = await caseOf('SETTLEMENT');
    await expectSaid(settlement, 'Waits for the customer to pay the balance; then the account is closed.');
    const bill = await system.db.Bill.findOne({ rejectOnEmpty: true });
    await desk.pay(town.users.cora, {
      ...{ accountId: town.accountId, accountNumber, receiptNumber: 'R-1', amountCents: Number(bill.totalCents) },
      ...{ receivedOn: town.today, method: 'CASH', applyTo: 'ACCOUNT' },
    });
    await expectSaid(settlement, 'Nothing: the account is paid and closed.');
  });

  it('for a vacancy that asks for a new tenant, gets one and loses them again, and for canceled cases', async () => {
    await setUp();
    const { desk } = system;
    const { caseId } = await moveOut({ stopDate: addDays(town.today, 3), newTenant: 'YES' });
    const vacancy = await caseOf('VACANCY');
    const asks =
      'Waits for a clerk to say whether there is a new tenant; then the new tenant is set up or the landlord asked.';
    await expectSaid(vacancy, asks);
    const tenant = await setUpAt(addDays(town.today, 3));
    await expectSaid(
      vacancy,
      "Waits for the new tenant's set-up to take effect; then the new tenant has the services.",
    );
    await expectSaid(tenant.caseId, `Waits for the start date, ${addDays(town.today, 3)}; then service begins.`);
    await desk.command(town.users.cora, tenant.caseId, 'CANCEL');
    await expectSaid(tenant.caseId, 'Nothing: the case was canceled.');
    await expectSaid(vacancy, asks);
    await desk.command(town.users.cora, caseId, 'CANCEL');
    await expectSaid(caseId, 'Nothing: the case was canceled.');
    await expectSaid(vacancy, 'Nothing: what the case was about was canceled.');
  });

  it('for a case in an incident', async () => {
    await setUp();
    const { desk, db } = system;
    await db.sequelize.query('ALTER TABLE bill_revision RENAME TO bill_revision_gone');
    const { caseId } = await moveOut({ newTenant: 'NO' });
    await report(caseId, '1500');
    await expectSaid(
      caseId,
      'Waits for an operator to repair the step draftFinalBill, which failed; then the case goes on.',
    );
    await db.sequelize.query('ALTER TABLE bill_revision_gone RENAME TO bill_revision');
    await desk.command(town.users.olive, caseId, 'RETRY');
    await expectSaid(
      caseId,
      'Waits for a supervisor to approve the final bill or send it back; then the bill is posted and the account settled.',
    );
  });
});

it('says of a case whose first step failed, before there is a row, that an operator is waited for', async () => {
  await setUp();
  const { db, client, desk } = system;
  await db.sequelize.query('ALTER TABLE move_out RENAME TO move_out_gone');
  const { accountNumber, today } = town;
  const form = { accountNumber, stopDate: today, vacateDate: today, forwardingAddress: null, newTenant: 'NO' };
  const { status, body } = await api.post('/cases/move-out', form, cora);
  expect(status).toBe(202);
  const failed = 'Waits for an operator to repair the step scheduleStop, which failed; then the case goes on.';
  await eventually(async () => {
    const shown = (await api.get(`/cases/${body.caseId}`, cora)).body;
    expect(shown).toMatchObject({ status: 'INCIDENT', waitsFor: failed });
    const { body: timeline } = await api.get(`/cases/${body.caseId}/timeline`, cora);
    expect(timeline).toMatchObject({ waitsFor: failed, data: [{ kind: 'INCIDENT_OPENED' }, { kind: 'STEP_DONE' }] });
  });
  expect((await client.workflow.getHandle(body.caseId).query(caseView)).waitsFor).toBe(failed);
  await db.sequelize.query('ALTER TABLE move_out_gone RENAME TO move_out');
  await desk.command(town.users.olive, body.caseId, 'RETRY');
  await expectSaid(
    body.caseId,
    'Waits for the field to take the final read; then the final bill is drafted once the stop date is there.',
  );
});

it('says of a set-up that was refused that nothing is waited for', async () => {
  await setUp();
  const form = copiedForm(town, { startDate: addDays(town.today, 1000) });
  const { body } = await api.post('/cases/onboarding', form, cora);
  expect(body.status).toBe(422);
  const { subjectId } = await system.db.HttpRequest.findOne({ where: { caseType: 'ONBOARD' }, rejectOnEmpty: true });
  const shown = await api.get(`/cases/${subjectId}`, cora);
  expect(shown.body).toMatchObject({ status: 'REFUSED', waitsFor: 'Nothing: the request was refused.' });
});
