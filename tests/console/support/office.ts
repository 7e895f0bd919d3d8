import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { loadConfig } from '../../../config';
import { programIn } from '../../../tools/servers/binaries';
import { loadTown } from '../../../tools/town/load-town';
import { DEMO_PASSWORD } from '../../../tools/make-town/users';
import { testApi, type TestApi } from '../../api/support/api';
import { testSystem, type TestSystem } from '../../support/system';

const ROOT = join(__dirname, '..', '..', '..');
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/** The demo town's office with its console in a real browser. */
export interface ConsoleOffice {
  system: TestSystem;
  api: TestApi;
  /** A page in a browser session of its own. */
  newPage(size?: { width: number; height: number }): Promise<Page>;
  /** The same, of somebody who has signed in. */
  signIn(username: string, size?: { width: number; height: number }): Promise<Page>;
  /** Keeps a picture of the page under docs/screens/ when KEYTURN_SCREENS is set, for the documentation. */
  picture(page: Page, name: string): Promise<void>;
  /** Stops the worker: what was begun stays, and goes on once it is started again. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  end(): Promise<void>;
}

/** Starts everything: database with the demo town, worker, API, the built console, Chromium. */
export async function consoleOffice(): Promise<ConsoleOffice> {
  const system = await testSystem();
  await loadTown(system.url);
  let worker = await system.startWorker();
  const { db, client, taskQueue } = system;
  const api = await testApi({ db, client, taskQueue, consoleDir: join(ROOT, 'web', 'dist') });
  const browser: Browser = await chromium.launch({
    executablePath: programIn(loadConfig().cacheDir, 'chromium'),
    args: [...QUIET, '--disable-sync'],
  });
  const pages: Page[] = [];
  async function newPage(size = { width: 1280, height: 800 }): Promise<Page> {
    const context = await browser.newContext({ viewport: size, baseURL: api.url });
    const page = await context.newPage();
    pages.push(page);
    return page;
  }
  return {
    system,
    api,
    newPage,
    async signIn(username, size) {
      const page = await newPage(size);
      await page.goto('/');
      await page.getByLabel('User name').fill(username);
      await page.getByRole('textbox', { name: 'Password' }).fill(DEMO_PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      return page;
    },
    async picture(page, name) {
      if (!process.env['KEYTURN_SCREENS']) return;
      const folder = join(ROOT, 'docs', 'screens');
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
    stopWorker: () => worker.stop(),
    async startWorker() {
      worker = await system.startWorker();
    },
    async end() {
      // Whoever looks into a red test sees what the clerk saw.
      if (process.env['KEYTURN_LAST_LOOK'])
        for (const [i, page] of pages.entries())
          await page.screenshot({ path: `${process.env['KEYTURN_LAST_LOOK']}-${i}.png` });
      await browser.close();
      await api.close();
      await system.end();
    },
  };
}
