import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { accessFaults } from './support/axe';
import { addCosigner, makeMasterContact, takeDeposit } from './support/after-save';
import { countInputs } from './support/count-inputs';
import { consoleOffice, type ConsoleOffice } from './support/office';
import { goneTenants, presentTenants, type Occupant } from './support/places';
import {
  beginFromScratch,
  copyFrom,
  draftIdOf,
  fillAddress,
  isKept,
  numbersGiven,
  openTab,
  putInMeter,
} from './support/set-up-form';

/** Setup New Customer in a real browser: domain.md rows S1 to S16 as a clerk does them. */
let office: ConsoleOffice;
let gone: Occupant[];
let token: string;

beforeAll(async () => {
  office = await consoleOffice();
  const { db } = office.system;
  gone = await goneTenants(db);
  const cora = await db.AppUser.findOne({ where: { username: 'cora' }, rejectOnEmpty: true });
  token = await office.api.signedIn(cora.id);
}, 240_000);
afterAll(() => office.end());

const FOCUSED = 'document.activeElement?.id';
const nextPlace = (): Occupant => {
  const place = gone.shift();
  if (!place) throw new Error('Every empty place of the town is taken');
  return place;
};
const get = async (path: string) => (await office.api.get(path, token)).body;
/** All that the office has about a customer, as it stands. */
const recordOf = async ({ customerNumber, accountNumber }: Occupant) => ({
  customer: await get(`/customers/${customerNumber}`),
  account: await get(`/accounts/${accountNumber}`),
  ledger: await get(`/accounts/${accountNumber}/ledger?limit=100`),
});
const name = (page: Page) => page.getByLabel('Name', { exact: true });

it('sets up a copied customer in 12 inputs or fewer, and changes nothing of the previous one (S1 to S6)', async () => {
  const previous = nextPlace();
  const before = await recordOf(previous);
  const page = await office.signIn('cora');
  await page.goto('/set-up');
  const inputs = await countInputs(page);

  await page.getByLabel('Find the last customer at the place').fill(previous.line1);
  await page.getByRole('button', { name: previous.customerName }).waitFor();
  await office.picture(page, 'set-up-find');
  await page.getByRole('button', { name: previous.customerName }).click();
  await name(page).fill('Mr. Juan C. Diaz Jr.');
  await page.getByLabel('Customer type').selectOption({ index: 1 });
  await page.getByLabel('Telephone').fill('970-555-3141');
  await page.getByLabel('E-mail').fill('juan.diaz@example.com');
  await page.getByText('Taken for: prefix Mr., first Juan, middle C., last Diaz, suffix Jr.').waitFor();
  await isKept(page);
  await office.picture(page, 'set-up-form');
  expect(await page.getByText('Copied', { exact: true }).count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: /^Save and / }).click();
  const { customerNumber, accountNumber } = await numbersGiven(page);
  const used = await inputs();
  await office.picture(page, 'set-up-saved');

  expect(used).toBeGreaterThan(6);
  expect(used).toBeLessThanOrEqual(12);
  const customer = await get(`/customers/${customerNumber}`);
  expect(customer).toMatchObject({
    ...{ namePrefix: 'Mr.', firstName: 'Juan', middleName: 'C.', lastName: 'Diaz', nameSuffix: 'Jr.' },
    ...{ phones: [{ number: '+19705553141' }], emails: [{ value: 'juan.diaz@example.com' }] },
  });
  expect(customer.typeCode).not.toBeNull();
  const account = await get(`/accounts/${accountNumber}`);
  expect(account.location.locationNumber).toBe(previous.locationNumber);
  const terms = ({ agreements }: { agreements: { serviceCode: string; rateCode: string }[] }) =>
    agreements.map(({ serviceCode, rateCode }) => `${serviceCode} ${rateCode}`).sort();
  expect(terms(account)).toEqual(terms(before.account));
  expect(await recordOf(previous)).toEqual(before);

  await takeDeposit(page);
  const paid = expect.objectContaining({ status: 'PAID' });
  expect((await get(`/accounts/${accountNumber}`)).askedDeposits).toEqual(expect.arrayContaining([paid]));
  await addCosigner(page, 'Rosa Diaz', '970-555-3142');
  expect((await get(`/accounts/${accountNumber}/cosigner`)).cosigner.displayName).toBe('Diaz, Rosa');
  await makeMasterContact(page);
  expect((await get(`/customers/${customerNumber}`)).masterContact).not.toBeNull();
  expect(await accessFaults(page)).toEqual([]);
});

