import type { Page } from 'playwright-core';
import type { Occupant } from './places';

/** Begins a form by copy from somebody who left a place. */
export async function copyFrom(page: Page, { line1, customerName }: Occupant): Promise<void> {
  await page.goto('/set-up');
  await page.getByLabel('Find the last customer at the place').fill(line1);
  await page.getByRole('button', { name: customerName }).click();
  await formIsThere(page);
}

/** Begins an empty form. */
export async function beginFromScratch(page: Page): Promise<void> {
  await page.goto('/set-up');
  await page.getByRole('button', { name: 'Begin with an empty form' }).click();
  await formIsThere(page);
}

async function formIsThere(page: Page): Promise<void> {
  await page.waitForURL(/\/set-up\/[^/]+$/);
  await page.getByRole('tab', { name: 'Customer' }).waitFor();
}

/** Opens a tab of the form. */
export const openTab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

/** Fills the one address that the tab asks for, in the demo town. */
export async function fillAddress(page: Page, line1: string): Promise<void> {
  const parts = { 'Address line 1': line1, City: 'Millbrook', State: 'CO', Zip: '80000' };
  for (const [label, text] of Object.entries(parts)) await page.getByLabel(label).fill(text);
}

/** Waits until what is typed is kept. */
export const isKept = (page: Page): Promise<void> =>
  page
    .getByTestId('kept')
    .filter({ hasText: /^Saved \d\d:\d\d/ })
    .waitFor();

/** The form's id, from the address. */
export const draftIdOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

/** Waits for the page after the save; the numbers that were given out. */
export async function numbersGiven(page: Page): Promise<{ customerNumber: string; accountNumber: string }> {
  await page.waitForURL(/\/set-up\/[^/]+\/saved$/);
  const lead = await page.getByText(/^Customer number/).innerText();
  const [customerNumber = '', accountNumber = ''] = lead.match(/[A-Z]\d{6,}/g) ?? [];
  return { customerNumber, accountNumber };
}

/** Puts a new meter in for a service, on the Meters tab. */
export async function putInMeter(page: Page, service: string): Promise<void> {
  await page.getByRole('button', { name: `Put in a meter for ${service}` }).click();
  const meter = page.getByRole('group', { name: `Meter of ${service}` });
  await meter.getByLabel('Serial number').fill(`NEW-${service}`);
  await meter.getByLabel('Dials').fill('6');
  await meter.getByLabel('Read when put in').fill('12');
}
