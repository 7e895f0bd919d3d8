import type { Page } from 'playwright-core';
import { accessFaults } from './support/axe';
import { consoleOffice, type ConsoleOffice } from './support/office';

let office: ConsoleOffice;
let cora: Page;
let ada: Page;
beforeAll(async () => {
  office = await consoleOffice();
  [cora, ada] = await Promise.all([office.signIn('cora'), office.signIn('ada')]);
}, 180_000);
afterAll(() => office.end());

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** The page has no fault of access, nothing is wider than it, and it is kept as a picture. */
async function expectClean(page: Page, picture: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect([picture, await accessFaults(page)]).toEqual([picture, []]);
  const isTooWide = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  expect([picture, isTooWide]).toEqual([picture, false]);
  await office.picture(page, picture);
}

async function tokenOf(username: string): Promise<string> {
  const user = await office.system.db.AppUser.findOne({ where: { username }, rejectOnEmpty: true });
  return office.api.signedIn(user.id);
}

it('S15 the office plans an order, the field completes it on a phone, and a low read asks first', async () => {
  const { api } = office;
  const token = await tokenOf('cora');
  const wanted = { accountNumber: 'A0000002', serviceCode: 'WATER', type: 'READ_IN', notes: 'High bill complaint' };
  const { orderNumber } = (await api.post('/service-orders', wanted, token)).body;
  await cora.goto('/orders');
  await expectClean(cora, 'orders');
  await cora.getByRole('link', { name: 'Read in' }).click();
  await heading(cora, /Read in at 204 Alder Street/);
  await press(cora, 'Plan');
  await cora.getByRole('combobox', { name: 'Assigned to' }).click();
  await cora.getByRole('option', { name: /^Fred/ }).click();
  await press(cora, 'Save the plan');
  await cora.getByText('The order is planned').waitFor();
  await cora.getByText('Dispatched').waitFor();

  const fred = await office.signIn('fred', { width: 390, height: 844 });
  await fred.goto('/orders');
  await heading(fred, 'My orders');
  await expectClean(fred, 'field-orders');
  await fred.getByRole('link', { name: 'Do this order' }).click();
  await heading(fred, /Read in at/);
  await fred.getByLabel(/What meter .* shows/).fill('1');
  await press(fred, 'Hand in the read');
  await fred.getByText('Sure?').waitFor();
  await expectClean(fred, 'field-order');
  await press(fred, 'No');
  const last = (await api.get(`/service-orders/${orderNumber}`, token)).body.meter.lastRead.value as string;
  const read = String(Number(last) + 120);
  await fred.getByLabel(/What meter .* shows/).fill(read);
  await press(fred, 'Hand in the read');
  await fred.getByText('The order is handed in').waitFor();
  await cora.getByText(new RegExp(`Done.*${read}`)).waitFor();
});