it('sets up a customer by the keyboard alone (S1)', async () => {
  const previous = nextPlace();
  const page = await office.signIn('cora');
  const { keyboard } = page;
  for (const key of ['g', 'n']) await keyboard.press(key);
  await page.waitForURL(/\/set-up$/);
  await page.getByText('Type two letters or digits').waitFor();
  await keyboard.type(previous.locationNumber);
  await page.getByText('Enter takes the first.').waitFor();
  for (const key of ['ArrowDown', 'Enter']) await keyboard.press(key);
  await name(page).waitFor();
  await keyboard.type('Keiko Tanaka');
  while ((await page.evaluate(FOCUSED)) !== 'field-customer-phones-0-value') await keyboard.press('Tab');
  await keyboard.type('970-555-2718');
  await keyboard.press('Control+s');
  const { customerNumber, accountNumber } = await numbersGiven(page);
  expect(await get(`/customers/${customerNumber}`)).toMatchObject({ displayName: 'Tanaka, Keiko' });
  expect((await get(`/accounts/${accountNumber}`)).location.locationNumber).toBe(previous.locationNumber);
});

it('sets up from scratch: a new place, a type that is added in the form, meters; every tab is axe-core clean', async () => {
  const page = await office.signIn('cora');
  await beginFromScratch(page);
  await name(page).fill('Harbor Bakery LLC');
  await page.getByText('Taken for: an organization').waitFor();
  await page.getByRole('button', { name: 'Add a customer type' }).click();
  const modal = page.getByRole('dialog');
  await modal.getByLabel('Name').fill('War veteran');
  await modal.getByLabel('Code').fill('veteran');
  await modal.getByRole('button', { name: 'Add this customer type' }).click();
  await modal.waitFor({ state: 'hidden' });
  expect(await page.getByLabel('Customer type').inputValue()).toBe('VETERAN');
  await page.getByLabel('Mail goes to another address').check();
  await fillAddress(page, 'PO Box 7');
  await isKept(page);
  expect(await accessFaults(page)).toEqual([]);

  await openTab(page, 'Location');
  await fillAddress(page, '900 Quarry Road');
  await isKept(page);
  expect(await accessFaults(page)).toEqual([]);
  await office.picture(page, 'set-up-location');

  await openTab(page, 'Billing Services');
  await page.getByRole('checkbox', { name: 'Refuse' }).uncheck();
  await isKept(page);
  expect(await accessFaults(page)).toEqual([]);
  await office.picture(page, 'set-up-services');

  await openTab(page, 'Deposits');
  await page.getByText('Proposed: $100.00').waitFor();
  expect(await accessFaults(page)).toEqual([]);

  await openTab(page, 'Meters');
  for (const service of ['Water', 'Electric']) await putInMeter(page, service);
  await isKept(page);
  expect(await accessFaults(page)).toEqual([]);
  await office.picture(page, 'set-up-meters');

  await openTab(page, 'Service Orders');
  await page.getByRole('button', { name: 'Add a service order' }).click();
  await page.getByLabel('Notes for the field').fill('The gate code is 4711');
  await isKept(page);
  expect(await accessFaults(page)).toEqual([]);
  await office.picture(page, 'set-up-orders');

  await page.keyboard.press('Control+s');
  const { customerNumber, accountNumber } = await numbersGiven(page);
  const customer = await get(`/customers/${customerNumber}`);
  expect(customer).toMatchObject({ kind: 'ORGANIZATION', typeCode: 'VETERAN', mailingAddress: { line1: 'PO Box 7' } });
  const { location, agreements } = await get(`/accounts/${accountNumber}`);
  expect(location.address).toContain('900 Quarry Road');
  expect(agreements.map(({ serviceCode }: { serviceCode: string }) => serviceCode)).not.toContain('REFUSE');
  const place = await get(`/locations/${location.locationNumber}`);
  const serials = place.servicePoints.map(({ meter }: { meter: { serial: string } | null }) => meter?.serial);
  expect(serials).toEqual(expect.arrayContaining(['NEW-Water', 'NEW-Electric']));
});

it('refuses a save with every problem linked to its field, and loses nothing', async () => {
  const page = await office.signIn('cora');
  await beginFromScratch(page);
  await page.getByLabel('Telephone').fill('12');
  await page.getByLabel('Service starts on').fill('soon');
  await page.keyboard.press('Control+s');
  const summary = page.getByTestId('problems');
  await summary.waitFor();
  expect(await page.evaluate('document.activeElement?.dataset.testid')).toBe('problems');
  expect(await page.title()).toMatch(/^Error: /);
  await office.picture(page, 'set-up-problems');
  expect(await accessFaults(page)).toEqual([]);

  await summary.getByRole('link', { name: 'Location: Give the street address' }).click();
  await page.locator('#field-location-address-line1:focus').waitFor();
  expect(new URL(page.url()).searchParams.get('tab')).toBe('location');
  await summary.getByRole('link', { name: 'Customer: Give the start as a date, as in 03/27/2026' }).click();
  await page.locator('#field-startDate:focus').waitFor();
  expect(await page.getByLabel('Service starts on').inputValue()).toBe('soon');
  expect(await page.getByLabel('Telephone').inputValue()).toBe('12');
  expect((await get(`/drafts/${draftIdOf(page)}`)).status).toBe('OPEN');
});

