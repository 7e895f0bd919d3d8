import type { Page } from 'playwright-core';

/** Takes the deposit that is asked for, and opens its receipt to be printed. */
export async function takeDeposit(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Take deposit of \$/ }).click();
  const receipt = page.getByRole('link', { name: /^Print receipt/ });
  const [opened] = await Promise.all([page.context().waitForEvent('page'), receipt.click()]);
  await opened.getByText('Balance of the account after it').waitFor();
  await opened.close();
}

/** Adds somebody who is new to the office as the cosigner. */
export async function addCosigner(page: Page, name: string, phone: string): Promise<void> {
  await page.getByRole('button', { name: 'Add somebody who is new to the office' }).click();
  await page.getByLabel('Name of the cosigner').fill(name);
  await page.getByLabel('Telephone of the cosigner').fill(phone);
  await page.getByRole('button', { name: 'Add as cosigner' }).click();
  await page.getByText('shares the responsibility for the account.').waitFor();
}

/** Makes the customer a master contact of their own. */
export async function makeMasterContact(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'a new master contact' }).click();
  await page.getByRole('button', { name: 'Leave it blank' }).waitFor();
}
