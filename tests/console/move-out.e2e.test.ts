import type { Page } from 'playwright-core';
import { accessFaults } from './support/axe';
import { consoleOffice, type ConsoleOffice } from './support/office';
import { inTransaction } from '../../db/transaction';
import { invariantsHold } from '../support/flat';

let office: ConsoleOffice;
beforeAll(async () => {
  office = await consoleOffice();
}, 180_000);
afterAll(() => office.end());

const OUTCOME = /^(The customer would owe|Refund to the customer)/;
const totalOf = async (page: Page) =>
  (await page.getByRole('row', { name: 'Total of the bill' }).textContent())?.match(/\$[\d,.]+/)?.[0] ?? '';
const heading = (page: Page, name: RegExp) => page.getByRole('heading', { name });

it('S17 S19 moves a tenant out at the counter, back to the landlord, and two browsers see it live', async () => {
  const cora = await office.signIn('cora');
  const sam = await office.signIn('sam');
  await sam.goto('/tasks');
  await sam.getByText('Nothing waits for your groups').waitFor();

  // Found by a part of the name, by keys alone.
  await cora.keyboard.press('g');
  await cora.keyboard.press('m');
  await heading(cora, /Move a customer out/).waitFor();
  await cora.getByLabel('Who leaves').fill('lovelace');
  await cora.getByText('Lovelace, Priya').first().waitFor();
  expect(await accessFaults(cora)).toEqual([]);
  await cora.keyboard.press('Enter');
  await cora
    .getByRole('button', { name: /^A0000001/ })
    .click()
    .catch(() => undefined);
  await heading(cora, /Move out Lovelace, Priya/).waitFor();

  // The final bill is there before anything is asked, and changes with the read.
  await cora.getByText(OUTCOME).waitFor();
  const estimated = (await cora.getByText(OUTCOME).textContent()) ?? '';
  await cora.getByLabel(/Water: what meter/).fill('376730');
  await cora.getByLabel(/Electric: what meter/).fill('53877');
  await cora.getByText(OUTCOME).filter({ hasNotText: estimated }).waitFor();
  await cora.getByText('850 gal').waitFor();
  const bill = await totalOf(cora);
  await cora.getByRole('button', { name: 'Explain' }).first().click();
  await cora.getByText(/^How \$/).waitFor();
  expect(await accessFaults(cora)).toEqual([]);
  await office.picture(cora, 'move-out');

  // What is missing is said at once, with links to the fields; nothing typed is lost.
  await cora.getByRole('button', { name: /^Move out Lovelace/ }).click();
  const summary = cora.getByTestId('problems');
  await summary.getByText('Give the street of the new address').click();
  expect(await cora.getByLabel('Street').evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
  expect(await cora.getByLabel(/Water: what meter/).inputValue()).toBe('376730');
  await cora.getByLabel('Street').fill('77 Harbor Street');
  await cora.getByLabel('City').fill('Port Callis');
  await cora.getByLabel('State').fill('OR');
  await cora.getByLabel('ZIP code').fill('97000');
  await cora.getByLabel('No', { exact: true }).check();
  await cora.keyboard.press('Control+s');

  // What becomes of the place is asked on the next page, and the customer's reads are handed in there.
  await heading(cora, /Lovelace, Priya moves out on/).waitFor();
  await heading(cora, /Reconnect service at the service address/).waitFor();
  expect(await accessFaults(cora)).toEqual([]);
  await office.picture(cora, 'move-out-opened');
  await cora.getByRole('button', { name: 'Reconnect to the landlord' }).first().click();
  await cora.getByRole('button', { name: 'Reconnect to the landlord' }).first().click();
  for (const service of ['Water', 'Electric']) {
    const row = cora.getByLabel(new RegExp(`^${service}: what the customer read`));
    await row.locator('xpath=ancestor::div[contains(@class,"Group")][1]').getByRole('button').click();
    await row.waitFor({ state: 'detached' });
  }

  // The supervisor's list shows the bill without being asked again.
  await sam.getByRole('button', { name: /Approve the final bill.*Lovelace/ }).click();
  await sam.getByRole('button', { name: `Approve final bill of ${bill}` }).waitFor();
  await sam.getByRole('button', { name: 'Assign' }).click();
  await sam.getByRole('combobox', { name: 'To' }).click();
  await sam.getByRole('option', { name: 'Sam Ostrander' }).click();
  await sam.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
  await sam.getByRole('button', { name: 'Release this task' }).waitFor();
  await sam.getByRole('button', { name: 'Close this message' }).click();
  expect(await accessFaults(sam)).toEqual([]);
  await office.picture(sam, 'approve-final-bill');
  await cora.getByRole('link', { name: 'See the case' }).click();
  await cora.getByText(/Waits for a supervisor to approve/).waitFor();
  await sam.getByRole('button', { name: `Approve final bill of ${bill}` }).click();

  // The clerk's page follows by itself.
  await cora.getByText('Completed').first().waitFor();
  await cora.getByRole('link', { name: new RegExp(`, \\${bill}$`) }).waitFor();
  expect(await accessFaults(cora)).toEqual([]);
  await office.picture(cora, 'case');
  await cora.getByRole('link', { name: new RegExp(`, \\${bill}$`) }).click();
  await heading(cora, /^Final bill/).waitFor();
  await cora.getByText('Sam Ostrander', { exact: true }).waitFor();
  await invariantsHold(office.system);
}, 180_000);

it('S18 asks for the new tenant with a form that is filled from the one who leaves', async () => {
  const cliff = await office.signIn('cliff');
  await cliff.goto('/move-out?account=A0000002');
  await cliff.getByLabel('They leave no forwarding address').check();
  await cliff.getByLabel('Yes', { exact: true }).check();
  await cliff.getByRole('button', { name: /^Move out Ashdown/ }).click();
  await heading(cliff, /Ashdown, Emeka T. moves out on/).waitFor();
  await cliff.getByRole('link', { name: 'Yes: set up the new tenant' }).click();

  await cliff.getByLabel('Name', { exact: true }).fill('Maria de la Cruz');
  await cliff.getByText('Copied from account A0000002').waitFor();
  await cliff.getByText(/last de la Cruz/).waitFor();
  await cliff.getByRole('button', { name: /^Save and / }).click();
  await heading(cliff, /de la Cruz, Maria is set up/).waitFor();

  // Saving it has answered the question: nobody is asked any more.
  await cliff.goto('/tasks');
  await heading(cliff, /^Tasks$/).waitFor();
  await cliff.getByText('Nothing waits for your groups').waitFor();
  const { db } = office.system;
  const task = await db.HumanTask.findOne({ where: { type: 'NEW_TENANT' }, rejectOnEmpty: true });
  expect(task.status).not.toBe('OPEN');
  await invariantsHold(office.system);
}, 120_000);

it('S20 shows nobody a button on their own work, and says why; sends a bill back with a reason', async () => {
  const { db } = office.system;
  const cora = await db.AppUser.findOne({ where: { username: 'cora' }, rejectOnEmpty: true });
  await inTransaction(db, 1, (tx) => tx.db.UserRole.create({ userId: cora.id, role: 'supervisor' }));
  const token = await office.api.signedIn(cora.id);
  const { today } = (await office.api.get('/clock', token)).body;
  const body = {
    ...{ accountNumber: 'A0000003', stopDate: today, vacateDate: today, forwardingAddress: null, newTenant: 'NO' },
  };
  const opened = await office.api.post('/cases/move-out', body, token);
  expect(opened.status).toBe(201);
  const { caseId } = opened.body;
  const fred = await office.api.signedIn(
    (await db.AppUser.findOne({ where: { username: 'fred' }, rejectOnEmpty: true })).id,
  );
  const { serviceOrders } = (await office.api.get(`/cases/${caseId}`, token)).body;
  for (const { orderNumber, meter } of serviceOrders) {
    const value = String(Math.round(Number(meter.lastRead.value)) + 10);
    const reads = [{ meterId: meter.meterId, value, readAt: today, source: 'ACTUAL' }];
    const done = await office.api.post(`/service-orders/${orderNumber}/complete`, { reads }, fred);
    expect(done).toMatchObject({ status: 200, body: { status: 'APPLIED' } });
  }

  const page = await office.signIn('cora');
  await page.goto(`/cases/${caseId}`);
  await page.getByRole('link', { name: 'Approve the final bill' }).click();
  await page.getByText('You have had a hand in this, so somebody else has to decide.').waitFor();
  expect(await page.getByRole('button', { name: /^Approve final bill/ }).count()).toBe(0);
  expect(await accessFaults(page)).toEqual([]);

  const sue = await office.signIn('sue');
  await sue.goto(page.url());
  await sue.getByRole('button', { name: 'Send back' }).click();
  await sue.getByRole('button', { name: 'Send back' }).last().click();
  await sue.getByText('Give the reason').waitFor();
  await sue.getByLabel('Reason').fill('The read looks wrong');
  await sue.getByRole('button', { name: 'Send back' }).last().click();
  await page.goto(`/cases/${caseId}`);
  await page.getByRole('link', { name: 'Correct the final bill that was sent back' }).waitFor();
  await page.getByText(/Waits for a clerk to correct the final bill/).waitFor();
}, 120_000);
