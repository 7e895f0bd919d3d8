import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { accessFaults } from './support/axe';
import { consoleOffice, type ConsoleOffice } from './support/office';

let office: ConsoleOffice;
beforeAll(async () => {
  office = await consoleOffice();
}, 180_000);
afterAll(() => office.end());

it('is signed into, searched and walked through by keys alone', async () => {
  const page = await office.signIn('cora');
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  await page.getByText('Service starts today').waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await office.picture(page, 'home');

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Find anything' }).waitFor();
  await page.keyboard.type('W-100003');
  await page.getByText('Meters', { exact: true }).last().waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await office.picture(page, 'search');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Find anything' }).waitFor({ state: 'detached' });

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  expect(await accessFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });

  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByRole('heading', { name: 'Cases', level: 1 }).waitFor();
  await page.getByText('No case fits').waitFor();
  expect(await accessFaults(page)).toEqual([]);
  expect(await page.title()).toBe('Cases - Keyturn');
});

it('refuses a wrong password in words, and shows each role its own places', async () => {
  const page = await office.newPage();
  await page.goto('/');
  await page.getByLabel('User name').fill('olive');
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText(/wrong/).waitFor();
  expect(await accessFaults(page)).toEqual([]);

  const operator = await office.signIn('olive');
  const places = operator.getByRole('navigation', { name: 'Main' }).getByRole('link');
  expect(await places.allTextContents()).toEqual(['Home', 'Cases']);
  const fred = await office.signIn('fred', { width: 390, height: 800 });
  await fred.getByRole('link', { name: 'My service orders' }).waitFor();
});

it('asks for the password again over the page when the session ends, and loses nothing that was typed', async () => {
  const page = await office.signIn('cliff');
  await page.goto('/move-out?account=A0000002');
  await page.getByLabel('Street').fill('77 Harbor Street');
  await page.getByText(/^(The customer would owe|Refund to the customer)/).waitFor();
  await page.context().clearCookies();
  await page.getByLabel(/Water: what meter/).fill('328300');
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.getByLabel('User name').fill('cliff');
  await again.getByRole('textbox', { name: 'Password' }).fill('keyturn-demo');
  await page.keyboard.press('Enter');
  await again.waitFor({ state: 'detached' });
  await page.getByText('2,587 gal').waitFor();
  expect(await page.getByLabel('Street').inputValue()).toBe('77 Harbor Street');
});

it('loads its first page in under 300 kB, compressed', async () => {
  const dist = join(__dirname, '..', '..', 'web', 'dist');
  const page = await office.signIn('cora');
  await page.getByText('Service starts today').waitFor();
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const files = readdirSync(join(dist, 'assets')).filter((file) => loaded.some((url) => url.endsWith(`/${file}`)));
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, 'assets', file))).length, 0);
  expect(files.length).toBeGreaterThan(2);
  expect(bytes).toBeLessThan(300_000);
});