it('offers to move out whoever is there still', async () => {
  const [present] = await presentTenants(office.system.db);
  const page = await office.signIn('cora');
  await copyFrom(page, present as Occupant);
  await name(page).fill('Lena Vogt');
  await isKept(page);
  await office.picture(page, 'set-up-occupied');
  for (const tab of ['Customer', 'Location', 'Billing Services', 'Deposits', 'Meters']) {
    await openTab(page, tab);
    expect(await accessFaults(page)).toEqual([]);
  }
  await page.getByRole('button', { name: /move .* out/i }).click();
  await page.getByText(/^Whoever is there is moved out on/).waitFor();
  await page.getByText('A supervisor will be asked').waitFor();
  await page.getByRole('button', { name: 'Save and ask a supervisor' }).click();
  const { accountNumber } = await numbersGiven(page);
  await page.getByText('A supervisor approves it').waitFor();
  expect((await get(`/accounts/${accountNumber}`)).status).toBe('PENDING_APPROVAL');
});

it('sets up a customer whom the office knows, who moves out of another place', async () => {
  const [, mover] = await presentTenants(office.system.db);
  const { customerNumber, accountNumber: left } = mover as Occupant;
  const page = await office.signIn('cora');
  await copyFrom(page, nextPlace());
  await page.getByRole('button', { name: 'Set up an existing customer' }).click();
  await page.getByLabel('Find the customer').fill(customerNumber);
  await page.getByRole('button', { name: `${customerNumber}` }).click();
  await page.getByLabel('Moves out of').selectOption(left);
  await isKept(page);
  expect(await accessFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /^Save / }).click();
  expect((await numbersGiven(page)).customerNumber).toBe(customerNumber);
  await eventually(async () => {
    const { openCases } = await get(`/accounts/${left}`);
    expect(openCases).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'MOVE_OUT' })]));
  });
});

it('loses no input when the API restarts in the middle', async () => {
  const page = await office.signIn('cora');
  await copyFrom(page, nextPlace());
  await isKept(page);
  await office.api.stop();
  await name(page).fill('Amara Okonkwo');
  await page.getByText('The server does not answer.').waitFor();
  await page.getByLabel('E-mail').fill('amara@example.com');
  await office.api.start();
  await isKept(page);
  const { content } = await get(`/drafts/${draftIdOf(page)}`);
  expect(content.customer).toMatchObject({ name: { line: 'Amara Okonkwo' }, emails: [{ value: 'amara@example.com' }] });

  await office.api.stop();
  await page.keyboard.press('Control+s');
  await page.getByText('The server does not answer.').waitFor();
  await office.api.start();
  await numbersGiven(page);
  const { data } = await get('/customers?q=Okonkwo%20Amara');
  expect(data.filter(({ displayName }: { displayName: string }) => displayName === 'Okonkwo, Amara')).toHaveLength(1);
});

it('waits for a save that no worker has taken yet', async () => {
  const page = await office.signIn('cora');
  await copyFrom(page, nextPlace());
  await name(page).fill('Late Verdict');
  await office.stopWorker();
  const answer = page.waitForResponse(/\/cases\/onboarding$/, { timeout: 60_000 });
  await page.keyboard.press('Control+s');
  expect((await answer).status()).toBe(202);
  await office.startWorker();
  await numbersGiven(page);
});

it('tells who changed the form meanwhile, and writes over nobody unseen', async () => {
  const [cora, cliff] = [await office.signIn('cora'), await office.signIn('cliff')];
  await beginFromScratch(cora);
  await cliff.goto(`/set-up/${draftIdOf(cora)}`);
  await name(cliff).fill('From Cliff');
  await isKept(cliff);
  await name(cora).fill('From Cora');
  await cora.getByText('Cliff Barrera changed it').waitFor();
  expect((await get(`/drafts/${draftIdOf(cora)}`)).content.customer.name.line).toBe('From Cliff');
  expect(await name(cora).inputValue()).toBe('From Cora');
  await cora.getByRole('button', { name: 'Keep what I typed' }).click();
  await isKept(cora);
  expect((await get(`/drafts/${draftIdOf(cora)}`)).content.customer.name.line).toBe('From Cora');
});

it('keeps the forms that were begun to be resumed or discarded', async () => {
  const page = await office.signIn('cliff');
  await beginFromScratch(page);
  await name(page).fill('Half Filled');
  await isKept(page);
  await page.goto('/set-up');
  await page.getByRole('link', { name: 'Half Filled' }).click();
  await name(page).waitFor();
  expect(await name(page).inputValue()).toBe('Half Filled');
  await page.goto('/set-up');
  await page.getByRole('button', { name: 'Discard the form Half Filled' }).click();
  await page.getByRole('link', { name: 'Half Filled' }).waitFor({ state: 'detached' });
  expect(await accessFaults(page)).toEqual([]);
});