it('modifies a customer: everything that is wrong is said, and only what changed is sent', async () => {
  await cora.goto('/customers?q=lovelace');
  await cora.getByRole('link', { name: 'Lovelace, Priya', exact: true }).waitFor();
  await expectClean(cora, 'customers');
  await cora.getByRole('link', { name: 'Lovelace, Priya', exact: true }).click();
  await heading(cora, 'Lovelace, Priya');
  await cora.getByText('Mail today goes to').waitFor();
  await expectClean(cora, 'customer');
  await cora.getByRole('link', { name: 'Modify' }).click();
  await heading(cora, 'Modify Lovelace, Priya');
  await press(cora, 'Add telephone');
  await cora
    .getByLabel(/^Telephone \d/)
    .last()
    .fill('970-555-0147');
  await cora.getByRole('tab', { name: 'Customer 2' }).click();
  await cora.getByLabel(/alternate address for a season/).check();
  await press(cora, /^Save the changes/);
  await cora.getByTestId('problems').getByText('Give the city').waitFor();
  const second = cora.getByRole('tabpanel');
  await second.getByLabel('Street and house number').fill('9 Palm Court');
  await second.getByLabel('City').fill('Yuma');
  await second.getByLabel('State').fill('AZ');
  await second.getByLabel('ZIP code').fill('85364');
  await second.getByLabel(/^From \(month/).fill('11/15');
  await second.getByLabel(/^Through \(month/).fill('4/15');
  await expectClean(cora, 'modify-customer');
  await press(cora, /^Save the changes/);
  await heading(cora, 'Lovelace, Priya');
  await cora.getByText('(970) 555-0147').waitFor();
  await cora.getByText(/9 Palm Court, Yuma, AZ 85364, from Nov 15 to Apr 15/).waitFor();
});

it('S18 sets a location up, notes an alert, and gives it a landlord on terms', async () => {
  await cora.goto('/locations');
  await expectClean(cora, 'locations');
  await cora.getByRole('link', { name: 'Setup New Locations' }).click();
  await heading(cora, 'Setup New Locations');
  await cora.getByLabel('Street and house number').fill('1 Harbor Walk');
  await cora.getByLabel('City').fill('Millbrook');
  await press(cora, 'Set up 1 Harbor Walk');
  await cora
    .getByTestId('problems')
    .getByText(/^Give a ZIP code/)
    .waitFor();
  await cora.getByLabel('State').fill('CO');
  await cora.getByLabel('ZIP code').fill('80000');
  await press(cora, 'Set up 1 Harbor Walk');
  await heading(cora, '1 Harbor Walk is set up');
  await cora.getByRole('link', { name: 'See the location' }).click();
  await heading(cora, '1 Harbor Walk');
  await press(cora, 'Add a note or alert');
  await cora.getByLabel(/^Alert:/).check();
  await cora.getByLabel('What is to be known').fill('Dog in the yard');
  await press(cora, 'Add the alert');
  await cora.getByRole('alert').getByText('Dog in the yard').waitFor();
  await press(cora, 'Set a landlord');
  await cora.getByLabel('Who is the landlord').fill('juniper');
  await press(cora, /^Choose: Juniper Ridge/);
  await cora.getByRole('button', { name: /^Make Juniper Ridge/ }).waitFor();
  await expectClean(cora, 'landlord-agreement');
  await press(cora, /^Make Juniper Ridge/);
  await cora.getByText('The landlord agreement is saved').waitFor();
  await cora.getByRole('link', { name: /^Juniper Ridge/ }).waitFor();
  await expectClean(cora, 'location');
});

it('S19 changes what a landlord agreed to at all of their places', async () => {
  await cora.goto('/landlords?q=tallgrass');
  await cora.getByRole('link', { name: /^Tallgrass/ }).click();
  await heading(cora, /^Tallgrass/);
  await expectClean(cora, 'landlord');
  await press(cora, 'Change the terms');
  await cora.getByRole('combobox', { name: 'Water: when the tenant leaves' }).click();
  await cora.getByRole('option', { name: 'Never: shut it off' }).click();
  await press(cora, 'Change the terms of all places');
  await cora.getByText('The terms are changed').waitFor();
  await cora
    .getByText(/^Water: never/)
    .first()
    .waitFor();
});

it('exchanges a meter, whoever has the service', async () => {
  await cora.goto('/meters?q=W-1000');
  await cora.getByRole('link', { name: 'W-100005' }).waitFor();
  await expectClean(cora, 'meters');
  await cora.getByRole('link', { name: 'W-100005' }).click();
  await heading(cora, 'Meter W-100005');
  const last =
    (
      await cora
        .getByText(/^[\d.]+ on /)
        .first()
        .textContent()
    )?.split(' ')[0] ?? '';
  await expectClean(cora, 'meter');
  await press(cora, 'Exchange the meter');
  await cora.getByLabel('Last read of W-100005').fill(String(Number(last) + 10));
  await cora.getByLabel('Serial number').fill('W-900001');
  await cora.getByLabel('Why').fill('Stopped');
  await press(cora, 'Exchange W-100005 for W-900001');
  await cora.getByRole('link', { name: 'W-900001' }).first().waitFor();
});

it('makes one master contact of two customers and shows both', async () => {
  await cora.goto('/master-contacts?tab=duplicates');
  await heading(cora, 'Master Contacts List');
  await expectClean(cora, 'duplicates');
  const token = await tokenOf('cora');
  const made = await office.api.post('/master-contacts', { customerNumbers: ['C000061', 'C000062'] }, token);
  await cora.goto(`/master-contacts/${made.body.masterContactId}`);
  await cora.getByRole('link', { name: 'C000062' }).first().waitFor();
  await expectClean(cora, 'master-contact');
});

it('the administrator adds a user, drafts a rate that somebody else publishes, and changes a setting', async () => {
  await ada.goto('/organization?tab=users');
  await press(ada, 'Add a user');
  await ada.getByLabel('Name', { exact: true }).fill('Nora Quill');
  await ada.getByLabel('User name').fill('nora');
  await press(ada, 'Add Nora Quill');
  await ada
    .getByTestId('problems')
    .getByText(/12 characters/)
    .click();
  await ada.locator('#field-password:focus').waitFor();
  await ada.keyboard.type('correct-horse-battery');
  await press(ada, 'Add Nora Quill');
  await ada.getByText('Nora Quill (nora)').waitFor();
  await expectClean(ada, 'users');

  await ada.goto('/organization/rates/RES-WATER');
  await heading(ada, /./);
  await press(ada, 'Draft a version');
  await ada.getByLabel('Applies from').fill('01/01/2031');
  const definition = await ada.getByLabel('Definition (JSON)').inputValue();
  await ada.getByLabel('Definition (JSON)').fill(definition.replace('"kind": "BASE"', '"kind": "BASIS"'));
  await press(ada, 'Draft the version');
  await ada
    .getByTestId('problems')
    .getByText(/^charges\/0/)
    .waitFor();
  await ada.getByLabel('Definition (JSON)').fill(definition);
  await press(ada, 'Draft the version');
  await ada.getByText('You drafted it: somebody else publishes it.').waitFor();
  await expectClean(ada, 'rate');

  await ada.goto('/settings?group=move-out');
  await ada.getByLabel('The final read is due within').fill('soon');
  await press(ada, 'Save: Move-out');
  await ada.getByTestId('problems').getByText('Give a whole number of days').waitFor();
  await ada.getByLabel('The final read is due within').fill('5');
  await press(ada, 'Save: Move-out');
  await ada.getByText('The settings are saved').waitFor();
  const settings = await office.api.get('/settings', await tokenOf('ada'));
  expect(settings.body.moveOut).toMatchObject({ readDueDays: 5, meanMonths: 12 });
  await expectClean(ada, 'settings');

  await ada.goto('/audit?entity=settings');
  await ada.getByText('Ada', { exact: false }).first().waitFor();
  await expectClean(ada, 'audit');
});
